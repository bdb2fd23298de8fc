"""The passage to other services behind the door: for those who are signed in and admitted."""

from __future__ import annotations

from dataclasses import dataclass

from academy.access import Place, Resource, Visitor, decide
from auth_proxy.answers import Refusals, redirect
from auth_proxy.asking import Asking, Receive, Send
from auth_proxy.gate import Gate
from auth_proxy.upstreams import Upstream, Upstreams
from auth_proxy.ways_in import WaysIn, missing_step

_SERVICE = Resource(place=Place.UPSTREAM)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lets requests pass to upstreams, and asks again while an answer is under way."""

    gate: Gate
    upstreams: Upstreams
    refusals: Refusals
    ways_in: WaysIn

    def takes(self, path: str) -> bool:
        """Tell whether a path is an upstream's."""
        return self.upstreams.of(path) is not None

    async def answer(self, asking: Asking, receive: Receive, send: Send) -> int:
        """Let an upstream answer; gives the status.

        Raises `LedgerUnreadableError` and what `Upstreams.answer` raises.
        """
        upstream = self.upstreams.of(asking.path)
        standing = self.gate.standing(asking)
        visitor = standing.visitor
        if rule := missing_step(visitor):
            if way := self.ways_in.way(asking, rule):
                return await redirect(send, way)
            return await self.refusals.send(asking, send, 401)
        if upstream is None or visitor is None or not self._admits(upstream, visitor):
            return await self.refusals.send(asking, send, 404)
        self.gate.note_use(standing.session, self.gate.now())
        return await self.upstreams.answer(
            asking, upstream, visitor, receive, send, lambda: self._still(asking, upstream)
        )

    def _admits(self, upstream: Upstream, visitor: Visitor | None) -> bool:
        decision = decide(visitor, _SERVICE, self.gate.now())
        return visitor is not None and decision.is_allowed and upstream.admits(visitor)

    def _still(self, asking: Asking, upstream: Upstream) -> bool:
        try:
            return self._admits(upstream, self.gate.standing(asking).visitor)
        except Exception:  # noqa: BLE001 - whatever is wrong, it is not a yes
            return False
