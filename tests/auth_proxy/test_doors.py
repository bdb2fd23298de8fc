"""The doors: who gets what, on every kind of request."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from academy.access import Role
from academy.door import SCOPE
from auth_proxy.addresses import Area
from ledger.people import Person
from tests.auth_proxy.village import ANNA, BORIS, CLARA, LARGE, NOBODY, PAGE, PNG, Village
from tests.serving import everything

PICTURE = "portfolio/works/sad/plan.png"


def title(answer):
    return answer.text.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize(
    ("account", "path", "shown"),
    [
        (ANNA, f"/c/{ANNA}/", f"owner {ANNA}"),
        (ANNA, f"/c/{BORIS}/", None),
        (ANNA, f"/p/{ANNA}/", f"participants {ANNA}"),
        (BORIS, f"/p/{ANNA}/", f"participants {ANNA}"),
        (BORIS, f"/p/{BORIS}/", None),
        ("s-tutor", f"/c/{ANNA}/", f"responsible {ANNA}"),
        ("s-tutor", f"/c/{BORIS}/", None),
        ("s-tutor", f"/c/{CLARA}/study/", None),
        ("s-office", f"/c/{CLARA}/study/", f"study responsible {CLARA}"),
        ("s-office", f"/c/{NOBODY}/", None),
        ("s-guest", f"/c/{ANNA}/", None),
        ("s-guest", f"/p/{ANNA}/", f"participants {ANNA}"),
        ("s-none", f"/p/{ANNA}/", None),
    ],
)
def test_everyone_gets_what_the_table_allows(shared_village, account, path, shown):
    answer = shared_village.get(account, path)

    assert (answer.status_code, title(answer)) == ((200, shown) if shown else (404, title(answer)))
    assert shown or "Анна" not in answer.text


def test_not_yours_and_not_there_are_the_same_answer(shared_village):
    with shared_village.browser(ANNA) as browser:
        answers = [
            browser.get(path)
            for path in (
                f"/c/{BORIS}/", f"/c/{NOBODY}/", f"/c/{BORIS}/{PICTURE}", f"/c/{ANNA}/nothing/",
                f"/p/{BORIS}/", "/c/odd/", "/nothing/", "/c/%2e%2e/", "/desk/nothing",
            )
        ]  # fmt: skip
    for answer in answers:
        answer.headers.pop("date")
        answer.headers.pop("content-length")
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len({tuple(answer.headers.items()) for answer in answers}) == 1


def test_nobody_is_led_to_the_sign_in_and_learns_nothing(shared_village):
    for path in (f"/c/{ANNA}/", f"/c/{NOBODY}/", f"/p/{ANNA}/study/"):
        answer = shared_village.get(None, path, headers={"accept": "text/html"})
        assert answer.status_code == 303
        place = answer.headers["location"]
        assert place == f"/oauth2/sign-in?return={path.replace('/', '/')}"
        assert answer.content == b""
    picture = shared_village.get(None, f"/c/{ANNA}/{PICTURE}")
    assert (picture.status_code, b"PNG" in picture.content) == (401, False)


def test_a_listener_is_led_to_the_own_cabinet_and_staff_to_a_list(shared_village):
    assert shared_village.get(ANNA, "/c/").headers["location"] == f"/c/{ANNA}/"
    tutor = shared_village.get("s-tutor", "/c/").text
    assert ("Анна" in tutor, "Борис" in tutor) == (True, False)
    office = shared_village.get("s-office", "/c/").text
    assert all(name in office for name in ("Анна", "Борис", "Клара", "Первая", "Вторая"))
    assert shared_village.get("s-guest", "/c/").headers["location"] == "/p/"
    shared = shared_village.get("s-guest", "/p/").text
    assert (f"/p/{ANNA}/" in shared, "Борис" in shared) == (True, False)
    assert shared_village.get("s-none", "/c/").status_code == 404


def test_addresses_without_their_slash_move(shared_village):
    assert shared_village.get(ANNA, "/c").headers["location"] == "/c/"
    assert shared_village.get(ANNA, f"/c/{ANNA}").headers["location"] == f"/c/{ANNA}/"
    study = shared_village.get(ANNA, f"/c/{ANNA}/study")
    assert (study.status_code, study.headers["location"]) == (308, f"/c/{ANNA}/study/")


def test_files_of_a_listener_come_whole_in_part_and_not_again(shared_village):
    with shared_village.browser(ANNA) as browser:
        place = f"/c/{ANNA}/{PICTURE}"
        whole = browser.get(place)
        assert (whole.content, whole.headers["content-type"]) == (PNG, "image/png")
        tag = whole.headers["etag"]
        again = browser.get(place, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        part = browser.get(place, headers={"range": "bytes=1-3"})
        assert (part.status_code, part.content) == (206, b"PNG")
        assert part.headers["content-range"] == f"bytes 1-3/{len(PNG)}"
        beyond = browser.get(place, headers={"range": f"bytes={len(PNG)}-"})
        assert (beyond.status_code, beyond.content) == (416, b"")
        head = browser.head(place)
        assert (head.content, head.headers["content-length"]) == (b"", str(len(PNG)))
        large = browser.get(f"/c/{ANNA}/portfolio/works/sad/film.bin")
        assert large.content == LARGE
        end = browser.get(
            f"/c/{ANNA}/portfolio/works/sad/film.bin", headers={"range": "bytes=-100000"}
        )
        assert end.content == LARGE[-100000:]


@pytest.mark.parametrize(("accepted", "encoding"), [("br", "br"), ("gzip", "gzip"), ("", None)])
def test_pages_come_compressed_as_the_browser_likes(shared_village, accepted, encoding):
    answer = shared_village.get(ANNA, f"/c/{ANNA}/", headers={"accept-encoding": accepted})

    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.content == PAGE.format(f"owner {ANNA}").encode()
    assert (int(answer.headers["content-length"]) < 1000) is (encoding is not None)


def test_every_decision_is_written_down_before_it_is_sent(village):
    village.get(ANNA, f"/c/{ANNA}/study/")
    village.get(ANNA, f"/c/{BORIS}/")
    village.get(None, f"/c/{BORIS}/")
    village.get("s-guest", f"/p/{BORIS}/")

    assert village.written() == [
        (ANNA, "study/index.html", True, "own_cabinet"),
        (BORIS, "", False, "no_rule"),
        (BORIS, "", False, "not_signed_in"),
        (BORIS, "", False, "no_consent"),
    ]
    entry = next(iter(village.ledger.audit.query(person=ANNA))).entry
    assert (entry.actor, entry.role, entry.how) == (ANNA, "listener", "127.0.0.1")
    assert (entry.projection, entry.commit) == ("owner", "aaaaaaaaaaaa+bbbbbbbbbbbb")
    assert entry.details["session"]


def test_links_for_outsiders_open_what_they_select(village):
    token, share = village.ledger.shares.create(
        ANNA, ["sad"], village.clock(), expires=village.clock.moment.replace(year=2027),
        created_by=ANNA,
    )  # fmt: skip
    village.build(ANNA, {f"share-{share.id}": {"index.html": b"<title>shared</title>"}})

    answer = village.get(None, f"/s/{token}/")

    assert (answer.status_code, title(answer)) == (200, "shared")
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert village.get(None, f"/s/{token}").headers["location"] == f"/s/{token}/"
    assert village.get(None, f"/s/{'k' * 43}/").status_code == 404
    assert village.written() == [
        (ANNA, "index.html", True, "share_link"),
        ("", "", False, "link_not_valid"),
    ]
    village.ledger.shares.revoke(share.id, village.clock())
    assert village.get(None, f"/s/{token}/").status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_very_next_request_after_a_block_is_refused(village, method):
    with village.browser(ANNA) as browser:
        place = f"/c/{ANNA}/{PICTURE}"
        tag = browser.get(place).headers["etag"]
        village.ledger.accounts.block(ANNA, village.clock())
        for headers in ({}, {"if-none-match": tag}, {"range": "bytes=0-0"}):
            assert browser.request(method, place, headers=headers).status_code == 401


def test_every_session_of_a_blocked_account_ends(village):
    browsers = [village.browser(ANNA) for _ in range(3)]
    assert [one.get(f"/c/{ANNA}/").status_code for one in browsers] == [200] * 3
    village.ledger.accounts.block(ANNA, village.clock())
    assert [one.get(f"/c/{ANNA}/").status_code for one in browsers] == [401] * 3
    for one in browsers:
        one.close()


def test_changes_of_role_group_and_consent_work_at_the_next_request(village):
    accounts, people = village.ledger.accounts, village.ledger.people
    with village.browser("s-tutor") as tutor, village.browser(BORIS) as boris:
        assert tutor.get(f"/c/{ANNA}/").status_code == 200
        accounts.set_rights("s-tutor", [Role.REVIEWER], ["g2"])
        assert tutor.get(f"/c/{ANNA}/").status_code == 404
        assert tutor.get(f"/c/{BORIS}/").status_code == 200
        people.set(Person(person=BORIS, group="g3", is_open=True))
        assert tutor.get(f"/c/{BORIS}/").status_code == 404
        accounts.set_rights("s-tutor", [Role.AUDITOR], ["g2"])
        assert tutor.get(f"/c/{BORIS}/").status_code == 200
        assert boris.get(f"/p/{ANNA}/").status_code == 200
        village.ledger.consents.withdraw(ANNA, "c1", village.clock())
        assert boris.get(f"/p/{ANNA}/").status_code == 404
        people.set(Person(person=BORIS, group="g3", is_open=False))
        assert boris.get(f"/c/{BORIS}/").status_code == 404


def test_a_withdrawn_consent_closes_the_links_too(village):
    token, share = village.ledger.shares.create(
        ANNA, [], village.clock(), expires=village.clock.moment.replace(year=2027), created_by=ANNA
    )
    village.build(ANNA, {f"share-{share.id}": {"index.html": b"shared"}})
    assert village.get(None, f"/s/{token}/").status_code == 200
    village.ledger.consents.withdraw(ANNA, "c1", village.clock())
    assert village.get(None, f"/s/{token}/").status_code == 404


def test_sessions_end_by_themselves(village):
    with village.browser(ANNA) as browser:
        for _ in range(3):
            village.clock.pass_(minutes=50)
            assert browser.get(f"/c/{ANNA}/").status_code == 200
            village.wait_for_use(ANNA)
        village.clock.pass_(minutes=61)
        assert browser.get(f"/c/{ANNA}/").status_code == 401


def test_a_long_download_is_cut_when_the_right_to_it_ends(village):
    request = (
        f"GET /c/{ANNA}/portfolio/works/sad/film.bin HTTP/1.1\r\nhost: {village.address[7:]}\r\n"
        f"cookie: {village.cookie(village.session(ANNA))}\r\n\r\n"
    )
    with village.server.connect() as connection:
        connection.sendall(request.encode())
        got = len(connection.recv(1000))
        village.ledger.accounts.block(ANNA, village.clock())
        got += len(everything(connection))

    assert got < len(LARGE)


def test_steps_before_the_house_opens(village):
    village.account("s-new", Role.REGISTRAR, must_change_password=True)
    village.account("s-old", Role.REGISTRAR)
    village.ledger.accounts.set_rights("s-old", [Role.REGISTRAR], ())
    page = {"accept": "text/html"}

    new = village.get("s-new", f"/c/{ANNA}/", headers=page)
    assert new.headers["location"].startswith("/id/password?")
    assert village.get("s-new", f"/c/{ANNA}/{PICTURE}").status_code == 404


def test_who_has_not_acknowledged_the_rules_is_led_to_them(tmp_path):
    from tests.auth_proxy.village import Village  # noqa: PLC0415

    with Village(tmp_path, rules=lambda: "3") as village:
        answer = village.get(ANNA, f"/c/{ANNA}/", headers={"accept": "text/html"})
        assert answer.headers["location"].startswith("/oauth2/rules?")
        assert village.get(ANNA, f"/c/{ANNA}/").status_code == 404
        village.ledger.rules.acknowledge(ANNA, "3", village.clock())
        assert village.get(ANNA, f"/c/{ANNA}/").status_code == 200


def test_an_unreadable_ledger_refuses(village):
    with village.browser(ANNA) as browser:
        assert browser.get(f"/c/{ANNA}/").status_code == 200
        with village.ledger.database.deciding() as connection:
            connection.exec_driver_sql("DROP TABLE sessions")
        answer = browser.get(f"/c/{ANNA}/")
        assert (answer.status_code, "owner" in answer.text) == (503, False)
        assert browser.get("/").status_code == 200


def test_what_cannot_be_written_down_is_not_shown(village):
    with village.browser(ANNA) as browser:
        assert browser.get(f"/c/{ANNA}/").status_code == 200
        [segment] = (village.home / "audit").glob("*-*.db")
        with closing(sqlite3.connect(segment)) as broken:
            broken.execute(
                "CREATE TRIGGER full BEFORE INSERT ON entries"
                " BEGIN SELECT RAISE(ABORT, 'no space left'); END"
            )
        answer = browser.get(f"/c/{ANNA}/")
        assert (answer.status_code, "owner" in answer.text) == (503, False)
        assert browser.get("/").status_code == 200


def test_a_language_chosen_at_the_desk_is_kept(tmp_path):
    async def at_the_desk(scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope[SCOPE].language.encode()})

    with Village(tmp_path, apps={Area.DESK: at_the_desk}) as village, village.browser(ANNA) as anna:
        anna.cookies.set(*anna.headers.pop("cookie").split("="))
        assert anna.get("/desk/mine/").text == "ru"
        assert anna.get("/desk/mine/?lang=en").text == "en"
        assert anna.get("/desk/mine/").text == "en"
        assert "set-cookie" not in anna.get("/desk/mine/?lang=xx").headers
