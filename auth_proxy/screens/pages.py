"""Pages of the way in: a template, the words of a language, and headers that keep them private."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import Response

from auth_proxy.screens.language import language_of
from auth_proxy.sign_in.cookies import Cookie, Jar
from messages import LANGUAGES, catalogue

LANGUAGE = "lang"
"""The parameter of an address that chooses a language."""
_YEAR = 365 * 24 * 3600
_NAMES = {"ru": "По-русски", "en": "In English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What every page shows of the academy."""

    academy: str
    theme: str
    """The address of the theme's assets, with a slash at the end."""
    language: str = "ru"
    time_zone: str = "Europe/Moscow"


class Screens:
    """Makes the pages; `look` is asked each time, since the academy's content can change."""

    def __init__(self, templates: Path, look: Callable[[], Look], jar: Jar) -> None:
        self.look, self.jar = look, jar
        self._templates = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def language(self, request: HTTPConnection) -> str:
        """The language of the answer to a request."""
        chosen = request.query_params.get(LANGUAGE)
        if chosen not in LANGUAGES:
            chosen = self.jar.read(Cookie.LANGUAGE, request.scope["headers"])
        return language_of(chosen, request.headers.get("accept-language", ""), self.look().language)

    def chosen(self, request: HTTPConnection) -> str:
        """The value of `Set-Cookie` that keeps a language chosen by the address; "" for none."""
        chosen = request.query_params.get(LANGUAGE)
        return self.jar.set(Cookie.LANGUAGE, chosen, _YEAR) if chosen in LANGUAGES else ""

    def page(
        self,
        request: HTTPConnection,
        name: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        cookies: Iterable[str] = (),
        form_targets: Iterable[str] = (),
        is_again: bool = False,
    ) -> Response:
        """Answer with a page; `form_targets` are origins its form may lead to besides our own.

        `is_again` says that the address of a form that was sent gives the form when it is asked.
        """
        language = self.language(request)
        can_ask = is_again or request.scope.get("method") in ("GET", "HEAD")
        other = _other(request, language) if can_ask else None
        body = self.written(name, language, {"other_language": other, **values})
        response = answer(body, status, form_targets)
        if chosen := self.chosen(request):
            response.headers.append("Set-Cookie", chosen)
        for cookie in cookies:
            response.headers.append("Set-Cookie", cookie)
        return response

    def written(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Write a page in a language."""
        words, look = catalogue(language), self.look()
        return self._templates.get_template(name).render(
            {
                "language": language,
                "academy": look.academy,
                "theme": look.theme,
                "t": words.text,
                "n": words.count,
                **values,
            }
        )


def answer(body: str, status: int, form_targets: Iterable[str] = ()) -> Response:
    """A page with the headers that every page of the way in has."""
    forms = " ".join(("'self'", *form_targets))
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
        f"form-action {forms}; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Nobody else learns the address of a sign-in; and a form still says where it comes from,
        # which it would not with `no-referrer` (Fetch standard: Origin is then null).
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Accept-Language, Cookie",
    }
    return Response(body, status, headers, "text/html; charset=utf-8")


def _other(request: HTTPConnection, language: str) -> Mapping[str, str]:
    """The way to the same page in the other language."""
    code = next(one for one in LANGUAGES if one != language)
    query = parse_qsl(request.url.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if name != LANGUAGE]
    address = f"{request.scope['path']}?{urlencode([*kept, (LANGUAGE, code)])}"
    return {"code": code, "name": _NAMES[code], "address": address}
