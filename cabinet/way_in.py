"""Wiring of the way in: the academy's content and records, as signing in needs them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from academy.account import Account
from auth_proxy.identity.claims import Description
from auth_proxy.knocks import Knocks
from auth_proxy.screens.pages import Look, Screens
from auth_proxy.sign_in.assembling import Surroundings, WayIn
from auth_proxy.sign_in.cookies import Jar
from cabinet.office import Content, Office
from cabinet.settings import PROGRAM
from cabinet.sign_in_file import read_sign_in_file
from formats.rules_of_use import RulesOfUse, read_rules_of_use
from ledger import Ledger

LOOK_EVERY = 1.0
"""Seconds between two looks at the head of the academy's repository."""

TEMPLATES = PROGRAM / "site_templates" / "sign_in"


class AcademyNow:
    """The academy's content at its head, read again when the head has moved."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._content: Content = office.content()
        self._rules = _rules(self._content)
        self._looked = time.monotonic()

    def content(self) -> Content:
        """The content as it is now; what cannot be read any more leaves the last that could."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return self._content
        self._looked = time.monotonic()
        if self._office.academy_commit() != self._content.commit:
            content = self._office.content()
            if content.academy is None:
                return self._content
            self._content, self._rules = content, _rules(content)
        return self._content

    def rules(self) -> RulesOfUse:
        """The rules of use in force."""
        self.content()
        return self._rules

    def look(self) -> Look:
        """What every page of the way in shows of the academy."""
        academy = self.content().academy
        theme = self._office.workshop.theme.address
        if academy is None:
            return Look(academy="", theme=theme)
        return Look(
            academy=academy.short_name,
            theme=theme,
            language=academy.language,
            time_zone=academy.time_zone,
        )

    def describe(self, account: Account) -> Description:
        """What the records say of the person behind an account."""
        if account.person is not None:
            listed = self._office.catalogue.by_person(account.person)
            if listed is None or listed.card is None:
                return Description()
            card = listed.card
            return Description(name=card.full_name, mailbox=card.mailbox or "", group=card.group)
        academy = self.content().academy
        employee = academy.employee(account.id) if academy else None
        return Description(
            name=employee.name if employee else "",
            mailbox=(employee.email or "") if employee else "",
        )


def make_screens(now: AcademyNow, address: str) -> Screens:
    """The pages of the way in at an address."""
    return Screens(TEMPLATES, now.look, Jar(is_secure=address.startswith("https://")))


def make_way_in(
    office: Office,
    ledger: Ledger,
    screens: Screens,
    academy: AcademyNow,
    address: str,
    clock: Callable[[], datetime],
    knocks: Knocks,
) -> WayIn:
    """The relying party and the provider of one home, at `address`. Raises `NotReadyError`."""
    around = Surroundings(
        address=address,
        ledger=ledger,
        screens=screens,
        rules=academy.rules,
        describe=academy.describe,
        now=clock,
        knocks=knocks,
    )
    return WayIn(around, read_sign_in_file(office.home.sign_in))


def _rules(content: Content) -> RulesOfUse:
    """The rules; an academy that has none asks nobody to acknowledge any."""
    return read_rules_of_use(content.files) or RulesOfUse(version="", title="", html="")
