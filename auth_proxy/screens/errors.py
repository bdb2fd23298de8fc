"""Pages that say no: what is the matter, why it may be so, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from academy.door import pass_on
from auth_proxy.screens.pages import Screens
from messages import Catalogue, catalogue

STATUSES = frozenset({400, 403, 404, 405, 413, 429, 500, 502, 503})
"""Statuses that have words of their own; another one speaks as 400 or 500."""


def error_page(
    screens: Screens,
    request: HTTPConnection,
    status: int,
    *,
    wait: timedelta | None = None,
    trace: str = "",
) -> Response:
    """The page of an HTTP status; `trace` is a number that support can find in the log."""
    spoken = status if status in STATUSES else (500 if status >= 500 else 400)
    words = catalogue(screens.language(request))
    values = {"wait": wait_words(words, wait)} if spoken == 429 else {}
    page = {
        "heading": words.text(f"sign_in.error-{spoken}"),
        "reason": words.text(f"sign_in.error-{spoken}-why", **values),
        "way": {"address": "/", "title": words.text("sign_in.to-start")},
        "trace": trace,
        "other_language": None,
    }
    response = screens.page(request, "error.html", page, status=status)
    if wait is not None:
        response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def handlers(screens: Screens) -> Mapping[Any, ExceptionHandler]:
    """What an application answers to an address or a method that it does not have."""

    async def refused(request: Request, error: Exception) -> Response:
        return error_page(screens, request, getattr(error, "status_code", 400))

    return {HTTPException: refused, Exception: pass_on}


def failure_page(
    screens: Screens, request: HTTPConnection, reason: str, status: int = 400
) -> Response:
    """The page of a sign-in that did not work; `reason` is a key of the texts `failed-…`."""
    words = catalogue(screens.language(request))
    again = {"address": "/oauth2/sign-in", "title": words.text("sign_in.enter-again")}
    page = {
        "heading": words.text("sign_in.failed"),
        "reason": words.text(f"sign_in.{reason}"),
        "way": again,
        "trace": "",
        "other_language": None,
    }
    return screens.page(request, "error.html", page, status=status)


def wait_words(words: Catalogue, wait: timedelta | None) -> str:
    """How long to wait, as a sentence."""
    seconds = ceil((wait or timedelta()).total_seconds())
    if seconds <= 0:
        return ""
    if seconds < 90:
        return words.count("sign_in.wait-seconds", seconds)
    return words.count("sign_in.wait-minutes", ceil(seconds / 60))
