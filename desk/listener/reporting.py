"""Reporting that data of the academy are wrong, and reading what was answered."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.report import ReportTopic
from desk.forms.filled import tidy_body
from desk.web.call import Call
from ledger.reports import TooManyReportsError

NOT_FOUND = 404
WRONG = 422
TEXT_LIMIT = 4000
MOST_WAITING = 20
"""As many reports of one person wait at most: they are for people to read."""


def reporting(call: Call) -> Response:
    """Ask what is wrong; show what was reported before."""
    return _page(call, _topic(call))


def report(call: Call) -> Response:
    """Keep a report."""
    topic = _topic(call)
    chosen = call.form.get("topic")
    topic = next((one for one in ReportTopic if one.value == chosen), topic)
    text = tidy_body(call.form.get("text")).strip()[:TEXT_LIMIT]
    if not text:
        return _page(call, topic, problem="report-needs-words")
    reports = call.workplace.ledger.reports
    try:
        reports.add(call.visitor.account, topic, text, call.at, MOST_WAITING)
    except TooManyReportsError:
        return _page(call, topic, problem="report-too-many", typed=text)
    return call.go(f"/desk/report/{topic.value}/", "reported", "reports")


def _topic(call: Call) -> ReportTopic:
    found = next((one for one in ReportTopic if one.value == call.params["topic"]), None)
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found


def _page(call: Call, topic: ReportTopic, *, problem: str = "", typed: str = "") -> Response:
    return call.page(
        "report.html",
        status=WRONG if problem else 200,
        topic=topic,
        topics=list(ReportTopic),
        problem=problem,
        typed=typed,
        limit=TEXT_LIMIT,
        reports=call.workplace.ledger.reports.of(call.visitor.account),
        person=call.visitor.account,
        address=_address(call, topic),
    )


def _address(call: Call, topic: ReportTopic) -> str:
    """The mail address of those who answer for such data, or of the support."""
    academy = call.workplace.academy()
    listed = call.workplace.people.by_person(call.visitor.account)
    card = listed.card if listed else None
    named = card.department if card else None
    if card and (topic is ReportTopic.STUDY or named is None):
        programme = academy.programme(card.programme)
        named = programme.department if programme else named
    department = academy.department(named)
    return department.email if department else academy.support.email
