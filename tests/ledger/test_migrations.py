"""The steps of Alembic lead to the tables that the program works with."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

import ledger as package
from ledger import Ledger, open_ledger
from ledger.database import Database, sqlite_engine
from ledger.migrating import HEAD, NewerLedgerError
from ledger.people import Person
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


def test_the_rows_of_an_older_ledger_stay(tmp_path: Path):
    home = tmp_path / "older"
    home.mkdir()
    database = Database(sqlite_engine(home / "cabinet.db"))
    config = Config()
    config.set_main_option("script_location", str(Path(package.__file__).parent / "migrations"))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO people VALUES ('bcdfghjkmn', 'g1', 1, 0)"))
    database.close()

    with open_ledger(home) as ledger:
        assert ledger.people.all() == {
            "bcdfghjkmn": Person(person="bcdfghjkmn", group="g1", is_open=True)
        }


def test_the_steps_lead_back_too(home: Path):
    with open_ledger(home) as ledger, ledger.database.writing() as connection:
        config = Config()
        folder = Path(package.__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_in_postgresql(table: Table):
    assert str(CreateTable(table).compile(dialect=postgresql.dialect()))
