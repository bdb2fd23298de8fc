"""Registering and withdrawing consents (clause 7.2): the ledger decides, `record` proves.

Doors ask the ledger, which is written first; `record/consent.yml` follows as
evidence and is what pages are cut by. `reconcile` finishes what was cut off.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from academy.audit import Action
from academy.consent import Consent
from academy.identifiers import is_slug
from administration.clerk import Clerk
from administration.evidence import CONSENT_FILE, read_evidence, united, write_evidence
from forge.port import RECORD, Author, Change, Repositories, StaleHeadError
from ledger import Ledger
from messages import Catalogue

_ATTEMPTS = 8
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ConsentWrongError(ValueError):
    """A consent that cannot be registered; the argument is the key of the text that says why."""


class ConsentDesk:
    """Consents as a clerk works with them."""

    def __init__(
        self, ledger: Ledger, repositories: Repositories, clerk: Clerk, words: Catalogue
    ) -> None:
        self._ledger, self._repositories = ledger, repositories
        self._clerk, self._words = clerk, words

    def register(self, person: str, consent: Consent, at: datetime) -> Consent:
        """Register a consent; it is in force when this returns. Raises `ConsentWrongError`."""
        consent = replace(
            consent,
            registered=at.replace(microsecond=0),
            registered_by=self._clerk.account,
            withdrawn=None,
        )
        wrong = self._wrong(person, consent)
        if wrong:
            raise ConsentWrongError(wrong)
        purposes = " ".join(one.value for one in consent.purposes)
        self._record(
            Action.CONSENT_REGISTERED, person, consent, at, purposes=purposes, text=consent.version
        )
        self._ledger.consents.register(person, consent)
        self._prove(person, at, "consent-registered", consent.id)
        return consent

    def withdraw(self, person: str, consent_id: str, at: datetime) -> Consent:
        """Withdraw a consent, with effect from now on. Raises `ConsentWrongError`."""
        at = at.replace(microsecond=0)
        known = {one.id: one for one in self._ledger.consents.of(person)}
        consent = known.get(consent_id)
        if consent is None:
            raise ConsentWrongError("consent-unknown")
        # As with blocking: first it has no effect any more, then it is written down.
        if not self._ledger.consents.withdraw(person, consent_id, at):
            raise ConsentWrongError("consent-withdrawn-already")
        self._record(Action.CONSENT_WITHDRAWN, person, consent, at)
        self._prove(person, at, "consent-withdrawn", consent_id)
        return replace(consent, withdrawn=at)

    def _wrong(self, person: str, consent: Consent) -> str | None:
        """Name what is wrong with a consent."""
        if not is_slug(consent.id):
            return "consent-id-wrong"
        if any(one.id == consent.id for one in self._ledger.consents.of(person)):
            return "consent-id-taken"
        if not consent.purposes:
            return "consent-without-purpose"
        if consent.digest is not None and not _DIGEST.fullmatch(consent.digest):
            return "consent-digest-wrong"
        if consent.signed > consent.registered.date():
            return "consent-signed-later"
        return None

    def _record(
        self, action: Action, person: str, consent: Consent, at: datetime, **details: str
    ) -> None:
        entry = self._clerk.entry(action, at, person, consent=consent.id, **details)
        self._ledger.audit.record_now(entry)

    def _prove(self, person: str, at: datetime, key: str, consent_id: str) -> None:
        message = self._words.text(f"administration.commit-{key}", consent=consent_id)
        put_evidence(
            self._ledger, self._repositories, person, Author(self._clerk.account), at, message
        )


def put_evidence(
    ledger: Ledger,
    repositories: Repositories,
    person: str,
    author: Author,
    at: datetime,
    message: str,
) -> tuple[str, str]:
    """Bring ledger and evidence to the same; gives the heads of `record` before and after.

    Raises `StaleHeadError` when somebody else writes again and again.
    """
    for attempt in range(_ATTEMPTS):
        head = repositories.heads(person).get(RECORD)
        theirs = _evidence(repositories, person, head)
        mine = ledger.consents.of(person)
        both = united(mine, theirs)
        if both != united(mine, ()):
            ledger.consents.replace(person, both)
        if both == united(theirs, ()):
            return head or "", head or ""
        files = {CONSENT_FILE: write_evidence(both)}
        change = Change(ref=RECORD, expected=head, files=files, message=message)
        try:
            return head or "", repositories.commit(person, [change], author, at)[RECORD]
        except StaleHeadError:
            if attempt == _ATTEMPTS - 1:
                raise
    raise StaleHeadError(person)


def _evidence(repositories: Repositories, person: str, head: str | None) -> tuple[Consent, ...]:
    blob = repositories.tree(person, head).get(CONSENT_FILE) if head else None
    content = repositories.read(person, [blob.id])[blob.id] if blob else None
    return read_evidence(content)
