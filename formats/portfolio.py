"""Files of the branch `main`: the listener's word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from academy.portfolio import (
    Achievement,
    AchievementCategory,
    Attachment,
    Audience,
    Entry,
    Goal,
    GoalState,
    Item,
    ItemKind,
    Level,
    OwnSection,
    Part,
    Reflection,
    SelfAssessment,
    Work,
    WorkKind,
)
from formats.kinds import Address, Choice, Day, ListOf, Number, Slug, Text
from formats.schema import Field, Schema


class Language(Enum):
    """The languages a cabinet can be in."""

    RUSSIAN = "ru"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `portfolio.yml` says; `order` names items, and they stand before all others."""

    language: Language | None = None
    headline: str | None = None
    sections: tuple[OwnSection, ...] = ()
    order: tuple[str, ...] = ()


_OWN_SECTION = Schema(
    "an own section",
    OwnSection,
    (
        Field("id", Slug(), required=True),
        Field("title", Text(80), required=True),
        Field("description", Text(500, lines=True)),
    ),
)

SETTINGS = Schema(
    "portfolio.yml",
    Settings,
    (
        Field("language", Choice(Language)),
        Field("headline", Text(160)),
        Field("sections", ListOf(_OWN_SECTION, 20)),
        Field("order", ListOf(Slug(), 500)),
    ),
)

_ATTACHMENT = Schema(
    "an attachment",
    Attachment,
    (
        Field("file", Text(100), required=True),
        Field("caption", Text(300)),
        Field("alt", Text(300)),
    ),
)

_SELF_ASSESSMENT = Schema(
    "a self-assessment",
    SelfAssessment,
    (
        Field("grade", Text(40)),
        Field("comment", Text(1000, lines=True)),
    ),
)

_TITLE = Field("title", Text(160), required=True)
_PLACE = (Field("order", Number(0, 10_000)), Field("visible_to", Choice(Audience)))
_FILES = Field("files", ListOf(_ATTACHMENT, 60))

WORK = Schema(
    "works/<item>/index.md",
    Work,
    (
        _TITLE,
        Field("date", Day()),
        Field("kind", Choice(WorkKind), attribute="work_kind"),
        Field("module", Slug()),
        _FILES,
        Field("self_assessment", _SELF_ASSESSMENT),
        *_PLACE,
    ),
)

ACHIEVEMENT = Schema(
    "achievements/<item>/index.md",
    Achievement,
    (
        _TITLE,
        Field("date", Day(), required=True),
        Field("category", Choice(AchievementCategory), required=True),
        Field("level", Choice(Level), required=True),
        Field("part", Choice(Part), required=True),
        Field("issuer", Text(200)),
        Field("link", Address()),
        _FILES,
        *_PLACE,
    ),
)

GOAL = Schema(
    "goals/<item>.md",
    Goal,
    (
        _TITLE,
        Field("set_on", Day(), required=True),
        Field("due", Day()),
        Field("state", Choice(GoalState)),
        Field("reached", Day()),
        Field("measure", Text(500, lines=True)),
        *_PLACE,
    ),
)

REFLECTION = Schema(
    "reflections/<item>.md",
    Reflection,
    (
        _TITLE,
        Field("date", Day(), required=True),
        Field("module", Slug()),
        *_PLACE,
    ),
)

ENTRY = Schema(
    "sections/<section>/<item>/index.md",
    Entry,
    (
        _TITLE,
        Field("date", Day()),
        _FILES,
        *_PLACE,
    ),
)

ITEM_SCHEMAS: dict[ItemKind, Schema[Item]] = {
    ItemKind.WORK: WORK,
    ItemKind.ACHIEVEMENT: ACHIEVEMENT,
    ItemKind.GOAL: GOAL,
    ItemKind.REFLECTION: REFLECTION,
    ItemKind.ENTRY: ENTRY,
}
