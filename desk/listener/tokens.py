"""Personal tokens: how a program of one's own, such as Git, comes in."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from desk.forms.filled import tidy
from desk.web.call import Call

WRONG = 422
PERIODS = (30, 90, 365)


def tokens(call: Call) -> Response:
    """Show the tokens there are."""
    return _page(call)


def change_tokens(call: Call) -> Response:
    """Make a token and show it this once, or make one worthless."""
    ledger, account = call.workplace.ledger, call.visitor.account
    revoked = call.form.get("revoke")
    if revoked:
        ledger.tokens.revoke(revoked, account)
        return call.go("/desk/tokens/", "token-revoked")
    label = tidy(call.form.get("label"))[:100]
    days = {str(one): one for one in PERIODS}.get(call.form.get("days"), PERIODS[0])
    if not label:
        return _page(call, status=WRONG)
    expires = call.at + timedelta(days=days)
    secret, _ = ledger.tokens.create(account, label, call.at, expires)
    return _page(call, secret=secret)


def _page(call: Call, *, status: int = 200, secret: str = "") -> Response:
    account = call.workplace.ledger.accounts.get(call.visitor.account)
    return call.page(
        "tokens.html",
        status=status,
        secret=secret,
        is_nameless=status == WRONG,
        tokens=call.workplace.ledger.tokens.of_account(call.visitor.account),
        periods=PERIODS,
        address=call.workplace.address or "https://…",
        person=call.visitor.account,
        user_name=account.user_name if account else "",
    )
