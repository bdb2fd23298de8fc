"""What a browser sent with a form, bounded before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

MIB = 1024 * 1024
WHOLE_LIMIT = 160 * MIB
SIGNED_OUT_LIMIT = 32 * MIB
"""What is read of a form whose session has ended: words, and photographs on their way with them."""
PIECE_LIMIT = 8 * MIB
FILES_LIMIT = 30
FIELDS_LIMIT = 600
FIELD_LIMIT = MIB

TOO_LARGE = 413
NOT_A_FORM = 400


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: the name it had on the device, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Submitted:
    """The fields of a form by name, and its files; of several fields of one name all are kept."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[Upload, ...]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The value of a field; nothing for one that was not sent."""
        return self.fields.get(name, "")

    def uploads(self, name: str) -> tuple[Upload, ...]:
        """The files of a field."""
        return self.files.get(name, ())


async def read_submitted(request: Request, limit: int = 0) -> Submitted:
    """Read a form; `limit` is what it may have of bytes, when that is less than usual.

    Raises `HTTPException` for one that is too large, or no form.
    """
    sort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sort not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise HTTPException(NOT_A_FORM)
    bounded = Request(request.scope, _bounded(request, limit or WHOLE_LIMIT))
    async with bounded.form(
        max_files=FILES_LIMIT, max_fields=FIELDS_LIMIT, max_part_size=FIELD_LIMIT
    ) as form:
        return await _taken(form)


async def read_piece(request: Request) -> Submitted:
    """Read a piece of a large file as a form; what is beside it stands in headers of our own.

    A page of another site cannot send these without being asked first (CORS). Raises
    `HTTPException` for a piece that is too large, or none.
    """
    if request.headers.get("content-type") != "application/octet-stream":
        raise HTTPException(NOT_A_FORM)
    content = await Request(request.scope, _bounded(request, PIECE_LIMIT)).body()
    fields = {name: request.headers.get(f"x-{name}", "") for name in ("csrf", "offset")}
    return Submitted(fields=fields, files={"piece": (Upload("", content),)})


def _bounded(request: Request, limit: int) -> Receive:
    """Receive no more than there may be; the length that a browser names is not trusted."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(TOO_LARGE)
        return message

    return receive


async def _taken(form: FormData) -> Submitted:
    lists: dict[str, list[str]] = {}
    files: dict[str, list[Upload]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if value.filename or content:
                files.setdefault(name, []).append(Upload(value.filename or "", content))
        else:
            lists.setdefault(name, []).append(value)
    return Submitted(
        fields={name: values[-1] for name, values in lists.items()},
        lists={name: tuple(values) for name, values in lists.items()},
        files={name: tuple(uploads) for name, uploads in files.items()},
    )
