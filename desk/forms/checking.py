"""What is wrong with a piece before it is sent: in its fields, its files, its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from academy.issue import Issue, Severity
from academy.prose import Prose
from desk.forms.filled import read_filled
from desk.pieces import Piece
from desk.web.pages import Words
from formats.editing import Plain, Text
from formats.items import read_portfolio
from formats.prose.checking import text_issues
from formats.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A mistake in words, with the place of the form that puts it right."""

    at: str
    what: str
    fix: str
    severity: Severity

    @property
    def blocks(self) -> bool:
        """Whether nothing can be sent before it is put right."""
        return self.severity is Severity.ERROR


def field_problems(
    schema: Schema[Any], plain: Mapping[str, Plain], words: Words, *, typed_only: bool
) -> dict[str, Problem]:
    """Check the fields of a file: by the name of the control.

    With `typed_only` what was left empty is no mistake yet.
    """
    given: dict[str, str] = {} if typed_only else dict.fromkeys(_names(schema), "")
    given |= {name: text for name, text in _flat(plain).items() if name in _names(schema)}
    issues = read_filled(schema, given, plain).issues
    return {one.location.field: problem_of(one, words) for one in issues}


def problem_of(issue: Issue, words: Words) -> Problem:
    """Say a mistake in the words of the form: fields are called as they are there."""
    field = issue.location.field
    key = f"field-{field.replace('.', '-')}"
    label = words.text(key) if words.has(key) else field
    named = Issue(issue.code, issue.severity, issue.location, {**issue.values, "field": label})
    what, fix = f"what-{issue.code}", f"fix-{issue.code}"
    return Problem(
        at=field or "body",
        what=words.text(what, **named.values) if words.has(what) else words.catalogue.what(named),
        fix=words.text(fix) if words.has(fix) else words.catalogue.fix(named),
        severity=issue.severity,
    )


def other_problems(
    piece: Piece, files: Mapping[str, bytes], whole: Iterable[str], words: Words
) -> tuple[Problem, ...]:
    """Check the files and the text of a piece; `whole` is what else there will be on `main`."""
    issues: list[Issue] = []
    item = next(iter(read_portfolio(files, issues).items()), None)
    found = [
        one for one in issues if one.location.field == "files" and one.location.file == piece.file
    ]
    body = item.body if item else Prose()
    if piece.kind is None and piece.file.endswith(".md"):
        body = Prose(files.get(piece.file, b"").decode("utf-8", "replace"))
    paths = {*whole, *files}
    places = {path.removesuffix("/index.md").removesuffix(".md") for path in paths}
    found += text_issues(piece.file, body, places, paths)
    return tuple(problem_of(one, words) for one in found)


def title_of(text: Text, words: Words, piece: Piece) -> str:
    """What to call a piece: its title, or what it is."""
    title = (text.plain or {}).get("title")
    if isinstance(title, str) and title.strip():
        return " ".join(title.split())[:160]
    return words.text(f"untitled-{piece.kind.value if piece.kind else piece.key}")


def _names(schema: Schema[Any]) -> tuple[str, ...]:
    """The names of the controls of a schema."""
    names = []
    for one in schema.fields:
        if isinstance(one.kind, Schema):
            names += [f"{one.key}.{part.key}" for part in one.kind.fields]
        elif one.key != "files":
            names.append(one.key)
    return tuple(names)


def _flat(plain: Mapping[str, Plain]) -> dict[str, str]:
    found = {}
    for key, value in plain.items():
        if isinstance(value, str):
            found[key] = value
        elif isinstance(value, dict):
            found |= {f"{key}.{part}": one for part, one in value.items() if isinstance(one, str)}
    return found
