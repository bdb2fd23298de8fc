"""The acceptance gate: what enters a repository, in which form, and what is refused."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.issue import Issue, Location, Severity
from forge.gate.admission import FILE, Admission, Incoming, admit
from forge.gate.kinds import ADMITTED, REFUSED
from forge.gate.layout import Layout
from forge.gate.limits import Limits
from forge.paths import check_path
from forge.port import MAIN, RECORD

MERGE_REQUEST = "refs/heads/mr/7"


def archive(*names, **contents):
    """Make a ZIP archive with these entries."""
    target = BytesIO()
    with ZipFile(target, "w") as written:
        for name in names:
            written.writestr(name, "x")
        for name, content in contents.items():
            written.writestr(name, content)
    return target.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")
PDF = b"%PDF-1.7\n%%EOF\n"


def codes(*entries, branch=MAIN, **options):
    """Admit entries given as (path, content), and give the codes of what was found."""
    incoming = [Incoming(path, FILE, content) for path, content in entries]
    return [issue.code for issue in admit(incoming, branch, **options).issues]


def admitted(path, content, branch=MAIN):
    """Admit one file without a mistake, and give it as it is stored."""
    result = admit([Incoming(path, FILE, content)], branch)
    assert result.issues == ()
    return result.files[path]


@pytest.mark.parametrize("branch", [MAIN, MERGE_REQUEST, "refs/drafts/k7m2q9x4bd/1"])
@pytest.mark.parametrize(
    "path",
    [
        "about.md",
        "portfolio.yml",
        "goals/read-more.md",
        "reflections/week-1.md",
        "works/first/index.md",
        "achievements/cup/index.md",
        "sections/hobby/chess/index.md",
    ],
)
def test_pages_of_the_listener_have_their_places(path, branch):
    assert admitted(path, b"text", branch) == b"text"


@pytest.mark.parametrize(
    "path",
    [
        "card.yml",
        "results.yml",
        "consent.yml",
        "documents/d-15.yml",
        "reviews/first/1.md",
        "reviews/first/12.md",
        "verification/first.yml",
    ],
)
def test_files_of_the_academy_have_their_places(path):
    assert admitted(path, b"text", RECORD) == b"text"
    assert codes((path, b"text")) == ["gate-place-unknown"]


@pytest.mark.parametrize(
    "path",
    [
        "readme.md",
        "About.md",
        "goals/Read.md",
        "goals/read.yml",
        "goals/read/index.md",
        "goals/-read.md",
        "works/first.md",
        "works/index.md",
        "works/First/index.md",
        "works/first/deep/index.md",
        "sections/hobby/index.md",
        "sections/hobby/Chess/index.md",
        "unknown/first/index.md",
        "mkdocs.yml",
    ],
)
def test_what_has_no_place_is_told(path):
    assert codes((path, b"text")) == ["gate-place-unknown"]


@pytest.mark.parametrize(
    "path", ["about.md", "reviews/first/0.md", "reviews/first/01.md", "reviews/first/x.md"]
)
def test_what_has_no_place_among_the_files_of_the_academy_is_told(path):
    assert codes((path, b"text"), branch=RECORD) == ["gate-place-unknown"]


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("academy.yml", True),
        ("groups/ld-26-1.yml", True),
        ("announcements/open-day.md", True),
        ("public/rules.md", True),
        ("consents/placement.ru.md", True),
        ("consents/placement.md", False),
        ("works/garden/index.md", False),
        ("groups/ld-26-1.md", False),
        ("public/logo.png", False),
        ("announcements/deep/index.md", False),
    ],
)
def test_the_academys_own_repository_has_its_own_places(path, is_there):
    result = admit([Incoming(path, "100644", b"text")], MAIN, layout=Layout.ACADEMY)
    assert [issue.code for issue in result.issues] == ([] if is_there else ["gate-place-academy"])


def test_only_a_listener_has_a_record():
    with pytest.raises(ValueError, match="no layout"):
        admit([Incoming("card.yml", "100644", b"")], RECORD, layout=Layout.ACADEMY)


def test_a_branch_without_a_layout_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no layout"):
        codes(("about.md", b""), branch="refs/heads/other")


def test_names_of_attachments_may_be_as_people_write_them():
    path = "works/first/Моя работа (финал) [2], лист №1.PDF"
    assert admitted(path, PDF) == PDF


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("120000", "gate-mode-link"),
        ("160000", "gate-mode-module"),
        ("100755", "gate-mode-program"),
        ("100664", "gate-mode-unknown"),
    ],
)
def test_only_plain_files_enter(mode, code):
    result = admit([Incoming("about.md", mode, b"../../etc/passwd")], MAIN)
    assert [issue.code for issue in result.issues] == [code]
    assert result.files == {}
    assert not result.is_clean


def test_all_mistakes_are_told_at_once_and_in_order():
    result = admit(
        [
            Incoming("works/first/page.html", FILE, b"<script>"),
            Incoming("about.md", FILE, b"good\r\n"),
            Incoming("../escape", "120000", b"x"),
            Incoming("goals/read.md", FILE, b"one\ntwo\xff"),
        ],
        MAIN,
    )
    assert [(issue.location, issue.code) for issue in result.issues] == [
        (Location("../escape"), "gate-mode-link"),
        (Location("../escape"), "gate-path-leading-dot"),
        (Location("goals/read.md", 2), "gate-text-not-utf8"),
        (Location("works/first/page.html"), "gate-type-web"),
    ]
    assert result.files == {"about.md": b"good\n"}


def test_a_path_is_shown_so_that_it_can_be_read():
    result = admit([Incoming("works/first/a\u202efdp.md", FILE, b"x")], MAIN)
    (issue,) = result.issues
    assert issue.location.file == issue.values["path"] == "works/first/a‹U+202E›fdp.md"


@pytest.mark.parametrize("second", ["works/first/Фото.pdf", "works/first/фото.pdf"])
def test_paths_that_some_computers_cannot_tell_apart_are_told(second):
    first = "works/first/фото.pdf"
    found = codes((first, PDF), (second, PDF))
    assert found == ["gate-path-double"]


def test_a_path_is_also_compared_with_what_stays_beside():
    beside = {"works/first/CV.pdf": 10, "about.md": 10}
    assert codes(("works/first/cv.pdf", PDF), beside=beside) == ["gate-path-double"]
    assert codes(("works/first/CV.pdf", PDF), ("about.md", b"x"), beside=beside) == []


def test_what_is_too_much_is_told_by_its_size():
    limits = Limits(text=2048, attachment=1 << 20, whole=3 << 20, files=3)
    pdf = PDF.ljust((1 << 20) + 1)
    options = {"limits": limits}
    assert codes(("about.md", b"x" * 2048), **options) == []
    assert codes(("about.md", b"x" * 2049), **options) == ["gate-text-too-long"]
    assert codes(("works/a/a.pdf", pdf), **options) == ["gate-file-too-big"]
    assert codes(("works/a/a.pdf", pdf), beside={"b": 2 << 20}, **options) == ["gate-whole-size"]
    four = [(f"goals/g{n}.md", b"") for n in range(4)]
    assert codes(*four, **options) == ["gate-whole-files"]
    assert codes(*four[:3], beside={"goals/g4.md": 1}, **options) == ["gate-whole-files"]
    assert codes(*four[:3], beside={"goals/g0.md": 1}, **options) == []
    result = admit([Incoming("about.md", FILE, b"x" * 2049)], MAIN, limits=limits)
    values = {"path": "about.md", "size": 3, "limit": 2}
    expected = Issue("gate-text-too-long", Severity.ERROR, Location("about.md"), values)
    assert result.issues == (expected,)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (b"\xef\xbb\xbftext", b"text"),
        (b"\xef\xbb\xbf\xef\xbb\xbftext", b"text"),
        (b"a\r\nb\rc\n", b"a\nb\nc\n"),
        ("Ёлка\tи «ёж» 👩‍💻\n".encode(), "Ёлка\tи «ёж» 👩‍💻\n".encode()),
        (b"", b""),
    ],
)
def test_a_text_is_stored_in_one_form(given, stored):
    assert admitted("about.md", given) == stored


def test_marks_of_direction_are_taken_out_and_told_but_refuse_nothing():
    text = "Мой номер:\n\u202a+7 999\u202c\n\u2066x\u2069"
    result = admit([Incoming("about.md", FILE, text.encode())], MAIN)
    assert result.files == {"about.md": "Мой номер:\n+7 999\nx".encode()}
    (issue,) = result.issues
    assert (issue.code, issue.severity) == ("gate-text-direction", Severity.WARNING)
    assert issue.location == Location("about.md", 2)
    assert issue.values == {"path": "about.md", "count": 4}
    assert result.is_clean


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x0c", "\x7f", "\x85"])
def test_a_control_character_is_told_with_its_line(sign):
    result = admit([Incoming("about.md", FILE, f"a\r\nb{sign}".encode())], MAIN)
    (issue,) = result.issues
    assert (issue.code, issue.location.line) == ("gate-text-control", 2)
    assert issue.values["character"] == f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.pdf", PDF),
        ("a.docx", DOCX),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
        ("a.odt", ODT),
        ("a.txt", "Текст".encode()),
        ("a.csv", b"a;b\n"),
    ],
)
def test_documents_are_kept_byte_for_byte(file, content):
    assert admitted(f"works/first/{file}", content) == content


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("a.pdf", b"<html>", "gate-type-mismatch"),
        ("a.pdf", b"MZ %PDF-1.7", "gate-type-mismatch"),
        ("a.docx", PDF, "gate-type-mismatch"),
        ("a.docx", archive("[Content_Types].xml", "xl/workbook.xml"), "gate-type-mismatch"),
        ("a.docx", archive("word/document.xml"), "gate-type-mismatch"),
        ("a.odt", archive("content.xml"), "gate-type-mismatch"),
        ("a.ods", ODT, "gate-type-mismatch"),
        ("a.docx", DOCX[:-30], "gate-type-mismatch"),
        (
            "a.docx",
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "gate-type-macros",
        ),
        (
            "a.odt",
            archive("Basic/x", mimetype="application/vnd.oasis.opendocument.text"),
            "gate-type-macros",
        ),
        ("a.txt", b"\xff", "gate-text-not-utf8"),
        ("a.pdf", b"", "gate-file-empty"),
        ("a.jpg", b"", "gate-file-empty"),
        ("a", PDF, "gate-type-unknown"),
        ("a.md", b"text", "gate-type-unknown"),
        ("a.exe", b"MZ", "gate-type-unknown"),
        ("a.svg", b"<svg/>", "gate-type-web"),
        ("a.HTML", b"<p>", "gate-type-web"),
        ("a.zip", archive("a"), "gate-type-archive"),
        ("a.doc", b"x", "gate-type-old"),
        ("a.avi", b"x", "gate-type-recording"),
        ("a.mp4", b"x", "gate-recording-direct"),
    ],
)
def test_what_is_no_document_of_ours_is_told(file, content, code):
    assert codes((f"works/first/{file}", content)) == [code]


def test_no_ending_is_both_admitted_and_refused():
    assert ADMITTED.keys().isdisjoint(REFUSED)


@given(st.sampled_from(sorted(ADMITTED)), st.binary(max_size=300))
def test_any_bytes_are_judged_without_an_exception(ending, content):
    for start in (b"", PDF, DOCX[:200], b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF"):
        codes((f"works/first/a.{ending}", start + content))


paths = st.one_of(
    st.text(),
    st.sampled_from(["about.md", "goals/a.md", "works/a/index.md", "works/a/Б.txt", "card.yml"]),
)
texts = st.one_of(
    st.binary(), st.text("a\r\n\t\ufeff\u202e\u2066я\0").map(lambda text: text.encode())
)


@given(st.lists(st.tuples(paths, texts)), st.sampled_from([MAIN, RECORD, MERGE_REQUEST]))
def test_what_was_admitted_is_admitted_again_as_it_is(entries, branch):
    once = admit([Incoming(path, FILE, content) for path, content in entries], branch)
    again = admit([Incoming(path, FILE, content) for path, content in once.files.items()], branch)
    assert again == Admission(once.files, ())


@given(st.lists(st.tuples(paths, texts)), st.randoms(use_true_random=False))
def test_the_order_of_what_enters_does_not_matter(entries, random):
    unique = [Incoming(path, FILE, content) for path, content in dict(entries).items()]
    shuffled = random.sample(unique, len(unique))
    assert admit(unique, MAIN) == admit(shuffled, MAIN)


@given(st.lists(st.tuples(paths, texts), max_size=5))
def test_what_was_admitted_can_be_committed(entries):
    result = admit([Incoming(path, FILE, content) for path, content in entries], MAIN)
    for path in result.files:
        check_path(path)
