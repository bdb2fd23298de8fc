"""Consents: what is in force, from when, until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from academy.consent import Consent, Purpose, purposes_in_force

REGISTERED = datetime(2026, 1, 12, 9, tzinfo=UTC)
WITHDRAWN = datetime(2026, 3, 5, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "in_force"),
    [
        (REGISTERED - MOMENT, False),
        (REGISTERED, True),
        (WITHDRAWN - MOMENT, True),
        (WITHDRAWN, False),
        (WITHDRAWN + timedelta(days=400), False),
    ],
)
def test_a_consent_holds_from_registration_until_withdrawal(
    consent: Callable[..., Consent], at: datetime, in_force: bool
):
    one = consent(Purpose.PLACEMENT, registered=REGISTERED, withdrawn=WITHDRAWN)

    assert one.is_in_force(at) is in_force
    assert purposes_in_force((one,), at) == ({Purpose.PLACEMENT} if in_force else set())


def test_purposes_of_several_papers_add_up(consent: Callable[..., Consent]):
    papers = (consent(Purpose.PLACEMENT), consent(Purpose.OUTSIDERS, id="c2"))

    assert purposes_in_force(papers, WITHDRAWN) == {Purpose.PLACEMENT, Purpose.OUTSIDERS}


def test_without_placement_nothing_else_counts(consent: Callable[..., Consent]):
    papers = (
        consent(Purpose.PLACEMENT, withdrawn=WITHDRAWN),
        consent(Purpose.PARTICIPANTS, Purpose.OUTSIDERS, id="c2"),
    )

    assert purposes_in_force(papers, WITHDRAWN - MOMENT) == set(Purpose)
    assert purposes_in_force(papers, WITHDRAWN) == set()


def test_a_new_paper_brings_a_withdrawn_purpose_back(consent: Callable[..., Consent]):
    papers = (
        consent(Purpose.PLACEMENT, withdrawn=WITHDRAWN),
        consent(Purpose.PLACEMENT, id="c2", registered=WITHDRAWN + timedelta(days=1)),
    )

    assert purposes_in_force(papers, WITHDRAWN) == set()
    assert purposes_in_force(papers, WITHDRAWN + timedelta(days=1)) == {Purpose.PLACEMENT}
