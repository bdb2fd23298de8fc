"""The academy itself: its sites, support, departments and sections (clauses 4.1, 4.4, 5.6, 5.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from academy.announcement import Announcement
from academy.policy import Policy
from academy.programme import Group, Programme
from academy.prose import Prose


class Section(Enum):
    """The sections a cabinet can have; which ones and in which order is configuration."""

    HOME = "home"
    GENERAL = "general"
    ANNOUNCEMENTS = "announcements"
    STUDY = "study"
    DOCUMENTS = "documents"
    PORTFOLIO = "portfolio"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A section of the academy's own making: a page of text shown in cabinets."""

    id: str
    title: str
    body: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of listeners and the sections its cabinets have, in order.

    A section is one of `Section` or the id of a page of the academy.
    """

    id: str
    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department that answers for data (clause 5.6.2)."""

    id: str
    title: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Where to ask for help (clause 4.4)."""

    email: str
    hours: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail service of the academy's domain (clause 5.4)."""

    domain: str
    webmail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat of the academy: where participants talk at the same time (clause 3.1)."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """A worker of the academy: the name that stands for a pseudonymous id."""

    id: str
    name: str
    position: str | None = None
    department: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Academy:
    """Everything in the academy's own repository at one commit."""

    name: str
    short_name: str
    support: Support
    time_zone: str = "Europe/Moscow"
    language: str = "ru"
    sites: tuple[str, ...] = ()
    mail: Mail | None = None
    chats: tuple[Chat, ...] = ()
    categories: tuple[Category, ...] = ()
    departments: tuple[Department, ...] = ()
    staff: tuple[Employee, ...] = ()
    groups: tuple[Group, ...] = ()
    programmes: tuple[Programme, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    materials: Mapping[str, Page] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    policy: Policy = Policy()

    def category(self, category_id: str) -> Category | None:
        """Find a category of listeners."""
        return next((one for one in self.categories if one.id == category_id), None)

    def programme(self, programme_id: str) -> Programme | None:
        """Find a programme."""
        return next((one for one in self.programmes if one.id == programme_id), None)

    def group(self, group_id: str) -> Group | None:
        """Find a group."""
        return next((one for one in self.groups if one.id == group_id), None)

    def department(self, department_id: str | None) -> Department | None:
        """Find a department."""
        return next((one for one in self.departments if one.id == department_id), None)

    def employee(self, employee_id: str | None) -> Employee | None:
        """Find a worker."""
        return next((one for one in self.staff if one.id == employee_id), None)
