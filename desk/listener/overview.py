"""The first screen of a listener: whose turn it is, and everything there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from starlette.responses import Response

from academy.portfolio import ItemKind
from academy.submission import Submission, SubmissionState
from desk.forms.checking import title_of
from desk.pieces import ABOUT, SETTINGS, Piece, piece_of, pieces_of
from desk.shelf import Shelf
from desk.web.call import Call
from formats.editing import text_of


class Standing(Enum):
    """Where a piece stands, in the listener's words."""

    DRAFT = "draft"
    RETURNED = "returned"
    WAITING = "waiting"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A piece in a list: what it is called, where it stands since when, and where it leads."""

    piece: Piece
    title: str
    standing: Standing
    since: datetime | None = None
    submission: Submission | None = None
    is_changed: bool = False

    @property
    def address(self) -> str:
        """Where it is gone on with."""
        if self.submission and self.standing is not Standing.DRAFT:
            return f"/desk/sent/{self.submission.number}/"
        return address_of(self.piece)


def address_of(piece: Piece) -> str:
    """The screen on which a piece is edited."""
    if piece == SETTINGS:
        return "/desk/sections/"
    return f"/desk/edit/{piece.key}/"


def overview(call: Call) -> Response:
    """Show what waits for the listener, what for the academy, and what is published."""
    shelf = call.shelf()
    moving = {row.piece: row for row in _moving(call, shelf)}
    rows = {piece: moving.get(piece, row) for piece, row in _published(shelf)}
    kinds = [
        (kind, [row for piece, row in rows.items() if piece.kind is kind]) for kind in ItemKind
    ]
    return call.page(
        "overview.html",
        mine=[row for row in moving.values() if row.standing is not Standing.WAITING],
        theirs=[row for row in moving.values() if row.standing is Standing.WAITING],
        others=[
            one
            for one in shelf.submissions
            if one.author != shelf.person and one.submitted and not one.state.is_final
        ],
        kinds=kinds,
        about=moving.get(ABOUT),
        has_about=not shelf.portfolio.about.is_empty,
        sections=shelf.portfolio.own_sections,
        address_of=address_of,
    )


def _published(shelf: Shelf) -> Iterator[tuple[Piece, Row]]:
    for item in shelf.portfolio.items():
        piece = piece_of(item)
        yield piece, Row(piece=piece, title=item.title, standing=Standing.PUBLISHED)


def _moving(call: Call, shelf: Shelf) -> Iterator[Row]:
    """What is being written, and what is on its way."""
    drafts = {draft.key.key: draft for draft in shelf.drafts}
    seen = set()
    for piece, submission in shelf.open_submissions.items():
        seen.add(piece.draft_key)
        draft = drafts.get(piece.draft_key)
        standing, since = _standing(submission)
        if draft is not None and standing is not Standing.RETURNED:
            standing, since = Standing.DRAFT, draft.saved
        yield Row(
            piece=piece,
            title=submission.title,
            standing=standing,
            since=since,
            submission=submission,
            is_changed=draft is not None,
        )
    for draft in shelf.drafts:
        found = [one for one in pieces_of(draft.files) if one.draft_key == draft.key.key]
        if not found or draft.key.key in seen:
            continue
        piece = found[0]
        text = text_of(shelf.content(draft.files.get(piece.file)).decode("utf-8", "replace"))
        title = title_of(text, call.words, piece)
        yield Row(piece=piece, title=title, standing=Standing.DRAFT, since=draft.saved)


def _standing(submission: Submission) -> tuple[Standing, datetime]:
    match submission.state:
        case SubmissionState.RETURNED:
            return Standing.RETURNED, submission.since
        case SubmissionState.DRAFT:
            return Standing.DRAFT, submission.since
    return Standing.WAITING, submission.since
