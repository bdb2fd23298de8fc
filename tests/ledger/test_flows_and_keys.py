"""What lives for a while, what is sent later, and what is sealed."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from academy.account import Account
from ledger import Ledger, open_ledger
from ledger.keys import SigningKey
from ledger.seal import Seal, SealBrokenError

HOUR = timedelta(hours=1)


def test_a_flow_is_looked_at_changed_and_taken_once(ledger: Ledger, now: datetime):
    flows = ledger.flows
    flows.put("code", "key", {"n": 1}, now + HOUR)
    assert flows.get("code", "key", now) == {"n": 1}
    assert flows.get("state", "key", now) is None
    assert flows.get("code", "key", now + HOUR) is None
    assert flows.change("code", "key", {"n": 2})
    assert flows.take("code", "key", now) == {"n": 2}
    assert flows.take("code", "key", now) is None
    assert not flows.change("code", "key", {"n": 3})
    flows.put("code", "late", {}, now)
    assert flows.take("code", "late", now) is None


def test_of_many_who_take_at_once_one_gets_it(ledger: Ledger, now: datetime):
    ledger.flows.put("code", "key", {"n": 1}, now + HOUR)
    taken: list[object] = []
    start = Barrier(8)

    def take() -> None:
        start.wait()
        taken.append(ledger.flows.take("code", "key", now))

    threads = [Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken, key=str) == [None] * 7 + [{"n": 1}]


def test_flows_of_an_account(ledger: Ledger, listener: Account, now: datetime):
    ledger.flows.put("provider-session", "a", {"n": 1}, now + HOUR, account=listener.id)
    ledger.flows.put("provider-session", "b", {"n": 2}, now, account=listener.id)
    ledger.flows.put("code", "c", {"n": 3}, now + HOUR, account=listener.id)

    assert ledger.flows.of_account("provider-session", listener.id, now) == ({"n": 1},)
    ledger.flows.drop("provider-session", "a")
    assert ledger.flows.of_account("provider-session", listener.id, now) == ()


def test_a_message_waits_until_it_is_sent(ledger: Ledger, now: datetime):
    ledger.outbox.put("logout", {"account": "x"}, now)
    assert ledger.outbox.due(now - HOUR) == ()
    [message] = ledger.outbox.due(now)
    ledger.outbox.later(message.id, now + HOUR)
    assert ledger.outbox.due(now) == ()
    [again] = ledger.outbox.due(now + HOUR)
    assert (again.id, again.attempts) == (message.id, 1)
    ledger.outbox.sent(message.id)
    assert ledger.outbox.due(now + HOUR) == ()


def key(name: str, now: datetime) -> SigningKey:
    return SigningKey(
        id=name,
        private=f"private {name}".encode(),
        public={"kid": name},
        created=now,
        signs_from=now + HOUR,
        signs_until=now + 3 * HOUR,
        published_until=now + 4 * HOUR,
    )


def test_signing_keys_come_overlap_and_go(ledger: Ledger, now: datetime):
    one, two = key("one", now), key("two", now + HOUR)
    for each in (one, two):
        ledger.keys.add(each)

    assert ledger.keys.signing(now) is None
    assert ledger.keys.signing(now + HOUR) == one
    assert ledger.keys.signing(now + 2 * HOUR) == two
    assert ledger.keys.published(now + 3 * HOUR) == (one, two)
    assert ledger.keys.published(now + 4 * HOUR) == (two,)
    ledger.keys.sweep(now + 4 * HOUR)
    assert ledger.keys.published(now) == (two,)
    assert "private" not in repr(two)


def test_a_private_key_is_sealed(ledger: Ledger, home: Path, now: datetime):
    ledger.keys.add(key("one", now))
    ledger.close()
    content = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())

    assert b"private one" not in content
    (home / "keys" / "ledger.key").write_bytes(bytes(32))
    with open_ledger(home) as other, pytest.raises(SealBrokenError):
        other.keys.published(now)


def test_what_the_ledger_makes_is_for_its_owner_only(ledger: Ledger, home: Path):
    assert ledger.secret("csrf") == ledger.secret("csrf")
    assert ledger.secret("csrf") != ledger.secret("other")
    open_to_others = [
        file
        for file in home.rglob("*")
        if file.is_file() and file.name != "lock" and stat.S_IMODE(file.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


def test_when_several_make_the_key_file_at_once_one_key_wins(tmp_path: Path):
    found: list[bytes] = []
    start = Barrier(8)

    def make() -> None:
        start.wait()
        found.append(Seal(tmp_path / "keys" / "ledger.key").derived("x"))

    threads = [Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["ledger.key"]


def test_a_seal_opens_what_it_sealed_for_the_same_purpose(tmp_path: Path):
    seal = Seal(tmp_path / "key")
    sealed = seal.seal(b"secret", "one")

    assert seal.open(sealed, "one") == b"secret"
    for wrong in (sealed[:-1], b"", sealed[:12] + b"\0" + sealed[13:]):
        with pytest.raises(SealBrokenError):
            seal.open(wrong, "one")
    with pytest.raises(SealBrokenError):
        seal.open(sealed, "other")
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(SealBrokenError):
        Seal(tmp_path / "key")
