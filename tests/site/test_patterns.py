"""Templates, pattern page and style sheets speak of the same components."""

from __future__ import annotations

import re

from cabinet.settings import PROGRAM
from generator.project import NavEntry, Page, Project
from generator.workshop import Workshop

TEMPLATES = PROGRAM / "site_templates" / "pages"
THEME = PROGRAM / "site_templates" / "cabinet"
STYLES = THEME / "assets" / "cabinet" / "styles"

CLASSES = re.compile(r'class="([^"]*)"')
IN_STYLES = re.compile(r"\.(c-[a-z]+(?:[_-]+[a-z]+)*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CONDITION = re.compile(r"\{%.*?%\}")
VALUE = re.compile(r"\{\{.*?\}\}|\{[^}]*\}")


def text_of(file):
    return file.read_text(encoding="utf-8")


def classes_in(text):
    """The classes of components in a text of HTML; `*` stands for what is filled in."""
    found = set()
    for value in CLASSES.findall(text):
        found |= set(VALUE.sub("*", CONDITION.sub(" ", value)).split())
    return {name for name in found if name.startswith("c-")}


def written():
    """What templates, the code of pages and the academy's public pages write."""
    files = [
        *TEMPLATES.rglob("*.md"),
        *(PROGRAM / "generator" / "compose").glob("*.py"),
        *(PROGRAM / "content" / "public").glob("*.md"),
    ]
    return set().union(*(classes_in(text_of(file)) for file in files))


def shown():
    """What the pattern page shows."""
    return classes_in(text_of(THEME / "patterns.md"))


def styled():
    """What the style sheets speak of."""
    sheets = "\n".join(text_of(file) for file in STYLES.rglob("*.css"))
    return set(IN_STYLES.findall(COMMENT.sub("", sheets)))


def covers(pattern, name):
    head, gap, _ = pattern.partition("*")
    return name.startswith(head) if gap else name == pattern


def test_what_pages_write_is_what_the_pattern_page_shows():
    pages, patterns = written(), shown()

    assert sorted(one for one in pages if not any(covers(one, name) for name in patterns)) == []
    assert sorted(name for name in patterns if not any(covers(one, name) for one in pages)) == []


def test_every_class_has_a_style_and_no_style_is_unused():
    # These look like the component itself looks: nothing sets them apart.
    plain = {"c-badge--never", "c-issue--error", "c-legend__ahead", "c-module--ahead"}

    assert shown() - styled() == plain
    assert styled() - shown() == set()


def test_a_style_sheet_is_named_after_its_component():
    sheets = {file.stem for file in (STYLES / "components").glob("*.css")}
    components = {file.stem for file in (TEMPLATES / "components").glob("*.md")}

    # Several components share these.
    assert sheets - components == {"icons", "legend", "lists", "more", "sheet"}
    # These have no look of their own.
    assert components - sheets == {"audience", "pending", "picture", "standing"}


def test_the_sheet_of_the_cabinets_is_its_parts_put_together():
    parts = (text_of(file) for file in sorted(STYLES.rglob("*.css")))

    assert text_of(STYLES.parent / "cabinet.css") == "".join(parts)


def test_the_pattern_page_is_a_page_like_any_other(tmp_path):
    workshop = Workshop(PROGRAM, tmp_path)
    text = text_of(THEME / "patterns.md").replace('"/assets/', f'"{workshop.theme.address}')
    project = Project(
        site_name="Academy",
        language="ru",
        pages=(Page("index.md", "Образцы", text),),
        nav=(NavEntry("Образцы", "index.md"),),
    )

    page = workshop.render(project)["index.html"].decode()

    pictures = set(re.findall(r'src="(/assets/[^"]*[.]svg)"', page))
    assert len(pictures) == 2
    missing = {one.removeprefix(workshop.theme.address) for one in pictures}
    assert [name for name in missing if not (workshop.theme.folder / name).is_file()] == []
