"""What to answer with a file of a built site: which headers it has, and how much of it is sent."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from academy.portfolio import RECORDING_ENDINGS
from auth_proxy.asking import Asking
from auth_proxy.conditions import Span, Unsatisfiable, encoding_of, has_match, span_of
from auth_proxy.headers import PAGE, UPLOAD, Headers
from auth_proxy.shelf import LARGEST_KEPT, Build, Shelf
from sites.manifest import Stored

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_PICTURES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp"})
_RECORDINGS = frozenset(f".{ending}" for ending in RECORDING_ENDINGS)
# What the generator writes. Everything else in a site was uploaded by somebody.
_OWN = re.compile(r"(?:.+/)?index\.html|404\.html|search/[a-z_]+\.(?:json|js)|sitemap\.xml")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a site: its name there, and where its content is."""

    name: str
    stored: Stored


@dataclass(frozen=True, slots=True)
class Moved:
    """The address lacks the slash at its end."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a content that is too large to be held in memory."""

    shelf: Shelf
    person: str
    digest: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: what it says, and the body, or the part of a file that is the body."""

    status: int
    headers: Headers
    body: bytes = b""
    part: Part | None = None


class Replies:
    """Makes answers of files; `accelerated` is nginx's internal address, if that sends them."""

    def __init__(self, shelf: Shelf, accelerated: str | None = None) -> None:
        self.shelf = shelf
        self._accelerated = accelerated

    def reply(self, asking: Asking, build: Build, found: Found, more: Headers) -> Reply:
        """Make the answer, with `more` headers of the place. Raises `OSError` for a lost file."""
        stored = found.stored
        prepared = build.compressed.encodings(stored.digest)
        encoding = _encoding(asking, prepared)
        tag = f"{stored.digest}-{encoding}" if encoding else stored.digest
        own = (*more, (b"etag", f'"{tag}"'.encode()))
        if has_match(asking.headers.get(b"if-none-match"), tag.encode()):
            return Reply(304, own)
        if prepared:
            own = (*own, (b"vary", b"accept-encoding"))
        headers = (*headers_of(found.name), *own)
        if encoding:
            body = self.shelf.content(build, stored, encoding)
            return _whole((*headers, (b"content-encoding", encoding.encode())), body)
        # Large files stay with us: nginx would go on sending them after the right has ended.
        if self._accelerated is not None and stored.size <= LARGEST_KEPT:
            place = f"{self._accelerated}{build.person}/objects/{stored.digest}"
            # With the length nginx knows that nothing follows, and keeps the connection.
            return _whole((*headers, (b"x-accel-redirect", place.encode())), b"")
        return self._in_part(asking, build, stored, headers)

    def _in_part(self, asking: Asking, build: Build, stored: Stored, headers: Headers) -> Reply:
        wanted, if_range = asking.headers.get(b"range"), asking.headers.get(b"if-range")
        span = span_of(wanted, if_range, stored.digest.encode(), stored.size)
        if isinstance(span, Unsatisfiable):
            return Reply(416, (*headers, (b"content-range", f"bytes */{stored.size}".encode())))
        headers = (*headers, (b"accept-ranges", b"bytes"))
        status = 200
        if span is not None:
            place = f"bytes {span.start}-{span.stop - 1}/{stored.size}"
            headers, status = (*headers, (b"content-range", place.encode())), 206
        if stored.size <= LARGEST_KEPT:
            body = self.shelf.content(build, stored)
            return _whole(headers, body[span.start : span.stop] if span else body, status)
        span = span or Span(0, stored.size)
        length = str(span.stop - span.start).encode()
        part = Part(self.shelf, build.person, stored.digest, span)
        return Reply(status, (*headers, (b"content-length", length)), part=part)


def find(build: Build, projection: str, path: str) -> Found | Moved | None:
    """Find a path of a projection; None for what is not there, exactly as for what must not be."""
    files = build.projections.get(projection)
    if files is None:
        return None
    name = f"{path}index.html" if not path or path.endswith("/") else path
    stored = files.get(name)
    if stored is not None:
        return Found(name, stored)
    return Moved() if path and f"{path}/index.html" in files else None


@lru_cache(maxsize=4096)
def headers_of(name: str) -> Headers:
    """The headers of a file of a site, by its name: its type, and how a browser may treat it."""
    ending = Path(name).suffix.lower()
    if _OWN.fullmatch(name):
        return ((b"content-type", media_type(name).encode()), *PAGE)
    # A type that a browser would run or draw as a page is not given to what was uploaded.
    is_shown = ending in _PICTURES or ending in _RECORDINGS
    kind = media_type(name) if is_shown or ending == ".pdf" else _BYTES
    headers = ((b"content-type", kind.encode()), *UPLOAD)
    return headers if is_shown else (*headers, _saved_as(name))


_BYTES = "application/octet-stream"


def media_type(name: str) -> str:
    """The type of a file by the ending of its name; unknown ones are bytes."""
    ending = Path(name).suffix.lower()
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or _BYTES


def _saved_as(name: str) -> tuple[bytes, bytes]:
    """Say that the file is to be saved, and under which name (RFC 6266, RFC 8187)."""
    last = quote(name.rpartition("/")[2], safe="")
    return (b"content-disposition", f"attachment; filename*=UTF-8''{last}".encode())


def _encoding(asking: Asking, prepared: tuple[str, ...]) -> str | None:
    if not prepared or b"range" in asking.headers:
        return None
    return encoding_of(asking.headers.get(b"accept-encoding"), prepared)


def _whole(headers: Headers, body: bytes, status: int = 200) -> Reply:
    return Reply(status, (*headers, (b"content-length", str(len(body)).encode())), body)
