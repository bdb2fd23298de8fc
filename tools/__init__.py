"""Scripts for maintainers: the demo academy is made and sealed by them."""
