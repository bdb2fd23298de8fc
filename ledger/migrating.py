"""Bringing the tables of a ledger up to what this version of the program expects."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from ledger.database import Database

HEAD = "0004"
"""The last step; a ledger that has it is opened without asking Alembic."""


class NewerLedgerError(Exception):
    """The ledger was written by a newer version of the program."""


def bring_up_to_date(database: Database) -> None:
    """Run the steps that are missing, all or none. Raises `NewerLedgerError`."""
    with database.reading() as connection:
        if _version(connection) == HEAD:
            return
    with database.writing() as connection:
        found = _version(connection)  # Another process may have been faster.
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise NewerLedgerError(f"the ledger has version {found}, this program knows {HEAD}")
        # Alembic takes as long to be imported as all the rest, and is hardly ever needed.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found
