"""Components are made once for all pages, so they know what every page has, and nothing else."""

from __future__ import annotations

import pytest
from jinja2 import meta

from generator.compose.templating import page_templates, written
from tests.generator.conftest import ROOT

FOLDER = ROOT / "site_templates" / "pages"
SHARED = {"c", "t", "n", "w", "day", "moment", "url", "desk", "path", "step_words"} | {
    "facts_of",
    "linked_facts_of",
    "module_facts",
    "files_of",
    "sent_of",
    "coming",
    "seal_of",
    "plan_picture",
}


@pytest.mark.parametrize(
    "file", sorted((FOLDER / "components").iterdir()), ids=lambda one: one.name
)
def test_a_component_names_only_what_every_page_has(file):
    parsed = page_templates(FOLDER).parse(file.read_text(encoding="utf-8"))
    assert meta.find_undeclared_variables(parsed) <= SHARED


def test_a_component_speaks_of_the_page_at_hand(tmp_path):
    (tmp_path / "part.md").write_text("{% macro part() %}{{ t }}{% endmacro %}", encoding="utf-8")
    page = '{% from "part.md" import part %}{{ part() }} {{ own }}'
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    templates = page_templates(tmp_path)
    made = [written(templates, "page.md", {"t": word}, {"own": word}) for word in ("один", "два")]
    assert made == ["один один", "два два"]
