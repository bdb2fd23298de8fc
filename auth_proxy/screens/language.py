"""In which language a page speaks: the one chosen before, that of the browser, or the academy's."""

from __future__ import annotations

from messages import LANGUAGES

_LONGEST = 300


def language_of(chosen: str | None, accepted: str, fallback: str) -> str:
    """Choose among `LANGUAGES`; `accepted` is the header Accept-Language (RFC 9110, 12.5.4)."""
    if chosen in LANGUAGES:
        return chosen
    wanted = [_weighed(one) for one in accepted[:_LONGEST].split(",")]
    known = [(weight, name) for weight, name in wanted if weight > 0 and name in LANGUAGES]
    # Of equal weight the one named first wins: `max` keeps the first it meets.
    return max(known, key=lambda one: one[0])[1] if known else fallback


def _weighed(one: str) -> tuple[float, str]:
    """The weight of one wish and its language without the region."""
    name, _, parameter = one.partition(";")
    _, _, weight = parameter.partition("q=")
    try:
        found = float(weight) if weight else 1.0
    except ValueError:
        found = 0.0
    return found, name.strip().lower().partition("-")[0]
