"""The academy's own repository."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from academy.announcement import Announcement
from academy.institution import (
    Academy,
    Category,
    Chat,
    Department,
    Employee,
    Mail,
    Page,
    Support,
)
from academy.issue import Issue
from academy.policy import Criterion, FillRule, Policy, ReviewMode, ScaleStep, Scoring
from academy.portfolio import AchievementCategory, Audience, ItemKind, Level, Part
from academy.programme import (
    ControlForm,
    Group,
    Module,
    Programme,
    Resource,
    ResourceKind,
    Term,
)
from academy.prose import Prose
from formats.academy_content import read_academy

FILES = {
    "academy.yml": b"""\
name: Academy of Light
short_name: Light
language: en
time_zone: Asia/Tomsk
sites: https://academy.example/
support:
  email: help@academy.example
  hours: 9 to 18
mail:
  domain: academy.example
  webmail: https://mail.academy.example/
chats:
  - title: Everyone
    url: https://chat.academy.example/all
departments:
  - id: study
    title: Study
    email: study@academy.example
categories:
  - id: adults
    title: Adults
    sections: [home, portfolio, library]
""",
    "policy.yml": b"""\
verification_days: 90
two_people: no
scale:
  - value: 5
    title: excellent
criteria:
  - id: idea
    title: The idea
review:
  works: before
  goals: none
fill:
  - kind: works
    count: 3
    points: 30
scoring:
  categories: {sport: 1}
  levels: {city: 2}
  parts: {winner: 3}
visible_to: {goals: responsible}
""",
    "staff.yml": b"staff:\n  - id: anna\n    name: Anna\n    position: Curator\n",
    "groups/photo-1.yml": b"""\
title: Photo 1
programme: photo
curator: anna
reviewers: [anna]
chat: https://chat.academy.example/photo-1
terms:
  - module: light
    starts: 2026-02-01
    due: 2026-03-01
""",
    "programmes/photo.yml": b"""\
title: Photo
department: study
as_of: 2026-01-01
modules:
  - id: light
    title: Light
    hours: 24
    control: credit
    resources:
      - title: Notes
        kind: text
        material: light-notes
""",
    "announcements/open-day.md": b"""\
---
title: Open day
from: 2026-03-01T12:00:00+03:00
until: 2026-03-10
groups: photo-1
important: yes
author: anna
---
Come.
""",
    "materials/light-notes.md": b"---\ntitle: Notes\n---\nText.\n",
    "pages/library.md": b"---\ntitle: Library\n---\n",
    "public/index.md": b"not read here",
    "materials/picture.jpg": b"not read here",
}


def test_a_whole_academy_is_read():
    read = read_academy(FILES, "c0ffee")

    assert read.issues == ()
    assert read.academy == Academy(
        name="Academy of Light",
        short_name="Light",
        language="en",
        time_zone="Asia/Tomsk",
        sites=("https://academy.example/",),
        support=Support(email="help@academy.example", hours="9 to 18"),
        mail=Mail(domain="academy.example", webmail="https://mail.academy.example/"),
        chats=(Chat(title="Everyone", url="https://chat.academy.example/all"),),
        departments=(Department(id="study", title="Study", email="study@academy.example"),),
        categories=(
            Category(id="adults", title="Adults", sections=("home", "portfolio", "library")),
        ),
        policy=Policy(
            version="c0ffee",
            verification_days=90,
            two_people=False,
            scale=(ScaleStep(value="5", title="excellent"),),
            criteria=(Criterion(id="idea", title="The idea"),),
            review={ItemKind.WORK: ReviewMode.BEFORE, ItemKind.GOAL: ReviewMode.NONE},
            fill=(FillRule(kind=ItemKind.WORK, count=3, points=30),),
            scoring=Scoring(
                categories={AchievementCategory.SPORT: 1},
                levels={Level.CITY: 2},
                parts={Part.WINNER: 3},
            ),
            visible_to={ItemKind.GOAL: Audience.RESPONSIBLE},
        ),
        staff=(Employee(id="anna", name="Anna", position="Curator"),),
        groups=(
            Group(
                id="photo-1",
                title="Photo 1",
                programme="photo",
                curator="anna",
                reviewers=("anna",),
                chat="https://chat.academy.example/photo-1",
                terms=(Term(module="light", starts=date(2026, 2, 1), due=date(2026, 3, 1)),),
            ),
        ),
        programmes=(
            Programme(
                id="photo",
                title="Photo",
                department="study",
                as_of=date(2026, 1, 1),
                modules=(
                    Module(
                        id="light",
                        title="Light",
                        hours=24,
                        control=ControlForm.CREDIT,
                        resources=(
                            Resource(title="Notes", kind=ResourceKind.TEXT, material="light-notes"),
                        ),
                    ),
                ),
            ),
        ),
        announcements=(
            Announcement(
                id="open-day",
                title="Open day",
                starts=datetime(2026, 3, 1, 9, tzinfo=UTC),
                ends=datetime(2026, 3, 10, tzinfo=UTC),
                groups=("photo-1",),
                important=True,
                author="anna",
                body=Prose("Come.\n", 9),
            ),
        ),
        materials={"light-notes": Page(id="light-notes", title="Notes", body=Prose("Text.\n", 4))},
        pages={"library": Page(id="library", title="Library", body=Prose("", 5))},
    )


def test_the_settings_alone_are_an_academy():
    read = read_academy({"academy.yml": FILES["academy.yml"]}, "c0ffee")

    assert read.issues == ()
    assert read.academy is not None
    assert read.academy.policy == Policy(version="c0ffee")
    assert read.academy.groups == read.academy.programmes == read.academy.staff == ()


def test_without_settings_there_is_no_academy(report: Callable[[tuple[Issue, ...]], list[str]]):
    nothing = read_academy({}, "c0ffee")
    broken = read_academy({"academy.yml": b"name: [A]\n"}, "c0ffee")

    assert nothing.academy is broken.academy is None
    assert report(nothing.issues) == ["error academy.yml:0 academy-missing"]
    assert report(broken.issues) == [
        "error academy.yml:1 categories field-missing",
        "error academy.yml:1 name field-not-text",
        "error academy.yml:1 short_name field-missing",
        "error academy.yml:1 support field-missing",
    ]


def test_mistakes_of_all_files_are_in_one_list(report: Callable[[tuple[Issue, ...]], list[str]]):
    files = FILES | {
        "policy.yml": b"verification_days: 365\nfill:\n  - kind: work\n    count: 0\n",
        "groups/photo-1.yml": b"title: Photo 1\nterms: light\n",
        "programmes/photo.yml": b"title: Photo\ndepartment: study\nmodules:\n  - id: light\n",
        "announcements/open-day.md": b"---\nfrom: tomorrow\n---\n",
        "announcements/Open Day.md": b"---\ntitle: A\nfrom: 2026-01-01\n---\n",
        "groups/photo_2.yml": b"",
        "groups/photo-3.yaml": b"",
        "materials/deep/notes.md": b"",
        "pages/readme.md": b"\xff",
        "programmes/-.yml": b"",
    }

    read = read_academy(files, "c0ffee")

    assert report(read.issues) == [
        "error announcements/Open Day.md:0 file-name-odd {'value': 'Open Day.md', 'ending': 'md'}",
        "error announcements/open-day.md:2 from field-not-moment {'value': 'tomorrow'}",
        "error announcements/open-day.md:2 title field-missing",
        "error groups/photo-1.yml:1 programme field-missing",
        "error groups/photo-1.yml:2 terms field-not-a-table",
        "error groups/photo-3.yaml:0 file-name-odd {'value': 'photo-3.yaml', 'ending': 'yml'}",
        "error groups/photo_2.yml:0 file-name-odd {'value': 'photo_2.yml', 'ending': 'yml'}",
        "error materials/deep/notes.md:0 file-name-odd {'value': 'deep/notes.md', 'ending': 'md'}",
        "error pages/readme.md:1 file-not-utf8",
        (
            "error policy.yml:1 verification_days field-not-number"
            " {'value': '365', 'low': 1, 'high': 184}"
        ),
        "error policy.yml:3 kind field-not-a-choice-close {'value': 'work', 'close': 'works'}",
        "error policy.yml:3 points field-missing",
        "error policy.yml:4 count field-not-number {'value': '0', 'low': 1, 'high': 1000}",
        "error programmes/-.yml:0 file-name-odd {'value': '-.yml', 'ending': 'yml'}",
        "error programmes/photo.yml:4 control field-missing",
        "error programmes/photo.yml:4 hours field-missing",
        "error programmes/photo.yml:4 title field-missing",
    ]
