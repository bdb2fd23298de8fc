"""Migrations of the ledger: Alembic runs what is missing when the ledger is opened."""
