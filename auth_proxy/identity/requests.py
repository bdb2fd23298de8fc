"""Requests of the web, as the provider takes them."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from auth_proxy.identity.server import Answer, Asked, Pairs

_NOT_KEPT = {"Cache-Control": "no-store"}


def asked_of(request: Request, address: str, form: Pairs = ()) -> Asked:
    """Translate a request; `address` is where it was sent to, whatever its Host says."""
    names = {"authorization": "Authorization"}
    headers = {names.get(name, name): value for name, value in request.headers.items()}
    return Asked(request.method, address, headers, query_of(request), form)


def query_of(request: Request) -> Pairs:
    """The parameters of the address, also those that are there twice."""
    return parse_qsl(request.url.query, keep_blank_values=True)


def response_of(answer: Answer) -> Response:
    """Translate an answer."""
    if answer.location:
        return RedirectResponse(answer.location, 303, _NOT_KEPT)
    body = dict(answer.body) if isinstance(answer.body, dict | list) else {}
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
    return JSONResponse(body, answer.status, kept | _NOT_KEPT)


def source_of(request: Request) -> str:
    """The address a request comes from, as far as the server that took it can tell."""
    return request.client.host if request.client else ""
