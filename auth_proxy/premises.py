"""The parts of the way in, put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from auth_proxy.addresses import Area
from auth_proxy.answers import Refusals
from auth_proxy.application import Application, House, Lifetime
from auth_proxy.asking import App
from auth_proxy.cabinets import Cabinets, Listed
from auth_proxy.entrance import Entrance
from auth_proxy.forwarded import TrustedProxies
from auth_proxy.gate import Gate
from auth_proxy.inside import Inside
from auth_proxy.knocks import Knocks
from auth_proxy.measures import Measures
from auth_proxy.passage import Passage
from auth_proxy.personal import Personal
from auth_proxy.public import Assets, PublicPages
from auth_proxy.replies import Replies
from auth_proxy.screens.pages import Screens
from auth_proxy.shelf import Shelf
from auth_proxy.upstreams import Upstream, Upstreams
from auth_proxy.ways_in import WaysIn
from ledger.opening import Ledger
from sites.store import Sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """What the way in is made of.

    `address` is the one canonical address; `rules` gives the version of the
    rules of use in force, `people` the listeners for the list of cabinets;
    `apps` answer for areas of their own; `accelerated` is the internal address
    under which nginx in front has the folder of sites, if it is to send files;
    `knocks` are those that an application shares with the door.
    """

    address: str
    ledger: Ledger
    sites: Sites
    assets: Path
    public: str
    screens: Screens
    now: Callable[[], datetime]
    rules: Callable[[], str]
    people: Callable[[], Sequence[Listed]]
    apps: Mapping[Area, App] = field(default_factory=dict)
    upstreams: tuple[Upstream, ...] = ()
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
    accelerated: str | None = None
    lifetimes: tuple[Lifetime, ...] = ()
    measures: Measures = field(default_factory=Measures)
    knocks: Knocks | None = None


def make_application(premises: Premises) -> Application:
    """Put the way in together."""
    screens = premises.screens
    entrance = Entrance(premises.address, premises.proxies)
    knocks = premises.knocks or Knocks(premises.ledger.audit)
    gate = Gate(premises.ledger, screens.jar, premises.now, premises.rules, knocks)
    shelf, refusals, ways_in = Shelf(premises.sites), Refusals(screens), WaysIn()
    upstreams = Upstreams(premises.upstreams, entrance.host)
    return Application(
        House(
            entrance=entrance,
            personal=Personal(gate, Replies(shelf, premises.accelerated), refusals, ways_in),
            cabinets=Cabinets(gate, shelf, screens, refusals, ways_in, premises.people),
            # Public pages are few and small, and need no help to be sent.
            public=PublicPages(premises.public, Replies(shelf), refusals),
            assets=Assets(premises.assets, refusals),
            inside=Inside(gate, screens, refusals, ways_in),
            apps=premises.apps,
            passage=Passage(gate, upstreams, refusals, ways_in),
            refusals=refusals,
            measures=premises.measures,
            lifetimes=(
                *premises.lifetimes,
                upstreams.connections,
                partial(knocks.lifetime, premises.now),
            ),
        )
    )
