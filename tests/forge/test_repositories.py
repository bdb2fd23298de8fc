import os
import shutil
from datetime import UTC, datetime

import pytest

from forge.embedded import folders, writing
from forge.embedded.repositories import EmbeddedForge
from forge.port import MAIN, RECORD, Author, Blob, Change, RepositoryMissingError, StaleHeadError

EVERYTHING = 1 << 30


def test_a_created_repository_holds_what_it_was_given(forge, listener):
    heads = forge.heads(listener)
    assert set(heads) == {MAIN, RECORD}
    tree = forge.tree(listener, heads[MAIN])
    assert set(tree) == {"about.md", "goals/read.md"}
    contents = forge.read(listener, [blob.id for blob in tree.values()])
    assert contents[tree["about.md"].id] == b"About me"


def test_a_created_repository_is_sound_and_has_the_settings(forge, listener, git):
    folder = forge.folder(listener)
    git(folder, "fsck", "--strict")
    assert git(folder, "config", "receive.fsckObjects") == "true\n"
    assert git(folder, "symbolic-ref", "HEAD") == "refs/heads/main\n"
    assert not (folder / "hooks").exists()


def test_a_second_repository_of_the_name_is_refused(forge, listener, actor, moment):
    before = forge.heads(listener)
    with pytest.raises(FileExistsError):
        forge.create(listener, [], actor, moment)
    assert forge.heads(listener) == before


def test_a_creation_that_fails_leaves_nothing(forge, tmp_path, actor, moment):
    stale = Change(ref=MAIN, expected="1" * 40, files={}, message="Start")
    with pytest.raises(StaleHeadError):
        forge.create("nobody", [stale], actor, moment)
    assert list((tmp_path / "repositories").iterdir()) == []


@pytest.mark.parametrize("name", ["", "-a", "A", "a.b", "a/b", "..", "a" * 64, "a\n", "ж"])
def test_a_name_that_is_no_name_is_refused(forge, actor, moment, name):
    with pytest.raises(ValueError, match="name of a repository"):
        forge.create(name, [], actor, moment)
    with pytest.raises(RepositoryMissingError):
        forge.heads(name)
    with pytest.raises(RepositoryMissingError):
        forge.tree(name, "1" * 40)


def test_names_are_sorted_and_leave_out_strays(forge, start, tmp_path):
    for name in ("b", "a-2", "a"):
        start(name, {})
    root = tmp_path / "repositories"
    (root / "notes.txt").write_text("x")
    (root / "file.git").write_text("x")
    (root / "empty.git").mkdir()
    (root / "Wrong Name.git").mkdir()
    (root / "link.git").symlink_to(root / "a.git")
    assert forge.names() == ("a", "a-2", "b")


def test_what_a_killed_creation_left_is_swept_at_the_next_start(forge, start, tmp_path):
    start("kept", {"about.md": b"x"})
    root = tmp_path / "repositories"
    shutil.copytree(root / "kept.git", root / ".unfinished-abc")
    assert forge.names() == ("kept",)
    EmbeddedForge(root)
    assert [entry.name for entry in root.iterdir()] == ["kept.git"]


def test_a_creation_at_work_is_not_swept(tmp_path):
    root = tmp_path / "repositories"
    EmbeddedForge(root)
    with folders.appearing(root, "slow") as unfinished:
        EmbeddedForge(root)
        assert unfinished.is_dir()
    assert (root / "slow.git").is_dir()


def test_a_commit_changes_adds_and_deletes(forge, listener, commit):
    new = commit(listener, {"about.md": b"New", "goals/read.md": None, "goals/run.md": b"Run"})
    found = forge.snapshot(listener, new, EVERYTHING)
    assert {path: content for path, (_, content) in found.items()} == {
        "about.md": b"New",
        "goals/run.md": b"Run",
    }


def test_with_replace_only_the_given_files_stay(forge, listener, commit):
    new = commit(listener, {"portfolio.yml": b"{}"}, replace=True)
    assert set(forge.tree(listener, new)) == {"portfolio.yml"}


def test_deleting_what_is_not_there_changes_nothing(forge, listener, commit):
    assert commit(listener, {"goals/none.md": None}) == forge.heads(listener)[MAIN]


def test_a_tree_that_stays_the_same_keeps_its_commit(forge, listener, commit, git):
    before = forge.heads(listener)
    assert commit(listener, {"about.md": b"About me"}) == before[MAIN]
    assert forge.heads(listener) == before
    assert git(forge.folder(listener), "rev-list", "--count", MAIN) == "1\n"


def test_all_files_may_go_and_come_back(forge, start, commit, git):
    start("all", {"about.md": b"x"})
    empty = commit("all", {}, replace=True)
    assert forge.tree("all", empty) == {}
    assert forge.snapshot("all", empty, EVERYTHING) == {}
    assert commit("all", {}, replace=True) == empty
    commit("all", {"about.md": b"x"})
    git(forge.folder("all"), "fsck", "--strict")


def test_a_file_may_become_a_folder(forge, start, commit):
    start("shape", {"works": b"x"})
    new = commit("shape", {"works": None, "works/a/index.md": b"y"})
    assert set(forge.tree("shape", new)) == {"works/a/index.md"}


def test_a_commit_names_a_pseudonym_and_the_given_moment(forge, listener, git):
    words = git(forge.folder(listener), "log", "-1", "--format=%an|%ae|%cn|%ce|%ai|%ci", MAIN)
    person = "k7m2q9x4bd|k7m2q9x4bd@cabinet.invalid"
    assert words.strip() == f"{person}|{person}" + "|2026-03-01 12:30:00 +0300" * 2


def test_messages_keep_every_letter(forge, listener, actor, moment, git):
    text = "Добавлена цель\n\ncommit refs/heads/evil\nfrom «нигде»"
    old = forge.heads(listener)[MAIN]
    change = Change(ref=MAIN, expected=old, files={"about.md": b"!"}, message=text)
    forge.commit(listener, [change], actor, moment)
    assert git(forge.folder(listener), "log", "-1", "--format=%B", MAIN).strip() == text
    assert set(forge.heads(listener)) == {MAIN, RECORD}


def test_contents_may_look_like_commands(forge, listener, commit):
    content = b"data 3\nabc\ndone\nreset refs/heads/main\n\0\xff"
    new = commit(listener, {"about.md": content})
    tree = forge.tree(listener, new)
    assert tree["about.md"] == Blob(tree["about.md"].id, len(content), "100644")
    assert forge.read(listener, [tree["about.md"].id]) == {tree["about.md"].id: content}


def test_two_branches_move_together(forge, listener, actor, moment):
    heads = forge.heads(listener)
    changes = [
        Change(ref=ref, expected=heads[ref], files={"both.md": b"x"}, message="Both")
        for ref in (MAIN, RECORD)
    ]
    moved = forge.commit(listener, changes, actor, moment)
    assert forge.heads(listener) == moved
    assert moved[MAIN] != heads[MAIN]
    assert moved[RECORD] != heads[RECORD]


@pytest.mark.parametrize("stale", [MAIN, RECORD])
def test_when_one_of_two_branches_is_stale_none_moves(
    forge, listener, commit, actor, moment, stale
):
    old = forge.heads(listener)
    commit(listener, {"later.md": b"x"}, ref=stale)
    before = forge.heads(listener)
    changes = [
        Change(ref=ref, expected=old[ref], files={"both.md": b"x"}, message="Both")
        for ref in (MAIN, RECORD)
    ]
    with pytest.raises(StaleHeadError):
        forge.commit(listener, changes, actor, moment)
    assert forge.heads(listener) == before


def test_a_branch_that_a_push_moves_in_the_last_moment_stops_the_transaction(
    forge, listener, actor, moment, git, monkeypatch
):
    folder = forge.folder(listener)
    heads = forge.heads(listener)
    tree = f"{heads[RECORD]}^{{tree}}"
    author = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    pushed = git(folder, *author, "commit-tree", "-p", heads[RECORD], "-m", "x", tree).strip()

    original = writing.import_stream

    def make_the_stream_while_somebody_pushes(*given):
        git(folder, "update-ref", RECORD, pushed)
        return original(*given)

    monkeypatch.setattr(writing, "import_stream", make_the_stream_while_somebody_pushes)
    changes = [
        Change(ref=ref, expected=heads[ref], files={"both.md": b"x"}, message="Both")
        for ref in (MAIN, RECORD)
    ]
    with pytest.raises(StaleHeadError):
        forge.commit(listener, changes, actor, moment)
    assert forge.heads(listener) == {MAIN: heads[MAIN], RECORD: pushed}


def test_a_commit_from_a_parent_that_is_not_there_is_stale(listener, commit):
    with pytest.raises(StaleHeadError):
        commit(listener, {"about.md": b"x"}, expected="1" * 40)


def test_a_branch_that_must_not_exist_is_stale_when_it_does(forge, listener, actor, moment):
    change = Change(ref=MAIN, expected=None, files={"about.md": b"x"}, message="Again")
    with pytest.raises(StaleHeadError):
        forge.commit(listener, [change], actor, moment)


def test_a_stale_branch_is_told_even_when_its_tree_would_not_change(
    forge, listener, commit, actor, moment
):
    old = forge.heads(listener)
    commit(listener, {"later.md": b"x"})
    change = Change(ref=MAIN, expected=old[MAIN], files={"about.md": b"About me"}, message="Same")
    with pytest.raises(StaleHeadError):
        forge.commit(listener, [change], actor, moment)


def test_nothing_is_left_in_the_refs_but_the_branches(forge, listener, commit, git):
    commit(listener, {"about.md": b"x"}, ref="refs/heads/mr/1")
    commit(listener, {"event.yml": b"x"}, ref="refs/mr/1/meta")
    shown = git(forge.folder(listener), "for-each-ref", "--format=%(refname)")
    assert shown.split() == [MAIN, "refs/heads/mr/1", RECORD, "refs/mr/1/meta"]
    assert set(forge.heads(listener)) == {MAIN, RECORD, "refs/heads/mr/1"}


def test_a_file_over_the_limit_comes_without_its_content(forge, start):
    head = start("big", {"about.md": b"x" * 11, "portfolio.yml": b"x" * 10})
    found = forge.snapshot("big", head, 10)
    assert {path: content for path, (_, content) in found.items()} == {
        "about.md": None,
        "portfolio.yml": b"x" * 10,
    }
    assert {path: blob for path, (blob, _) in found.items()} == forge.tree("big", head)


def test_a_snapshot_of_many_files_is_the_tree_and_the_contents(forge, start):
    files = {f"works/item-{n}/файл {n % 7}.txt": os.urandom(n) + b"same" for n in range(700)}
    files |= {f"goals/same-{n}.md": b"same" for n in range(5)}
    head = start("many", files)
    found = forge.snapshot("many", head, EVERYTHING)
    assert {path: content for path, (_, content) in found.items()} == files
    tree = forge.tree("many", head)
    assert {path: blob for path, (blob, _) in found.items()} == tree
    contents = forge.read("many", [blob.id for blob in tree.values()])
    assert {path: contents[blob.id] for path, blob in tree.items()} == files


def test_symlinks_and_submodules_are_shown_by_their_modes(forge, start, git):
    head = start("odd", {"about.md": b"x"})
    folder = forge.folder("odd")
    blob = forge.tree("odd", head)["about.md"].id
    (folder / "index.txt").write_text(f"120000 {blob}\tlink\n160000 {head}\tmodule\n")
    git(folder, "update-index", "--add", "--cacheinfo", f"120000,{blob},link")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    author = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    tree = git(folder, "write-tree").strip()
    odd = git(folder, *author, "commit-tree", "-m", "odd", tree).strip()
    expected = {"link": Blob(blob, 1, "120000"), "module": Blob(head, 0, "160000")}
    assert forge.tree("odd", odd) == expected
    assert forge.snapshot("odd", odd, EVERYTHING) == {
        "link": (expected["link"], b"x"),
        "module": (expected["module"], None),
    }


def test_an_unknown_commit_or_blob_is_a_key_error(forge, listener):
    for ask in (
        lambda: forge.tree(listener, "1" * 40),
        lambda: forge.snapshot(listener, "1" * 40, EVERYTHING),
        lambda: forge.read(listener, ["1" * 40]),
        lambda: forge.read(listener, [forge.heads(listener)[MAIN]]),
    ):
        with pytest.raises(KeyError):
            ask()


@pytest.mark.parametrize("text", ["main", "", "--output=x", "A" * 40, "1" * 39, "1" * 40 + "\n"])
def test_only_full_ids_are_read(forge, listener, text):
    for ask in (
        lambda: forge.tree(listener, text),
        lambda: forge.snapshot(listener, text, EVERYTHING),
        lambda: forge.read(listener, [text]),
    ):
        with pytest.raises(ValueError, match="no full id"):
            ask()


def test_a_person_may_name_a_commit_in_their_own_way(forge, listener, commit):
    first = forge.heads(listener)[MAIN]
    second = commit(listener, {"about.md": b"x"})
    for text, expected in (
        ("main", second),
        ("refs/heads/main", second),
        (second[:10], second),
        ("main~1", first),
    ):
        assert forge.resolve(listener, text) == expected


def test_a_revision_cannot_be_an_option(forge, listener, tmp_path):
    stolen = tmp_path / "stolen"
    for text in (
        f"--output={stolen}", "-h", "--all", "--git-dir", "^main", "main..record", "main record",
        "main\nrecord", "", "\0", "\udcff", "no-such-branch", "main:about.md", "x" * 201,
    ):  # fmt: skip
        assert forge.resolve(listener, text) is None
    assert not stolen.exists()


def test_a_removed_repository_is_gone_for_everyone(forge, listener, tmp_path, actor, moment):
    head = forge.heads(listener)[MAIN]
    forge.remove(listener)
    assert forge.names() == ()
    assert list((tmp_path / "repositories").iterdir()) == []
    for ask in (
        lambda: forge.heads(listener),
        lambda: forge.tree(listener, head),
        lambda: forge.read(listener, [head]),
        lambda: forge.snapshot(listener, head, 1),
        lambda: forge.resolve(listener, "main"),
        lambda: forge.commit(listener, [], actor, moment),
        lambda: forge.remove(listener),
        lambda: forge.tidy(listener),
    ):
        with pytest.raises(RepositoryMissingError):
            ask()


def test_tidying_packs_and_loses_nothing(forge, start, commit, git):
    start("used", {"about.md": b"0"})
    assert forge.tidy("used") is False
    for number in range(1, 22):
        head = commit("used", {"about.md": b"%d" % number})
    before = forge.heads("used")
    assert forge.tidy("used") is True
    assert forge.heads("used") == before
    assert len(list(forge.folder("used").glob("objects/pack/*.pack"))) == 1
    assert git(forge.folder("used"), "rev-list", "--count", head) == "22\n"
    commit("used", {"about.md": b"after"})
    git(forge.folder("used"), "fsck", "--strict")


def test_what_must_never_be_written_is_a_fault_of_the_caller(forge, listener, actor, moment):
    good = {"ref": MAIN, "expected": forge.heads(listener)[MAIN], "files": {}, "message": "x"}
    for wrong in (
        {"ref": "refs/heads/../x"},
        {"ref": "refs/heads/x.lock"},
        {"ref": "main"},
        {"ref": "refs/heads/a b"},
        {"expected": "main"},
        {"message": "\0"},
        {"message": "\ud800"},
        {"files": {"a": b"", "a/b": b""}},
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - Each of them has words of its own.
            forge.commit(listener, [Change(**(good | wrong))], actor, moment)
    change = Change(**(good | {"files": {"about.md": b"x"}}))
    for author in ("", "Имя", "a b", "a>b", "a\nb", "a."):
        with pytest.raises(ValueError, match="author"):
            forge.commit(listener, [change], Author(author), moment)
    for at in (datetime(2026, 1, 1), datetime(1969, 1, 1, tzinfo=UTC)):
        with pytest.raises(ValueError, match="moment"):
            forge.commit(listener, [change], actor, at)
    with pytest.raises(ValueError, match="twice"):
        forge.commit(listener, [change, change], actor, moment)
