"""Files of a repository to domain objects and back, with every mistake at its file and line."""
