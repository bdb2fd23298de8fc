"""Cards on their way into the index and out of it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from academy.listener import Card, Status
from catalogue.listed import card_from_json, card_to_json

_TEXT = st.text(min_size=1)
_DAY = st.none() | st.dates(min_value=date(1900, 1, 1))


@given(
    st.builds(
        Card,
        external_id=_TEXT,
        last_name=_TEXT,
        first_name=_TEXT,
        patronymic=st.none() | _TEXT,
        programme=_TEXT,
        group=_TEXT,
        category=_TEXT,
        status=st.sampled_from(Status),
        status_since=_DAY,
        enrolled=_DAY,
        ends=_DAY,
        curator=st.none() | _TEXT,
        mailbox=st.none() | _TEXT,
        phone=st.none() | _TEXT,
        department=st.none() | _TEXT,
        as_of=_DAY,
    )
)
def test_a_card_comes_back_from_the_index_as_it_went_in(card):
    assert card_from_json(card_to_json(card)) == card


def test_no_card_comes_back_as_no_card():
    assert card_from_json(card_to_json(None)) is None
