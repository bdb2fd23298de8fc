"""What stands between a visitor and a page, and where that is done."""

from __future__ import annotations

from urllib.parse import quote

from academy.access import Rule, Visitor
from auth_proxy.asking import Asking

_STEPS = {
    Rule.NOT_SIGNED_IN: "/oauth2/sign-in",
    Rule.PASSWORD_NOT_CHANGED: "/id/password",
    Rule.RULES_NOT_ACKNOWLEDGED: "/oauth2/rules",
}


class WaysIn:
    """The steps before anything opens: signing in, an own password, the rules of use."""

    def way(self, asking: Asking, rule: Rule) -> str | None:
        """Where a person who wants to see a page goes first; None when nothing can be done.

        A part of a page, a HEAD or a form is not led anywhere: nobody looks at the answer.
        """
        step = _STEPS.get(rule)
        if step is None or asking.method != "GET" or not asking.is_navigation:
            return None
        query: bytes = asking.scope.get("query_string", b"")
        place = quote(asking.path) + (f"?{query.decode('latin-1')}" if query else "")
        return f"{step}?return={quote(place, safe='/')}"


def missing_step(visitor: Visitor | None) -> Rule | None:
    """The first step a visitor still has to take; None when the house is open to them."""
    if visitor is None or visitor.is_blocked:
        return Rule.NOT_SIGNED_IN
    if visitor.must_change_password:
        return Rule.PASSWORD_NOT_CHANGED
    if not visitor.has_acknowledged_rules:
        return Rule.RULES_NOT_ACKNOWLEDGED
    return None
