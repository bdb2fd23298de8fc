"""Editing an item, or the words about oneself: a draft is saved, whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from academy.issue import Issue
from academy.submitting import review_mode
from desk.difference import Side, difference
from desk.drawing import and_draw
from desk.forms.checking import problem_of, title_of
from desk.forms.controls import Lists
from desk.forms.filled import tidy_body
from desk.forms.item_form import filled_text, item_form, lists_of, with_files
from desk.listener.overview import address_of
from desk.pieces import ABOUT, SETTINGS, Piece, piece_of_key
from desk.shelf import Shelf, Version
from desk.uploads import Taken, take
from desk.web.call import Call
from desk.writing import discard, save
from forge.port import DraftMovedError, Kept
from formats.editing import Text, text_of

NOT_FOUND = 404
CONFLICT = 409
WRONG = 422


def editing(call: Call) -> Response:
    """Show the form of a piece, filled with its newest version."""
    shelf, version = wanted(call)
    text = text_of_piece(shelf, version)
    return _page(call, version, text, typed_only="check" not in call.query)


def edit(call: Call) -> Response:
    """Save what was filled in, and go where the button leads."""
    shelf, version = wanted(call)
    given = call.form.fields
    taken = _taken(call, version)
    text, files = _filled(version, text_of_piece(shelf, version), given, taken)
    by_itself = given.get("do") == "autosave"
    if (given.get("expected") or None) != version.expected:
        return _moved_meanwhile() if by_itself else _moved(call, shelf, version, text)
    try:
        kept = save(call.workplace, shelf, version, files)
    except DraftMovedError:
        if by_itself:
            return _moved_meanwhile()
        return _moved(call, shelf, call.shelf().version(version.piece), text)
    refused = (*taken.issues, *kept.issues)
    settle_arrived(call, taken)
    if by_itself:
        answer = _saved(call, kept, taken)
    elif refused:
        answer = _with_refused_files(call, version.piece, refused)
    else:
        answer = _onward(call, version.piece)
    return and_draw(call, shelf, kept.draft.files, answer) if taken.files else answer


def throw_away(call: Call) -> Response:
    """Throw a draft away: what was sent or published stays."""
    shelf, version = wanted(call)
    try:
        discard(call.workplace, shelf, version)
    except DraftMovedError:
        return call.go(address_of(version.piece), "moved")
    return call.go("/desk/mine/", "thrown-away")


def wanted(call: Call) -> tuple[Shelf, Version]:
    """The piece that the address names, in its newest version."""
    piece = piece_of_key(call.params["key"])
    if piece is None or piece == SETTINGS:
        raise HTTPException(NOT_FOUND)
    shelf = call.shelf()
    version = shelf.version(piece)
    if not version.files and piece != ABOUT:
        raise HTTPException(NOT_FOUND)  # It was never begun, or it is on its way out.
    return shelf, version


def taken_files(call: Call, piece: Piece, present: Iterable[str]) -> Taken:
    """Take the files that came with a form, and those that came piece by piece before it."""
    uploads = [(one.name, one.content) for one in call.form.uploads("photos")]
    named = {name.removeprefix("arrived.") for name in call.form.fields if call.form.get(name)}
    arrivals = [one for one in call.workplace.arrivals.of(call.visitor.account) if one.id in named]
    return take(uploads, piece.place, present, arrivals)


def settle_arrived(call: Call, taken: Taken) -> None:
    """Forget arrivals whose files have a place in a draft now."""
    for arrival in taken.arrived:
        call.workplace.arrivals.forget(call.visitor.account, arrival)


def text_of_piece(shelf: Shelf, version: Version) -> Text:
    """The file of a piece, taken apart."""
    return taken_apart(version.piece, shelf.text(version))


def taken_apart(piece: Piece, content: str) -> Text:
    """Take a file apart. The words about oneself have no head, the settings no body."""
    if piece == ABOUT:
        return Text((), content, {})
    return text_of(content, is_document=piece != SETTINGS)


def written(piece: Piece, text: Text) -> bytes:
    """The file of a piece, put together."""
    if piece == ABOUT:
        body = text.body.strip("\n")
        return f"{body}\n".encode() if body else b""
    return text.written().encode()


def _taken(call: Call, version: Version) -> Taken:
    if not version.piece.has_files:
        return Taken()
    return taken_files(call, version.piece, version.names)


def _saved(call: Call, kept: Kept, taken: Taken) -> Response:
    """Tell the script of the page what was saved, and by which names files that came are there."""
    names = {
        arrival: name
        for arrival, name in taken.arrived.items()
        if any(path.rpartition("/")[2] == name for path in kept.draft.files)
    }
    return JSONResponse(
        {
            "expected": kept.draft.version,
            "saved": call.words.text("saved-at", moment=call.words.moment(kept.draft.saved)),
            "arrived": names,
            "refused": [problem_of(one, call.words).what for one in kept.issues],
        }
    )


def _filled(
    version: Version, text: Text, given: Mapping[str, str], taken: Taken
) -> tuple[Text, dict[str, bytes | None]]:
    piece = version.piece
    if piece == ABOUT:
        text = text.with_body(tidy_body(given.get("body", "")))
        return text, {piece.file: written(piece, text)}
    text, removed = filled_text(piece, text, given)
    text = with_files(text, tuple(taken.files))
    files: dict[str, bytes | None] = {
        f"{piece.place}/{name}": None for name in removed if name in version.names
    }
    files |= {f"{piece.place}/{name}": content for name, content in taken.files.items()}
    files[piece.file] = written(piece, text)
    return text, files


def _onward(call: Call, piece: Piece) -> Response:
    match call.form.get("do"):
        case "send":
            return call.go(f"/desk/send/{piece.key}/")
        case "look":
            return call.go(f"/desk/look/{piece.key}/")
        case "files":
            return call.go(address_of(piece), "saved", "files")
    return call.go(address_of(piece), "saved", "files" if call.form.get("earlier") else "")


def _page(
    call: Call,
    version: Version,
    text: Text,
    *,
    typed_only: bool,
    status: int = 200,
    refused: tuple[Issue, ...] = (),
) -> Response:
    piece, words = version.piece, call.words
    lists = _lists(call)
    form = None
    if piece != ABOUT:
        form = item_form(piece, text, version.names, lists, words, typed_only=typed_only)
    return call.page(
        "editing.html",
        status=status,
        form=form,
        piece=piece,
        version=version,
        title=title_of(text, words, piece),
        body=text.body.strip("\n"),
        refused=[problem_of(one, words) for one in refused],
        picture=f"/desk/picture/{piece.key}/",
        arrivals=call.workplace.arrivals.of(call.visitor.account),
        mode=review_mode([piece.file], call.workplace.academy().policy).value,
    )


def _lists(call: Call) -> Lists:
    listed = call.workplace.people.by_person(call.visitor.account)
    return lists_of(call.workplace.academy(), listed.card if listed else None, call.words)


def _with_refused_files(call: Call, piece: Piece, issues: tuple[Issue, ...]) -> Response:
    """Everything else is saved; say which files were not taken and why."""
    shelf = call.shelf()
    version = shelf.version(piece)
    text = text_of_piece(shelf, version)
    return _page(call, version, text, typed_only=True, status=WRONG, refused=issues)


def _moved(call: Call, shelf: Shelf, version: Version, mine: Text) -> Response:
    """Somebody saved it meanwhile, on another device: show both, lose neither."""
    piece = version.piece
    there = text_of_piece(shelf, version)
    return call.page(
        "moved.html",
        status=CONFLICT,
        piece=piece,
        version=version,
        title=title_of(mine, call.words, piece),
        given=_resent(call),
        differing=difference(
            piece,
            Side(text=there, files=version.files),
            Side(text=mine, files=version.files),
            _lists(call),
            call.words,
        ),
        mine=mine.body.strip("\n"),
        there=there.body.strip("\n"),
    )


def _moved_meanwhile() -> Response:
    """Tell the script of the page; the next saving by hand shows both versions."""
    return JSONResponse({"moved": True}, status_code=CONFLICT)


def _resent(call: Call) -> dict[str, str]:
    """The fields to send again, so that one tap keeps what was typed here."""
    return {
        name: value
        for name, value in call.form.fields.items()
        if name not in ("csrf", "expected", "do", "earlier")
    }
