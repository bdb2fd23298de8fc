"""What a reviewer does with a submission: say, suggest, return, accept, note, keep a phrase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Role
from academy.submission import Submission, SubmissionState
from academy.submitting import Acting
from desk.comparing import side
from desk.forms.filled import tidy, tidy_body
from desk.listener.editing import taken_apart, written
from desk.pieces import Piece
from desk.review.queue import beside
from desk.review.reviews import filled_review, review_file
from desk.review.shown import shown_pieces
from desk.review.submission import address_of, show_again, show_typed, wanted
from desk.shelf import Shelf
from desk.taking_back import undo
from desk.web.call import Call
from desk.web.submitted import Submitted
from forge.merge_requests import Proposal, Remark, Reply, Ruling
from forge.port import RECORD, Blob, StaleHeadError

CONFLICT = 409
NOT_FOUND = 404
WRONG = 422
TEXT_LIMIT = 4000


def comment(call: Call) -> Response:
    """Say something, to the whole or to one place of it."""
    shelf, found = wanted(call)
    text = _text(call, "text")
    if not text:
        return show_again(call, shelf, found, status=WRONG, refusal="no-text", at="comment")
    item, _, paragraph = call.form.get("place").partition("|")
    remark = Remark(text=text, item=tidy(item)[:100], paragraph=tidy(paragraph)[:80])
    reply = call.workplace.requests.comment(
        shelf.person, found.number, found.head, remark, _acting(call), call.at
    )
    return _after(call, shelf, found, reply, "said")


def decide(call: Call) -> Response:
    """Accept and publish, or return: by the button that was pressed."""
    shelf, found = wanted(call)
    try:
        if call.form.get("do") == "return":
            return _return(call, shelf, found)
        return _accept(call, shelf, found)
    except StaleHeadError:
        return show_again(call, shelf, found, status=CONFLICT, refusal="content-changed")


def suggesting(call: Call) -> Response:
    """Show the text of a piece, to be worded differently."""
    shelf, found = wanted(call)
    piece, files = _wanted_piece(call, shelf, found)
    text = side(shelf, piece, files).text
    return call.page(
        "review/suggesting.html",
        submission=found,
        piece=piece,
        body=text.body.strip("\n"),
        address=address_of(found),
    )


def suggest(call: Call) -> Response:
    """Offer other wording to the author."""
    shelf, found = wanted(call)
    piece, present = _wanted_piece(call, shelf, found)
    content = shelf.content(present[piece.file]).decode("utf-8", "replace")
    text = taken_apart(piece, content).with_body(tidy_body(call.form.get("body")))
    files = {piece.file: written(piece, text)}
    if files[piece.file].decode() == content:
        return call.go(address_of(found), "nothing-suggested")
    proposal = Proposal(files=files, message=_text(call, "why")[:200])
    reply = call.workplace.requests.suggest(
        shelf.person, found.number, call.form.get("head"), proposal, _acting(call), call.at
    )
    return _after(call, shelf, found, reply, "suggested")


def undo_publication(call: Call) -> Response:
    """Send what takes a publication back: it is decided about like everything that is sent."""
    shelf, found = wanted(call)
    title = call.words.text("title-undo", title=found.title)
    reply = undo(call.workplace, shelf, found, title, _acting(call), _text(call, "why")[:1000])
    if reply.conflicts:
        return call.go(address_of(found), "undo-changed-since")
    if not reply.is_done or reply.submission is None:
        return call.go(address_of(found), "not-done")
    if reply.submission.state is SubmissionState.MERGED:
        call.workplace.publish(shelf.person)
        return call.go(address_of(reply.submission), "undone")
    return call.go(address_of(reply.submission), "undo-sent")


def note(call: Call) -> Response:
    """Write a note for staff; the listener never sees it."""
    shelf, found = wanted(call)
    text = _text(call, "text")
    if text:
        call.workplace.ledger.notes.add(
            shelf.person, f"submission-{found.number}", call.visitor.account, text, call.at
        )
    return call.go(address_of(found), "noted" if text else "nothing-said", "notes")


def phrase(call: Call) -> Response:
    """Keep a phrase, forget one, or put one into the review; what is typed beside them stays."""
    shelf, found = wanted(call)
    notes, account = call.workplace.ledger.notes, call.visitor.account
    phrases = notes.phrases(account)
    text, forgotten = _text(call, "phrase")[:500], call.form.get("forget")
    typed = {name: value for name, value in call.form.fields.items() if name != "phrase"}
    if forgotten.isdecimal():
        notes.drop_phrase(account, int(forgotten))
    elif put := _phrase_of(phrases, call.form.get("put")):
        typed["review"] = f"{typed.get('review', '').rstrip()}\n\n{put}".lstrip()
    elif text and text not in phrases.values():
        notes.keep_phrase(account, text)
    said = "phrase-put" if call.form.get("put") else "phrase-kept"
    return show_typed(replace(call, form=Submitted(fields=typed)), shelf, found, said)


def _phrase_of(phrases: Mapping[int, str], number: str) -> str:
    return phrases.get(int(number), "") if number.isdecimal() else ""


def _accept(call: Call, shelf: Shelf, found: Submission) -> Response:
    requests = call.workplace.requests
    ruling = _ruling(call, shelf, found)
    _, later = beside(call, shelf.person, found.number)
    if found.is_review_due:
        reply = requests.review(shelf.person, found.number, ruling, _acting(call), call.at)
    else:
        reply = requests.accept(shelf.person, found.number, ruling, _acting(call), call.at)
    if not reply.is_done:
        return _refused(call, shelf, found, reply)
    call.workplace.publish(shelf.person)
    return call.go(later or "/desk/review/", "accepted")


def _return(call: Call, shelf: Shelf, found: Submission) -> Response:
    reason = _text(call, "reason")
    if not reason:
        return show_again(call, shelf, found, status=WRONG, refusal="no-text", at="reason")
    ruling = _ruling(call, shelf, found, with_review=False)
    _, later = beside(call, shelf.person, found.number)
    reply = call.workplace.requests.send_back(
        shelf.person, found.number, ruling, Remark(text=reason), _acting(call), call.at
    )
    if not reply.is_done:
        return _refused(call, shelf, found, reply)
    return call.go(later or "/desk/review/", "sent-back")


def _ruling(call: Call, shelf: Shelf, found: Submission, *, with_review: bool = True) -> Ruling:
    """What is decided with: the content that was on the screen, and the review as a file."""
    policy = call.workplace.academy().policy
    repositories = call.workplace.repositories
    record = repositories.heads(shelf.person).get(RECORD)
    files: dict[str, bytes | None] = {}
    if record and with_review:
        present = repositories.tree(shelf.person, record)
        head = repositories.tree(shelf.person, found.head)
        for piece in (one for one in shown_pieces(call, shelf, found) if one.of(head)):
            review = filled_review(call, found, piece, policy) if piece.item else None
            if review is not None:
                path, content = review_file(review, present)
                files[path] = content
    return Ruling(
        head=call.form.get("head"),
        policy=policy.version,
        two_people=policy.two_people,
        record=record if files else None,
        files=files,
    )


def _wanted_piece(call: Call, shelf: Shelf, found: Submission) -> tuple[Piece, Mapping[str, Blob]]:
    """The piece that the address names, with its files, if it is of this submission."""
    tree = call.workplace.repositories.tree(shelf.person, found.head)
    for piece in shown_pieces(call, shelf, found):
        if piece.key == call.params["key"] and piece.file in tree:
            return piece, piece.of(tree)
    raise HTTPException(NOT_FOUND)


def _acting(call: Call) -> Acting:
    return Acting(account=call.visitor.account, role=Role.REVIEWER.value, may_review=True)


def _text(call: Call, name: str) -> str:
    return tidy_body(call.form.get(name)).strip()[:TEXT_LIMIT]


def _after(call: Call, shelf: Shelf, found: Submission, reply: Reply, said: str) -> Response:
    if not reply.is_done:
        return _refused(call, shelf, found, reply)
    return call.go(address_of(found), said)


def _refused(call: Call, shelf: Shelf, found: Submission, reply: Reply) -> Response:
    """Say why nothing was done; what was typed is still there."""
    key = reply.refusal.value if reply.refusal else "conflict" if reply.conflicts else "issues"
    return show_again(call, shelf, found, status=CONFLICT, refusal=key)
