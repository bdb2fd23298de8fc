"""One set of design tokens: a colour is decided in tokens.css and nowhere else."""

from __future__ import annotations

import re

from cabinet.settings import PROGRAM

TEMPLATES = PROGRAM / "site_templates"
TOKENS = TEMPLATES / "cabinet" / "assets" / "cabinet" / "tokens.css"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PICTURE = re.compile(r'url\("data:[^"]*"\)')
VALUE = re.compile(r":\s*([^;{}]+);")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    r"|\b(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|brown|beige)\b",
    re.IGNORECASE,
)
DEFINED = re.compile(r"^\s*(--c-[a-z-]+):", re.MULTILINE)
USED = re.compile(r"var\((--c-[a-z-]+)")


def sheets():
    """Every sheet of the project but the tokens: path to text without comments."""
    return {
        file.relative_to(TEMPLATES).as_posix(): COMMENT.sub("", file.read_text(encoding="utf-8"))
        for file in TEMPLATES.rglob("*.css")
        if file != TOKENS
    }


def defined(text):
    return set(DEFINED.findall(COMMENT.sub("", text)))


def colours(text):
    values = VALUE.findall(PICTURE.sub("", text))
    return [value.strip() for value in values if COLOUR.search(value)]


def test_no_other_sheet_names_a_colour():
    assert {path: found for path, text in sheets().items() if (found := colours(text))} == {}


def test_every_token_that_is_used_is_there():
    tokens = defined(TOKENS.read_text(encoding="utf-8"))
    tokens |= set().union(*(defined(text) for text in sheets().values()))
    used = {path: set(USED.findall(text)) for path, text in sheets().items()}
    assert {path: found - tokens for path, found in used.items() if found - tokens} == {}


def test_no_token_is_left_over():
    used = set().union(*(USED.findall(text) for text in sheets().values()))
    assert defined(TOKENS.read_text(encoding="utf-8")) - used == set()


def test_the_dark_colours_are_the_same_for_pages_with_and_without_the_theme():
    text = TOKENS.read_text(encoding="utf-8")
    chosen = re.search(r'\[data-md-color-scheme="slate"\] \{([^}]*)\}', text)
    device = re.search(r":root:not\(:has\(\[data-md-color-scheme\]\)\) \{([^}]*)\}", text)
    assert chosen[1].split() == device[1].split()


def test_a_colour_is_seen_wherever_it_hides():
    sheet = ".a { color: #fff; border: 1px solid rgb(1 2 3 / 4%); margin: 0 }\n.b { fill: red; }"
    assert colours(sheet) == ["#fff", "1px solid rgb(1 2 3 / 4%)", "red"]
    assert colours(".a { color: var(--c-ink); background: color-mix(in srgb, red 1%); }") != []
    assert colours(".a:hover { color: color-mix(in srgb, var(--c-ink) 45%, transparent); }") == []
