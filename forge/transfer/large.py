"""Git LFS over HTTP: the batch API and the transfer `basic`, as an ASGI application.

`<prefix>/<repository>.git/info/lfs/objects/…`. Locks are not offered: a portfolio
has one author.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from academy.pointer import Pointer, is_oid
from forge.gate.limits import MIB
from forge.large.store import LargeFiles, LargeRefusedError, OffsetError
from forge.transfer.answers import answer, header, plain_path, stream, turn_away
from forge.transfer.bodies import BodyBrokenError, BodyTooLargeError, Receive, Scope, Send, pieces
from forge.transfer.doorkeeper import Admitted, CutOffError, Doorkeeper, Turned, ask_in

_PATH = re.compile(
    r"/([a-z0-9][a-z0-9-]{0,62})\.git/info/lfs/objects/"
    r"(?:(batch)|([0-9a-f]{64})/(0|[1-9][0-9]{0,15}))"
)
_RANGE = re.compile(rb"bytes=([0-9]{1,16})-([0-9]{0,16})")
_KIND = b"application/vnd.git-lfs+json"
_ASKING_LIMIT = 1 * MIB
_OBJECTS = 1000
_PIECE = 1 * MIB
_GIVEN = 64 * 1024
"""As much leaves at once; before each further piece the right to it is looked at again."""
_STATUSES = {"too-large": 413, "no-room": 507, "another-content": 422}


@dataclass(frozen=True, slots=True)
class _Call:
    """One request: the repository, and the ends of the connection."""

    name: str
    scope: Scope
    receive: Receive
    send: Send


class LargeApplication:
    """Serves large files to Git LFS clients; asks the doorkeeper at every request."""

    def __init__(self, files: LargeFiles, doorkeeper: Doorkeeper, *, prefix: str = "/git") -> None:
        """Take the files and the doorkeeper."""
        self._files, self._doorkeeper, self._prefix = files, doorkeeper, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        match = _PATH.fullmatch(plain_path(scope).removeprefix(self._prefix))
        methods = {"POST"} if match and match[2] else {"GET", "PUT"}
        if match is None or scope["method"] not in methods:
            await answer(send, 404)
            return
        call = _Call(match[1], scope, receive, send)
        admitted = await self._ask(call, is_writing=scope["method"] == "PUT")
        if isinstance(admitted, Turned):
            await turn_away(send, admitted)
            return
        try:
            if match[2]:
                await self._batch(call)
            elif scope["method"] == "PUT":
                await self._take(call, Pointer(match[3], int(match[4])), admitted)
            else:
                await self._give(call, match[3], admitted)
        except BodyTooLargeError:
            await answer(send, 413)
        except BodyBrokenError:
            await answer(send, 400)

    async def _ask(self, call: _Call, *, is_writing: bool) -> Admitted | Turned:
        """Ask the doorkeeper."""
        return await ask_in(self._doorkeeper, call.scope, call.name, is_writing=is_writing)

    async def _batch(self, call: _Call) -> None:
        """Tell of many files where each can be got or brought."""
        parts = pieces(call.receive, is_gzip=False, limit=_ASKING_LIMIT)
        asked = _read_batch(b"".join([part async for part in parts]))
        if asked is None:
            await _tell(call, 422, {"message": "This is no batch request."})
            return
        is_upload, wanted = asked
        turned = await self._ask(call, is_writing=True) if is_upload else None
        if isinstance(turned, Turned):
            await turn_away(call.send, turned)
            return
        objects = [self._told(call, file, is_upload=is_upload) for file in wanted]
        await _tell(call, 200, {"transfer": "basic", "objects": objects, "hash_algo": "sha256"})

    def _told(self, call: _Call, file: Pointer, *, is_upload: bool) -> dict[str, Any]:
        """Tell of one file."""
        told: dict[str, Any] = {"oid": file.oid, "size": file.size, "authenticated": True}
        found = self._files.glimpse(call.name, file.oid)
        if is_upload and file.size > self._files.limits.single:
            return {**told, "error": {"code": 413, "message": "This file is too large."}}
        if is_upload and found is not None:
            return told
        if not is_upload and (found is None or found.size != file.size):
            return {**told, "error": {"code": 404, "message": "This file is not here."}}
        action = {"href": self._address(call, file), "header": _credentials(call.scope)}
        return {**told, "actions": {"upload" if is_upload else "download": action}}

    def _address(self, call: _Call, file: Pointer) -> str:
        """Give the address of a file, as the client sees this host."""
        host = header(call.scope, b"host").decode("latin-1")
        place = f"{self._prefix}/{call.name}.git/info/lfs/objects/{file.oid}/{file.size}"
        return f"{call.scope.get('scheme', 'http')}://{host}{place}"

    async def _take(self, call: _Call, file: Pointer, admitted: Admitted) -> None:
        """Take a file, a piece at a time; it is there when its last piece is on disk."""
        held = bytearray()
        offset = 0
        try:
            await asyncio.to_thread(self._files.start_again, call.name, file)
            async for piece in pieces(call.receive, is_gzip=False, limit=file.size):
                held += piece
                if len(held) >= _PIECE:
                    offset = await self._append(call, file, offset, held, admitted)
            offset = await self._append(call, file, offset, held, admitted)
        except LargeRefusedError as error:
            await answer(call.send, _STATUSES[error.reason])
        except OffsetError:
            await answer(call.send, 409)
        except CutOffError:
            await turn_away(call.send, Turned.NOT_ALLOWED)
        else:
            await answer(call.send, 200 if offset == file.size else 400)

    async def _append(
        self, call: _Call, file: Pointer, offset: int, held: bytearray, admitted: Admitted
    ) -> int:
        """Put what has come into the store, if whoever brings it still may. Else `CutOffError`."""
        if not await asyncio.to_thread(admitted.is_still):
            raise CutOffError
        content = bytes(held)
        held.clear()
        return await asyncio.to_thread(self._files.append, call.name, file, offset, content)

    async def _give(self, call: _Call, oid: str, admitted: Admitted) -> None:
        """Give a file, from where the client wants to go on."""
        try:
            file = self._files.open(call.name, oid)
        except FileNotFoundError:
            await answer(call.send, 404)
            return
        with file:
            size = file.seek(0, 2)
            start, end = _wanted(header(call.scope, b"range"), size)
            if start > end:
                await answer(call.send, 416 if size else 200)
                return
            file.seek(start)
            parts = _parts(file, end - start + 1)
            is_part = end - start + 1 < size
            more = [(b"content-range", b"bytes %d-%d/%d" % (start, end, size))] if is_part else []
            kind = b"application/octet-stream"
            status = 206 if is_part else 200
            await stream(call.send, b"", parts, kind, admitted, status=status, more=more)


def _read_batch(body: bytes) -> tuple[bool, list[Pointer]] | None:
    """Read a batch request: whether it is for upload, and the files; None for anything else."""
    try:
        asked = json.loads(body)
        operation, objects = asked["operation"], asked["objects"]
        files = [Pointer(one["oid"], one["size"]) for one in objects]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    sizes = all(type(one.size) is int and 0 <= one.size < 10**15 for one in files)
    ids = all(isinstance(one.oid, str) and is_oid(one.oid) for one in files)
    is_known = operation in {"upload", "download"} and asked.get("hash_algo", "sha256") == "sha256"
    if not (sizes and ids and is_known and len(files) <= _OBJECTS):
        return None
    return operation == "upload", files


def _credentials(scope: Scope) -> dict[str, str]:
    """Give a client the credentials it came with, for its next request."""
    return {"Authorization": header(scope, b"authorization").decode("latin-1")}


def _wanted(asked: bytes, size: int) -> tuple[int, int]:
    """Give the first and the last byte that a client wants; without a good range all of them."""
    match = _RANGE.fullmatch(asked)
    if match is None:
        return 0, size - 1
    last = int(match[2]) if match[2] else size - 1
    return int(match[1]), min(last, size - 1)


async def _parts(file: BinaryIO, size: int) -> AsyncIterator[bytes]:
    """Give so many bytes of a file, a piece at a time."""
    while size > 0 and (piece := await asyncio.to_thread(file.read, min(_GIVEN, size))):
        size -= len(piece)
        yield piece


async def _tell(call: _Call, status: int, told: Mapping[str, Any]) -> None:
    """Answer with data."""
    await answer(call.send, status, json.dumps(told).encode(), _KIND)
