"""Contents of sites made smaller before anyone asks for them (Brotli, gzip).

One file a listener, `compressed`, holds all of them: many small files cost more
than the compression does. It can be thrown away; what is not in it is
served as it is. It begins with one line of JSON: digest to encoding to place.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import brotli

from sites.manifest import Manifest
from sites.store import Sites

ENCODINGS = ("br", "gzip")
"""The best first."""

COMPRESSED = "compressed"
"""The name of the file."""

_ENDINGS = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".xml", ".csv"})
_SMALLEST = 860
"""Below this an answer fits into one packet as it is."""

_WORTH = 0.9
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6

Places = Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Compressed:
    """What there is for one listener: digest to encoding to offset and length in the file."""

    file: Path | None = None
    head: bytes = b""
    places: Places = field(default_factory=dict)

    def encodings(self, digest: str) -> tuple[str, ...]:
        """The encodings a content is there in, the best first."""
        return tuple(self.places.get(digest, ()))

    def read(self, digest: str, encoding: str) -> bytes:
        """A content in an encoding. Raises `KeyError` or `OSError` when it is not there."""
        offset, length = self.places[digest][encoding]
        if self.file is None:
            raise KeyError(digest)
        with self.file.open("rb") as opened:
            # Another file may have taken the place of the one these offsets belong to.
            if opened.read(len(self.head)) != self.head:
                raise KeyError(digest)
            opened.seek(offset)
            content = opened.read(length)
        if len(content) != length:
            raise KeyError(digest)
        return content


def is_compressible(name: str, size: int) -> bool:
    """Tell whether compressing a file of this name and size is worth its while."""
    return size >= _SMALLEST and Path(name).suffix.lower() in _ENDINGS


def variants(content: bytes) -> dict[str, bytes]:
    """A content in every encoding that makes it clearly smaller."""
    made = {
        "br": brotli.compress(content, quality=_BROTLI_QUALITY),
        "gzip": gzip.compress(content, _GZIP_LEVEL, mtime=0),
    }
    return {name: made[name] for name in ENCODINGS if len(made[name]) < len(content) * _WORTH}


def compressed(sites: Sites, person: str) -> Compressed:
    """What has been prepared for a listener; nothing when there is no file to rely on."""
    file = path_of(sites, person)
    try:
        with file.open("rb") as opened:
            head = opened.readline()
        data = json.loads(head)
        start = len(head)
        return Compressed(
            file,
            head,
            {
                digest: {name: (start + offset, length) for name, (offset, length) in one.items()}
                for digest, one in data.items()
            },
        )
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return Compressed()


def path_of(sites: Sites, person: str) -> Path:
    """Where the prepared contents of a listener are."""
    return sites.root / person / COMPRESSED


def prepare(sites: Sites, manifest: Manifest) -> bool:
    """Compress what a build holds and has not been compressed; tell whether there was any."""
    wanted = {
        stored.digest
        for files in manifest.projections.values()
        for path, stored in files.items()
        if is_compressible(path, stored.size)
    }
    before = compressed(sites, manifest.person)
    if wanted == set(before.places):
        return False
    contents = {digest: _variants(sites, manifest.person, digest, before) for digest in wanted}
    _write(path_of(sites, manifest.person), contents)
    return True


def _variants(sites: Sites, person: str, digest: str, before: Compressed) -> dict[str, bytes]:
    if digest in before.places:
        return {name: before.read(digest, name) for name in before.encodings(digest)}
    return variants((sites.root / person / "objects" / digest).read_bytes())


def _write(file: Path, contents: Mapping[str, Mapping[str, bytes]]) -> None:
    places: dict[str, dict[str, tuple[int, int]]] = {}
    parts: list[bytes] = []
    offset = 0
    for digest in sorted(contents):
        places[digest] = {}
        for name, content in contents[digest].items():
            places[digest][name] = (offset, len(content))
            parts.append(content)
            offset += len(content)
    head = json.dumps(places, separators=(",", ":")).encode() + b"\n"
    beside = file.with_name(f".{file.name}.{token_hex(4)}")
    beside.write_bytes(_joined(head, parts))
    beside.replace(file)


def _joined(head: bytes, parts: Iterable[bytes]) -> bytes:
    return b"".join((head, *parts))
