"""`cabinet keys`: signing keys are changed in time, and at once after a leak."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from academy.audit import Action
from auth_proxy.identity.keys import SHOWN_BEFORE, SigningKeys
from tests.cabinet.conftest import row

PROVIDER = '[provider]\nissuer = "https://id.example.org"\nclient_id = "cabinet"\n'


@pytest.fixture
def academy(desk):
    """A home with an academy that has signed something."""
    assert desk.run("import", desk.export(row(1)))[0] == 0
    keys = SigningKeys(desk.office.ledger.keys)
    return desk, keys, keys.sign({"sub": "x"}, datetime.now(UTC))


def listed(desk):
    """The keys as the command tells them, the one that signs first."""
    found = json.loads(desk.run("keys", "list", "--json")[1])
    return sorted(found, key=lambda one: not one["is_signing"])


def test_a_key_is_changed_so_that_nobody_meets_one_they_have_not_seen(academy):
    desk, keys, token = academy
    [old] = listed(desk)

    code, out, _ = desk.run("keys", "rotate")

    signing, coming = listed(desk)
    assert (code, signing["id"], coming["id"] in out) == (0, old["id"], True)
    now = datetime.now(UTC)
    assert keys.read(token, now) is not None
    later = keys.sign({"sub": "x"}, now + SHOWN_BEFORE + timedelta(minutes=1))
    assert keys.read(later, now) is not None
    assert desk.office.ledger.keys.signing(now + SHOWN_BEFORE).id == coming["id"]
    said = desk.run("keys", "list")[1].splitlines()
    assert [old["id"] in said[0], "подписывает с" in said[0]] == [True, True]
    assert [coming["id"] in said[1], "будет подписывать с" in said[1]] == [True, True]
    assert said[2] == "Видны 2 ключа."


def test_after_a_leak_nothing_the_old_keys_signed_is_believed_and_they_are_nowhere(academy):
    desk, keys, token = academy
    desk.run("keys", "rotate")
    old = {one["id"] for one in listed(desk)}
    now = datetime.now(UTC)
    sealed = sealed_keys(desk)

    code, out, _ = desk.run("keys", "rotate", "--now")

    [new] = listed(desk)
    assert (code, new["is_signing"], new["id"] in out, new["id"] in old) == (0, True, True, False)
    assert keys.read(token, now) is None
    assert keys.read(keys.sign({"sub": "x"}, datetime.now(UTC)), now) is not None
    held = b"".join(file.read_bytes() for file in desk.office.home.root.glob("cabinet.db*"))
    assert [one in held for one in sealed] == [False, False]


def sealed_keys(desk):
    """The keys as they stand in the database."""
    with desk.office.ledger.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT sealed FROM signing_keys").all()
    return [bytes(one.sealed) for one in rows]


def test_who_changed_keys_is_written_down(academy):
    desk, *_ = academy
    desk.run("keys", "rotate")
    desk.run("keys", "rotate", "--now")

    found = [one.entry for one in desk.office.ledger.audit.query()]
    rotated = [one for one in found if one.action is Action.KEYS_ROTATED]
    assert [dict(one.details) for one in rotated] == [{"others": "shown"}, {"others": "destroyed"}]
    assert all(one.actor.startswith("os-") for one in rotated)


def test_without_any_key_the_first_signs_at_once(desk):
    assert desk.run("init")[0] == 0
    assert desk.run("keys", "rotate")[0] == 0
    [key] = listed(desk)
    assert key["is_signing"]


@pytest.mark.parametrize("command", ["list", "rotate"])
def test_an_outside_provider_has_keys_of_its_own(academy, command):
    desk, *_ = academy
    file = desk.office.home.sign_in
    file.write_text(PROVIDER, encoding="utf-8")
    file.chmod(0o600)

    code, _, err = desk.run("keys", command)

    assert (code, "https://id.example.org" in err) == (2, True)
