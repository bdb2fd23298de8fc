"""Files of the academy's own repository."""

from __future__ import annotations

from dataclasses import dataclass

from academy.announcement import Announcement
from academy.institution import (
    Category,
    Chat,
    Department,
    Employee,
    Mail,
    Page,
    Support,
)
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
from formats.kinds import Address, Choice, Day, Flag, ListOf, Moment, Number, Slug, TableOf, Text
from formats.portfolio import Language
from formats.schema import Field, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class AcademySettings:
    """What `academy.yml` says."""

    name: str
    short_name: str
    support: Support
    language: Language = Language.RUSSIAN
    time_zone: str = "Europe/Moscow"
    sites: tuple[str, ...] = ()
    mail: Mail | None = None
    chats: tuple[Chat, ...] = ()
    categories: tuple[Category, ...] = ()
    departments: tuple[Department, ...] = ()


_SUPPORT = Schema(
    "support", Support, (Field("email", Text(120), required=True), Field("hours", Text(120)))
)
_MAIL = Schema(
    "mail", Mail, (Field("domain", Text(120), required=True), Field("webmail", Address()))
)
_CHAT = Schema(
    "a chat",
    Chat,
    (Field("title", Text(120), required=True), Field("url", Address(), required=True)),
)
_CATEGORY = Schema(
    "a category",
    Category,
    (
        Field("id", Slug(), required=True),
        Field("title", Text(120), required=True),
        Field("sections", ListOf(Slug()), required=True),
    ),
)
_DEPARTMENT = Schema(
    "a department",
    Department,
    (
        Field("id", Slug(), required=True),
        Field("title", Text(120), required=True),
        Field("email", Text(120), required=True),
    ),
)

ACADEMY = Schema(
    "academy.yml",
    AcademySettings,
    (
        Field("name", Text(200), required=True),
        Field("short_name", Text(60), required=True),
        Field("language", Choice(Language)),
        Field("time_zone", Text(60)),
        Field("sites", ListOf(Address())),
        Field("support", _SUPPORT, required=True),
        Field("mail", _MAIL),
        Field("chats", ListOf(_CHAT)),
        Field("departments", ListOf(_DEPARTMENT)),
        Field("categories", ListOf(_CATEGORY), required=True),
    ),
)

_SCALE_STEP = Schema(
    "a value of the scale",
    ScaleStep,
    (Field("value", Text(40), required=True), Field("title", Text(120), required=True)),
)
_CRITERION = Schema(
    "a criterion",
    Criterion,
    (Field("id", Slug(), required=True), Field("title", Text(200), required=True)),
)
_FILL_RULE = Schema(
    "a fill rule",
    FillRule,
    (
        Field("kind", Choice(ItemKind), required=True),
        Field("count", Number(1, 1000), required=True),
        Field("points", Number(0, 1000), required=True),
    ),
)
_SCORING = Schema(
    "scoring",
    Scoring,
    (
        Field("categories", TableOf(AchievementCategory, Number(0, 1000))),
        Field("levels", TableOf(Level, Number(0, 1000))),
        Field("parts", TableOf(Part, Number(0, 1000))),
    ),
)

POLICY = Schema(
    "policy.yml",
    Policy,
    (
        Field("verification_days", Number(1, 184)),
        Field("silent_days", Number(1, 1000)),
        Field("soon_days", Number(1, 365)),
        Field("review_days", Number(1, 365)),
        Field("new_days", Number(1, 365)),
        Field("mass_block_percent", Number(0, 100)),
        Field("about_points", Number(0, 1000)),
        Field("two_people", Flag()),
        Field("scale", ListOf(_SCALE_STEP)),
        Field("criteria", ListOf(_CRITERION)),
        Field("review", TableOf(ItemKind, Choice(ReviewMode))),
        Field("fill", ListOf(_FILL_RULE)),
        Field("scoring", _SCORING),
        Field("visible_to", TableOf(ItemKind, Choice(Audience))),
    ),
)

_EMPLOYEE = Schema(
    "an employee",
    Employee,
    (
        Field("id", Slug(), required=True),
        Field("name", Text(200), required=True),
        Field("position", Text(200)),
        Field("department", Slug()),
        Field("email", Text(120)),
    ),
)


def _staff(staff: tuple[Employee, ...] = ()) -> tuple[Employee, ...]:
    return staff


STAFF = Schema("staff.yml", _staff, (Field("staff", ListOf(_EMPLOYEE, 2000)),))

_TERM = Schema(
    "a term",
    Term,
    (Field("module", Slug(), required=True), Field("starts", Day()), Field("due", Day())),
)


def _group(**values: object) -> Group:
    """The id of a group is the name of its file."""
    return Group(id="", **values)  # type: ignore[arg-type]


GROUP = Schema(
    "groups/<group>.yml",
    _group,
    (
        Field("title", Text(120), required=True),
        Field("programme", Slug(), required=True),
        Field("curator", Slug()),
        Field("reviewers", ListOf(Slug())),
        Field("chat", Address()),
        Field("terms", ListOf(_TERM)),
    ),
)

_RESOURCE = Schema(
    "a resource",
    Resource,
    (
        Field("title", Text(200), required=True),
        Field("kind", Choice(ResourceKind)),
        Field("url", Address()),
        Field("material", Slug()),
    ),
)
_MODULE = Schema(
    "a module",
    Module,
    (
        Field("id", Slug(), required=True),
        Field("title", Text(200), required=True),
        Field("hours", Number(1, 2000), required=True),
        Field("control", Choice(ControlForm), required=True),
        Field("teacher", Slug()),
        Field("outcome", Text(500)),
        Field("resources", ListOf(_RESOURCE)),
    ),
)


def _programme(**values: object) -> Programme:
    """The id of a programme is the name of its file."""
    return Programme(id="", **values)  # type: ignore[arg-type]


PROGRAMME = Schema(
    "programmes/<programme>.yml",
    _programme,
    (
        Field("title", Text(200), required=True),
        Field("qualification", Text(200)),
        Field("summary", Text(1000, lines=True)),
        Field("department", Slug(), required=True),
        Field("as_of", Day()),
        Field("modules", ListOf(_MODULE), required=True),
    ),
)


def _announcement(**values: object) -> Announcement:
    """The id of an announcement is the name of its file."""
    return Announcement(id="", **values)  # type: ignore[arg-type]


ANNOUNCEMENT = Schema(
    "announcements/<announcement>.md",
    _announcement,
    (
        Field("title", Text(160), required=True),
        Field("from", Moment(), required=True, attribute="starts"),
        Field("until", Moment(), attribute="ends"),
        Field("groups", ListOf(Slug())),
        Field("programmes", ListOf(Slug())),
        Field("important", Flag()),
        Field("author", Slug()),
    ),
)


def _page(**values: object) -> Page:
    """The id of a page is the name of its file."""
    return Page(id="", **values)  # type: ignore[arg-type]


PAGE = Schema("pages/<page>.md", _page, (Field("title", Text(160), required=True),))
MATERIAL = Schema("materials/<material>.md", _page, (Field("title", Text(160), required=True),))
