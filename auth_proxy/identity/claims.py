"""What a service learns of an account: by the scopes it was registered with, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from academy.account import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the academy's records say of the person behind an account."""

    name: str = ""
    mailbox: str = ""
    group: str = ""


DescribeAccount = Callable[[Account], Description]


def claims_of(account: Account, scope: str, describe: DescribeAccount) -> dict[str, Any]:
    """The claims of an account for a scope; what is not known is left out."""
    scopes = frozenset(scope.split())
    said = describe(account)
    claims: dict[str, Any] = {"sub": account.id}
    if "profile" in scopes:
        claims |= {"preferred_username": account.user_name, "name": said.name}
    if "email" in scopes and said.mailbox:
        # The mailbox is the academy's own, so it is theirs for certain.
        claims |= {"email": said.mailbox, "email_verified": True}
    if "groups" in scopes:
        groups = {*account.groups, *([said.group] if said.group else [])}
        claims |= {"groups": sorted(groups), "roles": sorted(one.value for one in account.roles)}
    return {name: value for name, value in claims.items() if value not in ("", None)}
