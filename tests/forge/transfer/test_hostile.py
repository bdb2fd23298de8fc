"""Clients that mean no good: whatever they send, nothing moves and nothing of others is shown."""

from __future__ import annotations

import gzip
import hashlib
import zlib

import pytest

from academy.submitting import Acting
from forge.merge_requests import Proposal
from forge.port import MAIN, DraftKey, Saving
from forge.transfer.packets import FLUSH, packet
from forge.transfer.pushing import BODY_LIMIT

PERSON, NEIGHBOUR = "k7m2q9x4bd", "b9w4x7r2tm"
SECRET = "very-secret"
REVIEWER = Acting(account="petrova", role="reviewer", may_review=True)
NOTHING = "0" * 40
POND = {"works/pond/index.md": b"Text\n"}


@pytest.fixture
def state(forge, requests, person, git):
    """Everything that a repository shows to somebody who looks at its refs."""

    def look():
        refs = git(forge.folder(person), "for-each-ref")
        return refs, forge.heads(person), requests.lives(person)

    return look


@pytest.fixture
def push(ask, person):
    """Push a pack that no Git has made to a ref that no Git would name; give the report."""

    def run(pack, ref="refs/heads/mr/new", *, old=NOTHING, new="1" * 40, **how):
        line = f"{old} {new} {ref}".encode("utf-8", "surrogateescape")
        body = packet(line + b"\0report-status side-band-64k") + FLUSH + pack
        return ask(
            "POST",
            f"/git/{person}.git/git-receive-pack",
            body,
            Content_Type="application/x-git-receive-pack-request",
            **how,
        )

    return run


def pack_of(*objects):
    body = b"PACK\0\0\0\2" + len(objects).to_bytes(4, "big") + b"".join(objects)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()


def entry(kind, content):
    first, rest = (kind << 4) | (len(content) & 15), len(content) >> 4
    head = b""
    while rest:
        head += bytes([first | 0x80])
        first, rest = rest & 0x7F, rest >> 7
    return head + bytes([first]) + zlib.compress(content)


def commit_of(tree, *parents):
    """A commit object and its id."""
    lines = [f"tree {tree}", *(f"parent {one}" for one in parents)]
    who = f"{PERSON} <{PERSON}@cabinet.invalid> 1 +0000"
    content = "\n".join([*lines, f"author {who}", f"committer {who}", "", "x"]).encode()
    whole = b"commit %d\0%b" % (len(content), content)
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest(), entry(1, content)


def tree_of(*entries):
    """A tree object and its id, of entries as they are given."""
    content = b"".join(
        b"%b %b\0%b" % (mode, name, bytes.fromhex(one)) for mode, name, one in entries
    )
    whole = b"tree %d\0%b" % (len(content), content)
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest(), entry(2, content)


def blob_of(content):
    whole = b"blob %d\0%b" % (len(content), content)
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest(), entry(3, content)


@pytest.mark.parametrize(
    "ref",
    [
        "main",
        "record",
        "refs/drafts/k7m2q9x4bd/works-pond",
        "refs/mr/1/meta",
        "refs/tags/v1",
        "own",
    ],
)
def test_only_own_work_branches_take_a_push(clone, write, client, state, ref):
    write(POND)
    before = state()
    said = client("push", "-f", "origin", f"HEAD:{ref}", folder=clone, fails=True)
    if not ref.startswith("refs/"):
        client("push", "-f", "origin", f"HEAD:refs/heads/{ref}", folder=clone, fails=True)

    assert "This branch is not changed directly" in said
    assert state() == before


@pytest.mark.parametrize(
    "ref",
    [
        "refs/heads/mr/../main",
        "refs/heads/mr/01",
        "refs/heads/mr/1/../../main",
        "refs/heads/mr/new/x",
        "refs/heads/mr/-1",
        "refs/heads/mr/9999999",
        "HEAD",
        "../../k7m2q9x4bd.git/refs/heads/mr/1",
        "refs/heads/mr/1\nrefs/heads/main",
        "refs/heads/mr/²",
        "refs/heads/mr/\udcff",
    ],
)
def test_names_of_refs_that_no_git_would_send_move_nothing(push, state, ref):
    before = state()
    status, report = push(pack_of(), ref)

    assert (status, b"ok refs" in report) in {(200, False), (400, False)}
    assert state() == before


def test_several_branches_at_once_and_deletions_are_refused(clone, write, client, state):
    write(POND)
    many = client("push", "origin", "HEAD:mr/new", "HEAD:main", folder=clone, fails=True)
    assert "Push one branch at a time" in many
    client("push", "-q", "origin", "HEAD:mr/new", folder=clone)
    before = state()
    client("push", "origin", ":mr/1", folder=clone, fails=True)

    assert state() == before


def test_the_number_of_a_merge_request_of_somebody_else_is_refused(
    clone, write, client, state, requests, person, moment
):
    proposal = Proposal(files={"works/garden/index.md": b"Better\n"})
    requests.open(person, "Theirs", proposal, REVIEWER, moment)
    client("fetch", "-q", folder=clone)
    write(POND)
    before = state()
    said = client("push", "-f", "origin", "HEAD:mr/1", folder=clone, fails=True)

    assert "Only its author can change a submission" in said
    assert "no submission of this number" in client(
        "push", "origin", "HEAD:mr/7", folder=clone, fails=True
    )
    assert state() == before


def test_a_push_made_on_an_older_head_is_refused(push, requests, person, moment, state):
    listener = Acting(account=person, role="listener")
    requests.open(person, "Pond", Proposal(files=POND), listener, moment)
    before = state()
    _, report = push(pack_of(), "refs/heads/mr/1", old="2" * 40, new=requests.get(person, 1).base)

    assert b"There is something new in this branch since" in report
    assert state() == before


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("user", [NEIGHBOUR, PERSON, ""])
def test_whoever_is_not_the_owner_learns_nothing(ask, person, user):
    secret = SECRET if user == NEIGHBOUR else "wrong"
    for name in (person, "c7m2q9x4bd"):
        for service in ("git-upload-pack", "git-receive-pack"):
            status, body = ask(
                "GET", f"/git/{name}.git/info/refs?service={service}", user=user, secret=secret
            )
            assert (status, body) == (404 if user == NEIGHBOUR else 401, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/git/{0}.git/config",
        "/git/{0}.git/HEAD",
        "/git/{0}.git/objects/info/packs",
        "/git/{0}.git/info/refs",
        "/git/{0}.git/info/refs?service=git-upload-archive",
        "/git/{0}.git/info/refs?service=git-upload-pack&x=1",
        "/git/{0}/info/refs?service=git-upload-pack",
        "/git/x/../{0}.git/info/refs?service=git-upload-pack",
        "/git/../{0}.git/info/refs?service=git-upload-pack",
        "/git/{0}.git%2finfo/refs?service=git-upload-pack",
        "/git/{0}.git/info%2frefs?service=git-upload-pack%0a",
        "/git/..%2f{0}.git/info/refs?service=git-upload-pack",
        "/git/{0}.git//info/refs?service=git-upload-pack",
    ],
)
def test_other_paths_are_not_there(ask, person, path):
    assert ask("GET", path.format(person)) == (404, b"")


@pytest.mark.parametrize("kind", ["symlink", "submodule", "program", "unknown"])
def test_what_is_no_plain_file_in_its_place_is_refused(clone, write, client, state, kind):
    place = clone / "works/pond"
    place.mkdir(parents=True)
    if kind == "symlink":
        (place / "index.md").symlink_to("../../../../etc/passwd")
    elif kind == "submodule":
        head = client("rev-parse", "HEAD", folder=clone).strip()
        info = f"160000,{head},works/pond/sub"
        client("update-index", "--add", "--cacheinfo", info, folder=clone)
        client("commit", "-q", "-m", "x", folder=clone)
    elif kind == "program":
        (place / "index.md").write_text("#!/bin/sh\n")
        (place / "index.md").chmod(0o755)
    if kind != "submodule":
        write({"unknown/place.md": b"x"} if kind == "unknown" else {}, as_id=True)
    before = state()
    said = client("push", "origin", "HEAD:mr/new", folder=clone, fails=True)

    assert "Not taken, nothing has changed" in said
    assert state() == before


@pytest.mark.parametrize(
    "name", [b"..", b".git", b".GIT", b"git~1", b"a/b", b"", b"con.txt", b"a\nb", b"\xff\xfe"]
)
def test_trees_with_names_that_are_tricks_are_refused(forge, push, person, state, name):
    blob, blob_entry = blob_of(b"x")
    inner, inner_entry = tree_of((b"100644", name, blob))
    works, works_entry = tree_of((b"40000", b"pond", inner))
    root, root_entry = tree_of((b"40000", b"works", works))
    head, head_entry = commit_of(root, forge.heads(person)[MAIN])
    before = state()
    status, report = push(
        pack_of(blob_entry, inner_entry, works_entry, root_entry, head_entry), new=head
    )

    assert status == 200
    assert b"ng refs/heads/mr/new" in report
    assert state() == before


def test_packs_that_are_damaged_or_lack_parts_are_refused(forge, push, person, state):
    main = forge.heads(person)[MAIN]
    blob, blob_entry = blob_of(b"x")
    alone, alone_entry = commit_of("3" * 40, main)
    lost, lost_entry = tree_of((b"100644", b"about.md", "4" * 40))
    of_lost, of_lost_entry = commit_of(lost, main)
    stranger, stranger_entry = commit_of(lost)
    whole = pack_of(blob_entry)
    before = state()
    for pack, head in (
        (b"", main),
        (b"PACK", main),
        (whole[:-1], blob),
        (whole[:-1] + b"\0", blob),
        (whole, blob),
        (pack_of(alone_entry), alone),
        (pack_of(lost_entry, of_lost_entry), of_lost),
        (pack_of(lost_entry, stranger_entry), stranger),
        (pack_of(), "5" * 40),
    ):
        status, report = push(pack, new=head)
        assert status == 200
        assert b"ng refs/heads/mr/new" in report
    assert state() == before


def test_a_history_of_its_own_is_no_continuation(push, state):
    blob, blob_entry = blob_of(b"x")
    tree, tree_entry = tree_of((b"100644", b"about.md", blob))
    head, head_entry = commit_of(tree)
    before = state()
    _, report = push(pack_of(blob_entry, tree_entry, head_entry), new=head)

    assert b"do not continue your portfolio" in report
    assert state() == before


def test_bombs_are_refused_before_they_unfold(forge, push, ask, person, state):
    _, bomb = blob_of(b"\0" * 60_000_000)
    before = state()
    _, report = push(pack_of(bomb), new="1" * 40)
    assert b"A file in this push is too large" in report

    folded = gzip.compress(b"\0" * (BODY_LIMIT + 1), 9)
    kind = "application/x-git-receive-pack-request"
    path = f"/git/{person}.git/git-receive-pack"
    assert ask("POST", path, folded, Content_Type=kind, Content_Encoding="gzip")[0] == 413
    assert ask("POST", path, folded[:500], Content_Type=kind, Content_Encoding="gzip")[0] == 400
    assert ask("POST", path, b"plain", Content_Type=kind, Content_Encoding="gzip")[0] == 400
    assert state() == before
    assert not list(forge.folder(person).parent.glob(".unfinished-*"))


@pytest.mark.parametrize("body", [b"", b"zzzz", b"0003", b"0032" + b"x" * 46 + b"0000", b"ffff"])
def test_requests_of_no_git_are_answered_and_forgotten(ask, person, state, body):
    before = state()
    for service in ("git-upload-pack", "git-receive-pack"):
        kind = f"application/x-{service}-request"
        status, _ = ask("POST", f"/git/{person}.git/{service}", body, Content_Type=kind)
        assert status in {200, 400}
    assert state() == before


def test_a_draft_is_served_by_its_id_to_its_owner_and_to_nobody_else(
    forge, drafts, client, neighbour, address, moment, tmp_path
):
    """Git does not keep hidden objects back; so nothing of others lies in a repository."""
    saving = Saving(files=POND, base=forge.heads(PERSON)[MAIN])
    kept = drafts.save(PERSON, DraftKey(PERSON, "pond"), saving, expected=None, at=moment)
    wanted = ("fetch", "-q", "--depth", "1")
    others = address.replace(f"{PERSON}:", f"{neighbour}:")
    for number, place in enumerate((others, others.replace(f"{PERSON}.git", f"{neighbour}.git"))):
        client("init", "-q", f"empty{number}")
        folder = tmp_path / f"empty{number}"
        client(*wanted, place, kept.draft.version, folder=folder, fails=True)
    client("init", "-q", "own")
    client(*wanted, address, kept.draft.version, folder=tmp_path / "own")

    with pytest.raises(ValueError, match="no drafts"):
        drafts.save(PERSON, DraftKey("petrova", "notes"), saving, expected=None, at=moment)


def tree_of_trees(levels, leaf):
    """A few trees that a walk down them makes ten to the power of `levels` paths of."""
    mode, inner, entries = leaf
    for _ in range(levels):
        inner, entry_of_it = tree_of(*((mode, b"%d" % n, inner) for n in range(10)))
        entries = [*entries, entry_of_it]
        mode = b"40000"
    return inner, entries


@pytest.mark.parametrize("leaf", ["file", "folder"])
def test_a_tree_that_unfolds_without_end_is_refused_at_once(forge, push, person, state, leaf):
    blob, blob_entry = blob_of(b"x")
    nothing, nothing_entry = tree_of()
    ends = {"file": (b"100644", blob, [blob_entry]), "folder": (b"40000", nothing, [nothing_entry])}
    root, entries = tree_of_trees(12, ends[leaf])
    head, head_entry = commit_of(root, forge.heads(person)[MAIN])
    before = state()
    _, report = push(pack_of(*entries, head_entry), new=head)

    assert b"too many files" in report, report
    assert state() == before


def entry_in_works(kind, path_end, target):
    """Trees `works/pond/…` with one entry; the id of the root, and the objects."""
    mode = b"120000" if kind == "link" else b"100644"
    inner, inner_entry = tree_of((mode, path_end, target))
    works, works_entry = tree_of((b"40000", b"pond", inner))
    root, root_entry = tree_of((b"40000", b"works", works))
    return root, [inner_entry, works_entry, root_entry]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("link", b"a.txt"), ("file", "\u202egpj.exe".encode()), ("file", b"e\xcc\x81.txt")],
)
def test_an_earlier_commit_brings_in_nothing_that_the_last_one_may_not(
    forge, push, person, requests, kind, name
):
    """The last commit is in order; the one before it has a link, or a name that is a trick."""
    blob, blob_entry = blob_of(b"Text\n")
    middle, middle_entries = entry_in_works(kind, name, blob)
    last, last_entries = entry_in_works("file", b"index.md", blob)
    between, between_entry = commit_of(middle, forge.heads(person)[MAIN])
    head, head_entry = commit_of(last, between)
    pack = pack_of(blob_entry, *middle_entries, *last_entries, between_entry, head_entry)
    _, report = push(pack, new=head)

    assert b"ok refs/heads/mr/new" in report
    assert requests.get(person, 1).head != head, "What was pushed is written anew, as one commit."
    with pytest.raises(KeyError):
        forge.tree(person, between)


def test_what_lies_beside_commits_that_stay_does_not_enter(forge, push, person, requests, git):
    """A pack may bring what no commit holds: a picture with its hidden data, or mere bulk."""
    blob, blob_entry = blob_of(b"Text\n")
    stray, stray_entry = blob_of(b"Whatever nobody was to see\n")
    root, entries = entry_in_works("file", b"index.md", blob)
    head, head_entry = commit_of(root, forge.heads(person)[MAIN])
    _, report = push(pack_of(blob_entry, stray_entry, *entries, head_entry), new=head)

    assert b"ok refs/heads/mr/new" in report
    assert requests.get(person, 1).head == head
    assert forge.read(person, [blob]) == {blob: b"Text\n"}
    with pytest.raises(KeyError):
        forge.read(person, [stray])
    git(forge.folder(person), "fsck", "--strict", "--full")
