"""Every address of the desk, asked for and posted to as everyone, about oneself and about others.

What is let in is compared with the access table, which is asked here by itself. Whoever is let in
gets something or other; whoever is not learns nothing, and changes nothing (clause 7.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from academy.access import Place, Resource, Role, Visitor, decide
from academy.consent import Purpose
from desk.addresses import ADDRESSES
from tests.desk.conftest import ANNA, BORIS, CSRF, START

NOBODY_KNOWN = "zzzzzzzzzz"
GROUP = "ld-26-1"
PURPOSES = frozenset({Purpose.PLACEMENT, Purpose.PARTICIPANTS})


@dataclass(frozen=True)
class Asker:
    """Somebody: an account, its roles and groups."""

    account: str
    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()

    def visitor(self):
        return Visitor(account=self.account, roles=self.roles, groups=self.groups)


ASKERS = {
    "Anna": Asker(ANNA, frozenset({Role.LISTENER})),
    "Boris": Asker(BORIS, frozenset({Role.LISTENER})),
    "without a role": Asker("s-0000", frozenset()),
    "reviewer of the group": Asker("s-1111", frozenset({Role.REVIEWER}), frozenset({GROUP})),
    "reviewer of others": Asker("s-2222", frozenset({Role.REVIEWER}), frozenset({"bu-26-3"})),
    "reviewer of nobody": Asker("s-3333", frozenset({Role.REVIEWER})),
    "only in the group": Asker("s-4444", frozenset({Role.PARTICIPANT}), frozenset({GROUP})),
    "Anna as everything": Asker(ANNA, frozenset(Role), frozenset({GROUP})),
} | {one.value: Asker(f"s-5{n}55", frozenset({one})) for n, one in enumerate(Role)}  # fmt: skip
PEOPLE = (ANNA, BORIS, NOBODY_KNOWN)
METHODS = ("GET", "POST")
REFUSED = {403, 404, 405}


def filled(path, person):
    return "/desk" + (
        path.replace("{person}", person)
        .replace("{account}", person)
        .replace("{number:int}", "1")
        .replace("{edit:int}", "1")
        .replace("{key}", "works.dvor")
        .replace("{kind}", "works")
        .replace("{side}", "after")
        .replace("{arrival}", "1")
        .replace("{name}", "plan.png")
        .replace("{path:path}", "works/dvor/plan.png")
    )


def is_let_in(address, asker, person):
    """What the access table says of an address."""
    if address.roles:
        is_theirs = bool(address.roles & asker.roles)
        resource = Resource(place=address.place)
    else:
        about = person if "{person}" in address.path else asker.account
        if about not in (ANNA, BORIS):
            return False
        is_theirs = True
        resource = Resource(place=address.place, person=about, group=GROUP, purposes=PURPOSES)
    return is_theirs and decide(asker.visitor(), resource, START).is_allowed


def stands(house):
    """Everything that stands in the repositories of both."""
    office = house.office
    return [
        (
            office.repositories.heads(person),
            office.merge_requests.all(person),
            office.drafts.of_account(person, person),
        )
        for person in (ANNA, BORIS)
    ]


@pytest.mark.parametrize("name", ASKERS)
def test_everyone_is_let_in_where_the_table_says_and_nowhere_else(house, name):
    asker = ASKERS[name]
    client = house.as_(asker.account, *asker.roles, groups=asker.groups).client
    wrong, before = [], stands(house)
    for address, person, method in product(ADDRESSES, PEOPLE, METHODS):
        if is_let_in(address, asker, person):
            continue
        path = filled(address.path, person)
        house.recorded.clear()
        # A refusal stands before anything is read: also of a form that is quite in order.
        sent = {} if method == "GET" else {"data": {"csrf": CSRF, "do": "save"}}
        status = client._ask(method, path, **sent).status_code
        allowed = [entry for entry in house.recorded if entry.is_allowed and not address.roles]
        if status not in REFUSED or allowed:
            wrong.append((method, path, status, allowed))
    assert wrong == []
    assert stands(house) == before


@pytest.mark.parametrize("name", ASKERS)
def test_what_the_table_allows_is_decided_so_and_written_down(house, name):
    """Looking only: what changes has its own tests."""
    asker = ASKERS[name]
    client = house.as_(asker.account, *asker.roles, groups=asker.groups).client
    wrong = []
    for address, person in product(ADDRESSES, (ANNA, BORIS)):
        if address.show is None or address.roles or not is_let_in(address, asker, person):
            continue
        house.recorded.clear()
        client.get(filled(address.path, person))
        about = person if "{person}" in address.path else asker.account
        found = [(entry.is_allowed, entry.person) for entry in house.recorded[:1]]
        if found != [(True, about)]:
            wrong.append((address.path, person, found))
    assert wrong == []


def test_each_place_of_the_desk_lets_somebody_in_and_keeps_somebody_out():
    for address in ADDRESSES:
        asked = product(ASKERS.values(), (ANNA, BORIS))
        found = {is_let_in(address, asker, person) for asker, person in asked}
        wanted = {False} if address.place is Place.SHARE else {True, False}
        assert found == wanted, address.path
