"""The way in: one ASGI application, without a framework between a request and its decision."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from secrets import token_hex

from auth_proxy.addresses import Address, Area, address_of
from auth_proxy.answers import Refusals, empty, redirect
from auth_proxy.asking import App, Asking, Message, Receive, Scope, Send
from auth_proxy.cabinets import Cabinets
from auth_proxy.entrance import Entrance
from auth_proxy.gate import NotRecordedError
from auth_proxy.headers import PAGE, PERSONAL, STRICT_TRANSPORT
from auth_proxy.inside import Inside
from auth_proxy.measures import Measures
from auth_proxy.passage import Passage
from auth_proxy.paths import canonical
from auth_proxy.personal import Personal
from auth_proxy.public import Assets, PublicPages
from auth_proxy.sending import CutOffError
from auth_proxy.upstreams import TooLargeError, UpstreamFailedError
from ledger.audit.writer import AuditUnwritableError
from ledger.database import LedgerUnwritableError
from ledger.standing import LedgerUnreadableError

LOG = logging.getLogger("cabinet.doors")

_READ_ONLY = frozenset({Area.PUBLIC, Area.CABINET, Area.SHARED, Area.LINK, Area.ASSETS})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

Lifetime = Callable[[], AbstractAsyncContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The parts of the way in. `apps` are applications of this process by their area."""

    entrance: Entrance
    personal: Personal
    cabinets: Cabinets
    public: PublicPages
    assets: Assets
    inside: Inside
    apps: Mapping[Area, App]
    passage: Passage
    refusals: Refusals
    measures: Measures
    lifetimes: tuple[Lifetime, ...] = ()


class Application:
    """The application that the server runs."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or live as long as the server does."""
        if scope["type"] == "http":
            began = time.perf_counter()
            asking = Asking(scope, receive)
            sending = _Sending(send)
            area, status = await self._guarded(asking, receive, sending)
            self._house.measures.note(area, status, time.perf_counter() - began)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _guarded(
        self, asking: Asking, receive: Receive, sending: _Sending
    ) -> tuple[str, int]:
        """Answer, whatever goes wrong; what nobody foresaw gets a number to find it by."""
        house = self._house
        try:
            return await self._answer(asking, receive, sending)
        except CutOffError:
            # An answer that ends without its end is closed by the server.
            house.measures.cut_off.inc()
            return "public", 200
        except LedgerUnreadableError:
            house.measures.unreadable.inc()
            status, trace = 503, ""
        except LedgerUnwritableError:
            house.measures.unwritable.inc()
            LOG.exception("the ledger cannot be written")
            status, trace = 503, ""
        except (NotRecordedError, AuditUnwritableError):
            house.measures.unrecorded.inc()
            LOG.exception("the record of access cannot be written")
            status, trace = 503, ""
        except TooLargeError:
            status, trace = 413, ""
        except UpstreamFailedError as error:
            LOG.warning("an upstream failed: %s", error)
            status, trace = 502, ""
        except Exception:
            status, trace = 500, token_hex(4)
            LOG.exception("%s", trace)
        if not sending.has_begun:
            await house.refusals.send(asking, sending.send, status, trace)
        return "public", status

    async def _answer(self, asking: Asking, receive: Receive, sending: _Sending) -> tuple[str, int]:
        house, send = self._house, sending.send
        asking.client = house.entrance.client(asking)
        sending.is_secure = asking.client.is_secure
        if (elsewhere := house.entrance.elsewhere(asking)) is not None:
            status = await (redirect(send, elsewhere, 308) if elsewhere else _misled(send))
            return "public", status
        path = canonical(asking.raw_path)
        address = address_of(path) if path is not None else None
        if path is None or address is None:
            return "public", await house.refusals.send(asking, send, 404)
        asking.path = path
        area = address.area.name.lower()
        if asking.method not in _METHODS or (
            not asking.is_reading and address.area in _READ_ONLY and not house.passage.takes(path)
        ):
            return area, await house.refusals.send(asking, send, 405)
        if not house.entrance.is_from_here(asking):
            return area, await house.refusals.send(asking, send, 403)
        if house.passage.takes(path):
            return "upstream", await house.passage.answer(asking, receive, send)
        return area, await self._inside(asking, address, receive, send)

    async def _inside(self, asking: Asking, address: Address, receive: Receive, send: Send) -> int:
        house, area = self._house, address.area
        if area in (Area.CABINET, Area.SHARED) and not address.person:
            return await house.cabinets.answer(asking, address, send)
        if area is Area.LINK or address.person:
            return await house.personal.answer(asking, address, send)
        if area is Area.ASSETS:
            return await house.assets.answer(asking, address, send)
        if area is Area.PUBLIC:
            return await house.public.answer(asking, address, send)
        app = house.apps.get(area)
        if app is None:
            return await house.refusals.send(asking, send, 404)
        return await house.inside.answer(asking, address, app, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with AsyncExitStack() as stack:
            try:
                for lifetime in self._house.lifetimes:
                    await stack.enter_async_context(lifetime())
            except Exception as error:
                LOG.exception("cannot start")
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})


class _Sending:
    """What is sent: whether it has begun, and that TLS stays TLS (RFC 6797)."""

    __slots__ = ("_send", "has_begun", "is_secure")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False
        self.is_secure = False

    async def send(self, message: Message) -> None:
        """Send a message on."""
        if not self.has_begun:
            self.has_begun = True
            if self.is_secure:
                message = {**message, "headers": (*message["headers"], STRICT_TRANSPORT)}
        await self._send(message)


async def _misled(send: Send) -> int:
    """Answer a request that was meant for another host (RFC 9110, 15.5.20)."""
    return await empty(send, 421, (*PAGE, PERSONAL, (b"content-length", b"0")))
