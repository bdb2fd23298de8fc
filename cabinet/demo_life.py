"""What the listeners of the demo did lately: sent, published, had returned.

It goes the way that everything goes from the desk, so that queues, overviews and stories have
something to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from academy.access import Role
from academy.policy import Policy
from academy.submitting import Acting, review_mode
from cabinet.office import Office, files_below
from forge.merge_requests import Proposal, Remark, Ruling, Sending

_REVIEWER = Acting(account="s-4k7d", role=Role.REVIEWER.value, may_review=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something a listener sent. `place` is a file or folder on `main`.

    What lies below `sent/` of the listener's folder is new; anything else is held back from
    what is published from the start. With `returned` the reviewer has answered, at `answered`.
    """

    listener: str
    place: str
    title: str
    at: str
    note: str = ""
    returned: str = ""
    answered: str = ""


DEEDS = (
    Deed(
        listener="AL-2026-0011",
        place="reflections/uchitsya-kogda-deti-spyat.md",
        title="Как я учусь, когда дети спят",
        at="2026-11-21T22:15:00+03:00",
    ),
    Deed(
        listener="AL-2026-0012",
        place="works/dorozhka-vdol-drenazha",
        title="Дорожка вдоль дренажа",
        at="2026-11-20T19:30:00+03:00",
        note="Посмотрите уклон: не пойдёт ли вода под фундамент?",
    ),
    Deed(
        listener="AL-2026-0013",
        place="works/a-bench-in-the-bank",
        title="A bench in the bank",
        at="2026-11-12T18:05:00+03:00",
        returned="Скамья хороша. Приложите разрез: куда уходит вода из-за стены?",
        answered="2026-11-16T11:40:00+03:00",
    ),
    Deed(
        listener="AL-2026-0041",
        place="reflections/trinadtsat-iz-chetyrnadtsati.md",
        title="Тринадцать из четырнадцати",
        at="2026-11-23T19:40:00+03:00",
    ),
    Deed(
        listener="AL-2026-0061",
        place="reflections/bez-telefona.md",
        title="Час без телефона",
        at="2026-10-26T21:10:00+03:00",
    ),
    Deed(
        listener="AL-2026-0062",
        place="reflections/poka-ne-kontrakt.md",
        title="Пока не контракт",
        at="2026-11-06T07:50:00+03:00",
    ),
    Deed(
        listener="AL-2026-0063",
        place="reflections/tihiy-zal.md",
        title="Тихий зал",
        at="2026-11-03T16:30:00+03:00",
    ),
)


def held_back(listener: str) -> frozenset[str]:
    """The files of a listener that are not published from the start."""
    return frozenset(one.place for one in DEEDS if one.listener == listener)


def live(office: Office, demo: Path) -> None:
    """Let the listeners do what they did; `demo` is the folder with their portfolios."""
    policy = office.academy().policy
    for deed in DEEDS:
        listed = office.catalogue.by_external_id(deed.listener)
        # An interrupted demo is made on, and nobody does a thing twice.
        if listed is not None and not office.merge_requests.all(listed.person):
            _do(office, deed, listed.person, demo / deed.listener, policy)


def _do(office: Office, deed: Deed, person: str, folder: Path, policy: Policy) -> None:
    requests, at = office.merge_requests, datetime.fromisoformat(deed.at)
    author = Acting(account=person, role=Role.LISTENER.value)
    files = _files(deed, folder)
    opened = requests.open(person, deed.title, Proposal(files=files), author, at).submission
    if opened is None:
        return
    sending = Sending(
        declaration="1",
        mode=review_mode(files, policy),
        policy=policy.version,
        note=deed.note,
    )
    requests.submit(person, opened.number, opened.head, sending, author, at)
    if deed.returned:
        ruling = Ruling(head=opened.head, policy=policy.version, two_people=policy.two_people)
        remark, answered = Remark(text=deed.returned), datetime.fromisoformat(deed.answered)
        requests.send_back(person, opened.number, ruling, remark, _REVIEWER, answered)


def _files(deed: Deed, folder: Path) -> dict[str, bytes]:
    for branch in ("sent", "main"):
        whole = files_below(folder / branch)
        found = {path: one for path, one in whole.items() if path.startswith(deed.place)}
        if found:
            return found
    raise FileNotFoundError(f"{folder}: {deed.place}")
