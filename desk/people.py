"""The names that stand for accounts: in Git and in events there are only ids."""

from __future__ import annotations

from academy.institution import Academy
from catalogue.listeners import Catalogue


class Names:
    """Who an account is, in words for people."""

    def __init__(self, academy: Academy, people: Catalogue, unknown: str) -> None:
        self._academy = academy
        self._people = people
        self._unknown = unknown
        self._found: dict[str, str] = {}

    def of(self, account: str) -> str:
        """The name of an account: of a worker, of a listener, or that of a participant."""
        if account not in self._found:
            self._found[account] = self._look_up(account)
        return self._found[account]

    def _look_up(self, account: str) -> str:
        employee = self._academy.employee(account)
        if employee is not None:
            return employee.name
        listed = self._people.by_person(account)
        return listed.card.full_name if listed and listed.card else self._unknown
