"""Writing what was planned: each listener whole or not at all, and as often as it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from academy.identifiers import new_person_id
from academy.issue import Issue
from catalogue.listed import Listed, read_listed
from catalogue.listeners import Catalogue
from forge.port import (
    MAIN,
    RECORD,
    Author,
    Change,
    Repositories,
    RepositoryMissingError,
    StaleHeadError,
)
from messages import catalogue
from registry.central import changed_files
from registry.fields import Column
from registry.findings import Findings
from registry.lock import alone
from registry.plan import ImportPlan, Planned, plan_listener

_ATTEMPTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Where an import writes. `starter` is the first content of a portfolio: path to bytes."""

    repositories: Repositories
    catalogue: Catalogue
    starter: Mapping[str, bytes]
    lock: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who answers for an import (clause 5.2), when, and what chooses letters of person ids."""

    author: str
    at: datetime
    choose: Callable[[str], str]


@dataclass(slots=True)
class ImportOutcome:
    """What was done: external id to person id of those who were created and changed."""

    is_applied: bool = True
    created: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    issues: list[Issue] = field(default_factory=list)


def apply(
    plan: ImportPlan, workplace: Workplace, hand: Hand, *, confirmed: bool = False
) -> ImportOutcome:
    """Write a plan.

    Nothing at all is written when the plan closes more accounts than policy
    lets pass unasked, and nobody has `confirmed` it. An import that was cut
    off is completed by the next one: a listener is written in one go, and
    who is there already is found by the external id. Raises
    `ImportRunningError` when another import does not end.
    """
    if plan.needs_yes and not confirmed:
        return ImportOutcome(is_applied=False)
    with alone(workplace.lock):
        workplace.catalogue.refresh()
        everyone = workplace.catalogue.listeners()
        run = _Run(plan, workplace, hand)
        known = {one.card.external_id: one for one in everyone if one.card is not None}
        for planned in plan.listeners:
            run.write(planned, known.get(planned.incoming.external_id))
        workplace.catalogue.refresh()
    return run.outcome


class _Run:
    """One run over the listeners of a plan."""

    def __init__(self, plan: ImportPlan, workplace: Workplace, hand: Hand) -> None:
        self._plan, self._workplace, self._hand = plan, workplace, hand
        self._words = catalogue(plan.academy.language)
        self._findings = Findings()
        self.outcome = ImportOutcome(issues=self._findings.issues)

    def write(self, planned: Planned, listed: Listed | None) -> None:
        """Write one listener, with the plan made again wherever it has grown old."""
        if not planned.changes:
            self.outcome.unchanged += 1
        elif planned.is_new and listed is None:
            self._create(planned)
        elif listed is None:
            self._report("listener-gone", planned)
        else:
            try:
                self._change(planned, listed)
            except RepositoryMissingError:
                self._report("listener-gone", planned)

    def _create(self, planned: Planned) -> None:
        changes = [
            self._written(MAIN, None, self._workplace.starter, "commit-starter"),
            self._written(RECORD, None, changed_files(None, planned.after), "commit-created"),
        ]
        for _ in range(_ATTEMPTS):
            person = new_person_id(self._hand.choose)
            try:
                self._workplace.repositories.create(person, changes, self._author, self._hand.at)
            except FileExistsError:
                continue  # Somebody has this id already; there are 26 to the tenth of them.
            self.outcome.created[planned.incoming.external_id] = person
            return
        raise RuntimeError("The chooser of person ids gives the same ones again and again.")

    def _change(self, planned: Planned, listed: Listed) -> None:
        for _ in range(_ATTEMPTS):
            if (planned.person, planned.head) != (listed.person, listed.record):
                again = self._again(planned, listed)
                if again is None or not again.changes:
                    self.outcome.unchanged += 1
                    return
                planned = again
            change = self._written(
                RECORD,
                planned.head,
                changed_files(planned.before, planned.after),
                "commit-changed",
                fields=self._field_names(planned),
            )
            try:
                self._workplace.repositories.commit(
                    listed.person, [change], self._author, self._hand.at
                )
            except StaleHeadError:
                listed = read_listed(self._workplace.repositories, listed.person)
                continue
            self.outcome.changed[planned.incoming.external_id] = listed.person
            return
        self._report("listener-busy", planned)

    def _again(self, planned: Planned, listed: Listed) -> Planned | None:
        # What is wrong with the rows was reported when the plan was first made.
        plan = self._plan
        return plan_listener(planned.incoming, listed, plan.academy, plan.read, Findings())

    @property
    def _author(self) -> Author:
        return Author(self._hand.author)

    def _written(
        self, ref: str, expected: str | None, files: Mapping[str, bytes], key: str, **values: str
    ) -> Change:
        message = self._words.text(f"registry.{key}", **values)
        return Change(ref=ref, expected=expected, files=files, message=message)

    def _field_names(self, planned: Planned) -> str:
        """Name the fields that change; their values stay out of the history's headlines."""
        names = dict.fromkeys(change.field for change in planned.changes)
        return ", ".join(self._words.text(f"registry.field-{name}") for name in names)

    def _report(self, code: str, planned: Planned) -> None:
        incoming = planned.incoming
        row = (*incoming.card, *incoming.results, *incoming.documents)[0]
        place = row.place(Column.EXTERNAL_ID)
        self._findings.error(code, place, external_id=incoming.external_id)
