"""The branch `main`: a listener's files as a portfolio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from academy.issue import Issue
from academy.portfolio import (
    Achievement,
    AchievementCategory,
    Attachment,
    Audience,
    Entry,
    Goal,
    GoalState,
    Level,
    OwnSection,
    Part,
    Portfolio,
    Reflection,
    SelfAssessment,
    Work,
    WorkKind,
)
from academy.prose import Prose
from formats.items import read_portfolio

MAIN = {
    "about.md": b"I am learning to see.\n",
    "portfolio.yml": b"""\
language: en
headline: Photographer
sections:
  - id: scenes
    title: Scenes
    description: |
      What I saw.
      And where.
""",
    "works/light/index.md": """\
---
title: Свет и тень
date: 05.03.2026
kind: Project
module: light
files:
  - file: one.jpg
    caption: The first try
    alt: A jug on a table
self_assessment:
  grade: "5"
  comment: Better than I thought
order: 2
visible_to: responsible
---

# Light

Words.
""".encode(),
    "works/light/one.jpg": b"picture",
    "works/older/index.md": b"---\ntitle: Older\ndate: 2026-01-01\n---\n",
    "works/newer/index.md": b"---\ntitle: Newer\ndate: 2026-02-01\n---\n",
    "achievements/prize/index.md": b"""\
---
title: Prize
date: 2026-02-14
category: creative
level: city
part: winner
issuer: Town hall
link: https://example.org/prize
---
""",
    "goals/later.md": b"---\ntitle: Later\nset_on: 2026-01-01\n---\n",
    "goals/sooner.md": b"""\
---
title: Sooner
set_on: 2026-01-01
due: 2026-04-01
state: reached
reached: 2026-03-01
measure: Ten pictures
---
""",
    "reflections/first.md": b"---\ntitle: First\ndate: 2026-01-09\nmodule: light\n---\nHard.\n",
    "sections/scenes/harbour/index.md": b"---\ntitle: Harbour\n---\n",
}

PORTFOLIO = Portfolio(
    about=Prose("I am learning to see.\n", 1),
    headline="Photographer",
    language="en",
    own_sections=(OwnSection(id="scenes", title="Scenes", description="What I saw.\nAnd where."),),
    works=(
        Work(
            id="light",
            title="Свет и тень",
            date=date(2026, 3, 5),
            work_kind=WorkKind.PROJECT,
            module="light",
            files=(Attachment(file="one.jpg", caption="The first try", alt="A jug on a table"),),
            self_assessment=SelfAssessment(grade="5", comment="Better than I thought"),
            order=2,
            visible_to=Audience.RESPONSIBLE,
            body=Prose("# Light\n\nWords.\n", 17),
        ),
        Work(id="newer", title="Newer", date=date(2026, 2, 1), body=Prose("", 6)),
        Work(id="older", title="Older", date=date(2026, 1, 1), body=Prose("", 6)),
    ),
    achievements=(
        Achievement(
            id="prize",
            title="Prize",
            date=date(2026, 2, 14),
            category=AchievementCategory.CREATIVE,
            level=Level.CITY,
            part=Part.WINNER,
            issuer="Town hall",
            link="https://example.org/prize",
            body=Prose("", 11),
        ),
    ),
    goals=(
        Goal(
            id="sooner",
            title="Sooner",
            set_on=date(2026, 1, 1),
            due=date(2026, 4, 1),
            state=GoalState.REACHED,
            reached=date(2026, 3, 1),
            measure="Ten pictures",
            body=Prose("", 10),
        ),
        Goal(id="later", title="Later", set_on=date(2026, 1, 1), body=Prose("", 6)),
    ),
    reflections=(
        Reflection(
            id="first",
            title="First",
            date=date(2026, 1, 9),
            module="light",
            body=Prose("Hard.\n", 6),
        ),
    ),
    entries=(Entry(id="harbour", title="Harbour", section="scenes", body=Prose("", 5)),),
)


def test_a_whole_portfolio_is_read():
    issues: list[Issue] = []

    assert read_portfolio(MAIN, issues) == PORTFOLIO
    assert issues == []


def test_an_empty_branch_is_an_empty_portfolio():
    issues: list[Issue] = []

    assert read_portfolio({}, issues) == Portfolio(language="")
    assert issues == []


def test_every_mistake_of_a_portfolio_has_its_file_and_line(
    report: Callable[[list[Issue]], list[str]],
):
    main = {
        "about.md": b"Words\n\xff\n",
        "portfolio.yml": b"langage: ru\nsections:\n  - id: My Section\n    title: Mine\n",
        "works/light/index.md": b"""\
---
titel: Light
kind: projekt
date: 31.02.2026
order: first
visible_to: everyone in the world
files:
  - one.jpg
  - file: gone.jpg
---
""",
        "works/bare/index.md": b"No head at all.\n",
        "works/open/index.md": b"---\ntitle: Open\n",
        "works/empty/index.md": b"---\ntitle: ''\ndate: ~\n---\n",
        "works/Big Letters/index.md": b"---\ntitle: Big\n---\n",
        "achievements/prize/index.md": b"---\ntitle: Prize\ncategory: creativ\nlink: www\n---\n",
        "goals/one.md": b"---\ntitle: One\nset_on: 2026-01-01\n---\n",
        "reflections/one.md": b"---\ntitle: Two\ndate: 2026-01-01\n---\n",
        "sections/lost/item/index.md": b"---\ntitle: Item\n---\n",
        "works/files/index.md": b"""\
---
title: Files
files:
  - file: here.jpg
  - file: ../about.md
  - file: gone.jpg
    caption: It was there
---
""",
        "works/files/here.jpg": b"picture",
        "works/files/stray.jpg": b"picture",
        "works/files/deep/stray.txt": b"text",
        "works/filesystem/other.jpg": b"not of the item before it",
    }
    issues: list[Issue] = []

    portfolio = read_portfolio(main, issues)

    assert sorted(report(issues)) == sorted(EXPECTED)
    assert [item.id for item in portfolio.items()] == ["files", "one"]


EXPECTED = [
    "error about.md:2 file-not-utf8",
    "error portfolio.yml:1 langage field-unknown-close {'close': 'language'}",
    "error portfolio.yml:3 id field-not-identifier {'value': 'My Section'}",
    "error works/light/index.md:2 titel field-unknown-close {'close': 'title'}",
    "error works/light/index.md:2 title field-missing",
    (
        "error works/light/index.md:3 kind field-not-a-choice-close"
        " {'value': 'projekt', 'close': 'project'}"
    ),
    "error works/light/index.md:4 date field-not-date {'value': '31.02.2026'}",
    (
        "error works/light/index.md:5 order field-not-number"
        " {'value': 'first', 'low': 0, 'high': 10000}"
    ),
    "error works/light/index.md:6 visible_to field-not-a-choice {'value': 'everyone in the world'}",
    "error works/light/index.md:8 files field-not-a-table",
    "error works/bare/index.md:1 title field-missing",
    "error works/open/index.md:1 head-not-closed",
    "error works/empty/index.md:2 title field-empty",
    "error works/Big Letters/index.md:0 item-id-odd {'value': 'Big Letters'}",
    "error achievements/prize/index.md:2 date field-missing",
    "error achievements/prize/index.md:2 level field-missing",
    "error achievements/prize/index.md:2 part field-missing",
    (
        "error achievements/prize/index.md:3 category field-not-a-choice-close"
        " {'value': 'creativ', 'close': 'creative'}"
    ),
    "error achievements/prize/index.md:4 link field-not-address {'value': 'www'}",
    "error reflections/one.md:0 item-id-doubled {'item': 'one', 'other': 'goals/one'}",
    "error sections/lost/item/index.md:0 section-undeclared {'section': 'lost'}",
    "advice works/files/index.md:0 files file-without-caption {'name': 'here.jpg'}",
    "error works/files/index.md:0 files file-missing {'name': '../about.md'}",
    "error works/files/index.md:0 files file-missing {'name': 'gone.jpg'}",
    "warning works/files/index.md:0 files file-not-declared {'name': 'deep/stray.txt'}",
    "warning works/files/index.md:0 files file-not-declared {'name': 'stray.jpg'}",
]
