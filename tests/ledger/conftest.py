"""A ledger in an empty home, and one listener in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from academy.access import Role
from academy.account import Account
from ledger import Ledger, open_ledger
from ledger.people import Person

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LISTENER = "bcdfghjkmn"
REVIEWER = "s-4k7d"


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty ledger: to copy it is faster than to run the migrations again."""
    made = tmp_path_factory.mktemp("empty") / "home"
    open_ledger(made).close()
    return made


@pytest.fixture
def home(tmp_path: Path, empty_home: Path) -> Path:
    return Path(shutil.copytree(empty_home, tmp_path / "home"))


@pytest.fixture
def ledger(home: Path) -> Iterator[Ledger]:
    with open_ledger(home) as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def listener(ledger: Ledger) -> Account:
    account = Account(
        id=LISTENER,
        user_name="ivanova",
        created=NOW,
        person=LISTENER,
        roles=frozenset({Role.LISTENER}),
        password_digest="a digest",
    )
    ledger.accounts.add(account)
    ledger.people.set(Person(person=LISTENER, group="g1", is_open=True))
    return account


@pytest.fixture
def reviewer(ledger: Ledger) -> Account:
    account = Account(
        id=REVIEWER,
        user_name="kuznetsova",
        created=NOW,
        roles=frozenset({Role.REVIEWER}),
        groups=frozenset({"g1"}),
    )
    ledger.accounts.add(account)
    return account
