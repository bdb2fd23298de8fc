"""The record of access: append-only, chained by hashes, identities encrypted per person."""
