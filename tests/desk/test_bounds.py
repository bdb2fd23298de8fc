"""Bounds of the desk: forms that come twice, bodies without end, bombs; and who looked at whom."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from academy.access import Role
from academy.submission import SubmissionState
from desk import application
from desk.addresses import ADDRESSES
from desk.previews import Previews, Site
from desk.turns import Turns
from desk.web import submitted
from forge.large.store import LargeLimits

ANNA, BORIS, TEACHER, STAFF = "bcdfghjkmn", "npqrstvwxz", "s-7m2r", "s-7f3k"
CSRF = {"csrf": "a-word-of-the-session"}
EDIT = "/desk/edit/works.dvor/"


def post(page, address, status, **typed):
    answer = page.client.post(address, data={**CSRF, **typed})
    assert answer.status_code == status, answer.text
    return answer


def sent(house):
    page = house.anna().look(EDIT)
    page.send(button=("do", "send"), body="Двор стал тенистым.")
    return page.send(declared="1")


# Forms that come twice


def test_a_form_that_is_sent_twice_sends_once(house):
    page = sent(house)
    post(page, "/desk/send/works.dvor/", 200, declared="1")
    (submission,) = house.office.merge_requests.all(ANNA)
    assert submission.state is SubmissionState.SUBMITTED


def test_a_yes_that_comes_twice_accepts_once(house):
    sent(house)
    head = house.office.merge_requests.get(ANNA, 1).head
    teacher = house.teacher()
    accept = {"do": "accept", "head": head, "grade": "5"}
    post(teacher, f"/desk/review/{ANNA}/1/", 200, **accept)
    post(teacher, f"/desk/review/{ANNA}/1/", 409, **accept)
    record = house.office.repositories.heads(ANNA)["refs/heads/record"]
    tree = house.office.repositories.tree(ANNA, record)
    assert [path for path in tree if path.startswith("reviews/")] == ["reviews/dvor/1.md"]


def test_an_old_form_saves_over_nothing_newer(house):
    page = house.anna().look(EDIT)
    post(page, EDIT, 200, body="Первое.", expected="", do="save")
    answer = post(page, EDIT, 409, body="Второе.", expected="", do="save")
    assert "Первое." in answer.text
    assert "Второе." in answer.text


@pytest.mark.parametrize("word", ["", "a-word-of-another-session", "é"])
def test_a_form_of_another_session_changes_nothing_and_comes_back_filled(house, word):
    page = house.anna()
    answer = page.client.post(EDIT, data={"csrf": word, "body": "Моё.", "do": "save"})
    assert answer.status_code == 403
    assert "Моё." in answer.text
    assert house.office.drafts.of_account(ANNA, ANNA) == ()


def test_a_form_whose_session_has_ended_changes_nothing_and_comes_back_filled(house):
    answer = house.nobody().client.post(EDIT, data={"csrf": CSRF["csrf"], "body": "Моё <b>."})
    assert answer.status_code == 403
    assert "Вход закончился, а написанное цело" in answer.text
    assert "Моё &lt;b&gt;." in answer.text
    assert house.office.drafts.of_account(ANNA, ANNA) == ()


def test_of_somebody_who_is_not_signed_in_little_is_read(house, monkeypatch):
    monkeypatch.setattr(application, "SIGNED_OUT_LIMIT", 64 * 1024)
    files = [("photos", ("a.jpg", b"x" * 200_000))]
    assert house.nobody().client.post(EDIT, files=files).status_code == 413


# Bodies without end


def test_a_body_that_is_too_large_is_refused_while_it_comes(house, monkeypatch):
    monkeypatch.setattr(submitted, "WHOLE_LIMIT", 64 * 1024)
    page = house.anna()
    files = [("csrf", (None, CSRF["csrf"])), ("photos", ("a.jpg", b"x" * 200_000))]
    answer = page.client.post(EDIT, files=files)
    assert answer.status_code == 413
    assert "Слишком много за один раз" in answer.text
    assert house.office.drafts.of_account(ANNA, ANNA) == ()


def test_fields_and_files_are_counted(house):
    page = house.anna()
    many = [(f"f{n}", (None, "x")) for n in range(submitted.FIELDS_LIMIT + 1)]
    assert page.client.post(EDIT, files=many).status_code == 400
    many = [("photos", (f"{n}.jpg", b"x")) for n in range(submitted.FILES_LIMIT + 1)]
    assert page.client.post(EDIT, files=many).status_code == 400
    long = [("body", (None, "я" * submitted.FIELD_LIMIT))]
    assert page.client.post(EDIT, files=long).status_code == 400


def test_what_is_no_form_is_refused(house):
    page = house.anna()
    answer = page.client.post(EDIT, content=b"{}", headers={"content-type": "application/json"})
    assert answer.status_code == 400


# Bombs


def chunk(name, content):
    crc = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc)


def picture_bomb():
    """A picture of 60,000 by 60,000 points in a few kilobytes."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 5_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def zip_bomb():
    """A document that unpacks to fifty megabytes."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    return target.getvalue()


def test_a_picture_bomb_is_told_and_the_rest_is_saved(house):
    page = house.anna().look(EDIT)
    page.send(files=[("bomb.png", picture_bomb())], body="Рассказ.", do="save", status=422)

    assert "1 файл не принят" in page.text
    (draft,) = house.office.drafts.of_account(ANNA, ANNA)
    assert not any("bomb" in path for path in draft.files)
    assert "Рассказ." in page.look(EDIT).text


def test_a_packed_document_is_never_unpacked(house):
    content = zip_bomb()
    assert len(content) < 1_000_000
    page = house.anna().look(EDIT)
    page.send(files=[("bomb.docx", content)], do="save", status=200)
    (draft,) = house.office.drafts.of_account(ANNA, ANNA)
    sizes = {path: blob.size for path, blob in draft.files.items() if "bomb" in path}
    assert sizes == {"works/dvor/bomb.docx": len(content)}


# Who looked at whom

WHO = {
    "/review": (TEACHER, Role.REVIEWER),
    "/people/{person}/consents": (STAFF, Role.REGISTRAR),
    "/people": (TEACHER, Role.REVIEWER),
    "/verify": ("s-9d6m", Role.VERIFIER),
    "/review-of": (BORIS, Role.LISTENER),
    "/reports": (STAFF, Role.REGISTRAR),
    "/accounts": (STAFF, Role.REGISTRAR),
}
PERSONAL = [one for one in ADDRESSES if "{person}" in one.path or "{account}" in one.path]


def filled(path):
    return "/desk" + (
        path.replace("{person}", ANNA)
        .replace("{account}", ANNA)
        .replace("{number:int}", "1")
        .replace("{key}", "works.dvor")
        .replace("{side}", "after")
        .replace("{path:path}", "works/dvor/plan.png")
    )


def somebody(house, path):
    """Who may see this screen: the longest beginning of its address says so."""
    start = max((one for one in WHO if path.startswith(f"{one}/")), key=len)
    return house.as_(WHO[start][0], WHO[start][1])


@pytest.mark.parametrize("address", PERSONAL, ids=[one.path for one in PERSONAL])
def test_every_screen_about_somebody_is_written_down_before_it_is_shown(house, address):
    who = somebody(house, address.path)
    house.recorded.clear()
    if address.show:
        who.client.get(filled(address.path))
    else:
        who.client.post(filled(address.path), data=CSRF)

    entry = house.recorded[0]
    assert (entry.person, entry.path) == (ANNA, filled(address.path))
    assert (entry.is_allowed, entry.how) == (True, "test")


@pytest.mark.parametrize("address", PERSONAL, ids=[one.path for one in PERSONAL])
def test_every_refusal_about_somebody_is_written_down_too(house, address):
    stranger = house.as_("s-0x0x", Role.REVIEWER, groups=("fr-26-1",))
    if address.path.startswith("/review-of/"):
        stranger = house.anna()
    house.recorded.clear()
    method = stranger.client.get if address.show else stranger.client.post
    answer = method(filled(address.path))

    assert answer.status_code == 404
    entry = house.recorded[0]
    assert entry.person == ANNA
    assert entry.is_allowed is False or address.roles


def test_what_cannot_be_written_down_is_not_shown(house):
    page = house.teacher()

    class FullDiskError(Exception):
        pass

    def fails(_entry):
        raise FullDiskError

    house.recorded = type("Full", (), {"append": staticmethod(fails)})()
    with pytest.raises(FullDiskError):
        page.client.get(f"/desk/people/{ANNA}/")


def test_a_recording_without_room_is_told_in_words_and_the_rest_is_saved(house, monkeypatch):
    monkeypatch.setattr(house.office.large_files, "limits", LargeLimits(single=1024, whole=1024))
    recording = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 4096
    page = house.anna().look(EDIT)
    page.send(files=[("film.mp4", recording)], body="Рассказ.", do="save", status=422)

    assert "не хватило места" in page.text
    assert "git" not in page.text.lower()
    assert "Рассказ." in page.look(EDIT).text
    (draft,) = house.office.drafts.of_account(ANNA, ANNA)
    assert not any("film" in path for path in draft.files)


def test_who_finds_the_line_for_previews_full_is_told_when_to_come_again(house):
    turns = Turns(most_waiting=0)
    previews = Previews(lambda *_: Site(), lambda *_: b"", turns)
    house.workplace = replace(house.workplace, previews=previews)
    page = house.anna()
    with turns.turn("somebody", "a long text"):
        answer = page.client.get("/desk/look/works.dvor/")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "Подождите несколько секунд" in answer.text
