"""Signing in with the embedded provider, from the first password to the end."""

from __future__ import annotations

import re
from html import unescape

from academy.access import Role

NEW = "облака над тихой бухтой"


def problem(page):
    found = re.search(r'role="alert">([^<]+)<', page.text)
    return found and found[1]


def test_the_first_sign_in_leads_through_the_own_password_and_the_rules_to_the_cabinet(house):
    account = house.add(must_change_password=True)
    browser = house.browser()

    page = browser.sign_in("Anna", back="/c/p000000000/")
    assert "Одноразовый пароль больше не понадобится" in page.text

    assert 'name="current"' not in page.text, "It was asked for a moment ago."
    same = browser.send_form(page, new="сад у моря и лес", again="сад у моря и лес")
    assert 'name="new"' in same.text
    answer = browser.send_form(page, new=NEW, again=NEW)
    answer = browser.follow(answer)
    assert answer.headers["location"] == "/c/p000000000/"
    assert not house.standing(browser).visitor.has_acknowledged_rules

    page = browser.get("/oauth2/rules?return=/c/p000000000/")
    assert "Шаг 2 из 2" in page.text
    answer = browser.send_form(page, read="yes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/p000000000/")
    visitor = house.standing(browser).visitor
    assert (visitor.account, visitor.has_acknowledged_rules) == (account.id, True)
    assert not visitor.must_change_password
    assert house.recorded() == [
        ("sign_in", "password"),
        ("password_changed", "own"),
        ("sign_in", "https://cabinet.example/id"),
        ("rules_acknowledged", ""),
    ]


def test_rules_that_are_not_marked_as_read_or_have_changed_meanwhile_are_shown_again(house):
    house.add()
    browser = house.browser()
    browser.sign_in("anna")
    page = browser.get("/oauth2/rules")

    assert problem(browser.send_form(page)) == "Отметьте, что правила прочитаны."
    changed = browser.send_form(page, read="yes", version="2025-01")
    assert "правила обновились" in problem(changed)
    assert not house.standing(browser).visitor.has_acknowledged_rules


def test_a_wrong_password_an_unknown_name_and_an_account_without_one_get_the_same_answer(house):
    house.add()
    house.add("outside", password_digest="")
    answers = set()
    for name in ("anna", "nobody", "outside"):
        page = house.browser().sign_in(name, "неверный пароль")
        answers.add((page.status_code, problem(page)))

    assert answers == {
        (422, "Логин и пароль не подошли. Проверьте раскладку клавиатуры и Caps Lock.")
    }


def test_a_closed_account_learns_that_it_is_closed_only_with_the_right_password(house):
    account = house.add()
    house.ledger.accounts.block(account.id, house.clock())

    assert house.browser().sign_in("anna", "неверный пароль").status_code == 422
    told = house.browser().sign_in("anna")
    assert (told.status_code, "Учётная запись закрыта" in told.text) == (403, True)


def test_session_fixation_every_sign_in_has_a_new_session_and_none_that_was_planted(house):
    """CWE-384; OWASP Session Management: a new id whenever somebody signs in."""
    house.add()
    browser = house.browser()
    browser.put_cookie("__Host-session", "A" * 43)

    browser.sign_in("anna")
    first = browser.cookies["__Host-session"]
    assert first != "A" * 43
    house.clock.pass_by(hours=9)  # The session has run out, the browser still has its cookie.
    browser.sign_in("anna")
    second = browser.cookies["__Host-session"]

    assert first != second
    assert house.standing(browser).session is not None


def test_two_sign_ins_side_by_side_both_end_where_they_were_meant_to(house):
    house.add()
    browser = house.browser()
    one = browser.follow(browser.get("/oauth2/sign-in?return=/one/"))
    two = browser.follow(browser.get("/oauth2/sign-in?return=/two/"))

    ends = [
        browser.follow(browser.send_form(page, user_name="anna", password="сад у моря и лес"))
        for page in (two, one)
    ]

    assert [end.headers["location"] for end in ends] == ["/two/", "/one/"]


def test_sessions_of_staff_are_shorter(house):
    house.add()
    house.add("curator", roles=(Role.REVIEWER,))
    spans = []
    for name in ("anna", "curator"):
        browser = house.browser()
        browser.sign_in(name)
        session = house.standing(browser).session
        spans.append((session.idle_seconds // 3600, (session.expires - session.created).days))

    assert spans == [(8, 7), (1, 0)]


def test_signing_out_ends_both_sessions_and_leaves_nothing_in_the_browser(house):
    house.add()
    browser = house.browser()
    browser.sign_in("anna")

    answer = browser.send_form(browser.get("/oauth2/sign-out"))
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert house.standing(browser).session is None
    answer = browser.follow(answer)

    assert "Вы вышли" in answer.text
    assert set(browser.cookies) == {"__Host-browser"}
    assert "Логин" in browser.follow(browser.get("/oauth2/sign-in")).text


def test_a_one_time_password_is_carried_over_for_a_while_only(house):
    """Whoever finds a browser that was left does not give the account a password of theirs."""
    house.add(must_change_password=True)
    browser = house.browser()
    page = browser.sign_in("anna")
    house.clock.pass_by(minutes=16)

    late = browser.send_form(page, new=NEW, again=NEW)
    assert (late.status_code, problem(late)) == (422, "Нынешний пароль не подошёл.")
    assert 'name="current"' in late.text
    assert browser.send_form(late, current="мимо", new=NEW, again=NEW).status_code == 422
    answer = browser.send_form(late, current="сад у моря и лес", new=NEW, again=NEW)
    assert answer.status_code == 303


def test_a_one_time_password_is_carried_over_to_no_other_browser_and_no_other_password(house):
    account = house.add(must_change_password=True)
    browser, other = house.browser(), house.browser()
    page = browser.sign_in("anna")

    assert other.send_form(page, new=NEW, again=NEW).status_code == 400
    house.clock.pass_by(seconds=1)
    digest = house.passwords.digest_now("другой одноразовый")
    house.ledger.accounts.reset_password(account.id, digest, house.clock())
    assert browser.send_form(page, new=NEW, again=NEW).status_code == 400
    assert house.ledger.accounts.get(account.id).password_digest == digest


def test_a_password_of_ones_own_is_asked_for_at_each_change(house):
    house.add()
    browser = house.browser()
    browser.sign_in("anna")
    page = browser.get("/id/password")

    assert 'name="current"' in page.text
    assert browser.send_form(page, new=NEW, again=NEW).status_code == 422


def test_the_language_can_be_chosen_after_a_wrong_password_too(house):
    house.add()
    browser = house.browser()
    wrong = browser.sign_in("anna", "не тот пароль")

    assert wrong.status_code == 422
    place = unescape(re.search(r'class="s-language" href="([^"]+)"', wrong.text)[1])
    english = browser.get(place)
    assert english.status_code == 200
    assert 'lang="en"' in english.text
    assert (
        browser.follow(
            browser.send_form(english, user_name="anna", password="сад у моря и лес")
        ).headers["location"]
        == "/c/"
    )
