"""Large bodies at once: so many bytes for each account and for all, and waiting loses nothing."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request

from desk import application
from desk.turns import BusyError
from desk.web.bodies import Bodies
from desk.web.submitted import MIB, WHOLE_LIMIT


def request(size=None, *, is_chunked=False):
    headers = [] if size is None else [(b"content-length", b"%d" % size)]
    headers += [(b"transfer-encoding", b"chunked")] if is_chunked else []
    return Request({"type": "http", "headers": headers})


def has_room(bodies, asked, whose="anna"):
    """Ask for room while other requests have theirs: `asked` are their sizes and whose they are."""

    async def ask():
        async def hold(rest):
            if not rest:
                return True
            (size, owner), *others = rest
            async with bodies.room(request(size), owner):
                return await hold(others)

        try:
            return await hold([*asked, (2 * MIB, whose)])
        except BusyError:
            return False

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], True),
        ([(10 * MIB, "boris")], True),
        ([(11 * MIB, "boris")], False),
        ([(5 * MIB, "boris"), (5 * MIB, "clara")], True),
        ([(6 * MIB, "boris"), (5 * MIB, "clara")], False),
        ([(MIB, "boris")] * 50, True),
    ],
)
def test_all_together_have_so_much(asked, expected):
    assert has_room(Bodies(12 * MIB, patience=0), asked) is expected


def test_one_account_takes_no_more_than_the_largest_form():
    held = [(WHOLE_LIMIT - MIB, "anna")]
    assert has_room(Bodies(patience=0), held, "anna") is False
    assert has_room(Bodies(patience=0), held, "boris") is True


def test_one_that_does_not_say_its_size_counts_as_the_largest():
    async def ask(bodies):
        first = bodies.room(request(is_chunked=True), "anna")
        async with first, bodies.room(request(2 * MIB), "boris"):
            pass

    with pytest.raises(BusyError):
        asyncio.run(ask(Bodies(WHOLE_LIMIT, patience=0)))


def test_whoever_waits_goes_on_when_there_is_room():
    order = []

    async def hold(bodies, name, done):
        async with bodies.room(request(2 * MIB), name):
            order.append(name)
            await done.wait()

    async def all_of_them():
        bodies, done = Bodies(2 * MIB), asyncio.Event()
        first = asyncio.create_task(hold(bodies, "anna", done))
        await asyncio.sleep(0)
        second = asyncio.create_task(hold(bodies, "boris", done))
        await asyncio.sleep(0)
        assert order == ["anna"]
        done.set()
        await asyncio.gather(first, second)

    asyncio.run(all_of_them())
    assert order == ["anna", "boris"]


def test_whoever_finds_no_room_is_told_when_to_come_again(house, monkeypatch):
    monkeypatch.setattr(application, "Bodies", lambda: Bodies(2 * MIB, patience=0))
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(do="save", body="Слова.", files=[("a.jpg", bytes(3 * MIB))], status=503)
    assert page.page.headers["retry-after"]
    assert "обновите эту страницу" in page.text
    assert house.office.drafts.of_account("bcdfghjkmn", "bcdfghjkmn") == ()
