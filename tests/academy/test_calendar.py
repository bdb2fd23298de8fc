"""The moments at which a cabinet flips with no commit in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.announcement import Announcement, shown_to
from academy.calendar import academy_day, next_flip
from academy.consent import Consent, Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.institution import Academy, Support
from academy.listener import Card
from academy.next_steps import next_steps
from academy.policy import Policy
from academy.portfolio import (
    Achievement,
    AchievementCategory,
    Goal,
    GoalState,
    Level,
    Part,
    Portfolio,
    Work,
)
from academy.programme import ControlForm, Group, Module, Programme, Term
from academy.projection import standing_projections
from academy.rating import rating
from academy.results import Outcome, Result, Results, progress
from academy.verification import SeenFile, Verdict, Verification

ZONES = ["UTC", "Europe/Moscow", "Asia/Kamchatka", "America/Havana", "Africa/Cairo"]

days = st.dates(date(2026, 2, 20), date(2026, 4, 10))
moments = st.datetimes(
    datetime(2026, 2, 20), datetime(2026, 4, 10), timezones=st.just(UTC)
)  # fmt: skip
maybe_days = st.none() | days

groups = st.builds(
    Group,
    id=st.just("g1"),
    title=st.just("G1"),
    programme=st.just("p1"),
    terms=st.tuples(
        st.builds(Term, module=st.just("m1"), starts=maybe_days, due=maybe_days),
        st.builds(Term, module=st.just("m2"), starts=maybe_days, due=maybe_days),
    ),
)
announcements = st.builds(
    Announcement,
    id=st.sampled_from(["a1", "a2"]),
    title=st.just("A"),
    starts=moments,
    ends=st.none() | moments,
    groups=st.sampled_from([(), ("g1",), ("g2",)]),
)
academies = st.builds(
    Academy,
    name=st.just("A"),
    short_name=st.just("A"),
    support=st.just(Support(email="a@a.example")),
    time_zone=st.sampled_from(ZONES),
    programmes=st.just(
        (
            Programme(
                id="p1",
                title="P",
                department="d",
                modules=(
                    Module(id="m1", title="M1", hours=10, control=ControlForm.EXAM),
                    Module(id="m2", title="M2", hours=20, control=ControlForm.TEST),
                ),
            ),
        )
    ),
    groups=st.tuples(groups),
    announcements=st.lists(announcements, max_size=3).map(tuple),
    policy=st.builds(Policy, soon_days=st.integers(1, 20), verification_days=st.integers(1, 30)),
)
consents = st.builds(
    Consent,
    id=st.just("c"),
    purposes=st.sampled_from([tuple(Purpose), (Purpose.PLACEMENT,), (Purpose.OUTSIDERS,)]),
    version=st.just("1"),
    signed=days,
    registered=st.just(datetime(2025, 12, 1, tzinfo=UTC)) | moments,
    registered_by=st.just("anna"),
    withdrawn=st.none() | moments,
)
goals = st.builds(
    Goal,
    id=st.sampled_from(["g1", "g2"]),
    title=st.just("G"),
    set_on=days,
    due=maybe_days,
    state=st.sampled_from([GoalState.ACTIVE, GoalState.REACHED]),
)
SEEN = (SeenFile("works/w/index.md", 1, "a"),)
verifications = st.builds(
    Verification,
    item=st.just("w"),
    verdict=st.sampled_from(Verdict),
    verifier=st.just("anna"),
    role=st.just("verifier"),
    moment=moments,
    manifest=st.sampled_from([SEEN, ()]),
)
ACHIEVEMENT = Achievement(
    id="a",
    title="A",
    date=date(2026, 1, 1),
    category=AchievementCategory.SPORT,
    level=Level.CITY,
    part=Part.WINNER,
)
dossiers = st.builds(
    Dossier,
    person=st.just("bcdfghjkmn"),
    card=st.just(
        Card(
            external_id="1", last_name="L", first_name="F", programme="p1", group="g1", category="c"
        )
    ),
    portfolio=st.builds(
        Portfolio,
        works=st.just((Work(id="w", title="W"),)),
        achievements=st.just((ACHIEVEMENT,)),
        goals=st.lists(goals, max_size=2, unique_by=lambda goal: goal.id).map(tuple),
    ),
    results=st.builds(
        Results,
        results=st.sampled_from([(), (Result(module="m1", outcome=Outcome.PASSED),)]),
    ),
    consents=st.lists(consents, min_size=1, max_size=2).map(tuple),
    verifications=st.fixed_dictionaries({}, optional={"w": verifications, "a": verifications}),
    files=st.just({one.path: one for one in SEEN}),
)


def everything(dossier: Dossier, academy: Academy, at: datetime) -> tuple[object, ...]:
    """All that the domain's functions give and that a page could show."""
    today = academy_day(at, academy.time_zone)
    study = progress(academy.programmes[0], academy.groups[0], dossier.results, today)
    return (
        shown_to(academy.announcements, dossier.card, at),
        purposes_in_force(dossier.consents, at),
        standing_projections(dossier, at),
        study,
        next_steps(dossier, study, academy.policy, at, today),
        rating(dossier, academy.policy, today),
    )


@settings(max_examples=300)
@given(dossier=dossiers, academy=academies, share=st.floats(0, 0.999))
def test_nothing_changes_between_one_flip_and_the_next(
    dossier: Dossier, academy: Academy, share: float
):
    at: datetime | None = datetime(2026, 1, 1, tzinfo=UTC)
    flips = []
    while at is not None:
        flip = next_flip(dossier, academy, at)
        until = flip or at + timedelta(days=400)
        now = everything(dossier, academy, at)
        assert everything(dossier, academy, at + (until - at) * share) == now
        assert everything(dossier, academy, until - timedelta(microseconds=1)) == now
        flips.append(at)
        at = flip

    assert flips == sorted(set(flips)), "time goes forward"
    assert len(flips) <= 30, "and comes to an end"


def test_a_cabinet_without_dates_never_flips(dossier: Dossier, academy: Academy):
    bare = replace(dossier, portfolio=Portfolio(), consents=(), verifications={}, results=Results())
    quiet = replace(academy, announcements=(), groups=())

    assert next_flip(bare, quiet, datetime(2026, 3, 5, tzinfo=UTC)) is None


def test_all_the_flips_of_one_cabinet(dossier: Dossier, academy: Academy):
    flips = []
    moment: datetime | None = datetime(2026, 1, 1, tzinfo=UTC)
    while moment := next_flip(dossier, academy, moment):
        flips.append(f"{moment.astimezone(ZoneInfo(academy.time_zone)):%Y-%m-%d %H:%M}")

    assert flips == [
        "2026-01-12 12:00",  # the consent is registered
        "2026-02-01 00:00",  # the first module begins
        "2026-02-15 00:00",  # its control is soon
        "2026-03-01 12:00",  # the open day is announced
        "2026-03-02 00:00",  # the control is overdue, and the second module begins
        "2026-03-10 21:00",  # the announcement is over
        "2026-03-18 00:00",  # the goal is due soon
        "2026-04-02 00:00",  # the goal is overdue
        "2026-04-17 00:00",  # the second control is soon
        "2026-05-02 00:00",  # the second control is overdue
        "2026-08-11 00:00",  # half a year after verification
    ]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", date(2026, 3, 5)),
        ("Europe/Moscow", date(2026, 3, 6)),
        ("America/Havana", date(2026, 3, 5)),
    ],
)
def test_the_academys_day_begins_at_its_own_midnight(zone: str, expected: date):
    assert academy_day(datetime(2026, 3, 5, 21, 30, tzinfo=UTC), zone) == expected
