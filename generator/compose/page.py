"""A page of a template, with everything its components may ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from generator.compose import desk_places
from generator.compose.context import Context
from generator.compose.facts import facts_of, linked_facts_of, module_facts
from generator.compose.pending import coming, sent_of
from generator.compose.pictures import files_of
from generator.compose.places import address
from generator.compose.plan_picture import plan_picture
from generator.compose.seals import seal_of
from generator.compose.steps import StepWords
from generator.compose.templating import written
from generator.project import Page


def make_page(c: Context, path: str, title: str, template: str, **values: object) -> Page:
    """Make a page of a template; `url` in it gives the address of a place."""
    head = f"# {c.escape(title)}\n\n"
    body = written(c.templates, template, _shared(c, path), values)
    return Page(path, c.escape(title), head + body.strip("\n") + "\n")


def _shared(c: Context, path: str) -> dict[str, object]:
    """What a template and its components know beside the values of the page."""
    # Addresses are percent-encoded, so they hold nothing that HTML or Markdown would read.
    url: Callable[[str], Markup] = lambda place: Markup(address(place, path))  # noqa: E731, S704
    return {
        "c": c,
        "t": c.words.text,
        "n": c.words.count,
        "w": c.words.name,
        "day": c.words.day,
        "moment": c.words.moment,
        "url": url,
        "desk": desk_places,
        "path": path,
        "step_words": StepWords(c),
        "facts_of": partial(facts_of, c),
        "linked_facts_of": partial(linked_facts_of, c, page=path),
        "module_facts": partial(module_facts, c),
        "sent_of": partial(sent_of, c),
        "coming": partial(coming, c),
        "files_of": partial(files_of, c),
        "seal_of": partial(seal_of, c),
        "plan_picture": partial(plan_picture, words=c.words),
    }
