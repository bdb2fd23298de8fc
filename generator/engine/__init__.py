"""MkDocs and Material, kept warm: the only place that imports them."""
