"""Sending a piece: what is wrong with links to the fields, the declaration, a note."""

from __future__ import annotations

from starlette.responses import Response

from academy.submission import SubmissionState
from academy.submitting import review_mode
from desk.forms.checking import Problem, field_problems, other_problems, problem_of, title_of
from desk.forms.filled import tidy_body
from desk.forms.item_form import schema_of
from desk.listener.editing import text_of_piece, wanted
from desk.pieces import ABOUT
from desk.shelf import Origin, Shelf, Version
from desk.web.call import Call
from desk.writing import send, was_published_meanwhile
from forge.port import StaleHeadError
from formats.editing import Text

CONFLICT = 409
WRONG = 422
NOTE_LIMIT = 1000


def sending(call: Call) -> Response:
    """Show what is about to be sent, and what stands in the way."""
    shelf, version = wanted(call)
    return _page(call, shelf, version)


def send_piece(call: Call) -> Response:
    """Send it, when it is declared to be accurate and nothing is wrong."""
    shelf, version = wanted(call)
    text = text_of_piece(shelf, version)
    problems = problems_of(call, shelf, version, text)
    stands = any(one.blocks for one in problems) or not call.form.get("declared")
    if stands or was_published_meanwhile(call.workplace, shelf, version):
        return _page(call, shelf, version, status=WRONG)
    note = tidy_body(call.form.get("note")).strip()[:NOTE_LIMIT]
    title = title_of(text, call.words, version.piece)
    try:
        reply = send(call.workplace, shelf, version, title, note)
    except StaleHeadError:
        return call.go(f"/desk/send/{version.piece.key}/", "moved")
    if reply.conflicts:
        return call.go(f"/desk/settle/{version.piece.key}/")
    if not reply.is_done or reply.submission is None:
        refused = tuple(problem_of(one, call.words) for one in reply.issues)
        return _page(
            call,
            shelf,
            version,
            status=CONFLICT,
            refused=refused,
            refusal=reply.refusal.value if reply.refusal else "",
        )
    if reply.submission.state is SubmissionState.MERGED:
        call.workplace.publish(shelf.person)
        return call.go(f"/desk/sent/{reply.submission.number}/", "published")
    return call.go(f"/desk/sent/{reply.submission.number}/", "sent")


def problems_of(call: Call, shelf: Shelf, version: Version, text: Text) -> tuple[Problem, ...]:
    """Everything that is wrong with a piece, the worst first."""
    words, piece = call.words, version.piece
    fields: tuple[Problem, ...] = ()
    if piece != ABOUT:
        checked = field_problems(schema_of(piece), text.plain or {}, words, typed_only=False)
        fields = tuple(checked.values())
    files = dict.fromkeys(version.files, b"")
    files[piece.file] = shelf.content(version.files.get(piece.file))
    others = other_problems(piece, files, shelf.published, words)
    return tuple(sorted((*fields, *others), key=lambda one: not one.blocks))


def _page(
    call: Call,
    shelf: Shelf,
    version: Version,
    *,
    status: int = 200,
    refused: tuple[Problem, ...] = (),
    refusal: str = "",
) -> Response:
    text = text_of_piece(shelf, version)
    problems = problems_of(call, shelf, version, text) + refused
    mode = review_mode([version.piece.file], call.workplace.academy().policy)
    return call.page(
        "sending.html",
        status=status,
        piece=version.piece,
        version=version,
        title=title_of(text, call.words, version.piece),
        blocking=[one for one in problems if one.blocks],
        advice=[one for one in problems if not one.blocks],
        mode=mode.value,
        note=call.form.get("note"),
        was_declared=bool(call.form.get("declared")),
        is_asked=status == WRONG,
        is_unchanged=version.origin is Origin.PUBLISHED,
        is_overtaken=was_published_meanwhile(call.workplace, shelf, version),
        refusal=refusal,
    )
