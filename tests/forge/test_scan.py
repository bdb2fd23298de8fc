"""Packs of the real Git, and packs that no Git makes."""

from __future__ import annotations

import hashlib
import random
import subprocess
import zlib
from io import BytesIO

import pytest

from forge.transfer.scan import PackLimits, PackRefusedError, scan_pack

KIB = 1024


def pack_of(*objects: bytes, count: int | None = None) -> bytes:
    number = len(objects) if count is None else count
    body = b"PACK\0\0\0\2" + number.to_bytes(4, "big") + b"".join(objects)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()


def entry(kind: int, content: bytes, *, size: int | None = None, between: bytes = b"") -> bytes:
    length = len(content) if size is None else size
    first, rest = (kind << 4) | (length & 15), length >> 4
    head = b""
    while rest:
        head += bytes([first | 0x80])
        first, rest = rest & 0x7F, rest >> 7
    return head + bytes([first]) + between + zlib.compress(content)


def reason(pack: bytes, **limits: int) -> str:
    with pytest.raises(PackRefusedError) as told:
        scan_pack(BytesIO(pack), PackLimits(**limits))
    return told.value.reason


def test_a_pack_of_git_with_deltas_is_let_through(forge, start, commit, git):
    noise = random.Random(1).randbytes(40_000)  # noqa: S311 - No secret.
    start("packed", {"works/a/a.txt": noise, "about.md": b"x" * 300_000})
    for number in range(8):
        commit("packed", {"works/a/a.txt": noise + b"%d" % number})
    folder = forge.folder("packed")
    packed = subprocess.run(
        ["git", "--git-dir", folder, "pack-objects", "--all", "--stdout", "--delta-base-offset"],
        input=b"",
        capture_output=True,
        check=True,
    ).stdout
    objects = git(folder, "rev-list", "--objects", "--all").splitlines()

    assert scan_pack(BytesIO(packed), PackLimits()) == len(objects)
    assert len(packed) < 100_000, "There are deltas in it."
    assert reason(packed, objects=len(objects) - 1) == "too-many-objects"
    assert reason(packed, single=299_999) == "object-too-large"
    assert reason(packed, whole=300_000) == "too-large"


def test_a_bomb_is_refused_before_it_unfolds():
    bomb = pack_of(entry(3, b"\0" * 50_000 * KIB))

    assert len(bomb) < 60 * KIB
    assert reason(bomb) == "object-too-large"


def test_a_bomb_that_lies_about_its_size_is_refused():
    assert reason(pack_of(entry(3, b"\0" * 5_000 * KIB, size=10))) == "broken"


def test_a_delta_that_promises_too_much_is_refused():
    def number(value):
        found = b""
        while value > 0x7F:
            found += bytes([value & 0x7F | 0x80])
            value >>= 7
        return found + bytes([value])

    delta = number(10) + number(10**9) + b"\x90\x0a"
    assert reason(pack_of(entry(7, delta, between=b"\1" * 20))) == "object-too-large"


@pytest.mark.parametrize(
    "pack",
    [
        b"",
        b"PACK",
        b"PACK\0\0\0\4\0\0\0\0" + b"\0" * 20,
        pack_of(count=1),
        pack_of(entry(3, b"text"))[:-1],
        pack_of(entry(3, b"text")) + b"more",
        pack_of(entry(3, b"text")[:-3]),
        pack_of(entry(7, b"\x80" * 30, between=b"\1" * 20)),
        pack_of(b"\xff" * 40),
    ],
)
def test_what_is_no_pack_is_broken(pack):
    assert reason(pack) == "broken"
