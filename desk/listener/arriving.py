"""Large files from a browser, piece by piece: begun, gone on with where the line broke, forgotten.

The script of the forms asks here; each request is let in and written down like any other.
"""

from __future__ import annotations

import re
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from academy.issue import has_errors
from desk.forms.checking import problem_of
from desk.uploads import look_at_announced, stored_name
from desk.web.call import Call
from forge.arriving import Arrival, ArrivalMissingError
from forge.gate.limits import MIB
from forge.large.store import LargeRefusedError, OffsetError

NOT_FOUND = 404
CONFLICT = 409
REFUSED = 422
WRONG = 400

_SIZE = re.compile(r"[1-9][0-9]{0,15}")
_OFFSET = re.compile(r"0|[1-9][0-9]{0,15}")
_MARK = re.compile(r"[0-9a-f]{64}")
_START = re.compile(r"(?:[0-9a-f]{2}){0,64}")


def begin(call: Call) -> Response:
    """Begin a file that was announced, or tell where it stands when it is on its way already."""
    form = call.form
    size, mark, start = form.get("size"), form.get("mark"), form.get("start")
    is_read = _SIZE.fullmatch(size) and _MARK.fullmatch(mark) and _START.fullmatch(start)
    if not is_read or not form.get("name"):
        raise HTTPException(WRONG)
    name = stored_name(form.get("name"))
    issues = look_at_announced(name, int(size), bytes.fromhex(start))
    if has_errors(issues):
        problem = problem_of(issues[0], call.words)
        return _refused(f"{problem.what} {problem.fix}")
    arrivals = call.workplace.arrivals
    try:
        known = arrivals.begin(call.visitor.account, mark, name, int(size))
        tail = arrivals.tail(call.visitor.account, mark) if known.received else b""
    except LargeRefusedError as error:
        return _refused(_words_of(call, error))
    told = {"tail": sha256(tail).hexdigest(), "tail_size": len(tail)}
    return JSONResponse(_told(call, known) | told)


def where(call: Call) -> Response:
    """Tell how much of a file has come."""
    return JSONResponse(_told(call, _wanted(call)))


def take_piece(call: Call) -> Response:
    """Take the next piece of a file."""
    known, offset = _wanted(call), call.form.get("offset")
    if not _OFFSET.fullmatch(offset):
        raise HTTPException(WRONG)
    [piece] = call.form.uploads("piece")
    if not piece.content and known.received < known.size:
        raise HTTPException(WRONG)
    try:
        known = call.workplace.arrivals.append(
            call.visitor.account, known.id, int(offset), piece.content
        )
    except OffsetError:
        return JSONResponse(_told(call, _wanted(call)), status_code=CONFLICT)
    except LargeRefusedError as error:
        return _refused(_words_of(call, error))
    except ArrivalMissingError:
        raise HTTPException(NOT_FOUND) from None
    return JSONResponse(_told(call, known))


def forget(call: Call) -> Response:
    """Forget a file that is on its way."""
    call.workplace.arrivals.forget(call.visitor.account, _wanted(call).id)
    return JSONResponse({})


def _wanted(call: Call) -> Arrival:
    try:
        return call.workplace.arrivals.get(call.visitor.account, call.params["arrival"])
    except ArrivalMissingError:
        raise HTTPException(NOT_FOUND) from None


def _told(call: Call, known: Arrival) -> dict[str, object]:
    """Where a file stands; with the word of the session, which may be another one by now."""
    return {
        "id": known.id,
        "name": known.name,
        "received": known.received,
        "is_whole": known.pointer is not None,
        "csrf": call.door.csrf,
    }


def _words_of(call: Call, error: LargeRefusedError) -> str:
    limits = call.workplace.arrivals.limits
    return call.words.text(
        f"arriving-{error.reason}", single=limits.single // MIB, whole=limits.whole // MIB
    )


def _refused(words: str) -> Response:
    return JSONResponse({"refused": words}, status_code=REFUSED)
