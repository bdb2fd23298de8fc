"""Links for outside readers: made by the owner, shown once, closed at once (clause 7.4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from academy.access import Role
from academy.consent import Consent, Purpose
from administration.clerk import Clerk
from administration.consents import ConsentDesk
from cabinet.workbench import workplace_of
from forge.port import MAIN, Author, Change
from messages import catalogue

ANNA, BORIS = "bcdfghjkmn", "npqrstvwxz"


def consented(house, person):
    """A listener consents to being shown to outsiders."""
    consent = Consent(
        id="c-2",
        purposes=(Purpose.OUTSIDERS,),
        version="1",
        signed=house.clock().date(),
        registered=house.clock(),
        registered_by="s-7f3k",
    )
    clerk = Clerk(account="s-7f3k", role="registrar", how="test")
    desk = ConsentDesk(house.workplace.ledger, house.office.repositories, clerk, catalogue("ru"))
    desk.register(person, consent, house.clock())


@pytest.fixture
def shown(house):
    """Anna consents to outsiders, and her work is shown to participants."""
    consented(house, ANNA)
    repositories = house.office.repositories
    text = house.main()["works/dvor/index.md"].decode()
    text = text.replace("kind:", "visible_to: participants\nkind:").replace("mood: светлое\n", "")
    change = Change(
        ref=MAIN,
        expected=repositories.heads(ANNA)[MAIN],
        files={"works/dvor/index.md": text.encode()},
        message="Edit",
    )
    repositories.commit(ANNA, [change], Author(ANNA), house.clock())
    return house


def form_with(page, field):
    """The number of the form that has a field."""
    return next(n for n in range(9) if any(name == field for name, _ in page.form(n).fields))


def made(house, **typed):
    page = house.anna().look("/desk/links/")
    typed = {"items": "dvor", "label": "Мастерская", "days": "7", **typed}
    page.send(form_with(page, "label"), **typed)
    return page


def test_a_link_is_made_and_its_address_is_shown_once(shown):
    page = made(shown)
    (address,) = re.findall(r"http://academy\.example/s/([A-Za-z0-9_-]{20,})/", page.html)

    (share,) = shown.workplace.ledger.shares.of(ANNA)
    assert (share.items, share.label, share.created_by) == ({"dvor"}, "Мастерская", ANNA)
    assert timedelta(days=6) < share.expires - shown.clock() <= timedelta(days=7)
    assert address not in page.look("/desk/links/").html
    assert "Мастерская" in page.text
    assert shown.published == [ANNA]


def test_a_link_opens_a_site_of_what_was_chosen_and_publishing_keeps_it(shown, workshop):
    whole = workplace_of(shown.office, shown.workplace.ledger, shown.clock, workshop)
    shown.workplace = replace(shown.workplace, publish=whole.publish)
    made(shown)
    (share,) = shown.workplace.ledger.shares.of(ANNA)
    assert f"share-{share.id}" in shown.office.sites.manifest(ANNA).projections

    shown.workplace.publish(ANNA)
    assert f"share-{share.id}" in shown.office.sites.manifest(ANNA).projections


def test_a_link_is_closed_at_once(shown):
    page = made(shown)
    (share,) = shown.workplace.ledger.shares.of(ANNA)
    page.send(form_with(page, "label") - 1, button=("revoke", share.id))

    assert "Ссылка закрыта" in page.text
    (share,) = shown.workplace.ledger.shares.of(ANNA)
    assert share.revoked is not None


def test_nobody_closes_the_link_of_somebody_else(shown):
    made(shown)
    (share,) = shown.workplace.ledger.shares.of(ANNA)
    consented(shown, BORIS)
    boris = shown.as_(BORIS, Role.LISTENER)
    boris.client.post("/desk/links/", data={"csrf": "a-word-of-the-session", "revoke": share.id})
    assert shown.workplace.ledger.shares.of(ANNA)[0].revoked is None


def test_only_what_participants_see_can_be_chosen(shown):
    page = shown.anna().look("/desk/links/")
    form = {"csrf": "a-word-of-the-session", "items": "no-such-item", "days": "30"}
    answer = page.client.post("/desk/links/", data=form)
    assert answer.status_code == 422
    assert "Отметьте хотя бы одну запись" in answer.text
    assert shown.workplace.ledger.shares.of(ANNA) == ()


def test_links_are_bounded(shown, monkeypatch):
    monkeypatch.setattr("desk.listener.links.MOST_OPEN", 1)
    page = made(shown)
    page.send(form_with(page, "label"), items="dvor", status=422)
    assert "Открытых ссылок слишком много" in page.text


def test_without_consent_for_outsiders_the_page_says_what_it_takes(house):
    page = house.anna().look("/desk/links/", status=403)
    assert "отдельное письменное согласие" in page.text
    assert (house.recorded[-1].is_allowed, house.recorded[-1].rule) == (False, "no_consent")
