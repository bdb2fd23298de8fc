"""Verification (clause 8.1): a queue, and a verdict bound to the exact content that was seen."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Place, Role, decide
from academy.dossier import Dossier
from academy.portfolio import Item
from academy.projection import RESPONSIBLE, ProjectionKind, cut
from academy.verification import SeenFile, Verdict, Verification
from desk.forms.filled import tidy_body
from desk.looking import page_response, site_of
from desk.pieces import piece_of
from desk.previews import article_of, page_of
from desk.reading import dossier_of
from desk.staff.digests import Check
from desk.staff.people import digests_of
from desk.web.call import Call
from desk.web.pages import made_safe
from forge.port import RECORD, Author, Change, StaleHeadError
from formats.record import VERIFICATION
from formats.yaml_tree import write_yaml

CONFLICT = 409
NOT_FOUND = 404
WRONG = 422
NOTE_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An item that waits for an official."""

    person: str
    who: str
    check: Check

    @property
    def address(self) -> str:
        """The screen on which it is verified."""
        return f"/desk/verify/{self.person}/{self.check.piece.key}/"


def queue(call: Call) -> Response:
    """Show what waits for verification."""
    return call.page("staff/verify-queue.html", lines=dues_of(call))


def dues_of(call: Call) -> list[Due]:
    """What the visitor may verify, person by person."""
    return [
        Due(person=digest.person, who=digest.card.full_name, check=check)
        for digest in digests_of(call)
        if _may_verify(call, digest.person)
        for check in digest.checks
        if check.is_wanted
    ]


def verifying(call: Call) -> Response:
    """Show an item as it is, with what a verdict needs."""
    return _page(call)


def verify(call: Call) -> Response:
    """Write the verdict down, for the content that was on the screen and for no other."""
    dossier, item = _wanted(call)
    verdicts = {one.value: one for one in Verdict}
    verdict = verdicts.get(call.form.get("verdict"))
    note = tidy_body(call.form.get("note")).strip()[:NOTE_LIMIT]
    if verdict is None or (verdict is not Verdict.CONFIRMED and not note):
        return _page(call, status=WRONG, refusal="no-verdict" if verdict is None else "no-text")
    if call.form.get("seen") != _seen(dossier.content_of(item)):
        return _page(call, status=CONFLICT, refusal="content-changed")
    if _reviewed_it(call, dossier, item):
        return _page(call, status=CONFLICT, refusal="two-people")
    try:
        _write(call, dossier, item, verdict, note)
    except StaleHeadError:
        return _page(call, status=CONFLICT, refusal="content-changed")
    call.workplace.publish(dossier.person)
    later = [one for one in dues_of(call) if one.check.piece != piece_of(item)]
    return call.go(later[0].address if later else "/desk/verify/", "verified")


def looked_at(call: Call) -> Response:
    """Give a page or a file of the portfolio as those responsible see it."""
    shelf = call.shelf(call.params["person"])
    site = site_of(call, shelf, shelf.published, ProjectionKind.RESPONSIBLE)
    return page_response(shelf, site, shelf.published, call.params["path"])


def _write(call: Call, dossier: Dossier, item: Item, verdict: Verdict, note: str) -> None:
    verification = Verification(
        item=item.id,
        verdict=verdict,
        verifier=call.visitor.account,
        role=Role.VERIFIER.value,
        moment=call.at,
        manifest=dossier.content_of(item),
        policy=call.workplace.academy().policy.version[:40] or None,
        note=note or None,
    )
    repositories = call.workplace.repositories
    content = write_yaml(VERIFICATION.write(verification)).encode()
    change = Change(
        ref=RECORD,
        expected=repositories.heads(dossier.person)[RECORD],
        files={f"verification/{item.id}.yml": content},
        message=f"Verification of {item.id}",
    )
    repositories.commit(dossier.person, [change], Author(call.visitor.account), call.at)


def _wanted(call: Call) -> tuple[Dossier, Item]:
    """The item that the address names, among those that are for the responsible."""
    whole = dossier_of(call.workplace.repositories, call.params["person"])
    if whole is None:
        raise HTTPException(NOT_FOUND)
    dossier = cut(whole, RESPONSIBLE, call.workplace.academy().policy, call.at)
    items = dossier.portfolio.items()
    found = [one for one in items if piece_of(one).key == call.params["key"]]
    if not found:
        raise HTTPException(NOT_FOUND)
    return dossier, found[0]


def _reviewed_it(call: Call, dossier: Dossier, item: Item) -> bool:
    """Whether the same person would review and verify, where the policy takes two."""
    authors = {review.author for review in dossier.reviews_of(item.id)}
    return call.workplace.academy().policy.two_people and call.visitor.account in authors


def _seen(content: tuple[SeenFile, ...]) -> str:
    return " ".join(f"{one.sha256[:16]}" for one in content)


def _page(call: Call, *, status: int = 200, refusal: str = "") -> Response:
    dossier, item = _wanted(call)
    piece, shelf = piece_of(item), call.shelf(dossier.person)
    site = site_of(call, shelf, shelf.published, ProjectionKind.RESPONSIBLE)
    page = site.pages.get(page_of(piece), b"")
    folder = page_of(piece).removesuffix("index.html")
    address = f"/desk/verify/{dossier.person}/site/{folder}"
    return call.page(
        "staff/verifying.html",
        status=status,
        title=item.title,
        who=dossier.card.full_name,
        article=made_safe(article_of(page, address)) if page else "",
        seen=_seen(dossier.content_of(item)),
        files=dossier.content_of(item),
        reviews=dossier.reviews_of(item.id),
        earlier=dossier.verifications.get(item.id),
        verdicts=list(Verdict),
        names=call.names,
        typed=call.form.fields,
        refusal=refusal,
    )


def _may_verify(call: Call, person: str) -> bool:
    owner = call.workplace.ledger.standing(None, person, call.at).owner
    resource = owner.resource(Place.VERIFY) if owner else None
    return resource is not None and decide(call.visitor, resource, call.at).is_allowed
