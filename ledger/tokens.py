"""Tokens: 256 random bits that their bearer knows; the ledger keeps their hash only."""

from __future__ import annotations

import secrets
from hashlib import sha256

_PUBLIC_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_token() -> str:
    """Make a token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Give what the ledger keeps of a token."""
    return sha256(token.encode()).digest()


def new_id() -> str:
    """Make an id for something that has a secret token: it may be shown and stand in addresses."""
    return "".join(secrets.choice(_PUBLIC_ALPHABET) for _ in range(12))
