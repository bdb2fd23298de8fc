"""Adding something: photographs first and two questions for a work, a short form for the rest."""

from __future__ import annotations

import secrets
from datetime import date
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.identifiers import PERSON_ALPHABET, is_slug
from academy.issue import Severity
from academy.portfolio import ItemKind
from desk.drawing import and_draw
from desk.forms.checking import Problem, problem_of
from desk.forms.filled import tidy, tidy_body
from desk.forms.item_form import new_text, with_files
from desk.listener.editing import settle_arrived, taken_files
from desk.listener.overview import address_of
from desk.pieces import piece_of_item
from desk.shelf import Origin, Shelf, Version
from desk.uploads import Taken
from desk.web.call import Call
from desk.writing import save
from formats.editing import Text

NOT_FOUND = 404
WRONG = 422
QUESTIONS = ("did", "learned")


def adding(call: Call) -> Response:
    """Ask for what a new item begins with."""
    kind, section = _wanted(call)
    return _page(call, kind, section)


def add(call: Call) -> Response:
    """Begin an item: its draft is saved, whatever is missing in it."""
    kind, section = _wanted(call)
    shelf = call.shelf()
    piece = piece_of_item(kind, new_item_id(call, shelf), section)
    taken = taken_files(call, piece, ()) if piece.has_files else Taken()
    if not taken.files and not any(tidy(call.form.get(key)) for key in ("title", *QUESTIONS)):
        problem = Problem(
            at="title", what=call.words.text("nothing-typed"), fix="", severity=Severity.ERROR
        )
        problems = (problem, *(problem_of(one, call.words) for one in taken.issues))
        return _page(call, kind, section, problems)
    text = with_files(_first_text(call, kind), tuple(taken.files))
    files: dict[str, bytes | None] = {
        f"{piece.place}/{name}": content for name, content in taken.files.items()
    }
    files[piece.file] = text.written().encode()
    version = Version(piece=piece, origin=Origin.NEW, files={}, base=shelf.main)
    kept = save(call.workplace, shelf, version, files)
    settle_arrived(call, taken)
    said = ("some-files", "files") if taken.issues else ("begun",)
    return and_draw(call, shelf, kept.draft.files, call.go(address_of(piece), *said))


def _page(call: Call, kind: ItemKind, section: str, problems: tuple[Problem, ...] = ()) -> Response:
    return call.page(
        "adding.html",
        status=WRONG if problems else 200,
        kind=kind,
        section=section,
        typed=call.form.fields,
        module=call.form.get("module") or call.query.get("module", ""),
        problems=problems,
        arrivals=call.workplace.arrivals.of(call.visitor.account),
        sections=call.shelf().portfolio.own_sections,
    )


def _wanted(call: Call) -> tuple[ItemKind, str]:
    """The kind that the address names; an entry wants a section that there is."""
    folder, _, section = call.params["kind"].partition(".")
    kind = next((one for one in ItemKind if one.value == folder), None)
    declared = {one.id for one in call.shelf().portfolio.own_sections}
    if kind is None or (kind is ItemKind.ENTRY) != bool(section):
        raise HTTPException(NOT_FOUND)
    if section and section not in declared:
        raise HTTPException(NOT_FOUND)
    return kind, section


def _first_text(call: Call, kind: ItemKind) -> Text:
    today = today_of(call)
    head: dict[str, object] = {"title": tidy(call.form.get("title")) or None}
    module = call.form.get("module")
    if kind is ItemKind.WORK and is_slug(module):
        head |= {"module": module}
    if kind is ItemKind.GOAL:
        head |= {"set_on": today, "due": tidy(call.form.get("due")) or None}
    elif kind is not ItemKind.ACHIEVEMENT:
        head |= {"date": today}
    return new_text(head, _body(call))


def _body(call: Call) -> str:
    """The answers to the questions, each under its question."""
    parts = []
    for key in QUESTIONS:
        answer = tidy_body(call.form.get(key)).strip()
        if answer:
            heading = call.words.text(f"heading-{key}") if call.form.get("guided") else ""
            parts.append(f"## {heading}\n\n{answer}" if heading else answer)
    return "\n\n".join(parts)


def today_of(call: Call) -> date:
    """The day it is at the academy."""
    return call.at.astimezone(ZoneInfo(call.words.time_zone)).date()


def new_item_id(call: Call, shelf: Shelf) -> str:
    """Make the id of an item: the day, and letters without a meaning."""
    day = today_of(call)
    taken = {item.id for item in shelf.portfolio.items()}
    while True:
        letters = "".join(secrets.choice(PERSON_ALPHABET) for _ in range(5))
        made = f"{day:%Y%m%d}-{letters}"
        if made not in taken:
            return made
