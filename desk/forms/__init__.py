"""Forms made of the schemas of files: what can be written in a file can be filled in a form."""
