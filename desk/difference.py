"""What changed in a piece, for people: by field, by the words of its text, by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from academy.portfolio import is_picture
from desk.forms.attachments import Attached, attached
from desk.forms.controls import Control, Lists, controls
from desk.forms.item_form import schema_of
from desk.pieces import Piece
from desk.web.pages import Words
from forge.port import Blob
from formats.dates import parse_day
from formats.editing import Text
from formats.prose.plain_text import paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that says something else now; "" for one that says nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one sort: `same`, `added` or `removed`."""

    sort: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file that was added, removed, or replaced; with its caption."""

    name: str
    sort: str
    caption: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether both sides can be looked at."""
        return is_picture(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed in a piece; `is_new` for one that was not there before."""

    is_new: bool
    fields: tuple[FieldChange, ...]
    text: tuple[tuple[Run, ...], ...]
    files: tuple[FileChange, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing that a person sees has changed."""
        return not (self.fields or self.files or self.has_other_text)

    @property
    def has_other_text(self) -> bool:
        """Whether the words of the text have changed."""
        return any(run.sort != "same" for block in self.text for run in block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A piece on one side of a comparison: its text taken apart and its files."""

    text: Text
    files: Mapping[str, Blob]


def difference(piece: Piece, before: Side, after: Side, lists: Lists, words: Words) -> Difference:
    """Compare two versions of a piece."""
    return Difference(
        is_new=not before.files,
        fields=tuple(_fields(piece, before.text, after.text, lists, words)),
        text=text_difference(before.text.body, after.text.body),
        files=tuple(_files(piece, before, after)),
    )


def in_words(piece: Piece, text: Text, lists: Lists, words: Words) -> dict[str, str]:
    """Give what each field of a piece says, by its key in the file, as a person reads it."""
    if piece.kind is None:
        return {}
    plain = text.plain or {}
    found = controls(schema_of(piece), plain, lists)
    said = {one.key: _said(one, words) for one in found}
    if piece.has_files:
        lines = [f"{one.name} {one.caption}".strip() for one in attached(plain.get("files"), ())]
        said["files"] = "\n".join(lines)
    return said


def text_difference(before: str, after: str) -> tuple[tuple[Run, ...], ...]:
    """Compare two texts paragraph by paragraph, and in a changed paragraph word by word."""
    old, new = paragraphs(before), paragraphs(after)
    blocks: list[tuple[Run, ...]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks += [(Run("same", one),) for one in old[a:b]]
            continue
        pairs = min(b - a, d - c)
        blocks += [tuple(_words(old[a + n], new[c + n])) for n in range(pairs)]
        blocks += [(Run("removed", one),) for one in old[a + pairs : b]]
        blocks += [(Run("added", one),) for one in new[c + pairs : d]]
    return tuple(blocks)


def _words(before: str, after: str) -> Iterator[Run]:
    old, new = before.split(), after.split()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("same", " ".join(old[a:b]))
            continue
        if b > a:
            yield Run("removed", " ".join(old[a:b]))
        if d > c:
            yield Run("added", " ".join(new[c:d]))


def _fields(
    piece: Piece, before: Text, after: Text, lists: Lists, words: Words
) -> Iterator[FieldChange]:
    if piece.kind is None:
        return
    schema = schema_of(piece)
    old = _flat(controls(schema, before.plain or {}, lists))
    new = _flat(controls(schema, after.plain or {}, lists))
    for name, control in new.items():
        was, now = _shown(old[name], words), _shown(control, words)
        if was != now:
            label = words.text(f"field-{control.key}")
            yield FieldChange(label=label, before=was, after=now)
    yield from _captions(before, after, words)


def _captions(before: Text, after: Text, words: Words) -> Iterator[FieldChange]:
    """What is said differently of files that are on both sides."""
    old = {one.name: one for one in _attached(before)}
    for new in _attached(after):
        was = old.get(new.name)
        if was is None:
            continue
        for key, said, says in (
            ("changed-caption", was.caption, new.caption),
            ("changed-alt", was.alt, new.alt),
        ):
            if said != says:
                label = words.text(key, name=new.name)
                yield FieldChange(label=label, before=said, after=says)


def _attached(text: Text) -> tuple[Attached, ...]:
    return attached((text.plain or {}).get("files"), ())


def _flat(found: tuple[Control, ...]) -> dict[str, Control]:
    flat: dict[str, Control] = {}
    for one in found:
        flat |= _flat(one.parts) if one.sort == "group" else {one.name: one}
    return flat


def _said(control: Control, words: Words) -> str:
    parts = _flat((control,)).values()
    return "\n".join(shown for one in parts if (shown := _shown(one, words)))


def _shown(control: Control, words: Words) -> str:
    """The value of a field as a person reads it."""
    if control.sort == "day":
        day = parse_day(control.value)
        return words.day(day) if day else control.value
    return next(
        (title for value, title in control.options if value == control.value), control.value
    )


def _files(piece: Piece, before: Side, after: Side) -> Iterator[FileChange]:
    captions = {
        one.name: one.caption or one.alt for side in (before, after) for one in _attached(side.text)
    }
    for path in sorted({*before.files, *after.files} - {piece.file}):
        old, new = before.files.get(path), after.files.get(path)
        if old is not None and new is not None and old.id == new.id:
            continue
        sort = "added" if old is None else "removed" if new is None else "replaced"
        name = path.rpartition("/")[2]
        yield FileChange(name=name, sort=sort, caption=captions.get(name, ""))
