"""Large files on their way from a browser: what was acknowledged is there, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

import forge as package
from academy.pointer import Pointer
from forge.arriving import AT_ONCE, ArrivalMissingError
from forge.large.arrivals import StoredArrivals
from forge.large.store import LargeFiles, LargeLimits, LargeRefusedError, OffsetError

ANNA, BORIS = "k7m2q9x4bd", "b9w4x7r2tm"
FILM = os.urandom(5000)
MARK = "a" * 64


@pytest.fixture
def store(tmp_path):
    return LargeFiles(tmp_path / "lfs", LargeLimits(single=10_000, whole=12_000))


@pytest.fixture
def arrivals(store):
    return StoredArrivals(store)


def test_a_file_comes_in_pieces_and_has_its_place_with_the_last_one(store, arrivals):
    begun = arrivals.begin(ANNA, MARK, "walk.mp4", len(FILM))
    assert (begun.received, begun.pointer) == (0, None)
    assert arrivals.append(ANNA, MARK, 0, FILM[:2000]).received == 2000
    assert arrivals.tail(ANNA, MARK) == FILM[:2000]
    assert arrivals.begin(ANNA, MARK, "other.mp4", len(FILM)).received == 2000, "It is known."
    assert [one.name for one in arrivals.of(ANNA)] == ["walk.mp4"]
    whole = arrivals.append(ANNA, MARK, 2000, FILM[2000:])

    assert whole.pointer == Pointer(sha256(FILM).hexdigest(), len(FILM))
    assert store.path(ANNA, whole.pointer.oid).read_bytes() == FILM
    assert arrivals.get(ANNA, MARK) == whole
    assert arrivals.tail(ANNA, MARK) == FILM
    arrivals.forget(ANNA, MARK)
    assert arrivals.of(ANNA) == ()
    assert store.path(ANNA, whole.pointer.oid).read_bytes() == FILM


@pytest.mark.parametrize("offset", [0, 1, 1999, 2001, 4999, 10**15])
def test_an_offset_that_lies_is_told_where_it_stands(arrivals, offset):
    arrivals.begin(ANNA, MARK, "walk.mp4", len(FILM))
    arrivals.append(ANNA, MARK, 0, FILM[:2000])
    with pytest.raises(OffsetError) as told:
        arrivals.append(ANNA, MARK, offset, b"x")
    assert told.value.received == 2000
    assert arrivals.append(ANNA, MARK, 2000, FILM[2000:]).pointer is not None


def test_a_piece_that_comes_again_changes_nothing(arrivals):
    arrivals.begin(ANNA, MARK, "walk.mp4", len(FILM))
    whole = arrivals.append(ANNA, MARK, 0, FILM)
    for offset in (0, len(FILM)):
        with pytest.raises(OffsetError):
            arrivals.append(ANNA, MARK, offset, b"!")
    assert arrivals.get(ANNA, MARK) == whole


def test_more_than_was_announced_is_refused(store, arrivals):
    arrivals.begin(ANNA, MARK, "walk.mp4", 100)
    with pytest.raises(LargeRefusedError, match="another-content"):
        arrivals.append(ANNA, MARK, 0, FILM[:101])
    assert arrivals.get(ANNA, MARK).received == 0
    assert store.used(ANNA) == 100 + len((store.folder(ANNA) / f".coming/{MARK}.log").read_bytes())


def test_another_size_under_the_same_id_begins_anew(arrivals):
    arrivals.begin(ANNA, MARK, "walk.mp4", 100)
    arrivals.append(ANNA, MARK, 0, b"x" * 50)
    assert arrivals.begin(ANNA, MARK, "walk.mp4", 200).received == 0


def test_what_was_begun_takes_its_whole_room(arrivals):
    with pytest.raises(LargeRefusedError, match="too-large"):
        arrivals.begin(ANNA, MARK, "walk.mp4", 10_001)
    arrivals.begin(ANNA, MARK, "walk.mp4", 9000)
    with pytest.raises(LargeRefusedError, match="no-room"):
        arrivals.begin(ANNA, "b" * 64, "more.mp4", 3000)
    arrivals.begin(BORIS, "b" * 64, "more.mp4", 3000)


def test_only_so_many_are_on_their_way_at_once(arrivals):
    for number in range(AT_ONCE):
        arrivals.begin(ANNA, f"{number:064x}", "walk.mp4", 10)
    with pytest.raises(LargeRefusedError, match="too-many"):
        arrivals.begin(ANNA, MARK, "walk.mp4", 10)
    arrivals.forget(ANNA, f"{0:064x}")
    arrivals.begin(ANNA, MARK, "walk.mp4", 10)


@pytest.mark.parametrize("name", [MARK, "../" + BORIS, "", "A" * 64, "a" * 63, "../../x", "."])
def test_nobody_reaches_what_comes_for_another(arrivals, name):
    arrivals.begin(BORIS, MARK, "walk.mp4", len(FILM))
    for ask in (
        lambda: arrivals.get(ANNA, name),
        lambda: arrivals.tail(ANNA, name),
        lambda: arrivals.append(ANNA, name, 0, b"x"),
    ):
        with pytest.raises(ArrivalMissingError):
            ask()
    assert arrivals.get(BORIS, MARK).received == 0


def test_of_many_that_send_at_once_the_file_is_whole(store, arrivals):
    arrivals.begin(ANNA, MARK, "walk.mp4", len(FILM))

    def send(_):
        while (known := arrivals.get(ANNA, MARK)).pointer is None:
            try:
                piece = FILM[known.received : known.received + 500]
                arrivals.append(ANNA, MARK, known.received, piece)
            except OffsetError:
                continue
        return known.pointer

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(8)))) == 1
    assert store.path(ANNA, sha256(FILM).hexdigest()).read_bytes() == FILM


def test_bytes_that_were_not_acknowledged_are_written_over(store, arrivals):
    arrivals.begin(ANNA, MARK, "walk.mp4", len(FILM))
    arrivals.append(ANNA, MARK, 0, FILM[:2000])
    folder = store.folder(ANNA) / ".coming"
    with (folder / MARK).open("rb+") as file:
        file.seek(2000)
        file.write(b"\0" * 700)
    with (folder / f"{MARK}.log").open("ab") as journal:
        journal.write(b"\n27")
    assert arrivals.get(ANNA, MARK).received == 2000
    assert arrivals.append(ANNA, MARK, 2000, FILM[2000:]).pointer.oid == sha256(FILM).hexdigest()


@pytest.mark.parametrize("is_moved", [True, False])
def test_what_was_cut_off_before_its_last_step_is_finished(store, arrivals, is_moved):
    arrivals.begin(ANNA, MARK, "walk.mp4", len(FILM))
    arrivals.append(ANNA, MARK, 0, FILM)
    place, folder = store.path(ANNA, sha256(FILM).hexdigest()), store.folder(ANNA) / ".coming"
    place.rename(folder / MARK)
    if not is_moved:
        log = folder / f"{MARK}.log"
        log.write_bytes(log.read_bytes().partition(b"sha256")[0])
        assert arrivals.get(ANNA, MARK).pointer is None
        arrivals.append(ANNA, MARK, len(FILM), b"")
    assert arrivals.get(ANNA, MARK).pointer.size == len(FILM)
    assert place.read_bytes() == FILM


def test_the_forsaken_are_swept_after_a_week(store, arrivals):
    arrivals.begin(ANNA, MARK, "walk.mp4", 100)
    store.sweep(ANNA, ())
    assert len(arrivals.of(ANNA)) == 1
    long_ago = time.time() - 8 * 24 * 3600
    for file in (store.folder(ANNA) / ".coming").iterdir():
        os.utime(file, (long_ago, long_ago))
    store.sweep(ANNA, ())
    assert arrivals.of(ANNA) == ()
    assert store.used(ANNA) == 0


SERVER = """
import os, sys
from pathlib import Path
from forge.large.arrivals import StoredArrivals
from forge.large.store import LargeFiles

film = Path(sys.argv[2]).read_bytes()
arrivals = StoredArrivals(LargeFiles(Path(sys.argv[1])))
known = arrivals.begin(sys.argv[3], sys.argv[4], "walk.mp4", len(film))
while known.pointer is None:
    piece = film[known.received : known.received + 200_000]
    known = arrivals.append(sys.argv[3], sys.argv[4], known.received, piece)
    os.write(1, b"%d\\n" % known.received)
"""


def test_a_killed_server_has_every_byte_it_acknowledged(tmp_path):
    film = os.urandom(20_000_000)
    (tmp_path / "film").write_bytes(film)
    words = [str(tmp_path / "lfs"), str(tmp_path / "film"), ANNA, MARK]
    arrivals, kills = StoredArrivals(LargeFiles(tmp_path / "lfs")), 0
    while True:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, *words],
            stdout=subprocess.PIPE,
            cwd=Path(package.__file__).parents[1],
        )
        with server:
            lines = [server.stdout.readline() for _ in range((5, 23, 11, 30)[kills % 4])]
            server.send_signal(signal.SIGKILL)
            lines += server.stdout.readlines()
        acknowledged = max((int(line) for line in lines if line.endswith(b"\n")), default=0)
        known = arrivals.get(ANNA, MARK)
        assert known.received >= acknowledged
        assert arrivals.tail(ANNA, MARK) == film[max(0, known.received - 2**20) : known.received]
        if known.pointer is not None:
            break
        kills += 1
    assert kills
    assert known.pointer.oid == sha256(film).hexdigest()
