"""Repositories behind one Protocol; the embedded forge keeps bare ones on disk."""
