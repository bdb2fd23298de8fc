"""Built sites on disk: the generator writes them, whoever serves them reads them."""
