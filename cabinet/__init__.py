"""The composition root: the command line, and the only place where everything meets."""
