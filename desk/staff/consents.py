"""Written consents of a listener (clause 7.2): registered, shown, withdrawn with effect at once."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256

from starlette.responses import Response

from academy.access import Role, Rule
from academy.consent import Consent, Purpose, destruction_due, purposes_in_force
from administration.consents import ConsentDesk, ConsentWrongError
from desk.forms.filled import tidy
from desk.web.call import Call
from forge.port import StaleHeadError
from formats.dates import parse_day
from messages import catalogue

CONFLICT = 409
WRONG = 422
_NUMBERED = re.compile(r"c-([0-9]{1,6})")


def consents(call: Call) -> Response:
    """Show the consents of a listener, and the form of a new one."""
    return _page(call)


def change_consents(call: Call) -> Response:
    """Register a consent, or withdraw one; the cabinet follows at once."""
    person = call.params["person"]
    try:
        if withdrawn := call.form.get("withdraw"):
            _desk(call).withdraw(person, withdrawn, call.at)
            said = "consent-withdrawn"
        else:
            consent = _filled(call)
            if isinstance(consent, str):
                return _page(call, status=WRONG, problem=consent)
            _desk(call).register(person, consent, call.at)
            said = "consent-registered"
    except ConsentWrongError as error:
        return _page(call, status=WRONG, problem=str(error))
    except StaleHeadError:
        return _page(call, status=CONFLICT, problem="content-changed")
    call.workplace.publish(person)
    return call.go(call.path, said)


def _desk(call: Call) -> ConsentDesk:
    workplace = call.workplace
    clerk = call.clerk(Role.REGISTRAR, Rule.REGISTRAR)
    words = catalogue(workplace.academy().language)
    return ConsentDesk(workplace.ledger, workplace.repositories, clerk, words)


def _filled(call: Call) -> Consent | str:
    """Read the form: a consent, or the key of what is wrong. The document itself is not kept."""
    given = call.form
    signed, version = parse_day(given.get("signed")), tidy(given.get("version"))[:40]
    if signed is None:
        return "consent-without-day"
    if not version:
        return "consent-without-version"
    documents = given.uploads("document")
    ticked = given.lists.get("purposes", ())
    return Consent(
        id=tidy(given.get("number")) or _free_number(call),
        purposes=tuple(one for one in Purpose if one.value in ticked),
        version=version,
        signed=signed,
        registered=call.at,
        registered_by="",
        digest=sha256(documents[0].content).hexdigest() if documents else None,
    )


def _free_number(call: Call) -> str:
    """The number after the last, of those that are numbered in this way."""
    matches = (_NUMBERED.fullmatch(one.id) for one in _known(call))
    return f"c-{max((int(match[1]) for match in matches if match), default=0) + 1}"


def _known(call: Call) -> tuple[Consent, ...]:
    return call.workplace.ledger.consents.of(call.params["person"])


def _page(call: Call, *, status: int = 200, problem: str = "") -> Response:
    known = _known(call)
    due: date | None = destruction_due(known, call.at)
    in_force = purposes_in_force(known, call.at)
    return call.page(
        "staff/consents.html",
        status=status,
        problem=problem,
        person=call.params["person"],
        who=call.names.of(call.params["person"]),
        consents=known,
        in_force=[one for one in Purpose if one in in_force],
        due=due,
        purposes=list(Purpose),
        number=call.form.get("number") or _free_number(call),
        typed=call.form.fields if problem else {},
        ticked=call.form.lists.get("purposes", ()) if problem else (),
        version=call.form.get("version") or _last_version(known),
        names=call.names,
    )


def _last_version(known: tuple[Consent, ...]) -> str:
    return known[-1].version if known else ""
