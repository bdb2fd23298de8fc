import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forge.paths import PathFault, fault_of, safe_file_name, sameness, shown
from forge.port import MAIN

GOOD = [
    "about.md",
    "works/first/index.md",
    "works/first/Моя работа (финал) [2].docx",
    "works/first/привет-😀.png",
    "a" * 100,
    "console.md",
    "nulls.txt",
]

BAD = {
    "": PathFault.EMPTY,
    "/about.md": PathFault.EMPTY,
    "a//b": PathFault.EMPTY,
    "a/": PathFault.EMPTY,
    ".": PathFault.LEADING_DOT,
    "../x": PathFault.LEADING_DOT,
    "a/../../x": PathFault.LEADING_DOT,
    ".git/config": PathFault.LEADING_DOT,
    "works/.GIT/hooks/update": PathFault.LEADING_DOT,
    ".gitmodules": PathFault.LEADING_DOT,
    "git~1/config": PathFault.CHARACTER,
    "a\\b": PathFault.CHARACTER,
    "c:x": PathFault.CHARACTER,
    '"a"': PathFault.CHARACTER,
    "it's": PathFault.CHARACTER,
    "<b>": PathFault.CHARACTER,
    "a%2fb": PathFault.CHARACTER,
    "a#b": PathFault.CHARACTER,
    "a\nb": PathFault.INVISIBLE,
    "a\0b": PathFault.INVISIBLE,
    "a\x7f": PathFault.INVISIBLE,
    ".g\u200cit": PathFault.INVISIBLE,
    "a\u202egpj.exe": PathFault.INVISIBLE,
    "a\u00a0b": PathFault.INVISIBLE,
    "\ud800": PathFault.INVISIBLE,
    unicodedata.normalize("NFD", "й.md"): PathFault.NOT_NFC,
    "a.": PathFault.EDGE,
    "a ": PathFault.EDGE,
    " a": PathFault.EDGE,
    "a./b": PathFault.EDGE,
    "con": PathFault.RESERVED,
    "works/NUL.txt": PathFault.RESERVED,
    "com1.tar.gz": PathFault.RESERVED,
    "lpt¹": PathFault.RESERVED,
    "aux .md": PathFault.RESERVED,
    "a" * 101: PathFault.TOO_LONG,
    "😀" * 64: PathFault.TOO_LONG,
    "a/" * 120 + "b": PathFault.TOO_LONG,
}


@pytest.mark.parametrize("path", GOOD)
def test_a_good_path_has_no_fault_and_is_stored(forge, start, path):
    assert fault_of(path) is None
    assert set(forge.tree("good", start("good", {path: b"x"}))) == {path}


@pytest.mark.parametrize("path", BAD, ids=ascii)
def test_a_bad_path_has_its_fault(path):
    assert fault_of(path) is BAD[path]


@pytest.mark.parametrize("path", BAD, ids=ascii)
def test_a_bad_path_never_gets_to_git(forge, listener, commit, path):
    before = forge.heads(listener)
    with pytest.raises(ValueError, match="must not be written"):
        commit(listener, {path: b"x"})
    with pytest.raises(ValueError, match="must not be written"):
        commit(listener, {path: None})
    assert forge.heads(listener) == before
    assert not (forge.folder(listener).parent / "x").exists()


@given(st.text())
def test_a_path_without_fault_means_the_same_everywhere(path):
    if fault_of(path) is None:
        assert unicodedata.is_normalized("NFC", path)
        assert path.isprintable()
        for segment in path.split("/"):
            assert segment.strip(" .") == segment.lstrip(".").rstrip(" .")
            assert len(segment.encode()) <= 255
            assert not segment.startswith(".")


@given(st.text())
@example("CON")
@example("..")
@example("\u1fef")
@example(";\u0338<\u200d\u0338.docx")
@example("e\u200d\u0301.png")
@example("а" * 300 + ".docx")
@example("con.tar.gz")
@example(".")
@example("a/../b")
def test_a_safe_name_has_no_fault_and_is_kept(name):
    safe = safe_file_name(name)
    assert fault_of(safe) is None, safe
    assert "/" not in safe
    assert safe_file_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Моя работа (финал).docx", "Моя работа (финал).docx"),
        ("Снимок 12.30\u202fPM.png", "Снимок 12.30 PM.png"),
        ("Работа №1: «итог» #2.pdf", "Работа №1- «итог» -2.pdf"),
        ("C:\\fakepath\\cv.pdf", "C--fakepath-cv.pdf"),
        (".htaccess", "file.htaccess"),
        ("nul.txt", "_nul.txt"),
    ],
)
def test_a_safe_name_is_as_like_the_given_one_as_can_be(name, safe):
    assert safe_file_name(name) == safe


@given(st.text())
def test_paths_that_differ_in_case_or_form_are_the_same(path):
    assert sameness(path) == sameness(sameness(path))
    assert sameness(path) == sameness(unicodedata.normalize("NFD", path))


def test_what_cannot_be_seen_is_written_out():
    assert shown("a\u202eb.md") == "a‹U+202E›b.md"


def test_many_odd_but_good_paths_survive_git_unchanged(forge, start, git):
    paths = [path for path in GOOD if "/" not in path]
    head = start("odd", dict.fromkeys(paths, b"x"))
    assert set(forge.tree("odd", head)) == set(paths)
    assert forge.heads("odd") == {MAIN: head}
    git(forge.folder("odd"), "fsck", "--strict")
