"""Who may clone and push: personal tokens of the ledger, the access table, the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from academy.access import Decision, Place, Resource, Role, Rule, decide
from academy.account import Account
from academy.audit import Action, AuditEntry
from academy.identifiers import is_person_id
from academy.issue import Issue
from academy.submission import Submission
from academy.submitting import Acting
from administration.checking import submission_issues
from auth_proxy.asking import App, Receive, Scope, Send
from auth_proxy.knocks import Knocks
from auth_proxy.sending import CutOffError
from cabinet.office import Office
from cabinet.way_in import AcademyNow
from forge.transfer import doorkeeper
from forge.transfer.application import GitApplication
from forge.transfer.doorkeeper import Admitted, Knock, Turned
from forge.transfer.large import LargeApplication
from forge.transfer.pushing import Pushes
from forge.transfer.service import GitService
from ledger import Ledger
from ledger.standing import Owner, Standing
from messages import catalogue


@dataclass(frozen=True, slots=True)
class GitDoor:
    """The doorkeeper: it reads everything fresh, and what cannot be read or recorded is refused."""

    ledger: Ledger
    knocks: Knocks
    now: Callable[[], datetime]
    rules: Callable[[], str]

    def __call__(self, knock: Knock) -> Admitted | Turned:
        """Give who acts, or why nobody is let in."""
        at = self.now()
        if not is_person_id(knock.repository):
            return Turned.UNKNOWN
        standing, decision = self._judged(knock, at)
        visitor, owner = standing.visitor, standing.owner
        if visitor is None or standing.token is None or decision is None:
            self.knocks.record_now(_turned_away(knock, owner, at), knock.repository)
            return Turned.UNKNOWN
        self.ledger.audit.record_now(
            AuditEntry(
                moment=at,
                action=_action(knock),
                actor=visitor.account,
                role=Role.LISTENER.value,
                how=knock.client,
                person=owner.person if owner else "",
                is_allowed=decision.is_allowed,
                rule=decision.rule.value,
                details={"token": standing.token.id} | _unknown(knock, owner),
            )
        )
        self.ledger.tokens.use(standing.token, at)
        if not decision.is_allowed:
            return Turned.NOT_ALLOWED
        by = Acting(account=visitor.account, role=Role.LISTENER.value)
        return Admitted(by, lambda: self._is_still_in(knock))

    def _judged(self, knock: Knock, at: datetime) -> tuple[Standing, Decision | None]:
        """Decide about a knock; there is nothing to decide when the token opens nothing."""
        person = knock.repository
        standing = self.ledger.token_standing(knock.secret, person, at, self.rules())
        visitor, owner = standing.visitor, standing.owner
        if visitor is None or standing.token is None or not _is_own(knock, standing.account):
            return standing, None
        # A push is an edit: where the desk refuses one, Git does so too.
        place = Place.EDIT if knock.is_writing else Place.GIT
        closed = Resource(place=place, person=person, owner_is_open=False)
        return standing, decide(visitor, owner.resource(place) if owner else closed, at)

    def _is_still_in(self, knock: Knock) -> bool:
        """Whether the same may still go on; what cannot be read any more is no."""
        try:
            _, decision = self._judged(knock, self.now())
        except Exception:  # noqa: BLE001 - whatever is wrong, it is not a yes
            return False
        return decision is not None and decision.is_allowed


def _is_own(knock: Knock, account: Account | None) -> bool:
    """Whether the name that goes with a token is the name of whose token it is."""
    return account is not None and account.user_name == knock.user_name.strip().casefold()


def _action(knock: Knock) -> Action:
    return Action.PUSHED if knock.is_writing else Action.FETCHED


def _unknown(knock: Knock, owner: Owner | None) -> dict[str, str]:
    return {} if owner else {"unknown": knock.repository}


def _turned_away(knock: Knock, owner: Owner | None, at: datetime) -> AuditEntry:
    return AuditEntry(
        moment=at,
        action=_action(knock),
        how=knock.client,
        person=owner.person if owner else "",
        is_allowed=False,
        rule=Rule.NOT_SIGNED_IN.value,
        details=_unknown(knock, owner),
    )


def _wrong_in(office: Office, submission: Submission) -> tuple[Issue, ...]:
    """What is wrong in a submission that was pushed; without readable content nothing is told."""
    academy = office.content().academy
    return submission_issues(office.repositories, academy, submission) if academy else ()


def git_application(
    office: Office, academy: AcademyNow, knocks: Knocks, now: Callable[[], datetime]
) -> App:
    """Git and Git LFS over HTTP; `now` is the clock of the record and of submissions."""
    content = academy.content().academy
    office.home.incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    door = GitDoor(office.ledger, knocks, now, lambda: academy.rules().version)
    service = GitService(
        GitApplication(
            office.repositories,
            Pushes(office.repositories, office.merge_requests, partial(_wrong_in, office)),
            door,
            catalogue(content.language if content else "ru"),
            now=now,
            workplace=office.home.incoming,
        ),
        LargeApplication(office.large_files, door),
    )

    async def git(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await service(dict(scope), receive, send)  # type: ignore[arg-type]
        except doorkeeper.CutOffError as error:
            raise CutOffError from error

    return git
