"""The headers every answer carries, made once.

Sources: OWASP Secure Headers, MDN; the policy allows nothing inline, and nothing of others.
"""

from __future__ import annotations

from academy.projection import ProjectionKind

Header = tuple[bytes, bytes]
Headers = tuple[Header, ...]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# What somebody has uploaded: should a browser show it in spite of everything, it is in
# an origin of its own, without scripts, forms and pictures of others.
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip

_ALWAYS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", ", ".join(f"{name}=()" for name in _UNUSED).encode()),
)
_PAGE_POLICY: Header = (b"content-security-policy", _POLICY.encode())
_UPLOAD_POLICY: Header = (b"content-security-policy", _SANDBOX.encode())

PAGE: Headers = (*_ALWAYS, _PAGE_POLICY)
"""A page of ours, or a part of one."""

UPLOAD: Headers = (*_ALWAYS, _UPLOAD_POLICY)
"""What a listener has uploaded."""

PERSONAL: Header = (b"cache-control", b"private, no-store")
"""Not kept by anything on the way, nor by the browser (clause 6.1)."""

REVALIDATED: Header = (b"cache-control", b"no-cache")
"""Public pages: kept, and asked about each time."""

IMMUTABLE: Header = (b"cache-control", b"public, max-age=31536000, immutable")
"""What stands at an address that changes with its content."""

UNINDEXED: Header = (b"x-robots-tag", b"noindex, nofollow")
"""Links for outsiders do not belong into search engines."""

STRICT_TRANSPORT: Header = (b"strict-transport-security", b"max-age=31536000")


def personal(kind: ProjectionKind | None) -> Headers:
    """What an answer with personal data carries besides the others."""
    return (PERSONAL, UNINDEXED) if kind is ProjectionKind.SHARE else (PERSONAL,)
