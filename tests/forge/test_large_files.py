"""Large files on disk, and pointers to them at the gate."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from academy.pointer import Pointer, read_pointer, write_pointer
from academy.submitting import Acting
from forge.embedded.drafts import EmbeddedDrafts
from forge.embedded.merge_requests import EmbeddedMergeRequests
from forge.embedded.repositories import EmbeddedForge
from forge.gate.admission import ATTRIBUTE_LINES, Incoming, admit
from forge.large.store import LargeFiles, LargeLimits, LargeRefusedError, OffsetError
from forge.merge_requests import Proposal
from forge.port import MAIN, Author, Change, DraftKey, Saving

ANNA, BORIS = "k7m2q9x4bd", "b9w4x7r2tm"
FILM = b"\0\0\0\x18ftypmp42" + b"film" * 1000
VIDEO = "works/garden/walk.mp4"


def pointer_to(content):
    return Pointer(sha256(content).hexdigest(), len(content))


FILE = pointer_to(FILM)


@pytest.fixture
def store(tmp_path):
    limits = LargeLimits(single=10_000, whole=12_000)
    return LargeFiles(tmp_path / "lfs", limits)


def codes(content, large, path=VIDEO):
    admission = admit([Incoming(path, "100644", content)], MAIN, large=large)
    return [issue.code for issue in admission.issues]


def test_a_file_comes_in_pieces_and_goes_on_where_the_line_broke(store):
    assert store.append(ANNA, FILE, 0, FILM[:1000]) == 1000
    assert store.glimpse(ANNA, FILE.oid) is None
    assert store.received(ANNA, FILE) == 1000
    assert store.append(ANNA, FILE, 1000, FILM[1000:]) == len(FILM)

    assert store.path(ANNA, FILE.oid).read_bytes() == FILM
    assert store.received(ANNA, FILE) == len(FILM)
    assert store.append(ANNA, FILE, 0, FILM) == len(FILM), "Once more is no matter."
    assert store.used(ANNA) == len(FILM)


@pytest.mark.parametrize("offset", [0, 500, 1500])
def test_a_piece_that_does_not_follow_is_told_where_to_go_on(store, offset):
    store.append(ANNA, FILE, 0, FILM[:1000])
    with pytest.raises(OffsetError) as told:
        store.append(ANNA, FILE, offset, FILM[offset : offset + 100])

    assert told.value.received == 1000


def test_another_content_than_was_announced_is_refused_and_forgotten(store):
    wrong = FILM[:-1] + b"!"
    with pytest.raises(LargeRefusedError, match="another-content"):
        store.append(ANNA, FILE, 0, wrong)
    assert store.received(ANNA, FILE) == 0
    with pytest.raises(LargeRefusedError, match="another-content"):
        store.append(ANNA, FILE, 0, FILM + b"more")

    store.append(ANNA, FILE, 0, FILM)
    with pytest.raises(LargeRefusedError, match="another-content"):
        store.append(ANNA, Pointer(FILE.oid, 5), 0, b"12345")


def test_what_is_too_much_is_refused_before_it_comes(store):
    with pytest.raises(LargeRefusedError, match="too-large"):
        store.append(ANNA, Pointer("a" * 64, 10_001), 0, b"x")
    store.append(ANNA, FILE, 0, FILM)
    with pytest.raises(LargeRefusedError, match="no-room"):
        store.append(ANNA, Pointer("b" * 64, 9_000), 0, b"x")
    store.append(BORIS, Pointer("b" * 64, 9_000), 0, b"x")


def test_nobody_gets_a_file_of_another_person_by_its_id(store):
    store.append(ANNA, FILE, 0, FILM)

    assert store.glimpse(BORIS, FILE.oid) is None
    with pytest.raises(FileNotFoundError):
        store.open(BORIS, FILE.oid)
    assert store.received(BORIS, FILE) == 0, "Having it elsewhere saves no upload."


@pytest.mark.parametrize("oid", ["../" + BORIS, "a" * 63, "A" * 64, "", f"../{BORIS}/{'a' * 64}"])
def test_what_is_no_id_leads_nowhere(store, oid):
    with pytest.raises(ValueError, match="SHA-256"):
        store.open(ANNA, oid)
    with pytest.raises(ValueError, match="SHA-256"):
        store.append(ANNA, Pointer(oid, 1), 0, b"x")


@pytest.mark.parametrize("person", ["..", "../x", "", ".arriving"])
def test_who_is_no_person_has_no_files(store, person):
    with pytest.raises(ValueError, match="large files"):
        store.glimpse(person, FILE.oid)


def test_of_several_that_send_the_same_at_once_one_brings_it(store):
    def send(_):
        offset = 0
        while offset < len(FILM):
            try:
                offset = store.append(ANNA, FILE, offset, FILM[offset : offset + 500])
            except OffsetError as error:
                offset = error.received
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(send, range(8)))
    assert store.path(ANNA, FILE.oid).read_bytes() == FILM


def test_what_nothing_points_to_is_swept_when_it_is_old(store):
    other = pointer_to(b"other")
    for file, content in ((FILE, FILM), (other, b"other")):
        store.append(ANNA, file, 0, content)
    begun = Pointer("c" * 64, 100)
    store.append(ANNA, begun, 0, b"x")
    store.sweep(ANNA, {FILE.oid})
    assert store.received(ANNA, begun) == 1
    long_ago = time.time() - 8 * 24 * 3600
    for place in (tmp for tmp in store.path(ANNA, FILE.oid).parent.rglob("*") if tmp.is_file()):
        os.utime(place, (long_ago, long_ago))
    store.sweep(ANNA, {FILE.oid})

    assert store.glimpse(ANNA, FILE.oid) is not None
    assert store.glimpse(ANNA, other.oid) is None
    assert store.received(ANNA, begun) == 0


def test_tidying_keeps_what_anything_in_the_repository_points_to(store, tmp_path, moment):
    forge = EmbeddedForge(tmp_path / "repositories", store)
    start = Change(ref=MAIN, expected=None, files={VIDEO: write_pointer(FILE)}, message="Start")
    forge.create(ANNA, [start], Author(ANNA), moment)
    gone = Change(
        ref=MAIN, expected=forge.heads(ANNA)[MAIN], files={VIDEO: None}, message="Without"
    )
    forge.commit(ANNA, [gone], Author(ANNA), moment)
    other = pointer_to(b"other")
    for file, content in ((FILE, FILM), (other, b"other")):
        store.append(ANNA, file, 0, content)
        long_ago = time.time() - 8 * 24 * 3600
        os.utime(store.path(ANNA, file.oid), (long_ago, long_ago))
    forge.tidy(ANNA)

    assert store.glimpse(ANNA, FILE.oid) is not None, "History shows it still."
    assert store.glimpse(ANNA, other.oid) is None


def test_a_pointer_is_read_as_every_client_writes_it():
    assert read_pointer(write_pointer(FILE)) == FILE
    for content in (b"", FILM, b"version https://git-lfs.github.com/spec/v1\n", b"x" * 200):
        assert read_pointer(content) is None


def test_the_gate_lets_in_pointers_to_recordings_that_are_there(store):
    def large(oid):
        return store.glimpse(ANNA, oid)

    assert codes(write_pointer(FILE), large) == ["gate-recording-missing"]
    store.append(ANNA, FILE, 0, FILM)
    assert codes(write_pointer(FILE), large) == []
    assert codes(write_pointer(Pointer(FILE.oid, 7)), large) == ["gate-recording-missing"]
    assert codes(write_pointer(FILE), lambda oid: store.glimpse(BORIS, oid)) == [
        "gate-recording-missing"
    ]
    assert codes(FILM, large) == ["gate-recording-direct"]
    assert codes(write_pointer(FILE), large, "works/garden/walk.webm") == ["gate-type-mismatch"]
    assert codes(write_pointer(FILE), large, "works/garden/walk.jpg") == ["gate-type-mismatch"]


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        ("mov", b"\0\0\0\x08wide"),
        ("webm", b"\x1aE\xdf\xa3"),
        ("ogg", b"OggS"),
        ("wav", b"RIFF\0\0\0\0WAVE"),
        ("mp3", b"ID3"),
        ("mp3", b"\xff\xfb"),
        ("m4a", b"\0\0\0\x20ftypM4A "),
    ],
)
def test_a_recording_begins_as_its_ending_says(store, ending, start):
    file = pointer_to(start)
    other = pointer_to(b"MZ program")
    for one, content in ((file, start), (other, b"MZ program")):
        store.append(ANNA, one, 0, content)

    def large(oid):
        return store.glimpse(ANNA, oid)

    path = f"works/garden/a.{ending}"
    assert codes(write_pointer(file), large, path) == []
    assert codes(write_pointer(other), large, path) == ["gate-type-mismatch"]


def test_attributes_of_a_repository_say_what_is_large_and_nothing_else(store):
    for content, expected in (
        (ATTRIBUTE_LINES, []),
        (b"*.mp4 filter=lfs diff=lfs merge=lfs -text\n", []),
        (b"*.mp4 filter=evil\n", ["gate-attributes"]),
        (b"*.md export-subst\n", ["gate-attributes"]),
    ):
        assert codes(content, store.glimpse, ".gitattributes") == expected


def test_a_recording_that_comes_with_a_form_is_put_into_its_place(store, tmp_path, moment):
    forge = EmbeddedForge(tmp_path / "repositories", store)
    start = Change(ref=MAIN, expected=None, files={"about.md": b"x"}, message="Start")
    forge.create(ANNA, [start], Author(ANNA), moment)
    saving = Saving(files={VIDEO: FILM, "works/garden/a.mp4": b"MZ"}, base=forge.heads(ANNA)[MAIN])
    kept = EmbeddedDrafts(forge).save(
        ANNA, DraftKey(ANNA, "works-garden"), saving, expected=None, at=moment
    )

    assert forge.snapshot(ANNA, kept.draft.version, 1000)[VIDEO][1] == write_pointer(FILE)
    assert forge.large_file(ANNA, FILE.oid).read_bytes() == FILM
    assert forge.large_file(BORIS, FILE.oid) is None
    assert [issue.code for issue in kept.issues] == ["gate-type-mismatch"]


def test_with_the_first_recording_comes_what_git_clients_need(store, tmp_path, moment):
    forge = EmbeddedForge(tmp_path / "repositories", store)
    requests = EmbeddedMergeRequests(forge)
    start = Change(ref=MAIN, expected=None, files={"about.md": b"x"}, message="Start")
    forge.create(ANNA, [start], Author(ANNA), moment)
    store.append(ANNA, FILE, 0, FILM)
    proposal = Proposal(files={VIDEO: write_pointer(FILE)})
    by = Acting(account=ANNA, role="listener")
    head = requests.open(ANNA, "Walk", proposal, by, moment).submission.head

    assert set(forge.tree(ANNA, head)) == {"about.md", VIDEO, ".gitattributes"}
    forge.remove(ANNA)
    assert store.glimpse(ANNA, FILE.oid) is None
