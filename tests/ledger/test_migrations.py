"""The steps of Alembic lead to the tables that the program works with."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import ledger as package
from ledger import Ledger, open_ledger
from ledger.migrating import HEAD, NewerLedgerError
from ledger.tables import METADATA


def test_the_tables_made_step_by_step_are_those_declared(ledger: Ledger):
    with ledger.database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


def test_the_last_step_is_the_one_the_program_expects():
    scripts = ScriptDirectory(str(Path(package.__file__).parent / "migrations"))

    assert scripts.get_heads() == [HEAD]


def test_a_ledger_of_a_newer_program_is_left_alone(home: Path):
    with open_ledger(home) as ledger, ledger.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerLedgerError, match="version 9999"):
        open_ledger(home)
