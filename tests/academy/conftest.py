"""A small academy and one listener, to be varied by the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from academy.announcement import Announcement
from academy.consent import Consent, Purpose
from academy.document import Document, DocumentKind
from academy.dossier import Dossier
from academy.institution import Academy, Category, Department, Employee, Page, Support
from academy.listener import Card
from academy.policy import FillRule, Policy, Scoring
from academy.portfolio import (
    Achievement,
    AchievementCategory,
    Attachment,
    Audience,
    Entry,
    Goal,
    ItemKind,
    Level,
    OwnSection,
    Part,
    Portfolio,
    Reflection,
    Work,
)
from academy.programme import ControlForm, Group, Module, Programme, Resource, Term
from academy.prose import Prose
from academy.results import Outcome, Result, Results
from academy.review import Review
from academy.verification import SeenFile, Verdict, Verification


def seen(path: str) -> SeenFile:
    return SeenFile(path, len(path), path.encode().hex().ljust(64, "0")[:64])


@pytest.fixture
def academy() -> Academy:
    modules = (
        Module(
            id="light",
            title="Light",
            hours=24,
            control=ControlForm.CREDIT,
            resources=(Resource(title="Notes", material="light-notes"),),
        ),
        Module(id="portrait", title="Portrait", hours=48, control=ControlForm.EXAM),
    )
    return Academy(
        name="Academy of Light",
        short_name="Light",
        support=Support(email="help@academy.example"),
        categories=(
            Category(id="adults", title="Adults", sections=("home", "portfolio", "library")),
        ),
        departments=(Department(id="study", title="Study", email="study@academy.example"),),
        staff=(Employee(id="anna", name="Anna"), Employee(id="boris", name="Boris")),
        programmes=(Programme(id="photo", title="Photo", department="study", modules=modules),),
        groups=(
            Group(
                id="photo-1",
                title="Photo 1",
                programme="photo",
                curator="anna",
                reviewers=("boris",),
                terms=(
                    Term(module="light", starts=date(2026, 2, 1), due=date(2026, 3, 1)),
                    Term(module="portrait", starts=date(2026, 3, 2), due=date(2026, 5, 1)),
                ),
            ),
        ),
        announcements=(
            Announcement(
                id="open-day",
                title="Open day",
                starts=datetime(2026, 3, 1, 9, tzinfo=UTC),
                ends=datetime(2026, 3, 10, 18, tzinfo=UTC),
            ),
        ),
        materials={"light-notes": Page(id="light-notes", title="Notes")},
        pages={"library": Page(id="library", title="Library")},
        policy=Policy(
            fill=(
                FillRule(kind=ItemKind.WORK, count=3, points=30),
                FillRule(kind=ItemKind.GOAL, count=2, points=5),
            ),
            scoring=Scoring(
                categories={AchievementCategory.LEARNING: 2, AchievementCategory.SPORT: 1},
                levels={Level.CITY: 3, Level.COUNTRY: 5},
                parts={Part.PARTICIPANT: 1, Part.WINNER: 4},
            ),
        ),
    )


@pytest.fixture
def consent() -> Callable[..., Consent]:
    def make(*purposes: Purpose, **values: object) -> Consent:
        known: dict[str, object] = {
            "id": "c1",
            "version": "2026-01",
            "signed": date(2026, 1, 10),
            "registered": datetime(2026, 1, 12, 9, tzinfo=UTC),
            "registered_by": "anna",
        }
        return Consent(purposes=purposes, **{**known, **values})  # type: ignore[arg-type]

    return make


@pytest.fixture
def dossier(consent: Callable[..., Consent]) -> Dossier:
    """A listener with something of every kind; each text names where it stands."""
    portfolio = Portfolio(
        about=Prose("about"),
        headline="headline",
        language="en",
        own_sections=(
            OwnSection(id="scenes", title="scenes"),
            OwnSection(id="secrets", title="secrets"),
        ),
        works=(
            Work(id="w-open", title="w-open", module="light", files=(Attachment(file="a.jpg"),)),
            Work(id="w-staff", title="w-staff", visible_to=Audience.RESPONSIBLE),
            Work(id="w-mine", title="w-mine", visible_to=Audience.OWNER),
        ),
        achievements=(
            Achievement(
                id="a-open",
                title="a-open",
                date=date(2026, 1, 20),
                category=AchievementCategory.LEARNING,
                level=Level.CITY,
                part=Part.WINNER,
            ),
        ),
        goals=(
            Goal(id="g-mine", title="g-mine", set_on=date(2026, 1, 15), due=date(2026, 4, 1)),
            Goal(
                id="g-open",
                title="g-open",
                set_on=date(2026, 1, 15),
                visible_to=Audience.PARTICIPANTS,
            ),
        ),
        reflections=(Reflection(id="r-mine", title="r-mine", date=date(2026, 2, 2)),),
        entries=(
            Entry(id="e-open", title="e-open", section="scenes"),
            Entry(id="e-mine", title="e-mine", section="secrets", visible_to=Audience.OWNER),
        ),
    )
    paths = [
        "about.md",
        "portfolio.yml",
        "works/w-open/index.md",
        "works/w-open/a.jpg",
        "works/w-staff/index.md",
        "works/w-mine/index.md",
        "works/w-mine/secret.jpg",
        "works/w-open-not/index.md",
        "achievements/a-open/index.md",
        "goals/g-mine.md",
        "goals/g-open.md",
        "reflections/r-mine.md",
        "sections/scenes/e-open/index.md",
        "sections/secrets/e-mine/index.md",
    ]
    files = {path: seen(path) for path in paths}
    moment = datetime(2026, 2, 10, 9, tzinfo=UTC)
    return Dossier(
        person="bcdfghjkmn",
        card=Card(
            external_id="card-external-id",
            last_name="Orlova",
            first_name="Vera",
            patronymic="Ivanovna",
            programme="photo",
            group="photo-1",
            category="adults",
            curator="anna",
            mailbox="card-mailbox",
            phone="card-phone",
            department="study",
        ),
        portfolio=portfolio,
        results=Results(
            results=(Result(module="light", outcome=Outcome.PASSED, grade="result-grade"),),
            department="study",
        ),
        documents=(Document(id="d1", title="document", kind=DocumentKind.ORDER),),
        consents=(consent(*Purpose),),
        reviews=tuple(
            Review(
                item=item,
                number=1,
                author="boris",
                role="reviewer",
                moment=moment,
                body=Prose(f"review-of-{item}"),
            )
            for item in ("w-mine", "w-open", "w-staff")
        ),
        verifications={
            item.id: Verification(
                item=item.id,
                verdict=Verdict.CONFIRMED,
                verifier="anna",
                role="verifier",
                moment=moment,
                manifest=tuple(one for path, one in files.items() if f"/{item.id}/" in path),
                note=f"note-of-{item.id}",
            )
            for item in (*portfolio.works, *portfolio.achievements)
        },
        files=files,
    )
