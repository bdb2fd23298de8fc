"""Failures of signing in, counted; the rules are in `academy/throttle.py`."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from academy.throttle import (
    ACCOUNT_FORGOTTEN_AFTER,
    FAMILIAR_FOR,
    PAIR_FORGOTTEN_AFTER,
    Tally,
    counted,
    counted_in_window,
    wait,
)
from ledger.database import Database
from ledger.tables import FAILURES, FAMILIAR


class Throttle:
    """Slows guessing down, for known and unknown user names alike."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admit(self, user_name: str, address: str, now: datetime) -> timedelta:
        """Ask to attempt a sign-in; gives how long to wait, or zero: go on.

        An attempt that may be made is counted as a failure at once, so that a
        hundred at the same moment count as a hundred; `succeeded` takes it back.
        """
        pair, account, source = _keys(user_name, address)
        with self._database.writing() as connection:
            tallies = [_tally(connection, key) for key in (pair, account, source)]
            left = wait(
                pair=tallies[0],
                account=tallies[1],
                address=tallies[2],
                is_familiar=_is_familiar(connection, pair, now),
                now=now,
            )
            if not left:
                _keep(connection, pair, counted(tallies[0], now, PAIR_FORGOTTEN_AFTER))
                _keep(connection, account, counted(tallies[1], now, ACCOUNT_FORGOTTEN_AFTER))
                _keep(connection, source, counted_in_window(tallies[2], now))
        return left

    def succeeded(self, user_name: str, address: str, now: datetime) -> None:
        """Note that the attempt was no failure: the address is familiar to the account from now."""
        pair, account, source = _keys(user_name, address)
        with self._database.writing() as connection:
            connection.execute(delete(FAILURES).where(FAILURES.c.key == pair))
            for key in (account, source):
                _take_back(connection, key)
            connection.execute(delete(FAMILIAR).where(FAMILIAR.c.key == pair))
            connection.execute(insert(FAMILIAR).values(key=pair, last=now))

    def sweep(self, now: datetime) -> None:
        """Forget what no rule looks at any more."""
        with self._database.writing() as connection:
            connection.execute(
                delete(FAILURES).where(FAILURES.c.last <= now - PAIR_FORGOTTEN_AFTER)
            )
            connection.execute(delete(FAMILIAR).where(FAMILIAR.c.last <= now - FAMILIAR_FOR))


def _keys(user_name: str, address: str) -> tuple[bytes, bytes, bytes]:
    name = user_name.strip().casefold()
    return tuple(  # type: ignore[return-value]
        sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
        for parts in (("pair", name, address), ("account", name), ("address", address))
    )


def _tally(connection: Connection, key: bytes) -> Tally | None:
    row = connection.execute(select(FAILURES).where(FAILURES.c.key == key)).one_or_none()
    return None if row is None else Tally(number=row.number, first=row.first, last=row.last)


def _keep(connection: Connection, key: bytes, tally: Tally) -> None:
    connection.execute(delete(FAILURES).where(FAILURES.c.key == key))
    connection.execute(
        insert(FAILURES).values(key=key, number=tally.number, first=tally.first, last=tally.last)
    )


def _take_back(connection: Connection, key: bytes) -> None:
    tally = _tally(connection, key)
    if tally is None:
        return
    if tally.number > 1:
        _keep(connection, key, Tally(number=tally.number - 1, first=tally.first, last=tally.last))
    else:
        connection.execute(delete(FAILURES).where(FAILURES.c.key == key))


def _is_familiar(connection: Connection, pair: bytes, now: datetime) -> bool:
    last: datetime | None = connection.execute(
        select(FAMILIAR.c.last).where(FAMILIAR.c.key == pair)
    ).scalar_one_or_none()
    return last is not None and now - last < FAMILIAR_FOR
