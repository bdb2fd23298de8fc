"""A dossier cut for one projection to a normalised project: pages, files, navigation."""
