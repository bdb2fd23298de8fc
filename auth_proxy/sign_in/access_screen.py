"""Who looked at my data: each person's own part of the record of access (152-FZ, clause 7.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from academy.audit import Action, AuditEntry
from auth_proxy.screens.places import places_of
from auth_proxy.sign_in.parts import PATH, Parts
from messages import Catalogue, catalogue
from messages.dates import day_in_words

LATELY = timedelta(days=90)
YEAR = timedelta(days=366)
MOST = 5000

_SHOWN = frozenset({Action.READ, Action.EXPORTED, Action.FETCHED})


@dataclass(frozen=True, slots=True)
class _Look:
    """One entry as it is shown: on which day, who, what, when."""

    day: date
    who: str
    role: str
    what: str
    time: str


class AccessScreen:
    """The endpoint with the list."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def access(self, request: Request) -> Response:
        """Show who looked, by day."""
        parts = self._parts
        account = parts.standing(request).account
        if account is None or account.is_blocked:
            return RedirectResponse(f"{PATH}/sign-in?return={PATH}/access", 303)
        words = catalogue(parts.screens.language(request))
        is_whole_year = request.query_params.get("period") == "year"
        since = parts.now() - (YEAR if is_whole_year else LATELY)
        entries: Iterable[AuditEntry] = ()
        if account.person:
            found = await run_in_threadpool(
                parts.ledger.audit.looks_at, account.person, since, MOST
            )
            shown = [one.entry for one in found if one.entry.action in _SHOWN]
            entries = sorted(shown, key=lambda entry: entry.moment, reverse=True)
        zone = ZoneInfo(parts.screens.look().time_zone)
        looks = [self._look(entry, zone, words) for entry in entries]
        values = {
            "places": places_of(account.roles, request.url.path, words),
            "days": _days(looks, words),
            "more": "" if is_whole_year else f"{PATH}/access?period=year",
        }
        return parts.screens.page(request, "access.html", values)

    def _look(self, entry: AuditEntry, zone: ZoneInfo, words: Catalogue) -> _Look:
        local = entry.moment.astimezone(zone)
        name = self._parts.name_of(entry.actor) if entry.actor else ""
        fallback = "access-somebody" if entry.actor else "access-stranger"
        key = f"sign_in.access-{entry.projection.partition('-')[0]}"
        return _Look(
            day=local.date(),
            who=name or words.text(f"sign_in.{fallback}"),
            role=_role(entry.role, words),
            what=words.text(key if words.has(key) else "sign_in.access-other"),
            time=f"{local:%H:%M}",
        )


def _days(looks: Iterable[_Look], words: Catalogue) -> list[Mapping[str, object]]:
    """The looks by day; what one person opened in one place stands on one line."""
    return [
        {"title": day_in_words(day, words.language), "entries": _lines(list(of_day), words)}
        for day, of_day in groupby(looks, key=lambda one: one.day)
    ]


def _lines(looks: list[_Look], words: Catalogue) -> list[Mapping[str, str]]:
    lines: dict[tuple[str, str, str], list[str]] = {}
    for one in looks:
        lines.setdefault((one.who, one.role, one.what), []).append(one.time)
    return [
        {
            "who": who,
            "role": role,
            "what": what,
            "when": times[0] if times[0] == times[-1] else f"{times[-1]}–{times[0]}",
            "often": words.count("sign_in.access-times", len(times)) if len(times) > 1 else "",
        }
        for (who, role, what), times in lines.items()
    ]


def _role(role: str, words: Catalogue) -> str:
    """The role somebody looked in, in words; several are named by the first."""
    key = f"domain.Role.{role.partition(',')[0]}"
    return words.text(key) if words.has(key) else ""
