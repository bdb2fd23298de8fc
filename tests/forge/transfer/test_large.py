"""Git LFS: a real client, and clients that mean no good."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from academy.pointer import Pointer

PERSON, NEIGHBOUR = "k7m2q9x4bd", "b9w4x7r2tm"
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 8_000
FILE = Pointer(sha256(FILM).hexdigest(), len(FILM))
VIDEO = "works/garden/walk.mp4"
KIND = "application/vnd.git-lfs+json"


@pytest.fixture
def lfs_client(client):
    client("lfs", "install", "--skip-repo")
    client("config", "--global", "lfs.locksverify", "false")
    return client


@pytest.fixture
def batch(ask):
    """Ask the batch API; give the status and the first of the objects."""

    def run(operation, file, *, name=PERSON, **who):
        asked = {"operation": operation, "objects": [{"oid": file.oid, "size": file.size}]}
        path = f"/git/{name}.git/info/lfs/objects/batch"
        status, body = ask("POST", path, json.dumps(asked).encode(), Content_Type=KIND, **who)
        return status, json.loads(body)["objects"][0] if status == 200 else body

    return run


def place(file, name=PERSON):
    return f"/git/{name}.git/info/lfs/objects/{file.oid}/{file.size}"


def test_a_film_goes_in_by_a_real_client_and_comes_out_again(
    lfs_client, clone, write, store, forge, address, tmp_path
):
    lfs_client("lfs", "track", "*.mp4", folder=clone)
    write({VIDEO: FILM})
    said = lfs_client("push", "origin", "HEAD:mr/new", folder=clone)

    assert "Taken: submission 1." in said
    assert store.path(PERSON, FILE.oid).read_bytes() == FILM
    files = forge.snapshot(PERSON, forge.heads(PERSON)["refs/heads/mr/1"], 1000)
    assert files[VIDEO][0].size < 200, "In Git there is a pointer."

    lfs_client("clone", "-q", "--branch", "mr/1", address, "other")
    assert (tmp_path / "other" / VIDEO).read_bytes() == FILM


def test_a_film_pushed_without_lfs_is_refused_with_the_remedy(clone, write, client):
    write({VIDEO: FILM})
    said = client("push", "origin", "HEAD:mr/new", folder=clone, fails=True)

    assert "git lfs track" in said


def test_a_pointer_to_what_was_never_sent_is_refused(lfs_client, clone, write):
    lfs_client("lfs", "track", "*.mp4", folder=clone)
    write({VIDEO: FILM})
    said = lfs_client("push", "--no-verify", "origin", "HEAD:mr/new", folder=clone, fails=True)

    assert "only a pointer to it has come" in said


@pytest.mark.usefixtures("person")
def test_what_is_there_is_not_sent_again(batch, store):
    status, told = batch("upload", FILE)
    assert (status, told["actions"]["upload"]["href"].endswith(place(FILE))) == (200, True)
    store.append(PERSON, FILE, 0, FILM)

    assert "actions" not in batch("upload", FILE)[1]
    assert "download" in batch("download", FILE)[1]["actions"]


@pytest.mark.usefixtures("person", "neighbour")
def test_a_file_of_somebody_else_is_not_there_whoever_knows_its_id(batch, ask, store):
    store.append(PERSON, FILE, 0, FILM)

    assert batch("download", FILE, user=NEIGHBOUR)[0] == 404
    status, told = batch("download", FILE, name=NEIGHBOUR, user=NEIGHBOUR)
    assert (status, told["error"]["code"]) == (200, 404)
    assert ask("GET", place(FILE, NEIGHBOUR), user=NEIGHBOUR) == (404, b"")
    assert ask("GET", place(FILE), user=NEIGHBOUR) == (404, b"")
    assert ask("GET", place(FILE), user="") == (401, b"")
    assert "upload" in batch("upload", FILE, name=NEIGHBOUR, user=NEIGHBOUR)[1]["actions"]


@pytest.mark.usefixtures("person")
def test_a_file_is_what_it_was_said_to_be_or_is_not_taken(ask, store):
    wrong = FILM[:-1] + b"!"
    for body, status in ((wrong, 422), (FILM[:-1], 400), (FILM + b"more", 413)):
        assert ask("PUT", place(FILE), body)[0] == status
        assert store.glimpse(PERSON, FILE.oid) is None
    assert ask("PUT", place(FILE), FILM)[0] == 200
    assert ask("PUT", place(FILE), FILM)[0] == 200
    assert ask("PUT", place(Pointer("a" * 64, 3_000_001)), b"x")[0] == 413
    other = b"x" * 2_500_000
    full = Pointer(sha256(other).hexdigest(), len(other))
    assert ask("PUT", place(full), other)[0] == 507


@pytest.mark.usefixtures("person")
def test_a_file_is_given_from_where_the_line_broke(ask, store):
    store.append(PERSON, FILE, 0, FILM)

    assert ask("GET", place(FILE)) == (200, FILM)
    assert ask("GET", place(FILE), Range="bytes=1000-") == (206, FILM[1000:])
    assert ask("GET", place(FILE), Range="bytes=5-9") == (206, FILM[5:10])
    assert ask("GET", place(FILE), Range=f"bytes={len(FILM)}-")[0] == 416


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"operation": "delete", "objects": []}',
        b'{"operation": "upload", "objects": [{"oid": "../../x", "size": 1}]}',
        b'{"operation": "upload", "objects": [{"oid": 7, "size": "1"}]}',
        b'{"operation": "download", "objects": [{"oid": "%b", "size": -1}]}' % (b"a" * 64),
        b'{"operation": "download", "objects": [{"oid": "%b", "size": true}]}' % (b"a" * 64),
        b'{"operation": "download", "hash_algo": "md5", "objects": []}',
    ],
)
def test_what_is_no_batch_request_is_refused(ask, body):
    path = f"/git/{PERSON}.git/info/lfs/objects/batch"

    assert ask("POST", path, body, Content_Type=KIND)[0] == 422


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/git/{0}.git/info/lfs/locks/verify"),
        ("DELETE", "/git/{0}.git/info/lfs/objects/{1}/1"),
        ("GET", "/git/{0}.git/info/lfs/objects/{1}"),
        ("GET", "/git/{0}.git/info/lfs/objects/../{1}/1"),
        ("GET", "/git/{0}.git/info/lfs/objects/%2e%2e/{1}/1"),
        ("PUT", "/git/{0}.git/info/lfs/objects/batch"),
        ("PUT", "/git/{0}.git/info/lfs/objects/{1}/-1"),
    ],
)
def test_other_places_of_lfs_are_not_there(ask, method, path):
    assert ask(method, path.format(PERSON, FILE.oid)) == (404, b"")
