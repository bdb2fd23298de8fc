"""The same thing changed in two ways: both are shown field by field, and its author chooses."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from academy.portfolio import is_picture
from desk.collisions import WHOLE, Collision, Meeting, meeting
from desk.comparing import lists_for
from desk.difference import Run, in_words, text_difference
from desk.forms.checking import title_of
from desk.forms.filled import tidy_body
from desk.listener.editing import taken_apart, text_of_piece, wanted
from desk.listener.overview import address_of
from desk.pieces import Piece, piece_of_path
from desk.shelf import Shelf, Version
from desk.web.call import Call
from desk.writing import catch_up
from forge.port import DraftMovedError, StaleHeadError

CONFLICT = 409
WRONG = 422
MINE, THERE, OWN = "mine", "there", "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One collision as its author is asked about it: what it is called, and both versions.

    `sort` is `field`, `text` with the words that differ, `picture`, or `file`.
    `mine_address` and `there_address` show a picture.
    """

    name: str
    label: str
    sort: str
    mine: str
    there: str
    differing: tuple[tuple[Run, ...], ...] = ()
    mine_address: str = ""
    there_address: str = ""


def settling(call: Call) -> Response:
    """Show what was changed in two ways."""
    shelf, version = wanted(call)
    return _page(call, shelf, version, meeting(call.workplace, shelf, version))


def settle_piece(call: Call) -> Response:
    """Go on with what was chosen, if both sides are still those that were on the screen."""
    shelf, version = wanted(call)
    found = meeting(call.workplace, shelf, version)
    if call.form.get("seen") != _seen(shelf, version):
        return _page(call, shelf, version, found, status=CONFLICT, problem="settle-moved")
    files = found.settled(_chosen(call, found))
    if files is None:
        return _page(call, shelf, version, found, status=WRONG, problem="settle-choose")
    title = title_of(text_of_piece(shelf, version), call.words, version.piece)
    try:
        is_done = catch_up(call.workplace, shelf, version, files, title)
    except (DraftMovedError, StaleHeadError):
        is_done = False
    if not is_done:
        return call.go(f"/desk/settle/{version.piece.key}/", "not-done")
    return call.go(f"/desk/send/{version.piece.key}/", "settled")


def _page(
    call: Call,
    shelf: Shelf,
    version: Version,
    found: Meeting,
    *,
    status: int = 200,
    problem: str = "",
) -> Response:
    return call.page(
        "settling.html",
        status=status,
        piece=version.piece,
        title=title_of(text_of_piece(shelf, version), call.words, version.piece),
        questions=[
            _question(call, shelf, version, found, number, one)
            for number, one in enumerate(found.collisions)
        ],
        seen=_seen(shelf, version),
        typed=call.form.fields if problem == "settle-choose" else {},
        problem=problem,
        address=address_of(version.piece),
    )


def _seen(shelf: Shelf, version: Version) -> str:
    """Both sides in one word."""
    head = version.submission.head if version.submission else ""
    return f"{shelf.main}.{version.expected or ''}.{head}"


def _chosen(call: Call, found: Meeting) -> dict[tuple[str, str], str | None]:
    """Read which side, or which words of one's own, each collision shall become."""
    chosen: dict[tuple[str, str], str | None] = {}
    for number, one in enumerate(found.collisions):
        choice = call.form.get(f"choice.{number}")
        if one.field == WHOLE and choice in (MINE, THERE):
            chosen[one.path, WHOLE] = choice
        elif choice == MINE:
            chosen[one.path, one.field] = one.mine
        elif choice == THERE:
            chosen[one.path, one.field] = one.there
        elif choice == OWN and one.field == "":
            chosen[one.path, ""] = tidy_body(call.form.get(f"own.{number}"))
    return chosen


def _question(
    call: Call, shelf: Shelf, version: Version, found: Meeting, number: int, one: Collision
) -> Question:
    piece = piece_of_path(one.path) or version.piece
    name = one.path.rpartition("/")[2]
    if one.field == WHOLE:
        return _about_file(call, version, found, number, one)
    if one.field == "":
        mine, there = (one.mine or "").strip("\n"), (one.there or "").strip("\n")
        label = call.words.text(f"body-{piece.kind.value}") if piece.kind else name
        return Question(
            name=str(number),
            label=label,
            sort="text",
            mine=mine,
            there=there,
            differing=text_difference(there, mine),
        )
    key = f"field-{one.field}" if one.field != "files" else "files"
    return Question(
        name=str(number),
        label=call.words.text(key) if call.words.has(key) else one.field,
        sort="field",
        mine=_words(call, shelf, piece, found.of(found.mine, one.path), one.field, one.mine),
        there=_words(call, shelf, piece, found.of(found.there, one.path), one.field, one.there),
    )


def _about_file(
    call: Call, version: Version, found: Meeting, number: int, one: Collision
) -> Question:
    """Ask about a file as a whole; one side may have taken it away."""
    name, gone = one.path.rpartition("/")[2], call.words.text("settle-gone")
    is_page = one.path == version.piece.file
    kept = call.words.text("settle-page") if is_page else name
    mine, there = one.path in found.mine, one.path in found.there
    shown = is_picture(name) and version.piece.holds(one.path)
    return Question(
        name=str(number),
        label=call.words.text("settle-page") if is_page else name,
        sort="picture" if shown else "file",
        mine=kept if mine else gone,
        there=kept if there else gone,
        mine_address=f"/desk/picture/{version.piece.key}/{name}" if shown and mine else "",
        there_address=f"/desk/files/{one.path}" if shown and there else "",
    )


def _words(
    call: Call, shelf: Shelf, piece: Piece, content: bytes | None, key: str, lines: str | None
) -> str:
    """Say what a field holds; one that the forms do not know as it is written."""
    text = taken_apart(piece, (content or b"").decode("utf-8", "replace"))
    said = in_words(piece, text, lists_for(call, shelf.person), call.words)
    return said[key] if key in said else (lines or "").partition(":")[2].strip()
