"""The gate: what may enter a repository, from the desk, an import or a push alike."""
