"""Recordings at the desk: in the form of their author, in what a reviewer looks at, in parts."""

from __future__ import annotations

import asyncio
import re

import pytest

from academy.access import Role, Visitor
from academy.door import SCOPE, Door, RightEndedError
from desk.application import desk

ANNA = "bcdfghjkmn"
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 400
EDIT = "/desk/edit/works.dvor/"


def with_a_film(page):
    return page.look(EDIT).send(files=[("walk.mp4", FILM)], do="save")


def test_the_author_plays_it_in_the_form(house):
    page = with_a_film(house.anna())
    [address] = re.findall(r'<video[^>]* src="([^"]*)"', page.html)
    assert address == "/desk/picture/works.dvor/walk.mp4"
    assert 'preload="none"' in page.html

    whole = page.client.get(address)
    assert whole.content == FILM
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["accept-ranges"] == "bytes"
    assert house.anna().client.get("/desk/picture/works.dvor/other.mp4").status_code == 404


def test_it_plays_in_the_preview_too_and_for_the_reviewer(house):
    page = with_a_film(house.anna()).look("/desk/look/works.dvor/")
    [name] = re.findall(r'<video[^>]* src="([^"]*)"', page.html)
    assert page.client.get(str(page.page.url.join(name))).content == FILM

    page.look("/desk/send/works.dvor/").send(declared="1")
    number = page.address.rstrip("/").rpartition("/")[2]
    teacher = house.teacher().look(f"/desk/review/bcdfghjkmn/{number}/")
    [address] = re.findall(r'<video[^>]* src="([^"]*)"', teacher.html)
    assert teacher.client.get(address).content == FILM


def test_a_part_of_it_is_given_to_who_asks_for_a_part(house):
    page = with_a_film(house.anna())
    asked = {"headers": {"Range": "bytes=100-199"}}
    part = page.client._ask("GET", "/desk/picture/works.dvor/walk.mp4", **asked)
    assert part.status_code == 206
    assert part.content == FILM[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(FILM)}"


def test_it_is_broken_off_when_the_right_ends_on_the_way(house):
    """An answer that has begun cannot say why: it has no end, and the server closes it."""
    with_a_film(house.anna())
    visitor = Visitor(account=ANNA, roles=frozenset({Role.LISTENER}), groups=frozenset())
    pieces = []

    async def record(_entry):
        pass

    async def send(message):
        if message["type"] == "http.response.body":
            pieces.append(message["body"])
            house.workplace.ledger.consents.withdraw(ANNA, "c-1", house.clock())

    async def receive():
        await asyncio.Event().wait()

    door = Door(visitor=visitor, csrf="a-word", language="ru", record=record)
    path = "/desk/picture/works.dvor/walk.mp4"
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}

    with pytest.raises(RightEndedError):
        asyncio.run(desk(house.workplace)({**scope, SCOPE: door}, receive, send))
    assert len(pieces) == 1
    assert len(pieces[0]) < len(FILM)
