"""Large files: recordings and the like, kept beside the repositories as Git LFS objects."""
