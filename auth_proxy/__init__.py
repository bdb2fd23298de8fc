"""The way in: serving built sites to those who may see them."""
