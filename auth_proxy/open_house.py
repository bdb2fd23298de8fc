"""Built sites for anyone on this machine, until there is sign-in: for looking, on loopback only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from academy.identifiers import is_person_id
from auth_proxy.delivery import Found, Moved, find, media_type
from sites.store import Sites

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PERSONAL = {"Cache-Control": "private, no-store"}
_IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}

_DOORS = {"c": "owner", "r": "responsible", "p": "participants"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A listener as the list of cabinets shows them."""

    person: str
    title: str
    group: str
    projections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the list of cabinets."""

    language: str
    title: str
    notice: str
    projections: dict[str, str]


ListPeople = Callable[[], Sequence[Visitor]]


def open_house(
    sites: Sites, assets: Path, theme: str, people: ListPeople, texts: Texts, public: str
) -> Starlette:
    """Make the application: `/` public pages, `/c/` cabinets, `/r/` and `/p/` the other sites.

    `assets` is the folder of assembled assets, `theme` the one of them in use,
    `public` the name under which the public pages are built.
    """

    async def personal(request: Request, door: str) -> Response:
        person = request.path_params["person"]
        manifest = sites.manifest(person) if is_person_id(person) else None
        if manifest is None:
            return _missing()
        projection = _DOORS[door]
        path = request.path_params.get("path", "")
        return _answer(request, find(sites, manifest, projection, path), _PERSONAL)

    async def bare(request: Request) -> Response:
        return _redirect(request)

    async def listing(_request: Request) -> Response:
        page = _listing(people(), texts, theme)
        return Response(page, media_type="text/html", headers=SECURITY_HEADERS | _PERSONAL)

    async def asset(request: Request) -> Response:
        digest, path = request.path_params["digest"], request.path_params["path"]
        file = known.get(f"{digest}/{path}")
        if file is None:
            return _missing()
        headers = SECURITY_HEADERS | _IMMUTABLE
        return FileResponse(file, media_type=media_type(path), headers=headers)

    async def public_page(request: Request) -> Response:
        manifest = sites.manifest(public)
        if manifest is None:
            return _missing()
        found = find(sites, manifest, public, request.path_params.get("path", ""))
        return _answer(request, found, {"Cache-Control": "no-cache"})

    known = {
        file.relative_to(assets).as_posix(): file for file in assets.rglob("*") if file.is_file()
    }
    return Starlette(
        routes=[
            Route("/c/", listing),
            Route("/assets/{digest}/{path:path}", asset),
            *(Route(f"/{door}/{{person}}", bare) for door in _DOORS),
            *(
                Route(f"/{door}/{{person}}/{{path:path}}", _at_door(door, personal))
                for door in _DOORS
            ),
            Route("/{path:path}", public_page),
        ]
    )


def _at_door(
    door: str, personal: Callable[[Request, str], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await personal(request, door)

    return answer


def _answer(request: Request, found: Found | Moved | None, caching: dict[str, str]) -> Response:
    if found is None:
        return _missing()
    if isinstance(found, Moved):
        return _redirect(request)
    headers = SECURITY_HEADERS | caching | {"ETag": f'"{found.digest}"'}
    if not found.is_shown:
        headers["Content-Disposition"] = "attachment"
    if not found.file.exists():
        return _missing()
    return FileResponse(found.file, media_type=found.media_type, headers=headers)


def _redirect(request: Request) -> Response:
    # The path alone, so that no host a client names ends up in the answer.
    path = "/" + request.url.path.strip("/") + "/"
    return RedirectResponse(path, status_code=308, headers=SECURITY_HEADERS | _PERSONAL)


def _missing() -> Response:
    return Response(
        "404\n", status_code=404, media_type="text/plain", headers=SECURITY_HEADERS | _PERSONAL
    )


def _listing(people: Sequence[Visitor], texts: Texts, theme: str) -> str:
    rows = "\n".join(
        f"<li><strong>{escape(one.title)}</strong> {escape(one.group)}<br>"
        + " · ".join(
            f'<a href="/{door}/{one.person}/">{escape(texts.projections[projection])}</a>'
            for door, projection in _DOORS.items()
            if projection in one.projections
        )
        + "</li>"
        for one in people
    )
    return (
        f'<!doctype html>\n<html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(texts.title)}</title>"
        f'<link rel="stylesheet" href="{theme}cabinet/tokens.css">'
        f'<link rel="stylesheet" href="{theme}cabinet/plain.css"></head>'
        f'<body class="p-plain"><main><h1>{escape(texts.title)}</h1>'
        f"<p>{escape(texts.notice)}</p><ul>{rows}</ul></main></body></html>\n"
    )
