"""Where the desk begins: each role at its own first screen."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk.web.call import Call

NOT_FOUND = 404


def entrance(call: Call) -> Response:
    """Go on to the first place of the menu."""
    if not call.places:
        raise HTTPException(NOT_FOUND)
    return call.go(call.places[0].address)
