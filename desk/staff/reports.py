"""Reports of errors in data of the academy: what waits, an answer, what was answered last."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.access import Place, decide
from academy.report import Report
from desk.forms.filled import tidy_body
from desk.web.call import Call

NOT_FOUND = 404
ANSWER_LIMIT = 4000
MOST_SETTLED = 50


def reports(call: Call) -> Response:
    """Show what waits for an answer, the longest waiting first, and what was answered."""
    kept = call.workplace.ledger.reports
    return call.page(
        "staff/reports.html",
        waiting=waiting_for(call),
        settled=[one for one in kept.settled(MOST_SETTLED) if _may_answer(call, one)],
        most=MOST_SETTLED,
        limit=ANSWER_LIMIT,
        names=call.names,
    )


def settle(call: Call) -> Response:
    """Answer a report; it waits no longer."""
    person, number = call.params["person"], int(call.params["number"])
    kept = call.workplace.ledger.reports
    if number not in {one.id for one in kept.of(person)}:
        raise HTTPException(NOT_FOUND)
    answer = tidy_body(call.form.get("answer")).strip()[:ANSWER_LIMIT]
    if not answer:
        return call.go("/desk/reports/", "nothing-said", f"report-{number}")
    is_first = kept.settle(person, number, call.visitor.account, answer, call.at)
    return call.go("/desk/reports/", "report-settled" if is_first else "report-settled-before")


def waiting_for(call: Call) -> list[Report]:
    """The reports that the visitor may answer: whoever studies here leaves their own to others."""
    return [one for one in call.workplace.ledger.reports.waiting() if _may_answer(call, one)]


def _may_answer(call: Call, report: Report) -> bool:
    owner = call.workplace.ledger.standing(None, report.person, call.at).owner
    if owner is None:
        return False
    return decide(call.visitor, owner.resource(Place.REGISTER), call.at).is_allowed
