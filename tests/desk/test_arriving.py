"""Large files piece by piece at the desk: begun, gone on with, attached; what hostile ones get."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from academy.access import Role
from academy.pointer import read_pointer
from desk.web.submitted import PIECE_LIMIT
from forge.large.store import LargeLimits
from tests.desk.conftest import ANNA, BORIS, CSRF

FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 400
EDIT = "/desk/edit/works.dvor/"
MARK = sha256(FILM).hexdigest()
HERE = f"/desk/arriving/{MARK}/"


def begin(page, name="walk.mp4", content=FILM, status=200, **changed):
    fields = {
        "csrf": CSRF, "name": name, "size": str(len(content)), "mark": MARK,
        "start": content[:64].hex(), **changed,
    }  # fmt: skip
    answer = page.client.post("/desk/arriving/", data=fields)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.headers["content-type"] == "application/json" else {}


def piece(
    page, offset, content, *, status=200, csrf=CSRF, kind="application/octet-stream", at=HERE
):
    headers = {"X-Csrf": csrf, "X-Offset": str(offset), "Content-Type": kind}
    answer = page.client.post(at, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    return answer


def files_of_draft(house):
    (draft,) = house.office.drafts.of_account(ANNA, ANNA)
    return draft.files


def test_a_film_goes_on_where_the_line_broke_and_is_attached_as_a_pointer(house):
    page = house.anna()
    assert begin(page)["received"] == 0
    assert piece(page, 0, FILM[:5000]).json()["received"] == 5000
    assert "пришло 5 КБ из 100 КБ" in page.look(EDIT).text

    told = begin(house.anna(), name="IMG_0001.MP4")
    assert told["received"] == 5000
    assert told["tail"] == sha256(FILM[:5000]).hexdigest()
    assert house.anna().client.get(HERE).json()["received"] == 5000
    assert piece(page, 5000, FILM[5000:]).json()["is_whole"] is True
    page.look(EDIT)
    assert f'name="arrived.{MARK}"' in page.html
    page.send(do="save", **{f"arrived__{MARK}": "1"})

    blob = files_of_draft(house)["works/dvor/walk.mp4"]
    content = house.office.repositories.read(ANNA, [blob.id])[blob.id]
    assert read_pointer(content).oid == sha256(FILM).hexdigest()
    assert page.client.get("/desk/picture/works.dvor/walk.mp4").content == FILM
    assert "arrived." not in page.look(EDIT).html
    assert piece(page, 0, FILM[:10], status=404)


def test_a_draft_that_saves_itself_takes_it_along_and_says_by_which_name(house):
    page = house.anna()
    begin(page)
    piece(page, 0, FILM)
    page.look(EDIT).send(do="autosave", **{f"arrived__{MARK}": "1"})
    told = json.loads(page.html)
    assert told["arrived"] == {MARK: "walk.mp4"}
    assert told["refused"] == []


def test_a_new_work_begins_with_a_film_alone(house):
    page = house.anna()
    begin(page)
    piece(page, 0, FILM)
    page.look("/desk/add/works/").send(**{f"arrived__{MARK}": "1"})
    assert "walk.mp4" in page.text
    assert any(path.endswith("/walk.mp4") for path in files_of_draft(house))


def test_an_offset_that_lies_and_a_piece_that_comes_again_are_told_where_it_stands(house):
    page = house.anna()
    begin(page)
    piece(page, 0, FILM[:5000])
    for offset in (0, 1, 4999, 5001, 10**15):
        assert piece(page, offset, b"x", status=409).json()["received"] == 5000
    for offset in ("", "-1", "1e3", "0x10", "00", "9" * 30, "+5"):
        piece(page, offset, b"x", status=400)
    assert piece(page, 5000, FILM[5000:]).json()["is_whole"] is True
    piece(page, 0, FILM[:5000], status=409)


def test_more_than_was_said_is_refused_in_words(house):
    page = house.anna()
    begin(page)
    assert "изменился" in piece(page, 0, FILM + b"!", status=422).json()["refused"]
    piece(page, 0, b"", status=400)
    assert piece(page, 0, b"x" * (PIECE_LIMIT + 1), status=413)
    assert page.client.get(HERE).json()["received"] == 0


def test_nobody_reaches_the_file_of_another(house):
    begin(house.anna())
    boris = house.as_(BORIS, Role.LISTENER)
    assert boris.client.get(HERE).status_code == 404
    piece(boris, 0, FILM, status=404)
    assert boris.client.post(f"{HERE}forget/", data={"csrf": CSRF}).status_code == 404
    piece(house.teacher(), 0, FILM, status=404)
    assert house.anna().client.get(HERE).json()["received"] == 0


def test_a_form_of_another_page_begins_and_sends_nothing(house):
    page = house.anna()
    begin(page, csrf="another", status=403)
    begin(page)
    piece(page, 0, FILM, csrf="another", status=403)
    for kind in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
        piece(page, 0, FILM, kind=kind, status=400)
    assert page.client.get(HERE).json()["received"] == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("walk.avi", FILM, "не всякий браузер"),
        ("walk.mp4", b"MZ" + b"\0" * 500, "walk.mp4"),
        ("walk.html", b"<script>", "walk.html"),
        ("walk.pdf", b"%PDF-1.7", "walk.pdf"),
        ("walk", FILM, "walk"),
    ],
)
def test_what_could_not_stay_is_refused_before_it_comes(house, name, content, words):
    page = house.anna()
    refused = begin(page, name=name, content=content, status=422)["refused"]
    assert words in refused
    assert "works/" not in refused
    assert house.office.arrivals.of(ANNA) == ()


@pytest.mark.parametrize(
    "sent", ["../../x/Прогулка.MP4", "C:\\films\\..\\a.mp4", "\0\u202e.mp4", "CON.mp4"]
)
def test_a_name_with_tricks_becomes_a_good_one(house, sent):
    page = house.anna()
    name = begin(page, name=sent)["name"]
    assert not set("/\\\0\u202e") & set(name)
    piece(page, 0, FILM)
    page.look(EDIT).send(do="save", **{f"arrived__{MARK}": "1"})
    assert f"works/dvor/{name}" in files_of_draft(house)


@pytest.mark.parametrize(
    "changed",
    [{"size": "0"}, {"size": "-5"}, {"size": "9" * 20}, {"mark": "../" + "a" * 61}, {"mark": ""},
     {"start": "zz"}, {"start": "00" * 65}, {"name": ""}],
)  # fmt: skip
def test_what_is_no_announcement_begins_nothing(house, changed):
    begin(house.anna(), status=400, **changed)
    assert house.office.arrivals.of(ANNA) == ()


def test_another_content_than_announced_is_refused_when_it_is_attached(house):
    page = house.anna()
    begin(page)
    piece(page, 0, b"MZ" + b"\0" * (len(FILM) - 2))
    page.look(EDIT).send(do="save", status=422, **{f"arrived__{MARK}": "1"})
    assert "walk.mp4" in page.text
    assert "works/dvor/walk.mp4" not in files_of_draft(house)


def test_too_large_no_room_and_too_many_are_said_in_words(house, monkeypatch):
    page, english = house.anna(), house.anna(language="en")
    monkeypatch.setattr(
        house.office.large_files, "limits", LargeLimits(single=2**20, whole=2**20 + 5000)
    )
    assert "больше 1 МБ" in begin(page, status=422, size=str(2**20 + 1))["refused"]
    assert "larger than 1 MB" in begin(english, status=422, size=str(2**20 + 1))["refused"]
    for number in range(5):
        begin(page, mark=f"{number:064x}", size="100")
    assert "пять файлов" in begin(page, status=422, size="100")["refused"]
    page.client.post(f"/desk/arriving/{0:064x}/forget/", data={"csrf": CSRF})
    begin(page, size=str(2**20))
    page.client.post(f"/desk/arriving/{1:064x}/forget/", data={"csrf": CSRF})
    assert "не хватило места" in begin(page, status=422, mark="b" * 64, size="9000")["refused"]


def test_each_request_is_written_down(house):
    page = house.anna()
    begin(page)
    piece(page, 0, FILM)
    page.client.get(HERE)
    assert [(one.action.value, one.path) for one in house.recorded] == [
        ("edited", "/desk/arriving/"),
        ("edited", HERE),
        ("read", HERE),
    ]
