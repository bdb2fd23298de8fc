"""Git over HTTP as an ASGI application: clone, fetch and push.

`/git/<repository>.git/…`. Fetching is done by Git itself, in a process that sees
the heads only; a push is taken over by `pushing.py`. No request changes anything
before its whole body is there and was found good.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from forge.embedded.process import conversation
from forge.embedded.repositories import EmbeddedForge
from forge.gate.limits import MIB
from forge.port import RepositoryMissingError, StaleHeadError
from forge.transfer.answers import answer, header, plain_path, stream, turn_away
from forge.transfer.bodies import (
    BodyBrokenError,
    BodyTooLargeError,
    NoRoomError,
    Receive,
    Scope,
    Send,
    Spool,
)
from forge.transfer.doorkeeper import Admitted, Doorkeeper, Turned, ask_in
from forge.transfer.packets import BrokenProtocolError
from forge.transfer.pushing import BODY_LIMIT, Pushes, PushRefusedError, advertisement, read_wishes
from forge.transfer.reports import report_refused, report_taken
from forge.transfer.turns import TooManyError, Turns
from messages import Catalogue

ASKING_LIMIT = 8 * MIB
SPOOL_LIMIT = 8 * BODY_LIMIT
"""All bodies that are being received, of everybody."""
_PIECE = 64 * 1024
_PATH = re.compile(
    r"/git/([a-z0-9][a-z0-9-]{0,62})\.git/(info/refs|git-upload-pack|git-receive-pack)"
)
_PROTOCOL = re.compile(rb"version=[012]")
_SERVICES = {b"service=git-upload-pack": "upload-pack", b"service=git-receive-pack": "receive-pack"}

# Drafts and lives are no business of a clone. Their names are hidden; what is in them is
# the owner's, who is the only one let in (`docs/decisions/git-over-http.md`).
_FETCHING = ("-c", "uploadpack.hideRefs=refs", "-c", "uploadpack.hideRefs=!refs/heads")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """One request: the repository, what is asked of it, and the ends of the connection."""

    name: str
    scope: Scope
    receive: Receive
    send: Send
    admitted: Admitted

    def header(self, wanted: bytes) -> bytes:
        """Give a header, or nothing."""
        return header(self.scope, wanted)

    @property
    def is_gzip(self) -> bool:
        """Whether the body is compressed."""
        return self.header(b"content-encoding") in {b"gzip", b"x-gzip"}


class GitApplication:
    """Serves repositories to Git clients; asks the doorkeeper at every request."""

    def __init__(
        self,
        forge: EmbeddedForge,
        pushes: Pushes,
        doorkeeper: Doorkeeper,
        words: Catalogue,
        *,
        now: Callable[[], datetime],
        workplace: Path,
        turns: Turns | None = None,
    ) -> None:
        """Take the parts; `workplace` is a folder for bodies that are being received."""
        self._forge, self._pushes, self._doorkeeper = forge, pushes, doorkeeper
        self._words, self._now = words, now
        self._spool, self._turns = Spool(workplace, SPOOL_LIMIT), turns or Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        match = _PATH.fullmatch(plain_path(scope))
        service = _service(scope, match[2]) if match else None
        if match is None or service is None:
            await answer(send, 404)
            return
        is_writing = service == "receive-pack"
        admitted = await ask_in(self._doorkeeper, scope, match[1], is_writing=is_writing)
        if isinstance(admitted, Turned):
            await turn_away(send, admitted)
            return
        request = _Request(
            name=match[1], scope=scope, receive=receive, send=send, admitted=admitted
        )
        try:
            with self._turns.one_of(admitted.by.account):
                await self._serve(request, service, is_asking=match[2] == "info/refs")
        except TooManyError:
            await turn_away(send, Turned.TOO_OFTEN)

    async def _serve(self, request: _Request, service: str, *, is_asking: bool) -> None:
        """Do what is asked, and answer what cannot be done."""
        try:
            if service == "upload-pack":
                await self._fetch(request, is_asking=is_asking)
            elif is_asking:
                async with self._turns.working():
                    shown = await asyncio.to_thread(advertisement, self._forge, request.name)
                await answer(request.send, 200, shown, _kind(service, "advertisement"))
            else:
                await self._push(request)
        except RepositoryMissingError:
            await answer(request.send, 404)
        except BodyTooLargeError:
            await answer(request.send, 413)
        except (BodyBrokenError, BrokenProtocolError):
            await answer(request.send, 400)
        except NoRoomError:
            await answer(request.send, 503)

    async def _fetch(self, request: _Request, *, is_asking: bool) -> None:
        """Let Git answer a fetch, a piece at a time."""
        folder = self._forge.folder(request.name)
        asked = request.header(b"git-protocol")
        protocol = asked.decode("ascii") if _PROTOCOL.fullmatch(asked) else ""
        how = ("--http-backend-info-refs",) if is_asking else ()
        command = (*_FETCHING, "upload-pack", "--strict", "--stateless-rpc", *how, str(folder))
        limit = 0 if is_asking else ASKING_LIMIT
        async with (
            self._spool.received(request.receive, is_gzip=request.is_gzip, limit=limit) as body,
            self._turns.answering(),
        ):
            start = b""
            if is_asking:
                start = b"" if protocol == "version=2" else b"001e# service=git-upload-pack\n0000"
            kind = _kind("upload-pack", "advertisement" if is_asking else "result")
            answers = _answers(folder, command, protocol, body)
            await stream(request.send, start, answers, kind, request.admitted)

    async def _push(self, request: _Request) -> None:
        """Take a push over, and report."""
        async with (
            self._spool.received(
                request.receive, is_gzip=request.is_gzip, limit=BODY_LIMIT
            ) as body,
            self._turns.working(),
        ):
            # A quarter of an hour may have gone by since the first byte.
            if not await asyncio.to_thread(request.admitted.is_still):
                await turn_away(request.send, Turned.NOT_ALLOWED)
                return
            report = await asyncio.to_thread(self._taken, request, body)
        await answer(request.send, 200, report, _kind("receive-pack", "result"))

    def _taken(self, request: _Request, body: BinaryIO) -> bytes:
        """Take over what a body brings; give the report."""
        wishes = read_wishes(body)
        if not wishes.commands:
            # Git asks with an empty body whether it has to authenticate.
            return b""
        try:
            taken = self._pushes.receive(
                request.name, wishes, body, request.admitted.by, self._now()
            )
        except PushRefusedError as error:
            return report_refused(wishes, error.reason, self._words)
        except StaleHeadError:
            return report_refused(wishes, "busy", self._words)
        wrong = self._pushes.wrong_in(taken)
        return report_taken(wishes, taken, wrong, request.admitted.by.account, self._words)


def _service(scope: Scope, action: str) -> str | None:
    """Tell what a request wants, or None for what no Git client asks."""
    if action == "info/refs":
        found = _SERVICES.get(scope["query_string"])
        return found if scope["method"] == "GET" else None
    service = action.removeprefix("git-")
    kind = header(scope, b"content-type")
    is_right = scope["method"] == "POST" and kind == f"application/x-{action}-request".encode()
    return service if is_right else None


def _kind(service: str, what: str) -> bytes:
    """Give the content type of an answer."""
    return f"application/x-git-{service}-{what}".encode()


async def _answers(
    folder: Path, command: Iterable[str], protocol: str, body: BinaryIO
) -> AsyncIterator[bytes]:
    """Give what Git answers to a body."""
    with conversation(folder, *command, protocol=protocol) as (told, answers):
        await asyncio.to_thread(_tell, told, body)
        while piece := await asyncio.to_thread(answers.read1, _PIECE):  # type: ignore[attr-defined]
            yield piece


def _tell(told: BinaryIO, body: BinaryIO) -> None:
    """Hand a body to Git; one that has heard enough does not read the rest."""
    try:
        while piece := body.read(_PIECE):
            told.write(piece)
        told.close()
    except BrokenPipeError:
        return
