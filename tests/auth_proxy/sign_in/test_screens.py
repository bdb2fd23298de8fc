"""The pages of the way in: words, languages, headers, one's own sessions, who looked."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.requests import Request

from academy.access import Role
from academy.audit import Action, AuditEntry
from auth_proxy.screens.errors import STATUSES, error_page
from auth_proxy.screens.language import language_of
from auth_proxy.sign_in.devices import device_label

TEMPLATES = Path(__file__).parents[3] / "site_templates" / "sign_in"
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def heading(page):
    return re.search(r"<h1>([^<]+)</h1>", page.text)[1]


def request(language="ru", path="/x", cookie=b""):
    headers = [(b"accept-language", language.encode()), (b"host", b"cabinet.example")]
    headers += [(b"cookie", cookie)] if cookie else []
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": headers,
            "scheme": "https",
            "server": ("cabinet.example", 443),
        }
    )


@pytest.mark.parametrize(
    ("chosen", "accepted", "expected"),
    [
        (None, "", "ru"),
        (None, "en", "en"),
        (None, "en-GB,ru;q=0.5", "en"),
        (None, "de,en;q=0.3,ru;q=0.8", "ru"),
        (None, "fr-FR, *;q=0.1", "ru"),
        (None, "en;q=0, ru;q=0.1", "ru"),
        (None, "en;q=nonsense,;;,=,", "ru"),
        (None, "ru,en", "ru"),
        ("en", "ru", "en"),
        ("de", "en", "en"),
        ("<script>", "", "ru"),
    ],
)
def test_a_page_speaks_the_chosen_language_or_that_of_the_browser(chosen, accepted, expected):
    assert language_of(chosen, accepted, "ru") == expected


def test_the_choice_of_a_language_is_one_link_and_is_remembered(house):
    browser = house.browser()
    page = browser.follow(browser.get("/oauth2/sign-in?return=/c/"))
    assert heading(page) == "Вход"
    link = re.search(r'class="s-language" href="([^"]+)"', page.text)[1].replace("&amp;", "&")

    page = browser.get(link)
    assert (heading(page), browser.cookies["__Host-language"]) == ("Sign in", "en")
    assert not CYRILLIC.search(page.text.replace("По-русски", "").replace("Академия", ""))
    assert heading(browser.follow(browser.get("/oauth2/sign-in"))) == "Sign in"
    house.add()
    page = browser.send_form(page, user_name="anna", password="сад у моря и лес")
    assert page.headers["location"].startswith("/id/authorize?")


def test_what_a_person_types_comes_back_as_text(house):
    page = house.browser().sign_in('"><script>alert(1)</script>', "x")

    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("status", sorted(STATUSES))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_status_has_a_page_of_its_own(house, status, language):
    page = error_page(house.around.screens, request(language), status, trace="4f1a")
    text = page.body.decode()

    assert page.status_code == status
    assert "4f1a" in text
    words = text.replace("Академия", "")
    assert bool(CYRILLIC.search(words)) is (language == "ru")
    assert page.headers["cache-control"] == "private, no-store"


def test_an_unusual_status_speaks_as_its_kind(house):
    screens = house.around.screens
    for status, like in ((418, 400), (504, 500)):
        told = error_page(screens, request(), status).body
        assert told == error_page(screens, request(), like).body


def test_whoever_has_to_wait_is_told_how_long(house):
    told = [
        error_page(house.around.screens, request(), 429, wait=timedelta(seconds=seconds))
        for seconds in (1, 22.2, 300)
    ]

    assert [page.headers["retry-after"] for page in told] == ["1", "23", "300"]
    words = ["Подождите 1 секунду.", "Подождите 23 секунды.", "Подождите 5 минут."]
    assert all(word in page.body.decode() for word, page in zip(words, told, strict=True))


def test_pages_have_nothing_inline_and_ask_nobody_else():
    for file in sorted(TEMPLATES.glob("*.html")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(
            r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://(?!www\.w3\.org/)", text
        ), file.name


def test_every_page_keeps_to_itself(house):
    house.add()
    browser = house.browser()
    pages = [browser.follow(browser.get("/oauth2/sign-in"))]
    browser.sign_in("anna")
    names = ("rules", "sessions", "access", "sign-out")
    pages += [browser.get(f"/oauth2/{name}") for name in names]
    pages += [browser.get("/id/password"), browser.get("/oauth2/callback")]

    for page in pages:
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self';"), page.url
        assert "unsafe" not in policy
        assert page.headers["cache-control"] == "private, no-store"
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["x-content-type-options"] == "nosniff"
        # A form on it still has to say where it comes from.
        assert page.headers["referrer-policy"] == "same-origin"
        assert re.search(r"<title>[^<]+ - Академия</title>", page.text), page.url


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(house):
    browser = house.browser()
    for name in ("rules", "sessions", "access"):
        place = browser.get(f"/oauth2/{name}").headers["location"]
        assert place == f"/oauth2/sign-in?return=/oauth2/{name}"
    assert browser.get("/id/password").headers["location"] == "/oauth2/sign-in"
    assert browser.get("/oauth2/sign-out").headers["location"] == "/oauth2/signed-out"


def test_one_sees_and_ends_the_own_sessions(house):
    house.add()
    here, phone, library = house.browser(), house.browser(), house.browser()
    phone._headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537"
    for browser in (phone, library, here):
        browser.sign_in("anna")
        house.clock.pass_by(minutes=5)
    page = here.get("/oauth2/sessions")
    assert page.text.count("s-item") == 3
    assert re.findall(r"<h2>([^<]+)", page.text)[:3] == [
        "Firefox, Windows ", "Firefox, Windows", "Chrome, Android",
    ]  # fmt: skip
    assert "24 ноября 2026, 12:10" in page.text

    answer = here.send_form(page, number=1)
    assert "Вход закрыт." in here.follow(answer).text
    assert house.standing(phone).session is None
    assert house.standing(library).session is not None

    answer = here.send_form(here.get("/oauth2/sessions"), number=1)
    assert "Все остальные входы закрыты." in here.follow(answer).text
    assert house.standing(library).session is None
    assert house.standing(here).session is not None


def test_nobody_ends_the_sessions_of_others(house):
    house.add()
    house.add("maria")
    anna, maria = house.browser(), house.browser()
    anna.sign_in("anna")
    maria.sign_in("maria")
    page = maria.get("/oauth2/sessions")
    csrf = re.search(r'name="csrf" value="([^"]+)"', anna.get("/oauth2/sign-out").text)[1]

    foreign = house.standing(anna).session.id
    maria_csrf = re.search(r'name="csrf" value="([^"]+)"', maria.get("/oauth2/sign-out").text)[1]
    maria.post("/oauth2/sessions", {"csrf": maria_csrf, "session": foreign})
    assert house.standing(anna).session is not None
    # A form made for somebody else's session is none of hers (CWE-352).
    for word in (csrf, "", "x"):
        answer = maria.post("/oauth2/sessions", {"csrf": word, "session": "others"})
        assert answer.status_code == 403
    assert page.status_code == 200


def test_forms_of_the_own_pages_are_refused_without_their_word(house):
    house.add()
    browser = house.browser()
    browser.sign_in("anna")

    for name in ("sign-out", "rules", "sessions"):
        assert browser.post(f"/oauth2/{name}", {"read": "yes"}).status_code == 403
    assert browser.post("/id/password", {"new": "x"}).status_code == 400
    assert house.standing(browser).session is not None


def test_login_csrf_somebody_elses_sign_in_does_not_end_in_my_browser(house):
    """RFC 6749, 10.12: the attacker's own code and state, in the victim's browser."""
    house.add("mallory")
    attacker, victim = house.browser(), house.browser()
    page = attacker.follow(attacker.get("/oauth2/sign-in"))
    form = {"user_name": "mallory", "password": "сад у моря и лес"}
    answer = attacker.send_form(page, **form)
    answer = attacker.follow(answer, until=lambda place: "/oauth2/callback" in place)
    stolen = answer.headers["location"]

    victim.follow(victim.get("/oauth2/sign-in"))
    answer = victim.get(stolen)
    assert (answer.status_code, house.standing(victim).session) == (400, None)
    # The form itself, sent from a foreign page, has no word of this browser.
    answer = victim.post(str(page.url), form | {"csrf": "x"})
    assert answer.status_code == 400
    assert "__Host-identity" not in victim.cookies


def test_a_callback_is_taken_once_and_in_time(house):
    house.add()
    browser = house.browser()
    page = browser.follow(browser.get("/oauth2/sign-in"))
    answer = browser.send_form(page, user_name="anna", password="сад у моря и лес")
    answer = browser.follow(answer, until=lambda place: "/oauth2/callback" in place)
    place = answer.headers["location"]

    assert browser.get(f"{place}&state=again").status_code == 400
    assert browser.get(place).status_code == 303
    assert browser.get(place).status_code == 400
    state = re.search(r"state=([^&]+)", place)[1]
    for bad in ("", "x", state[:-1], state + "A", state[::-1], "é", "A" * 5000):
        assert browser.get(f"/oauth2/callback?code=c&state={bad}").status_code == 400, bad
    late = browser.get("/oauth2/sign-in?return=/x")
    assert late.headers["location"] == "/x"
    browser = house.browser()
    state = re.search(r"state=([^&]+)", browser.get("/oauth2/sign-in").headers["location"])[1]
    house.clock.pass_by(minutes=31)
    assert browser.get(f"/oauth2/callback?code=c&state={state}").status_code == 400


def test_a_change_of_the_password_ends_everything_else(house):
    house.add()
    here, there = house.browser(), house.browser()
    for browser in (there, here):
        browser.sign_in("anna")
    house.clock.pass_by(minutes=1)
    before = here.cookies["__Host-identity"]
    new = "облака над тихой бухтой"
    page = here.get("/id/password")

    wrong = here.send_form(page, current="не тот", new=new, again=new)
    assert "Нынешний пароль не подошёл." in wrong.text
    wrong = here.send_form(page, current="сад у моря и лес", new="anna.anna.20!", again="x")
    assert "слишком много от вашего имени" in wrong.text
    wrong = here.send_form(page, current="сад у моря и лес", new=new, again="другое")
    assert "различаются" in wrong.text
    answer = here.send_form(page, current="сад у моря и лес", new=new, again=new)

    assert house.standing(there).session is None
    assert there.follow(there.get("/oauth2/sign-in")).status_code == 200
    # Here one is signed in still, at the provider in a new session.
    assert "Пароль изменён" in here.follow(answer).text
    assert here.cookies["__Host-identity"] != before
    assert house.browser().sign_in("anna").status_code == 422
    assert house.browser().sign_in("anna", new).status_code == 303


def test_one_sees_who_looked_at_the_own_data_and_when(house):
    anna = house.add()
    curator = house.add("curator", roles=(Role.REVIEWER,))
    now = house.clock()

    def look(minutes, actor, projection, role="", **more):
        entry = AuditEntry(
            moment=now - timedelta(minutes=minutes),
            action=Action.READ,
            actor=actor,
            role=role,
            person=anna.id,
            projection=projection,
            **more,
        )
        house.ledger.audit.record_now(entry)

    look(60 * 24 * 200, curator.id, "responsible", "reviewer")
    look(60 * 24, "", "share-x7")
    look(30, curator.id, "responsible", "reviewer")
    look(20, curator.id, "responsible", "reviewer")
    look(10, anna.id, "owner", "listener")
    look(5, curator.id, "responsible", "reviewer", is_allowed=False)
    browser = house.browser()
    browser.sign_in("anna")

    page = browser.get("/oauth2/access")
    assert re.findall(r"<h2>([^<]+)</h2>", page.text) == ["24 ноября 2026", "23 ноября 2026"]
    assert re.findall(r"<strong>([^<]+)</strong>", page.text) == ["Имя curator", "По вашей ссылке"]
    assert "11:30–11:40 · 2 раза" in page.text
    assert "8 мая 2026" in browser.get("/oauth2/access?period=year").text
    assert "Имя anna" not in page.text


def test_nobody_has_looked_yet(house):
    house.add()
    browser = house.browser()
    browser.sign_in("anna")

    assert "Пока никто не смотрел" in browser.get("/oauth2/access").text


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36", "Chrome, Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8 Safari/537.36",
            "Яндекс Браузер, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox, Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_called_by_what_its_owner_knows(agent, label):
    assert device_label(agent) == label
