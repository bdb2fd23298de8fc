"""Forms by field for files of the academy's content; the text of the file stays what it is.

Whatever the form does not touch keeps its letters (`formats/editing.py`). Files
without a schema, such as consents, are texts to be edited as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from academy.institution import Academy
from desk.forms.checking import Problem, problem_of
from desk.forms.controls import Control, Lists, Options, controls
from desk.forms.filled import read_filled, tidy_body
from desk.web.pages import Words
from desk.web.submitted import Submitted
from formats.editing import Text, text_of
from formats.institution import (
    ACADEMY,
    ANNOUNCEMENT,
    GROUP,
    MATERIAL,
    PAGE,
    POLICY,
    PROGRAMME,
    STAFF,
)
from formats.schema import Schema

_SCHEMAS: Mapping[str, Schema[Any]] = {
    "announcements": ANNOUNCEMENT,
    "materials": MATERIAL,
    "pages": PAGE,
    "programmes": PROGRAMME,
    "groups": GROUP,
    "policy.yml": POLICY,
    "academy.yml": ACADEMY,
    "staff.yml": STAFF,
}
# Whoever makes an announcement is its author.
_HIDDEN = {"announcements": ("author",)}


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the form of a kind of file is made of: the schema, and what it leaves out."""

    kind: str
    schema: Schema[Any]
    has_body: bool
    hidden: Sequence[str] = ()

    @property
    def prefix(self) -> str:
        """What the keys of its words begin with."""
        return f"{self.kind.removesuffix('.yml').removesuffix('s')}-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentForm:
    """Everything that the form of a file shows."""

    controls: tuple[Control, ...]
    body: str | None
    problems: Mapping[str, Problem]


def sheet_of(path: str) -> Sheet | None:
    """What the form of a file is made of; None for one that has none."""
    kind = path.partition("/")[0]
    schema = _SCHEMAS.get(kind)
    if schema is None:
        return None
    has_body = path.endswith(".md")
    return Sheet(kind=kind, schema=schema, has_body=has_body, hidden=_HIDDEN.get(kind, ()))


def opened(sheet: Sheet, content: str) -> Text:
    """Take the text of a file apart."""
    empty = "---\n---\n" if sheet.has_body else ""
    return text_of(content or empty, is_document=sheet.has_body)


def content_form(
    sheet: Sheet, text: Text, academy: Academy, words: Words, problems: Mapping[str, Problem]
) -> ContentForm | None:
    """Make the form of a text; None where its fields cannot be read."""
    if text.plain is None:
        return None
    return ContentForm(
        controls=controls(
            sheet.schema, text.plain, _lists(sheet, text, academy, words), sheet.hidden
        ),
        body=text.body.strip("\n") if sheet.has_body else None,
        problems=problems,
    )


def filled_content(
    sheet: Sheet, text: Text, form: Submitted, words: Words
) -> tuple[Text, dict[str, Problem]]:
    """Give the text with what was filled in, and what is wrong, by the control."""
    given = {name: "\n".join(values) for name, values in form.lists.items()}
    zone = ZoneInfo(words.time_zone)
    filled = read_filled(sheet.schema, given, text.plain or {}, sheet.hidden, zone)
    if sheet.has_body and "body" in given:
        text = text.with_body(tidy_body(given["body"]))
    problems = {one.location.field: problem_of(one, words) for one in filled.issues}
    return text.with_head(filled.changes), problems


def _lists(sheet: Sheet, text: Text, academy: Academy, words: Words) -> Lists:
    """The choices that are data, in the places where they are asked for."""
    groups = _titled(academy.groups)
    programmes = _titled(academy.programmes)
    staff = tuple((one.id, f"{one.name} ({one.id})") for one in academy.staff)
    departments = _titled(academy.departments)
    choices: dict[str, Options] = {}
    match sheet.kind:
        case "announcements":
            choices = {"groups": groups, "programmes": programmes}
        case "groups":
            wanted = (text.plain or {}).get("programme")
            programme = academy.programme(wanted) if isinstance(wanted, str) else None
            modules = _titled(programme.modules) if programme else ()
            choices = {
                "programme": programmes,
                "curator": staff,
                "reviewers": staff,
                "terms.module": modules,
            }
        case "programmes":
            choices = {
                "department": departments,
                "modules.teacher": staff,
                "modules.resources.material": _titled(academy.materials.values()),
            }
        case "staff.yml":
            choices = {"staff.department": departments}

    def word(key: str) -> str:
        return words.text(f"word-{key}") if words.has(f"word-{key}") else words.name(key)

    zone = ZoneInfo(words.time_zone)
    return Lists(choices=choices, word=word, prefix=sheet.prefix, zone=zone)


def _titled(found: Iterable[_Titled]) -> Options:
    return tuple((one.id, one.title) for one in found)
