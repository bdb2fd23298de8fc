"""Cabinets, shared portfolios and links for outsiders: decided, written down, delivered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from academy.access import Rule
from auth_proxy.addresses import Address, Area
from auth_proxy.answers import Refusals, redirect, with_slash
from auth_proxy.asking import Asking, Send
from auth_proxy.cabinets import PLACES
from auth_proxy.gate import Gate, Judged
from auth_proxy.headers import PERSONAL, UNINDEXED
from auth_proxy.replies import Moved, Replies, find
from auth_proxy.sending import send_reply
from auth_proxy.ways_in import WaysIn

_OWN = (PERSONAL,)
_LINK = (PERSONAL, UNINDEXED)


@dataclass(frozen=True, slots=True)
class Personal:
    """Answers with what is somebody's."""

    gate: Gate
    replies: Replies
    refusals: Refusals
    ways_in: WaysIn

    async def answer(self, asking: Asking, address: Address, send: Send) -> int:
        """Answer for an address of a person or of a link; gives the status.

        Raises `LedgerUnreadableError`, `NotRecordedError` and `OSError` before
        anything is sent, and `CutOffError` when the right ended on the way.
        """
        if address.is_bare:
            return await with_slash(asking, send)
        judge = self._judge(asking, address)
        judged = judge()
        if not judged.decision.is_allowed:
            return await self._refuse(asking, judged, address, send)
        build = self.replies.shelf.build(judged.person)
        found = find(build, judged.projection, address.rest) if build else None
        commit = build.commit if build else ""
        if build is None or found is None:
            await self.gate.record(asking, judged, address.rest, commit)
            return await self.refusals.send(asking, send, 404)
        if isinstance(found, Moved):
            await self.gate.record(asking, judged, address.rest, commit)
            return await with_slash(asking, send)
        more = _LINK if address.area is Area.LINK else _OWN
        reply = self.replies.reply(asking, build, found, more)
        await self.gate.record(asking, judged, found.name, commit)
        self.gate.note_use(judged.session, judged.at)
        await send_reply(asking, reply, send, _as_before(judge, judged))
        return reply.status

    def _judge(self, asking: Asking, address: Address) -> Callable[[], Judged]:
        if address.area is Area.LINK:
            return lambda: self.gate.judge_link(address.token)
        return lambda: self.gate.judge(asking, PLACES[address.area], address.person)

    async def _refuse(self, asking: Asking, judged: Judged, address: Address, send: Send) -> int:
        rule = judged.decision.rule
        await self.gate.record(asking, judged, address.rest)
        if way := self.ways_in.way(asking, rule):
            return await redirect(send, way)
        # To people who are not signed in every address is the same, there or not.
        status = 401 if rule is Rule.NOT_SIGNED_IN else 404
        return await self.refusals.send(asking, send, status)


def _as_before(judge: Callable[[], Judged], judged: Judged) -> Callable[[], bool]:
    """Whether the same may still be read; what cannot be read any more is no."""

    def ask() -> bool:
        try:
            now = judge()
        except Exception:  # noqa: BLE001 - whatever is wrong, it is not a yes
            return False
        return now.decision.is_allowed and now.projection == judged.projection

    return ask
