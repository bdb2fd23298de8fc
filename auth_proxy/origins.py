"""Whether a request that changes something comes from a page of ours.

Browsers say where a request comes from in headers that no page can write
(Fetch Metadata; RFC 6454). The token in each form is the other lock, and is
looked at by whoever takes the form.
"""

from __future__ import annotations

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_from_here(
    method: str, *, own: bytes, origin: bytes | None, fetch_site: bytes | None
) -> bool:
    """Tell whether a request may change something; `own` is our origin, `https://host:port`.

    A request that names neither an origin nor a site is no browser's: it carries
    no cookie that it was not given by hand, and the token still has to be right.
    """
    if method in SAFE_METHODS:
        return True
    if fetch_site is not None and fetch_site not in (b"same-origin", b"none"):
        return False
    if origin == b"null" and fetch_site == b"same-origin":
        # What a page with `Referrer-Policy: no-referrer` sends, also to its own origin.
        return True
    return origin is None or origin == own
