"""A home with repositories, their index and a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from academy.consent import Consent
from academy.identifiers import PERSON_ALPHABET
from administration.clerk import Clerk
from administration.evidence import CONSENT_FILE, read_evidence, write_evidence
from administration.reconciling import reconcile
from catalogue.listeners import Catalogue
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, RECORD, Author, Change
from ledger import Ledger, open_ledger
from messages import catalogue

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLERK = Clerk(account="s-7f3k", role="registrar", how="a test")
CARD = """\
external_id: {number}
last_name: Тестова
first_name: Вера
programme: landscape-design
group: {group}
category: retraining
status: {status}
"""


@dataclass
class Academy:
    """Everything that has to agree."""

    forge: EmbeddedForge
    index: Catalogue
    ledger: Ledger

    def enrol(self, number: int, group: str = "g1", status: str = "enrolled") -> str:
        """Make a listener; gives the person id."""
        person = PERSON_ALPHABET[number] * 10
        card = CARD.format(number=f"T-{number}", group=group, status=status).encode()
        changes = [
            Change(ref=MAIN, expected=None, files={"about.md": b"Hi\n"}, message="Start"),
            Change(ref=RECORD, expected=None, files={"card.yml": card}, message="Start"),
        ]
        self.forge.create(person, changes, Author("registrar"), NOW)
        return person

    def write_card(self, person: str, **values: str) -> None:
        """Write a card past everything that watches over it."""
        values = {"number": "T", "group": "g1", "status": "enrolled"} | values
        self.write_record(person, "card.yml", CARD.format(**values).encode())

    def write_record(self, person: str, path: str, content: bytes) -> None:
        """Write a file of `record` past everything that watches over it."""
        head = self.forge.heads(person)[RECORD]
        change = Change(ref=RECORD, expected=head, files={path: content}, message="By hand")
        self.forge.commit(person, [change], Author("registrar"), NOW)

    def write_consents(self, person: str, *consents: Consent) -> None:
        """Write evidence past the ledger."""
        self.write_record(person, CONSENT_FILE, write_evidence(consents))

    def evidence(self, person: str) -> tuple[Consent, ...]:
        """The consents that stand in `record`."""
        tree = self.forge.tree(person, self.forge.heads(person)[RECORD])
        if CONSENT_FILE not in tree:
            return ()
        blob = tree[CONSENT_FILE].id
        return read_evidence(self.forge.read(person, [blob])[blob])

    def reconcile(self) -> tuple[str, ...]:
        """Bring the ledger up to date."""
        self.index.refresh()
        return reconcile(self.ledger, self.forge, self.index.listeners(), NOW, catalogue("ru"))


@pytest.fixture
def academy(tmp_path: Path) -> Iterator[Academy]:
    forge = EmbeddedForge(tmp_path / "repositories")
    with open_ledger(tmp_path) as ledger:
        yield Academy(forge, Catalogue(forge, tmp_path / "index.db"), ledger)
