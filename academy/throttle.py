"""How long a sign-in has to wait after failures, so that guessing is slow and nobody is locked out.

Failures are counted for an account from one address, for an account from
everywhere, and for an address. Whoever attacks an account from many addresses,
or many accounts from one, is slowed down at once; whoever signed in from an
address before is held by their own failures only, and everybody gets at least
one attempt a quarter of an hour from an address that is not itself attacking.
An attempt made while waiting is refused and not counted, so that no wait grows
by being knocked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_WAIT = timedelta(minutes=15)
FREE_ATTEMPTS = 5
ACCOUNT_UNDER_ATTACK = 50
ADDRESS_UNDER_ATTACK = 100
FIRST_WAIT = timedelta(seconds=10)
PAIR_FORGOTTEN_AFTER = timedelta(hours=24)
ACCOUNT_FORGOTTEN_AFTER = timedelta(hours=1)
FAMILIAR_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Failures counted since `first`, the last of them at `last`."""

    number: int
    first: datetime
    last: datetime


def wait(
    *,
    pair: Tally | None,
    account: Tally | None,
    address: Tally | None,
    is_familiar: bool,
    now: datetime,
) -> timedelta:
    """Tell how long an attempt has to wait; zero when it may be made now.

    `pair` counts this account from this address, `account` this account from
    everywhere, `address` every account from this address.
    """
    is_attacked = _number(account, now, ACCOUNT_FORGOTTEN_AFTER) >= ACCOUNT_UNDER_ATTACK
    free = 1 if is_attacked and not is_familiar else FREE_ATTEMPTS
    waits = [_pair_wait(pair, free, now)]
    if not is_familiar:
        waits.append(_address_wait(address, now))
    return max(timedelta(0), *waits)


def counted(tally: Tally | None, now: datetime, forgotten_after: timedelta) -> Tally:
    """Count one more failure; what is older than `forgotten_after` begins anew."""
    if tally is None or now - tally.last >= forgotten_after:
        return Tally(number=1, first=now, last=now)
    return Tally(number=tally.number + 1, first=tally.first, last=now)


def counted_in_window(tally: Tally | None, now: datetime) -> Tally:
    """Count one more failure of an address; each window begins anew."""
    if tally is None or now - tally.first >= LONGEST_WAIT:
        return Tally(number=1, first=now, last=now)
    return Tally(number=tally.number + 1, first=tally.first, last=now)


def _pair_wait(pair: Tally | None, free: int, now: datetime) -> timedelta:
    number = _number(pair, now, PAIR_FORGOTTEN_AFTER)
    if pair is None or number < free:
        return timedelta(0)
    if free == 1:
        return pair.last + LONGEST_WAIT - now
    doubled = timedelta(seconds=FIRST_WAIT.total_seconds() * 2 ** min(number - free, 10))
    return pair.last + min(LONGEST_WAIT, doubled) - now


def _address_wait(address: Tally | None, now: datetime) -> timedelta:
    if address is None or address.number < ADDRESS_UNDER_ATTACK:
        return timedelta(0)
    return address.first + LONGEST_WAIT - now


def _number(tally: Tally | None, now: datetime, forgotten_after: timedelta) -> int:
    return 0 if tally is None or now - tally.last >= forgotten_after else tally.number
