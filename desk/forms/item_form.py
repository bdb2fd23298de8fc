"""The form of an item: its fields, its files, its text, with what is wrong beside each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from academy.institution import Academy
from academy.listener import Card
from academy.portfolio import GoalState, ItemKind
from desk.forms.attachments import Attached, attached, read_files, with_added
from desk.forms.checking import Problem, field_problems
from desk.forms.controls import Control, Lists, controls
from desk.forms.filled import read_filled, tidy_body
from desk.pieces import Piece
from desk.web.pages import Words
from formats.editing import Text, text_of
from formats.portfolio import ITEM_SCHEMAS
from formats.schema import Schema

# The order is set on a screen of its own.
HIDDEN = ("order",)

# What a form asks for under "more", because most items do without it.
_MORE = frozenset(
    {"visible_to", "self_assessment", "issuer", "link", "reached", "state", "measure"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemForm:
    """Everything that the form of an item shows."""

    piece: Piece
    controls: tuple[Control, ...]
    more: tuple[Control, ...]
    files: tuple[Attached, ...]
    body: str
    problems: Mapping[str, Problem]
    is_readable: bool


def schema_of(piece: Piece) -> Schema[Any]:
    """The schema of the file of an item. Raises `KeyError` for a piece that is no item."""
    if piece.kind is None:
        raise KeyError(piece.key)
    return ITEM_SCHEMAS[piece.kind]


def item_form(
    piece: Piece,
    text: Text,
    names: tuple[str, ...],
    lists: Lists,
    words: Words,
    *,
    typed_only: bool,
) -> ItemForm:
    """Fill the form of an item with what its file says."""
    schema = schema_of(piece)
    plain = text.plain or {}
    shown = controls(schema, plain, lists, HIDDEN)
    return ItemForm(
        piece=piece,
        controls=tuple(one for one in shown if one.key not in _MORE or _is_main(piece, one)),
        more=tuple(one for one in shown if one.key in _MORE and not _is_main(piece, one)),
        files=attached(plain.get("files"), names) if piece.has_files else (),
        body=text.body,
        problems=field_problems(schema, plain, words, typed_only=typed_only),
        is_readable=text.plain is not None,
    )


def _is_main(piece: Piece, control: Control) -> bool:
    return piece.kind is ItemKind.GOAL and control.key in ("state", "measure")


def filled_text(piece: Piece, text: Text, given: Mapping[str, str]) -> tuple[Text, tuple[str, ...]]:
    """Give the text with what was filled in, and the names of the files that were taken away."""
    plain = text.plain or {}
    changes = dict(read_filled(schema_of(piece), given, plain, HIDDEN).changes)
    removed: tuple[str, ...] = ()
    if piece.has_files and "files.0.file" in given:
        files = read_files(given, plain.get("files"))
        changes["files"] = files.entries or None
        removed = files.removed
    if "body" in given:
        text = text.with_body(tidy_body(given["body"]))
    return text.with_head(changes), removed


def with_files(text: Text, names: tuple[str, ...]) -> Text:
    """Give the text with more files in its list."""
    if not names:
        return text
    return text.with_head({"files": with_added((text.plain or {}).get("files"), names)})


def new_text(head: Mapping[str, object], body: str) -> Text:
    """Begin the file of an item."""
    return text_of("---\n---\n").with_head(head).with_body(tidy_body(body))


def lists_of(academy: Academy, card: Card | None, words: Words) -> Lists:
    """The choices that are data: modules of the programme, the scale, words of the domain."""
    programme = academy.programme(card.programme) if card else None
    choices: dict[str, tuple[tuple[str, str], ...]] = {
        "self_assessment.grade": tuple(
            (step.value, f"{step.value} — {step.title}") for step in academy.policy.scale
        )
    }
    if programme:
        choices["module"] = tuple((one.id, one.title) for one in programme.modules)
    for schema in ITEM_SCHEMAS.values():
        for one in controls(schema, {}, Lists()):
            if one.options:
                choices[one.name] = _worded(one, words)
    return Lists(choices=choices, meant={"state": GoalState.ACTIVE.value})


def _worded(control: Control, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((value, words.name(key)) for value, key in control.options if value)
