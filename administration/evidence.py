"""`record/consent.yml`: the evidence of consents, beside everything else of the academy's word."""

from __future__ import annotations

from dataclasses import replace

from academy.consent import Consent, Purpose
from academy.issue import Issue
from formats.files import read_file
from formats.record import CONSENTS
from formats.yaml_tree import write_yaml

CONSENT_FILE = "consent.yml"


def read_evidence(content: bytes | None) -> tuple[Consent, ...]:
    """Read the file; what cannot be read of it is not in force."""
    if content is None:
        return ()
    issues: list[Issue] = []
    return read_file(CONSENTS, CONSENT_FILE, {CONSENT_FILE: content}, issues) or ()


def write_evidence(consents: tuple[Consent, ...]) -> bytes:
    """Write the file."""
    [field] = CONSENTS.fields
    return write_yaml({field.key: field.kind.write(consents)}).encode()


def united(one: tuple[Consent, ...], other: tuple[Consent, ...]) -> tuple[Consent, ...]:
    """Give the consents that either side knows; what either takes for withdrawn is withdrawn.

    So both sides come to the same, whichever of them was cut off, and a
    withdrawal is never undone by an old copy of the other side.
    """
    found: dict[str, Consent] = {}
    for consent in map(_plain, (*one, *other)):
        known = found.get(consent.id)
        found[consent.id] = consent if known is None else _stricter(known, consent)
    return tuple(sorted(found.values(), key=lambda consent: (consent.registered, consent.id)))


def _plain(consent: Consent) -> Consent:
    """Give a consent with its purposes in one order, whichever side it comes from."""
    return replace(consent, purposes=tuple(one for one in Purpose if one in consent.purposes))


def _stricter(one: Consent, other: Consent) -> Consent:
    moments = [moment for moment in (one.withdrawn, other.withdrawn) if moment is not None]
    return replace(one, withdrawn=min(moments, default=None))
