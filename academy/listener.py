"""A listener as the academy's records know them (clauses 5.6, 5.6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Status(Enum):
    """Where a listener stands in their studies."""

    ENROLLED = "enrolled"
    ON_LEAVE = "on_leave"
    COMPLETED = "completed"
    EXPELLED = "expelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """General data of a listener: central, read-only in the cabinet, without identity documents.

    `external_id` is the key of the training-records system; `programme`,
    `group` and `category` are identifiers of the academy's own content.
    """

    external_id: str
    last_name: str
    first_name: str
    patronymic: str | None = None
    programme: str
    group: str
    category: str
    status: Status = Status.ENROLLED
    status_since: date | None = None
    enrolled: date | None = None
    ends: date | None = None
    curator: str | None = None
    mailbox: str | None = None
    phone: str | None = None
    department: str | None = None
    as_of: date | None = None

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic, where there is one (clause 4.4 asks for this form)."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.patronymic)))

    @property
    def addressed_as(self) -> str:
        """Name and patronymic: how the cabinet greets."""
        return " ".join(filter(None, (self.first_name, self.patronymic)))

    @property
    def is_open(self) -> bool:
        """Whether the account may be used at all: expulsion closes it (clause 4.5)."""
        return self.status is not Status.EXPELLED

    @property
    def is_frozen(self) -> bool:
        """Whether the portfolio is finished: it is with the end of study (clause 7.1)."""
        return self.status in (Status.COMPLETED, Status.EXPELLED)
