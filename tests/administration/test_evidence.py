"""Two sides of consents come to one, and a withdrawal is never undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.consent import Consent, Purpose
from administration.evidence import read_evidence, united, write_evidence

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@st.composite
def sides(draw: st.DrawFn) -> tuple[Consent, ...]:
    """Consents as one side knows them: of one id the same but for the withdrawal."""
    numbers = draw(st.sets(st.integers(1, 5)))
    return tuple(
        Consent(
            id=f"c-{number}",
            purposes=tuple(draw(st.permutations(list(Purpose)[: 1 + number % 3]))),
            version="1",
            signed=date(2026, 1, number),
            registered=NOW + timedelta(days=number),
            registered_by="s-1",
            withdrawn=draw(st.none() | st.sampled_from([NOW, NOW + timedelta(days=9)])),
        )
        for number in numbers
    )


@given(sides(), sides())
def test_it_makes_no_difference_which_side_comes_first(
    one: tuple[Consent, ...], other: tuple[Consent, ...]
):
    assert united(one, other) == united(other, one)
    assert united(united(one, other), other) == united(one, other)


@given(sides(), sides())
def test_nothing_is_lost_and_what_either_side_withdrew_is_withdrawn(
    one: tuple[Consent, ...], other: tuple[Consent, ...]
):
    both = {consent.id: consent for consent in united(one, other)}

    assert both.keys() == {consent.id for consent in (*one, *other)}
    for consent in (*one, *other):
        if consent.withdrawn is not None:
            withdrawn = both[consent.id].withdrawn
            assert withdrawn is not None
            assert withdrawn <= consent.withdrawn


@given(sides())
def test_evidence_is_read_as_it_was_written(one: tuple[Consent, ...]):
    plain = united(one, ())

    assert read_evidence(write_evidence(plain)) == plain
    assert read_evidence(None) == ()
