"""The embedded forge: bare repositories on disk, read and written with Git."""
