"""What waits for a reviewer: their groups only, sent first comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.responses import Response

from catalogue.waiting import Waiting
from desk.web.call import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One submission in the queue."""

    waiting: Waiting
    who: str
    group: str
    days: int
    due: date
    is_late: bool

    @property
    def address(self) -> str:
        """The screen of the submission."""
        return _address(self.waiting.person, self.waiting.number)

    @property
    def since(self) -> datetime:
        """When it was sent."""
        return self.waiting.submitted or self.waiting.since


def queue(call: Call) -> Response:
    """Show what waits, all of it or one group."""
    lines = lines_of(call)
    groups = sorted({(line.waiting.group, line.group) for line in lines})
    wanted = call.query.get("group", "")
    return call.page(
        "review/queue.html",
        lines=[line for line in lines if not wanted or line.waiting.group == wanted],
        groups=groups,
        wanted=wanted,
    )


def lines_of(call: Call) -> list[Line]:
    """The queue of the visitor as it is now."""
    call.workplace.queue.refresh()
    return [_line(call, one) for one in _waiting(call)]


def _waiting(call: Call) -> list[Waiting]:
    """What waits by the index. What somebody wrote themselves waits for somebody else."""
    found = call.workplace.queue.for_review(call.visitor.groups)
    return [one for one in found if one.author != call.visitor.account]


def _line(call: Call, one: Waiting) -> Line:
    academy = call.workplace.academy()
    group, since = academy.group(one.group), one.submitted or one.since
    today = call.at.astimezone(ZoneInfo(academy.time_zone)).date()
    due = academy.policy.review_due(since).astimezone(ZoneInfo(academy.time_zone)).date()
    return Line(
        waiting=one,
        who=call.names.of(one.person),
        group=group.title if group else one.group,
        days=(call.at - since) // timedelta(days=1),
        due=due,
        is_late=due < today,
    )


def beside(call: Call, person: str, number: int) -> tuple[str, str]:
    """The addresses of the submissions before and after one in the queue; "" for none.

    Only this repository is looked at anew: of many others the index knows enough to go on.
    """
    call.workplace.queue.refresh_one(person)
    places = [(one.person, one.number) for one in _waiting(call)]
    if (person, number) not in places:
        return "", _address(*places[0]) if places else ""
    at = places.index((person, number))
    before = _address(*places[at - 1]) if at else ""
    after = _address(*places[at + 1]) if at + 1 < len(places) else ""
    return before, after


def _address(person: str, number: int) -> str:
    return f"/desk/review/{person}/{number}/"
