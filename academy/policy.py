"""Rules, periods and scales as versioned data of the academy (clause 9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from academy.portfolio import AchievementCategory, Audience, Item, ItemKind, Level, Part


class ReviewMode(Enum):
    """When a submission of a kind of item is reviewed."""

    BEFORE = "before"
    AFTER = "after"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleStep:
    """One value of the grading scale."""

    value: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of the rubric by which works are reviewed."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRule:
    """So many items of a kind are worth so many points of the fill level."""

    kind: ItemKind
    count: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Points of the rating: the product of three factors (clause 7.5)."""

    categories: Mapping[AchievementCategory, int] = field(default_factory=dict)
    levels: Mapping[Level, int] = field(default_factory=dict)
    parts: Mapping[Part, int] = field(default_factory=dict)


_OPEN_KINDS = (ItemKind.WORK, ItemKind.ACHIEVEMENT, ItemKind.ENTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The academy's rules. `version` names the commit they were read from.

    Periods are in days; `mass_block_percent` is the share of listeners that
    an import may block without an explicit yes.
    """

    version: str = ""
    verification_days: int = 182
    silent_days: int = 60
    soon_days: int = 14
    review_days: int = 7
    new_days: int = 14
    mass_block_percent: int = 10
    about_points: int = 10
    two_people: bool = True
    scale: tuple[ScaleStep, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    review: Mapping[ItemKind, ReviewMode] = field(default_factory=dict)
    fill: tuple[FillRule, ...] = ()
    scoring: Scoring = Scoring()
    visible_to: Mapping[ItemKind, Audience] = field(default_factory=dict)

    def review_due(self, sent: datetime) -> datetime:
        """Until when something sent at this moment should be reviewed."""
        return sent + timedelta(days=self.review_days)

    @property
    def verification_period(self) -> timedelta:
        """How long a verification holds (clause 8.1)."""
        return timedelta(days=self.verification_days)

    @property
    def news_span(self) -> timedelta:
        """How long something is new."""
        return timedelta(days=self.new_days)

    def audience(self, item: Item) -> Audience:
        """Who an item is for: its own word, else the policy's, else the narrowest that works."""
        if item.visible_to is not None:
            return item.visible_to
        if item.kind in self.visible_to:
            return self.visible_to[item.kind]
        return Audience.PARTICIPANTS if item.kind in _OPEN_KINDS else Audience.OWNER

    def grade_title(self, value: str) -> str:
        """The words for a value of the scale; a value outside it stands for itself."""
        return next((step.title for step in self.scale if step.value == value), value)

    def criterion_title(self, criterion: str) -> str:
        """The words for a criterion; one outside the rubric stands for itself."""
        return next((one.title for one in self.criteria if one.id == criterion), criterion)
