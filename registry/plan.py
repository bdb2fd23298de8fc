"""What an import would do: nothing is written before somebody has seen it (clause 5.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from academy.institution import Academy
from academy.issue import Issue
from academy.listener import Card
from catalogue.listed import Listed
from registry.central import Central, ReadStored, Stored
from registry.difference import FieldChange, difference
from registry.doubles import one_row
from registry.fields import Column
from registry.findings import Findings
from registry.incoming import IncomingListener
from registry.merging import merge_card, merge_documents, merge_results


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What an import would do to one listener; a new one has no person id yet.

    The rows are kept, so that the plan for one listener can be made again
    when somebody else has written in the meantime.
    """

    incoming: IncomingListener
    person: str | None
    head: str | None
    before: Central | None
    after: Central
    changes: tuple[FieldChange, ...]

    @property
    def is_new(self) -> bool:
        """Whether the listener has no repository yet."""
        return self.before is None

    @property
    def is_blocking(self) -> bool:
        """Whether it closes an account that is open (clause 4.5)."""
        return self.before is not None and self.before.card.is_open and not self.after.card.is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do, and what is wrong with its files."""

    academy: Academy
    listeners: tuple[Planned, ...]
    open_listeners: int
    issues: tuple[Issue, ...]
    read: ReadStored

    @property
    def created(self) -> tuple[Planned, ...]:
        """Those who are new."""
        return tuple(one for one in self.listeners if one.is_new)

    @property
    def changed(self) -> tuple[Planned, ...]:
        """Those about whom something differs."""
        return tuple(one for one in self.listeners if one.changes and not one.is_new)

    @property
    def unchanged(self) -> tuple[Planned, ...]:
        """Those about whom the files say what is stored already."""
        return tuple(one for one in self.listeners if not one.changes)

    @property
    def blocked(self) -> tuple[Planned, ...]:
        """Those whose accounts would be closed."""
        return tuple(one for one in self.listeners if one.is_blocking)

    @property
    def needs_yes(self) -> bool:
        """Whether more accounts would be closed at once than policy lets pass unasked."""
        share = len(self.blocked) * 100
        return share > self.academy.policy.mass_block_percent * self.open_listeners


def plan_listener(
    incoming: IncomingListener,
    listed: Listed | None,
    academy: Academy,
    read: ReadStored,
    findings: Findings,
) -> Planned | None:
    """Plan for one listener; None when the rows are not enough for a new one."""
    stored = _stored(incoming, listed, read)
    former = stored.central.card if stored else None
    card = _card(incoming, former, academy, findings) or former
    if card is None:
        return None
    after = Central(
        card=card,
        results=merge_results(stored, incoming.results, card, academy, findings),
        documents=merge_documents(stored, incoming.documents, findings),
    )
    before = stored.central if stored else None
    return Planned(
        incoming=incoming,
        person=stored.person if stored else None,
        head=stored.head if stored else None,
        before=before,
        after=after,
        changes=difference(before, after),
    )


def _stored(
    incoming: IncomingListener, listed: Listed | None, read: Callable[[Listed], Stored]
) -> Stored | None:
    """Give what is stored; a listener whose card alone is imported need not be read from Git."""
    if listed is None or listed.card is None:
        return None
    if incoming.results or incoming.documents:
        return read(listed)
    return Stored(person=listed.person, head=listed.record, central=Central(card=listed.card))


def _card(
    incoming: IncomingListener, former: Card | None, academy: Academy, findings: Findings
) -> Card | None:
    if incoming.card:
        return merge_card(former, one_row(incoming.card, findings), academy, findings)
    if former is None and not incoming.is_spoilt:
        row = (*incoming.results, *incoming.documents)[0]
        findings.error(
            "row-listener-unknown", row.place(Column.EXTERNAL_ID), external_id=row.external_id
        )
    return None
