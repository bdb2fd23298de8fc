"""Who knocks: the name and the secret a Git client sends, and what a doorkeeper answers.

The forge knows no accounts. Whoever builds the application gives it a doorkeeper,
which asks the ledger and the access table, and records the access.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from academy.submitting import Acting
from forge.transfer.bodies import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Somebody wants to read or write a repository, with a personal token as the secret.

    `client` is the address they come from.
    """

    repository: str
    is_writing: bool
    user_name: str
    secret: str
    client: str


class Turned(Enum):
    """Why nobody is let in: not known, or known and not allowed to."""

    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody is let in. `is_still` asks again whether they are, and writes nothing down."""

    by: Acting
    is_still: Callable[[], bool]


class CutOffError(Exception):
    """The right to what was being sent has ended: it is broken off.

    An answer that has begun cannot say so in any other way.
    """


class Doorkeeper(Protocol):
    """Says who is let in. It is asked on every request, in a thread of its own."""

    def __call__(self, knock: Knock) -> Admitted | Turned:
        """Give who acts, or why nobody is let in."""


def read_credentials(header: bytes) -> tuple[str, str] | None:
    """Read a header of basic authentication: the user name and the secret, or None."""
    scheme, _, encoded = header.partition(b" ")
    if scheme.lower() != b"basic" or len(encoded) > 1000:
        return None
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    user_name, colon, secret = text.partition(":")
    return (user_name, secret) if colon and secret and text.isprintable() else None


async def ask_in(
    doorkeeper: Doorkeeper, scope: Scope, name: str, *, is_writing: bool
) -> Admitted | Turned:
    """Ask the doorkeeper about who sends a request."""
    given = next((value for key, value in scope["headers"] if key == b"authorization"), b"")
    credentials = read_credentials(given)
    if credentials is None:
        return Turned.UNKNOWN
    client = (scope.get("client") or ("",))[0]
    knock = Knock(
        repository=name,
        is_writing=is_writing,
        user_name=credentials[0],
        secret=credentials[1],
        client=client,
    )
    return await asyncio.to_thread(doorkeeper, knock)
