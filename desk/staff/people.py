"""Listeners as staff see them: everyone whom the visitor answers for, and one whole story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Place, Role, decide
from catalogue.listed import Listed
from desk.forms.filled import tidy_body
from desk.review.reviews import reviews_of
from desk.review.shown import is_hidden
from desk.staff.digests import Digest
from desk.staff.reports import waiting_for
from desk.telling import told_events
from desk.web.call import Call

NOT_FOUND = 404
NOTE_LIMIT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One listener in the overview."""

    digest: Digest
    group: str
    waiting: int
    is_silent: bool

    @property
    def wanted(self) -> int:
        """How many items wait for verification."""
        return sum(one.is_wanted for one in self.digest.checks)


def people(call: Call) -> Response:
    """Show the listeners, all or those that something is to be done about."""
    lines = [_line(call, digest) for digest in digests_of(call)]
    show = call.query.get("show", "")
    kept = {
        "silent": [one for one in lines if one.is_silent],
        "waiting": [one for one in lines if one.waiting],
        "verify": [one for one in lines if one.wanted],
    }
    words = call.query.get("q", "").strip()[:100]
    shown = kept.get(show, lines)
    if words:
        found = {one.person for one in call.workplace.people.find(words)}
        shown = [one for one in shown if one.digest.person in found]
    return call.page(
        "staff/people.html",
        lines=shown,
        counts={key: len(found) for key, found in kept.items()},
        show=show if show in kept else "",
        asked=words,
        reports=len(waiting_for(call)) if Role.REGISTRAR in call.visitor.roles else 0,
        silent_days=call.workplace.academy().policy.silent_days,
    )


def digests_of(call: Call) -> list[Digest]:
    """The digests of those listeners whose overview the visitor may see, by name."""
    workplace = call.workplace
    workplace.people.refresh()
    listeners = [one for one in workplace.people.listeners() if _may_see(call, one)]
    return sorted(_digests(call, listeners), key=lambda digest: digest.card.full_name)


def digest_of(call: Call, listed: Listed) -> Digest | None:
    """The digest of one listener as of now."""
    return next(iter(_digests(call, [listed])), None)


def _digests(call: Call, listeners: list[Listed]) -> tuple[Digest, ...]:
    workplace = call.workplace
    policy = workplace.academy().policy
    return workplace.digests.of(
        workplace.repositories, workplace.requests, listeners, policy, call.at
    )


def story(call: Call) -> Response:
    """Show everything about one listener on one page."""
    person = call.params["person"]
    listed = call.workplace.people.by_person(person)
    digest = digest_of(call, listed) if listed else None
    owner = call.workplace.ledger.standing(None, person, call.at).owner
    if digest is None or owner is None:
        raise HTTPException(NOT_FOUND)
    academy, shelf = call.workplace.academy(), call.shelf(person)
    line = _line(call, digest)
    programme = academy.programme(digest.card.programme)
    return call.page(
        "staff/story.html",
        line=line,
        card=digest.card,
        programme=programme.title if programme else digest.card.programme,
        purposes=sorted(owner.purposes, key=lambda one: one.value),
        submissions=[
            (one, told_events(one, call.names))
            for one in reversed(shelf.submissions)
            if one.submitted is not None and not is_hidden(call, shelf, one.as_sent())
        ],
        reviews=reviews_of(call, shelf),
        titles={one.piece.item: one.title for one in digest.checks},
        policy=academy.policy,
        may_review=_may(call, Place.REVIEW, person),
        may_note=_may(call, Place.NOTE, person),
        may_register=_may(call, Place.REGISTER, person),
        account=call.workplace.ledger.accounts.get(person),
        may_verify=_may(call, Place.VERIFY, person),
        notes=call.workplace.ledger.notes.of(person),
        names=call.names,
    )


def note(call: Call) -> Response:
    """Write a note for staff about a listener."""
    person = call.params["person"]
    text = tidy_body(call.form.get("text")).strip()[:NOTE_LIMIT]
    if text:
        call.workplace.ledger.notes.add(person, "", call.visitor.account, text, call.at)
    return call.go(f"/desk/people/{person}/", "noted" if text else "nothing-said", "notes")


def _line(call: Call, digest: Digest) -> Line:
    silent = timedelta(days=call.workplace.academy().policy.silent_days)
    is_studying = digest.card.is_open and not digest.card.is_frozen
    is_silent = is_studying and (digest.last is None or call.at - digest.last > silent)
    group = call.workplace.academy().group(digest.card.group)
    return Line(
        digest=digest,
        group=group.title if group else digest.card.group,
        waiting=digest.waiting,
        is_silent=is_silent,
    )


def _may_see(call: Call, listed: Listed) -> bool:
    return listed.card is not None and _may(call, Place.OVERVIEW, listed.person)


def _may(call: Call, place: Place, person: str) -> bool:
    """Ask the access table, as for a request of its own."""
    owner = call.workplace.ledger.standing(None, person, call.at).owner
    return owner is not None and decide(call.visitor, owner.resource(place), call.at).is_allowed
