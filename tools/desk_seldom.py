"""What seldom happens at the desk, made to happen in a demo: for its pictures, and for tests.

One work of Olga's is changed in two ways, one of them published while the other waits; and a
change of the academy's content waits for the yes of a second person.
"""

from __future__ import annotations

from academy.access import Role
from academy.policy import ReviewMode
from academy.submission import Submission
from academy.submitting import Acting
from cabinet.commands.demo import MOMENT
from cabinet.office import ACADEMY, Office
from forge.merge_requests import Proposal, Ruling, Sending
from forge.port import MAIN
from tools.desk_screens import OLGA

_REVIEWER = Acting(account="s-4k7d", role=Role.REVIEWER.value, may_review=True)
_REGISTRAR = Acting(account="s-2n8b", role=Role.REGISTRAR.value, may_review=True)

_WORK = "works/poliv-na-sklone/index.md"
_ANNOUNCEMENT = "announcements/novaya-redaktsiya-pravil.md"


def make_happen(office: Office) -> None:
    """Change one work in two ways, and the academy's content in one."""
    listed = office.catalogue.by_external_id(OLGA)
    if listed is None:
        raise LookupError(OLGA)
    olga = Acting(account=listed.person, role=Role.LISTENER.value)
    _sent(office, listed.person, _WORK, "Весной я измерю уклон ещё раз.", olga)
    other = _sent(office, listed.person, _WORK, "Осенью лоток прошёл первую проверку.", olga)
    policy = office.academy().policy
    ruling = Ruling(head=other.head, policy=policy.version, two_people=policy.two_people)
    office.merge_requests.accept(listed.person, other.number, ruling, _REVIEWER, MOMENT)
    more = "Вопросы задавайте в понедельник на общем сборе."
    _sent(office, ACADEMY, _ANNOUNCEMENT, more, _REGISTRAR)


def _sent(office: Office, name: str, path: str, added: str, by: Acting) -> Submission:
    """Send a text with a paragraph more."""
    repositories, requests = office.repositories, office.merge_requests
    blob = repositories.tree(name, repositories.heads(name)[MAIN])[path]
    text = repositories.read(name, [blob.id])[blob.id].decode().rstrip("\n")
    proposal = Proposal(files={path: f"{text}\n\n{added}\n".encode()}, message=added)
    title = text.partition("title: ")[2].partition("\n")[0]
    opened = requests.open(name, title, proposal, by, MOMENT).submission
    if opened is None:
        raise LookupError(path)
    sending = Sending(
        declaration="1", mode=ReviewMode.BEFORE, policy=office.academy().policy.version
    )
    requests.submit(name, opened.number, opened.head, sending, by, MOMENT)
    return opened
