"""Wiring of the way in: the gate, the sign-in, the desk and Git behind one address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from auth_proxy.addresses import Area
from auth_proxy.application import Application
from auth_proxy.asking import App
from auth_proxy.cabinets import Listed
from auth_proxy.forwarded import TrustedProxies
from auth_proxy.knocks import Knocks
from auth_proxy.measures import Measures
from auth_proxy.operations import Operations
from auth_proxy.premises import Premises, make_application
from cabinet.doors_file import DoorSettings
from cabinet.git_door import git_application
from cabinet.office import Office
from cabinet.session import Session, title
from cabinet.way_in import AcademyNow, make_screens, make_way_in
from cabinet.workbench import workplace_of
from desk.application import desk
from generator.public import PUBLIC

_PATIENCE_SECONDS = 5.0
"""For the record of access to be written, before it counts as unwritable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The way in, and what those who run it look at."""

    application: Application
    operations: Operations


def make_doors(session: Session, settings: DoorSettings, address: str) -> Doors:
    """Put the way in together for one canonical address. Raises `NotReadyError`."""
    office = session.office
    now = session.clock
    academy = AcademyNow(office)
    screens = make_screens(academy, address)
    knocks = Knocks(office.ledger.audit)
    way_in = make_way_in(office, office.ledger, screens, academy, address, now, knocks)
    apps: dict[Area, App] = {
        Area.SIGN_IN: way_in.oauth2,
        Area.DESK: desk(replace(workplace_of(office, office.ledger, now), address=address)),
        Area.GIT: git_application(office, academy, knocks, now),
    }
    if way_in.identity is not None:
        apps[Area.PROVIDER] = way_in.identity
    measures = Measures()
    application = make_application(
        Premises(
            address=address,
            ledger=office.ledger,
            sites=office.sites,
            assets=office.home.assets,
            public=PUBLIC,
            screens=screens,
            now=now,
            rules=lambda: academy.rules().version,
            people=lambda: _people(office, academy),
            apps=apps,
            upstreams=settings.upstreams,
            proxies=TrustedProxies(settings.trusted_proxies),
            accelerated=settings.accelerated,
            lifetimes=(way_in.lifetime,),
            measures=measures,
            knocks=knocks,
        )
    )
    return Doors(
        application=application, operations=Operations(measures, lambda: _faults(office, now))
    )


def _people(office: Office, academy: AcademyNow) -> list[Listed]:
    """The listeners, by group and name."""
    content = academy.content().academy
    titles: Mapping[str, str] = {one.id: one.title for one in content.groups} if content else {}
    found = [
        Listed(
            person=one.person,
            title=title(one),
            group=one.card.group,
            group_title=titles.get(one.card.group, one.card.group),
        )
        for one in office.catalogue.listeners()
        if one.card
    ]
    return sorted(found, key=lambda one: (one.group_title, one.title))


def _faults(office: Office, now: Callable[[], datetime]) -> list[str]:
    """What keeps the house from serving. Of ledger and record everything is tried, once each."""
    ledger, found = office.ledger, []
    for name, attempt in (
        ("ledger", lambda: ledger.standing(None, None, now())),
        ("ledger, writing", ledger.database.rehearse),
        ("record of access", lambda: ledger.audit.rehearse(_PATIENCE_SECONDS)),
    ):
        try:
            attempt()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, we are not ready
            found.append(f"{name}: {type(error).__name__}")
    if office.sites.manifest(PUBLIC) is None:
        found.append("public pages: not built")
    return found
