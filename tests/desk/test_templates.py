"""The templates of the desk and of the sign-in as files."""

from __future__ import annotations

import re

import pytest

from cabinet.settings import PROGRAM

TEMPLATES = PROGRAM / "site_templates"
FILES = sorted(one for kind in ("desk", "sign_in") for one in (TEMPLATES / kind).rglob("*.html"))
JINJA = re.compile(r"\{([{%#]).*?[}%#]\}", re.DOTALL)


@pytest.mark.parametrize("file", FILES, ids=lambda one: str(one.relative_to(TEMPLATES)))
def test_no_element_begins_within_the_tag_of_another(file):
    markup = JINJA.sub("", file.read_text(encoding="utf-8"))
    assert re.findall(r"<[a-z][^<>]*<", markup) == []
