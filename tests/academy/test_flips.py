"""The moments at which a cabinet flips with no commit in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from academy.announcement import Announcement, shown_to
from academy.calendar import academy_day
from academy.consent import Consent, Purpose, purposes_in_force
from academy.dossier import Dossier
from academy.flips import next_flip
from academy.institution import Academy, Support
from academy.listener import Card
from academy.news import news
from academy.next_steps import NextStep, next_steps
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
    policy=st.builds(
        Policy,
        soon_days=st.integers(1, 20),
        new_days=st.integers(1, 20),
        verification_days=st.integers(1, 30),
    ),
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
    placed = Purpose.PLACEMENT in purposes_in_force(dossier.consents, at)
    steps = next_steps(dossier, study, academy.policy, today, is_placed=placed)
    since = today - academy.policy.news_span
    return (
        shown_to(academy.announcements, dossier.card, at),
        purposes_in_force(dossier.consents, at),
        standing_projections(dossier, at),
        study,
        steps,
        [distances(step, today) for step in steps],
        news(dossier, dossier.person, today, since, academy.time_zone),
        rating(dossier, academy.policy, today),
    )


def distances(step: NextStep, today: date) -> list[int]:
    """The days that a page counts: how many are left, how many have gone by."""
    return [(day - today).days for day in (step.due, step.since) if day]


@settings(max_examples=100)
@given(dossier=dossiers, academy=academies, share=st.floats(0, 0.999))
def test_nothing_changes_between_one_flip_and_the_next(
    dossier: Dossier, academy: Academy, share: float
):
    at: datetime | None = datetime(2026, 1, 1, tzinfo=UTC)
    flips = []
    while at is not None and len(flips) < 60:
        flip = next_flip(dossier, academy, at)
        until = flip or at + timedelta(days=400)
        now = everything(dossier, academy, at)
        assert everything(dossier, academy, at + (until - at) * share) == now
        assert everything(dossier, academy, until - timedelta(microseconds=1)) == now
        flips.append(at)
        at = flip

    assert flips == sorted(set(flips)), "time goes forward"


def test_a_cabinet_without_dates_never_flips(dossier: Dossier, academy: Academy):
    bare = replace(dossier, portfolio=Portfolio(), consents=(), verifications={}, results=Results())
    quiet = replace(academy, announcements=(), groups=())

    assert next_flip(bare, quiet, datetime(2026, 3, 5, tzinfo=UTC)) is None


def flips_of(dossier: Dossier, academy: Academy) -> list[str]:
    """Every flip of the year 2026, in the academy's time."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    while (flip := next_flip(dossier, academy, at)) and flip.year == 2026:
        found.append(f"{flip.astimezone(ZoneInfo(academy.time_zone)):%Y-%m-%d %H:%M}")
        at = flip
    return found


def test_all_that_a_cabinet_flips_for(dossier: Dossier, academy: Academy):
    named = {
        "2026-01-12 12:00": "the consent is registered",
        "2026-02-01 00:00": "the first module begins",
        "2026-02-10 00:00": "the verification is news",
        "2026-02-15 00:00": "the control is soon",
        "2026-02-25 00:00": "the verification is news no more",
        "2026-03-01 12:00": "the open day is announced",
        "2026-03-02 00:00": "the control is overdue, and the second module begins",
        "2026-03-10 21:00": "the announcement is over",
        "2026-03-18 00:00": "the goal is due soon",
        "2026-04-02 00:00": "the goal is overdue",
        "2026-04-17 00:00": "the second control is soon",
        "2026-05-02 00:00": "the second control is overdue",
        "2026-08-11 00:00": "half a year after verification",
    }

    assert sorted(named.keys() - set(flips_of(dossier, academy))) == []


def test_days_that_are_counted_flip_at_every_midnight(dossier: Dossier, academy: Academy):
    goal, *_ = dossier.portfolio.goals
    quiet = replace(academy, groups=(), announcements=(), policy=replace(academy.policy, fill=()))
    lone = replace(
        dossier,
        portfolio=Portfolio(goals=(replace(goal, due=date(2026, 4, 3)),)),
        reviews=(),
        verifications={},
        documents=(),
        results=Results(),
        consents=dossier.consents[:1],
    )

    flips = [flip for flip in flips_of(lone, quiet) if flip < "2026-04"]

    assert flips[-12:] == [f"2026-03-{day} 00:00" for day in range(20, 32)]
