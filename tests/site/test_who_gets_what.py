"""Every page, picture, attachment and search index of the demo, asked for as everyone.

The answers are compared with the access table, which is asked here by itself: with the card and
the consents of the listener, and without the ledger's own reading of them (clauses 7.2 and 7.4).
"""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections import Counter
from datetime import timedelta
from functools import cache
from urllib.parse import quote

import pytest

from academy.access import Place, Resource, Role, Rule, ShareLink, Visitor, decide
from academy.account import Account
from academy.audit import Action
from academy.consent import Purpose, purposes_in_force
from auth_proxy.sign_in.cookies import Cookie, Jar
from cabinet.commands.demo import MOMENT
from cabinet.demo_people import PEOPLE, add_accounts
from cabinet.doors import make_doors
from cabinet.doors_file import DoorSettings
from cabinet.session import Session
from cabinet.settings import Home
from cabinet.way_in import AcademyNow
from messages import catalogue
from tests.site.asking import ask_all

HOST = "127.0.0.1:8080"
NOBODY = "nobody"
AREAS = {"c": Place.CABINET, "p": Place.SHARED_PORTFOLIO}
OWN_OF = "AL-2026-0011"
"""The listener who is the demo's account of that role."""


class Town:
    """The demo behind its door, with accounts of every kind and what each may see."""

    def __init__(self, home):
        arguments = Namespace(at=MOMENT.isoformat(), jobs=1, json=False, anew=False)
        self.session = Session(home, catalogue("ru"), arguments)
        self.office = self.session.office
        self.ledger = self.office.ledger
        self.office.reconcile(MOMENT)
        add_accounts(self.office, lambda _: "", MOMENT)
        self.listeners = {one.person: one.card for one in self.office.catalogue.listeners()}
        self._share()
        self.visitors = {NOBODY: None} | self._known() | self._others()
        doors = make_doors(self.session, DoorSettings(), f"http://{HOST}")
        self.application = doors.application
        self.cookies = {name: self._cookie(one) for name, one in self.visitors.items()}
        self.sites = {person: self.office.sites.manifest(person) for person in self.listeners}

    def _known(self):
        """The accounts of the demo, one of each role."""
        found = {}
        for one in PEOPLE:
            account = self.ledger.accounts.by_user_name(one.user_name)
            found[one.role.value] = _visitor(account)
            self._acknowledge(account.id)
        return found

    def _others(self):
        """Accounts that the demo does not have: every other listener, and some odd ones."""
        added = {
            f"owner-{person}": Account(
                id=person, user_name=f"u-{person}", created=MOMENT, person=person,
                roles=frozenset({Role.LISTENER}),
            )
            for person in self.listeners
            if person != self.shared
        } | {
            "reviewer of others": _account("s-2222", {Role.REVIEWER}, {"bu-26-3"}),
            "reviewer of nobody": _account("s-3333", {Role.REVIEWER}),
            "without a role": _account("s-4444", set()),
            "not yet acknowledged": _account("s-5555", set(Role)),
            "new password due": _account("s-6666", set(Role), must_change_password=True),
        }  # fmt: skip
        for name, account in added.items():
            self.ledger.accounts.add(account)
            if name != "not yet acknowledged":
                self._acknowledge(account.id)
        return {
            name: _visitor(account, has_acknowledged_rules=name != "not yet acknowledged")
            for name, account in added.items()
        }

    def _share(self):
        """A link to one work of a listener who has consented to links."""
        self.shared = self.office.catalogue.by_external_id(OWN_OF).person
        assert Purpose.OUTSIDERS in self.purposes(self.shared)
        works = "portfolio/works/"
        names = self.office.sites.manifest(self.shared).projections["owner"]
        self.chosen = min(name.split("/")[2] for name in names if name.startswith(works))
        self.token, self.share = self.ledger.shares.create(
            self.shared,
            [self.chosen],
            MOMENT,
            expires=MOMENT + timedelta(days=30),
            created_by=self.shared,
        )
        self.office.builder().build(self.shared, MOMENT)

    def ask_by_link(self, names, who):
        """Ask for files by the link, as somebody."""
        paths = [written_as("s", self.token, name) for name in names]
        return ask_all(self.application, HOST, [(path, self.cookies[who]) for path in paths])

    def _acknowledge(self, account):
        self.ledger.rules.acknowledge(account, AcademyNow(self.office).rules().version, MOMENT)

    def _cookie(self, visitor):
        if visitor is None:
            return None
        token, _ = self.ledger.sessions.create(
            visitor.account, MOMENT, idle=timedelta(hours=8), absolute=timedelta(hours=12)
        )
        return f"{Jar(is_secure=False).name(Cookie.SESSION)}={token}"

    def purposes(self, person):
        """What a listener has consented to."""
        return purposes_in_force(self.ledger.consents.of(person), MOMENT)

    @cache  # noqa: B019 - there is one town
    def decision(self, name, area, person):
        """What the access table says."""
        card = self.listeners[person]
        resource = Resource(
            place=AREAS[area],
            person=person,
            group=card.group,
            owner_is_open=card.is_open,
            purposes=self.purposes(person),
        )
        return decide(self.visitors[name], resource, MOMENT)

    def names(self, person):
        """Every file that any projection of a listener has, and one that none has."""
        projections = self.sites[person].projections if self.sites[person] else {}
        return sorted({*(one for files in projections.values() for one in files), "nothing/"})

    @cache  # noqa: B019 - there is one town
    def content(self, person, projection, name):
        """The bytes of a file of a projection; None when it has no such file."""
        stored = self.sites[person].projections.get(projection, {}).get(name)
        return self.office.sites.path_of(person, stored).read_bytes() if stored else None


def _account(name, roles, groups=(), **more):
    return Account(
        id=name, user_name=f"u-{name}", created=MOMENT, roles=frozenset(roles),
        groups=frozenset(groups), **more,
    )  # fmt: skip


def _visitor(account, **more):
    return Visitor(
        account=account.id, roles=account.roles, groups=account.groups,
        must_change_password=account.must_change_password, **more,
    )  # fmt: skip


def written_as(area, whose, name):
    """The address of a file as a page writes it: a folder for its `index.html`."""
    return f"/{area}/{whose}/{quote(name.removesuffix('index.html'))}"


@pytest.fixture(scope="module")
def town(demo, tmp_path_factory):
    home = tmp_path_factory.mktemp("town") / "home"
    shutil.copytree(demo.home.root, home)
    town = Town(Home(home))
    yield town
    town.session.close()


@pytest.fixture(scope="module")
def asked(town):
    """Everything, asked for as everyone: who, area, person and name to the answer."""
    wanted = [
        (who, area, person, name)
        for who in town.visitors
        for area in AREAS
        for person in town.listeners
        for name in town.names(person)
    ]
    requests = [
        (written_as(area, person, name), town.cookies[who]) for who, area, person, name in wanted
    ]
    answers = ask_all(town.application, HOST, requests)
    return dict(zip(wanted, answers, strict=True))


def seeing(town):
    """Those who may open something."""
    shut = {NOBODY, "without a role", "not yet acknowledged", "new password due"}
    return set(town.visitors) - shut


def test_everyone_gets_exactly_what_the_table_allows(town, asked):
    wrong = []
    for (who, area, person, name), answer in asked.items():
        decision = town.decision(who, area, person)
        content = None
        if decision.is_allowed and town.sites[person]:
            content = town.content(person, decision.projection.value, name)
        if (answer.status, answer.body if content is not None else None) != (
            200 if content is not None else 401 if who == NOBODY else 404,
            content,
        ):
            wrong.append((who, area, person, name, decision, answer.status))
    assert wrong == []


def test_the_matrix_is_whole(town, asked):
    """There is something of each kind, and somebody who gets it and somebody who does not."""
    shown = [name for (*_, name), answer in asked.items() if answer.status == 200]
    for kind in ("/index.html", "search_index.json", ".webp", ".pdf"):
        assert sum(name.endswith(kind) for name in shown) > 10, kind
    for who in town.visitors:
        allowed = {answer.status == 200 for (one, *_), answer in asked.items() if one == who}
        assert allowed == ({True, False} if who in seeing(town) else {False}), who


def test_a_refusal_is_one_answer_to_everyone(asked):
    refusals = {answer.body for answer in asked.values() if answer.status in (401, 404)}
    assert len(refusals) == 2
    headers = {
        tuple(sorted(answer.headers.items())) for answer in asked.values() if answer.status == 404
    }
    assert len(headers) == 1


def test_nothing_of_it_may_be_kept_by_anyone(asked):
    assert {answer.headers[b"cache-control"] for answer in asked.values()} == {b"private, no-store"}


def test_everything_that_was_decided_is_written_down(town, asked):
    """One line for each request of somebody who was signed in, with the rule of the table."""
    expected = Counter(
        (
            town.visitors[who].account,
            person,
            (decision := town.decision(who, area, person)).is_allowed,
            decision.rule,
        )
        for who, area, person, _ in asked
        if who != NOBODY
    )
    written = Counter(
        (one.entry.actor, one.entry.person, one.entry.is_allowed, Rule(one.entry.rule))
        for one in town.ledger.audit.query()
        if one.entry.actor and one.entry.action is Action.READ
    )
    assert written == expected


def test_a_link_opens_what_was_chosen_and_nothing_else_until_it_is_revoked(town):
    person, at = town.shared, MOMENT
    resource = Resource(place=Place.SHARE_LINK, person=person, purposes=town.purposes(person))
    link = ShareLink(person=person, expires=town.share.expires)
    assert decide(None, resource, at, link).is_allowed
    names = town.names(person)
    files = town.sites[person].projections[f"share-{town.share.id}"]
    assert any(town.chosen in name for name in files)

    for who in (NOBODY, "registrar", "listener"):
        for name, answer in zip(names, town.ask_by_link(names, who), strict=True):
            content = town.content(person, f"share-{town.share.id}", name)
            assert answer.status == (404 if content is None else 200), name
            assert content is None or answer.body == content

    town.ledger.shares.revoke(town.share.id, at)
    assert {one.status for one in town.ask_by_link(names, NOBODY)} == {404}
