"""The lists at `/c/` and `/p/`: whose cabinet and whose portfolio somebody may open.

A listener is led from `/c/` to the own cabinet, a mere participant to the portfolios.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from starlette.requests import HTTPConnection

from academy.access import Place, Role, Rule, Visitor
from auth_proxy.addresses import Address, Area
from auth_proxy.answers import Refusals, redirect, with_slash
from auth_proxy.asking import Asking, Send
from auth_proxy.gate import Gate
from auth_proxy.screens.pages import Screens
from auth_proxy.screens.places import places_of
from auth_proxy.shelf import Shelf
from auth_proxy.ways_in import WaysIn, missing_step
from messages import catalogue

PLACES = {Area.CABINET: Place.CABINET, Area.SHARED: Place.SHARED_PORTFOLIO}
LISTS = {Area.CABINET: "cabinets", Area.SHARED: "portfolios"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A listener as the list shows them."""

    person: str
    title: str
    group: str
    group_title: str


@dataclass(frozen=True, slots=True)
class Cabinets:
    """The list of cabinets; `people` gives all listeners in the order of the list."""

    gate: Gate
    shelf: Shelf
    screens: Screens
    refusals: Refusals
    ways_in: WaysIn
    people: Callable[[], Sequence[Listed]]

    async def answer(self, asking: Asking, address: Address, send: Send) -> int:
        """Answer for the list; gives the status. Raises what `Personal.answer` does."""
        if address.is_bare:
            return await with_slash(asking, send)
        visitor = self.gate.standing(asking).visitor
        if rule := missing_step(visitor):
            if way := self.ways_in.way(asking, rule):
                return await redirect(send, way)
            return await self.refusals.send(asking, send, 401)
        if visitor is None or not visitor.roles:
            return await self.refusals.send(asking, send, 404)
        if address.area is Area.CABINET and visitor.roles == {Role.LISTENER}:
            return await redirect(send, f"/c/{visitor.account}/")
        if address.area is Area.CABINET and visitor.roles == {Role.PARTICIPANT}:
            return await redirect(send, "/p/")
        place = PLACES[address.area]
        judged = self.gate.judge(asking, place, visitor.account)
        shown = [one for one in self.people() if self._may_open(asking, place, one)]
        decision = replace(judged.decision, rule=Rule.PUBLIC, projection=None, is_allowed=True)
        await self.gate.record(asking, replace(judged, decision=decision, person=""), asking.path)
        return await self._send(asking, address.area, visitor, shown, send)

    def _may_open(self, asking: Asking, place: Place, one: Listed) -> bool:
        decision = self.gate.judge(asking, place, one.person).decision
        build = self.shelf.build(one.person)
        name = decision.projection.value if decision.projection else ""
        return decision.is_allowed and build is not None and name in build.projections

    async def _send(
        self,
        asking: Asking,
        area: Area,
        visitor: Visitor,
        shown: Sequence[Listed],
        send: Send,
    ) -> int:
        groups = [
            {"title": title, "people": list(people)}
            for title, people in groupby(shown, key=lambda one: one.group_title)
        ]
        request, name = HTTPConnection(asking.scope), LISTS[area]
        words = catalogue(self.screens.language(request))
        values = {
            "places": places_of(visitor.roles, f"/{area.value}/", words),
            "groups": groups,
            "door": area.value,
            "title": words.text(f"doors.title-{name}"),
            "lead": words.text(f"doors.{name}-lead"),
            "empty": words.text(f"doors.{name}-empty"),
            "empty_why": words.text(f"doors.{name}-empty-why"),
        }
        page = self.screens.page(request, "cabinets.html", values)
        headers = tuple((name.lower(), value) for name, value in page.raw_headers)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = b"" if asking.method == "HEAD" else page.body
        await send({"type": "http.response.body", "body": body})
        return 200
