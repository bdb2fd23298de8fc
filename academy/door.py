"""What the proxy hands to an application behind it: who is asking, and how to write it down.

The proxy puts a `Door` into the scope of each request it lets through to an
application in the same process, as `scope["cabinet"]`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hmac import compare_digest
from typing import NoReturn

from academy.access import Visitor
from academy.audit import AuditEntry

SCOPE = "cabinet"
"""The key of the scope under which the door stands."""

Record = Callable[[AuditEntry], Awaitable[None]]


class RightEndedError(Exception):
    """The right to what is being sent has ended: an application behind the door breaks it off."""


async def pass_on(_request: object, accident: Exception) -> NoReturn:
    """What an application behind the door does with an accident nobody foresaw: the door answers.

    It has a page for it, and a number to find it by.
    """
    raise accident


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who asks (None: not signed in), in which language, and from where.

    `csrf` is the word that every form of this session carries in its hidden
    field `csrf`. `session` names the session and is no secret. `record` writes
    an entry down and comes back when it is durable; it raises when it cannot
    be written, and then nothing may be done or shown.
    """

    visitor: Visitor | None
    csrf: str
    language: str
    record: Record
    session: str = ""
    how: str = ""

    def is_own_form(self, word: str) -> bool:
        """Tell whether a form that carries `word` was made for this session."""
        return bool(self.csrf) and compare_digest(self.csrf.encode(), word.encode())
