"""Nobody holds up the others by being slow."""

from __future__ import annotations

import asyncio
import socket
from base64 import b64encode
from contextlib import ExitStack

import pytest

from forge.transfer.turns import OF_ONE_PERSON, Turns

PERSON, NEIGHBOUR = "k7m2q9x4bd", "b9w4x7r2tm"
SECRET = "very-secret"
HEADS = "/git/{}.git/info/refs"


@pytest.fixture
def turns():
    """Two turns are easily held; a slow answer gives its turn back at once."""
    return Turns(at_once=2, seconds=0.05)


@pytest.fixture
def slow(host):
    """Begin pushes that do not end, each with `sent` of the bytes it promises."""
    with ExitStack() as stack:

        def run(name, times, *, sent=b"0", service="receive"):
            word = b64encode(f"{name}:{SECRET}".encode()).decode()
            head = (
                f"POST /git/{name}.git/git-{service}-pack HTTP/1.1\r\nHost: {host}\r\n"
                f"Authorization: Basic {word}\r\nContent-Length: 100000\r\n"
                f"Content-Type: application/x-git-{service}-pack-request\r\n\r\n"
            )
            where, _, port = host.rpartition(":")
            made = []
            for _ in range(times):
                connection = socket.create_connection((where, int(port)), timeout=20)
                connection.sendall(head.encode() + sent)
                made.append(stack.enter_context(connection))
            return made

        yield run


def advertised(ask, name):
    """Ask for what a repository shows to whoever wants to push; give the status."""
    path = f"{HEADS.format(name)}?service=git-receive-pack"
    return ask("GET", path, user=name)[0]


@pytest.mark.parametrize("service", ["receive", "upload"])
def test_slow_bodies_hold_no_turn(person, neighbour, slow, ask, service):
    slow(person, OF_ONE_PERSON - 1, service=service)
    slow(neighbour, OF_ONE_PERSON - 1, service=service)

    assert [advertised(ask, one) for one in (person, neighbour)] == [200, 200]


def test_one_person_has_so_many_and_the_others_do_not_notice(person, neighbour, slow, ask):
    held = slow(person, OF_ONE_PERSON)
    [refused] = slow(person, 1)

    assert refused.recv(1000).startswith(b"HTTP/1.1 429")
    assert (advertised(ask, person), advertised(ask, neighbour)) == (429, 200)
    for one in held:
        one.shutdown(socket.SHUT_RDWR)
    while advertised(ask, person) == 429:
        pass
    assert advertised(ask, person) == 200


def test_bodies_have_room_together_and_no_more(person, slow, ask, monkeypatch, application):
    spool = application._git._spool
    monkeypatch.setattr(spool, "_room", 50_000)
    [refused] = slow(person, 1, sent=bytes(60_000))

    assert refused.recv(1000).startswith(b"HTTP/1.1 503")
    assert spool._room == 50_000, "What was received is gone again."
    assert advertised(ask, person) == 200


async def held(turn, is_held, goes_on):
    async with turn:
        is_held.set()
        await goes_on.wait()


def test_a_slow_answer_gives_its_turn_back():
    async def run():
        turns = Turns(at_once=1, seconds=0.05)
        is_held, goes_on = asyncio.Event(), asyncio.Event()
        slow = asyncio.create_task(held(turns.answering(), is_held, goes_on))
        await is_held.wait()
        async with asyncio.timeout(20), turns.working():
            assert not slow.done()
            goes_on.set()
            await slow
            # It was given back once and not twice: the turn is ours.
            other = asyncio.create_task(held(turns.working(), asyncio.Event(), goes_on))
            await asyncio.sleep(0)
            assert not other.done()
        await other

    asyncio.run(run())
