"""Every address of the desk: what it is for, and the screens behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from academy.access import Place, Role
from academy.audit import Action
from desk.entrance import entrance
from desk.listener import (
    adding,
    arriving,
    editing,
    files,
    links,
    looking,
    overview,
    pictures,
    reporting,
    sections,
    sending,
    sent,
    settling,
    taking_back,
    tokens,
)
from desk.review import deciding, queue, submission
from desk.shared import answering, reviewing
from desk.staff import (
    account,
    accounts,
    announcements,
    consents,
    content,
    content_sent,
    imports,
    people,
    reports,
    verifying,
)
from desk.web.call import Call

Screen = Callable[[Call], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address below `/desk`, its place in the access table, its screens to show and to change.

    It is about the person in the address, or else about the visitor. With `roles`
    it is about nobody, and for these roles only. `action` is what a change is
    written down as; what changes may be a piece of a file instead of a form.
    """

    path: str
    place: Place
    show: Screen | None = None
    change: Screen | None = None
    action: Action = Action.EDITED
    roles: frozenset[Role] = frozenset()
    takes_pieces: bool = False


_LISTENER = (
    Address(path="/mine/", place=Place.SUBMISSION, show=overview.overview),
    Address(path="/add/{kind}/", place=Place.EDIT, show=adding.adding, change=adding.add),
    Address(path="/edit/{key}/", place=Place.EDIT, show=editing.editing, change=editing.edit),
    Address(path="/arriving/", place=Place.EDIT, change=arriving.begin),
    Address(
        path="/arriving/{arrival}/",
        place=Place.EDIT,
        show=arriving.where,
        change=arriving.take_piece,
        takes_pieces=True,
    ),
    Address(path="/arriving/{arrival}/forget/", place=Place.EDIT, change=arriving.forget),
    Address(path="/throw-away/{key}/", place=Place.EDIT, change=editing.throw_away),
    Address(
        path="/take-away/{key}/",
        place=Place.EDIT,
        change=taking_back.take_item_away,
        action=Action.SUBMITTED,
    ),
    Address(path="/picture/{key}/{name}", place=Place.EDIT, show=pictures.picture),
    Address(path="/look/{key}/", place=Place.EDIT, show=looking.look),
    Address(path="/look/{key}/site/{path:path}", place=Place.EDIT, show=looking.looked_at),
    Address(
        path="/send/{key}/",
        place=Place.EDIT,
        show=sending.sending,
        change=sending.send_piece,
        action=Action.SUBMITTED,
    ),
    Address(
        path="/settle/{key}/",
        place=Place.EDIT,
        show=settling.settling,
        change=settling.settle_piece,
    ),
    Address(path="/sent/{number:int}/", place=Place.SUBMISSION, show=sent.sent),
    Address(path="/sent/{number:int}/answer/", place=Place.EDIT, change=sent.answer),
    Address(path="/sent/{number:int}/withdraw/", place=Place.EDIT, change=sent.withdraw),
    Address(
        path="/sent/{number:int}/undo/",
        place=Place.EDIT,
        change=taking_back.undo_publication,
        action=Action.SUBMITTED,
    ),
    Address(path="/sent/{number:int}/edit/{edit:int}/", place=Place.EDIT, change=sent.decide_edit),
    Address(
        path="/sections/",
        place=Place.EDIT,
        show=sections.sections,
        change=sections.change_sections,
    ),
    Address(
        path="/order/{kind}/",
        place=Place.EDIT,
        show=sections.order,
        change=sections.change_order,
    ),
)

_REST = (
    Address(
        path="/report/{topic}/",
        place=Place.REPORT,
        show=reporting.reporting,
        change=reporting.report,
        action=Action.REPORTED,
    ),
    Address(path="/links/", place=Place.SHARE, show=links.links, change=links.change_links),
    Address(path="/files/", place=Place.GIT, show=files.files),
    Address(path="/files/{path:path}", place=Place.GIT, show=files.file),
    Address(
        path="/tokens/",
        place=Place.GIT,
        show=tokens.tokens,
        change=tokens.change_tokens,
        action=Action.TOKEN_CREATED,
    ),
)

_SUBMISSION = "/review/{person}/{number:int}/"

_REVIEWER = (
    Address(path="/review/", place=Place.DESK, show=queue.queue, roles=frozenset({Role.REVIEWER})),
    Address(
        path=_SUBMISSION,
        place=Place.REVIEW,
        show=submission.submission,
        change=deciding.decide,
        action=Action.REVIEWED,
    ),
    Address(path=f"{_SUBMISSION}site/{{path:path}}", place=Place.REVIEW, show=submission.site_page),
    Address(
        path=f"{_SUBMISSION}undo/",
        place=Place.REVIEW,
        change=deciding.undo_publication,
        action=Action.REVIEWED,
    ),
    Address(path=f"{_SUBMISSION}comment/", place=Place.REVIEW, change=deciding.comment),
    Address(path=f"{_SUBMISSION}note/", place=Place.REVIEW, change=deciding.note),
    Address(path=f"{_SUBMISSION}phrase/", place=Place.REVIEW, change=deciding.phrase),
    Address(
        path=f"{_SUBMISSION}suggest/{{key}}/",
        place=Place.REVIEW,
        show=deciding.suggesting,
        change=deciding.suggest,
    ),
    Address(
        path=f"{_SUBMISSION}picture/{{side}}/{{path:path}}",
        place=Place.REVIEW,
        show=submission.picture_of_side,
    ),
)

_SHARED = (
    Address(
        path="/review-of/{person}/site/{path:path}",
        place=Place.SHARED_REVIEW,
        show=reviewing.looked_at,
    ),
    Address(
        path="/review-of/{person}/{key}/",
        place=Place.SHARED_REVIEW,
        show=reviewing.reviewing,
        change=reviewing.review,
        action=Action.REVIEWED,
    ),
    Address(
        path="/reviews/{key}/",
        place=Place.EDIT,
        show=answering.answering,
        change=answering.answer,
    ),
)

_REGISTRAR = frozenset({Role.REGISTRAR})
_STAFF_ROLES = frozenset({Role.REVIEWER, Role.VERIFIER, Role.REGISTRAR, Role.AUDITOR})

_STAFF = (
    Address(path="/people/", place=Place.DESK, show=people.people, roles=_STAFF_ROLES),
    Address(path="/people/{person}/", place=Place.OVERVIEW, show=people.story),
    Address(path="/people/{person}/note/", place=Place.NOTE, change=people.note),
    Address(
        path="/people/{person}/consents/",
        place=Place.REGISTER,
        show=consents.consents,
        change=consents.change_consents,
    ),
    Address(
        path="/accounts/",
        place=Place.REGISTER,
        show=accounts.accounts,
        change=accounts.make_accounts,
        roles=_REGISTRAR,
    ),
    Address(
        path="/accounts/{account}/",
        place=Place.REGISTER,
        show=account.account,
        change=account.change_account,
        roles=_REGISTRAR,
    ),
    Address(path="/reports/", place=Place.REGISTER, show=reports.reports, roles=_REGISTRAR),
    Address(
        path="/reports/{person}/{number:int}/",
        place=Place.REGISTER,
        change=reports.settle,
        action=Action.REPORT_SETTLED,
    ),
    Address(
        path="/content/",
        place=Place.CONTENT,
        show=content.contents,
        change=content.begin_content,
        roles=_REGISTRAR,
    ),
    Address(
        path="/content/edit/{path:path}",
        place=Place.CONTENT,
        show=content.content,
        change=content.change_content,
        roles=_REGISTRAR,
    ),
    Address(
        path="/content/sent/{number:int}/",
        place=Place.CONTENT,
        show=content_sent.sent_content,
        change=content_sent.decide_content,
        roles=_REGISTRAR,
    ),
    Address(
        path="/announcements/",
        place=Place.CONTENT,
        show=announcements.announcements,
        change=announcements.end_announcement,
        action=Action.SUBMITTED,
        roles=_REGISTRAR,
    ),
    Address(
        path="/import/",
        place=Place.REGISTER,
        show=imports.importing,
        change=imports.imports,
        action=Action.IMPORTED,
        roles=_REGISTRAR,
    ),
    Address(
        path="/verify/",
        place=Place.DESK,
        show=verifying.queue,
        roles=frozenset({Role.VERIFIER}),
    ),
    Address(path="/verify/{person}/site/{path:path}", place=Place.VERIFY, show=verifying.looked_at),
    Address(
        path="/verify/{person}/{key}/",
        place=Place.VERIFY,
        show=verifying.verifying,
        change=verifying.verify,
        action=Action.VERIFIED,
    ),
)

ADDRESSES = (
    Address(path="/", place=Place.DESK, show=entrance, roles=frozenset(Role)),
    *_LISTENER,
    *_REST,
    *_REVIEWER,
    *_SHARED,
    *_STAFF,
)
