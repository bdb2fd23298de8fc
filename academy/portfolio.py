"""The portfolio: what the listener says of themselves (clauses 7.1, 7.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from academy.prose import Prose


class ItemKind(Enum):
    """The kinds of portfolio items; the value is also the folder they live in."""

    WORK = "works"
    ACHIEVEMENT = "achievements"
    GOAL = "goals"
    REFLECTION = "reflections"
    ENTRY = "sections"


class Audience(Enum):
    """Who an item is meant for, from the narrowest to the widest."""

    OWNER = "owner"
    RESPONSIBLE = "responsible"
    PARTICIPANTS = "participants"


class WorkKind(Enum):
    """What a work is."""

    PROJECT = "project"
    PRACTICE = "practice"
    RESEARCH = "research"
    CREATIVE = "creative"
    PRESENTATION = "presentation"
    ESSAY = "essay"
    OTHER = "other"


class AchievementCategory(Enum):
    """The field of an achievement: the first axis of the rating (clause 7.5)."""

    LEARNING = "learning"
    RESEARCH = "research"
    CREATIVE = "creative"
    PROFESSIONAL = "professional"
    SOCIAL = "social"
    SPORT = "sport"


class Level(Enum):
    """How wide the event was: the second axis of the rating."""

    ACADEMY = "academy"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    INTERNATIONAL = "international"


class Part(Enum):
    """The part the listener had in it: the third axis of the rating."""

    PARTICIPANT = "participant"
    PRIZE_WINNER = "prize_winner"
    WINNER = "winner"
    ORGANISER = "organiser"
    AUTHOR = "author"


class GoalState(Enum):
    """Where a goal stands."""

    ACTIVE = "active"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file beside an item; `alt` says in words what a picture shows."""

    file: str
    caption: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAssessment:
    """What the listener thinks of their own work; `grade` is a value of the policy's scale."""

    grade: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every item has. `id` is made once and never changes; `order` sorts, then the date."""

    id: str
    title: str
    order: int | None = None
    visible_to: Audience | None = None
    body: Prose = Prose()

    @property
    def kind(self) -> ItemKind:
        """The kind, told by the class."""
        return _KINDS[type(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Item):
    """A piece of work; `module` names the module whose outcome it proves."""

    date: date | None = None
    work_kind: WorkKind = WorkKind.OTHER
    module: str | None = None
    files: tuple[Attachment, ...] = ()
    self_assessment: SelfAssessment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement(Item):
    """An achievement with its evidence."""

    date: date
    category: AchievementCategory
    level: Level
    part: Part
    issuer: str | None = None
    link: str | None = None
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Item):
    """A goal the listener set; `measure` says how they will know it is reached."""

    set_on: date
    due: date | None = None
    state: GoalState = GoalState.ACTIVE
    reached: date | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection(Item):
    """A reflection, private unless its author says otherwise."""

    date: date
    module: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Item):
    """An item of a section the listener made."""

    section: str
    date: date | None = None
    files: tuple[Attachment, ...] = ()


_KINDS: dict[type[Item], ItemKind] = {
    Work: ItemKind.WORK,
    Achievement: ItemKind.ACHIEVEMENT,
    Goal: ItemKind.GOAL,
    Reflection: ItemKind.REFLECTION,
    Entry: ItemKind.ENTRY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSection:
    """A section the listener added (clause 7.7)."""

    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything on the branch `main`: the listener's word."""

    about: Prose = Prose()
    headline: str | None = None
    language: str = "ru"
    own_sections: tuple[OwnSection, ...] = ()
    works: tuple[Work, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    goals: tuple[Goal, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    entries: tuple[Entry, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every item, kind by kind."""
        yield from self.works
        yield from self.achievements
        yield from self.goals
        yield from self.reflections
        yield from self.entries

    def entries_of(self, section: str) -> tuple[Entry, ...]:
        """The items of one own section."""
        return tuple(entry for entry in self.entries if entry.section == section)


PICTURE_ENDINGS = frozenset({"jpg", "jpeg", "png", "webp"})
VIDEO_ENDINGS = frozenset({"mp4", "mov", "webm"})
RECORDING_ENDINGS = VIDEO_ENDINGS | {"mp3", "m4a", "ogg", "wav"}
FILE_ENDINGS = RECORDING_ENDINGS | {
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv",
}  # fmt: skip


def is_picture(name: str) -> bool:
    """Tell whether a file is shown as a picture, by the ending of its name."""
    return name.rpartition(".")[2].lower() in PICTURE_ENDINGS


def is_recording(name: str) -> bool:
    """Tell whether a file is a recording of sound or video, by the ending of its name."""
    return name.rpartition(".")[2].lower() in RECORDING_ENDINGS


def is_video(name: str) -> bool:
    """Tell whether a file is a recording of video, by the ending of its name."""
    return name.rpartition(".")[2].lower() in VIDEO_ENDINGS


def is_offered(name: str) -> bool:
    """Tell whether a file is shown or offered at all: others never reach a site."""
    return is_picture(name) or name.rpartition(".")[2].lower() in FILE_ENDINGS


def attachments(item: Item) -> tuple[Attachment, ...]:
    """The files declared by an item; kinds without files have none."""
    if isinstance(item, Work | Achievement | Entry):
        return item.files
    return ()


def folder(item: Item) -> str:
    """The path of an item on `main`: a folder, or a file without its ending."""
    if isinstance(item, Entry):
        return f"{item.kind.value}/{item.section}/{item.id}"
    return f"{item.kind.value}/{item.id}"
