"""A listener as the index knows them, and the card as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from academy.issue import Issue
from academy.listener import Card, Status
from forge.port import MAIN, RECORD, Repositories
from formats.files import read_file
from formats.record import CARD

CARD_FILE = "card.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One listener: the id, the heads of both branches, and the card at the head of `record`.

    `card` is None when there is none, or when it cannot be read.
    """

    person: str
    main: str | None = None
    record: str | None = None
    card: Card | None = None


def read_listed(repositories: Repositories, person: str) -> Listed:
    """Read one listener as they are now. Raises `RepositoryMissingError`."""
    heads = repositories.heads(person)
    record = heads.get(RECORD)
    blob = repositories.tree(person, record).get(CARD_FILE) if record else None
    content = repositories.read(person, [blob.id])[blob.id] if blob else None
    return Listed(person=person, main=heads.get(MAIN), record=record, card=read_card(content))


def read_card(content: bytes | None) -> Card | None:
    """Read a `card.yml`.

    A card whose status cannot be read is no card: to take the listener for
    an enrolled one would open what expulsion has closed (clause 4.5).
    """
    if content is None:
        return None
    issues: list[Issue] = []
    card = read_file(CARD, CARD_FILE, {CARD_FILE: content}, issues)
    if any(issue.location.field == "status" for issue in issues):
        return None
    return card


def card_to_json(card: Card | None) -> str | None:
    """Write a card as JSON for the index."""
    return None if card is None else json.dumps(CARD.write(card), default=str, ensure_ascii=False)


def card_from_json(text: str | None) -> Card | None:
    """Read what `card_to_json` has written."""
    if text is None:
        return None
    plain: Mapping[str, str] = json.loads(text)
    return Card(**{key: _READERS.get(key, str)(value) for key, value in plain.items()})  # type: ignore[arg-type]


_READERS = {
    one.name: Status if one.name == "status" else date.fromisoformat
    for one in fields(Card)
    if one.name == "status" or "date" in str(one.type)
}
