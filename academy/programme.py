"""Programmes of supplementary education: the study plan of clause 5.6.2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class ControlForm(Enum):
    """How a module ends."""

    CREDIT = "credit"
    GRADED_CREDIT = "graded_credit"
    EXAM = "exam"
    TEST = "test"
    PROJECT = "project"
    FINAL_WORK = "final_work"
    NONE = "none"


class ResourceKind(Enum):
    """What an electronic educational resource is (clause 3.1)."""

    TEXT = "text"
    VIDEO = "video"
    TASK = "task"
    TEST = "test"
    RECORDING = "recording"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An educational resource: either an address or a material of the academy's own content."""

    title: str
    kind: ResourceKind = ResourceKind.LINK
    url: str | None = None
    material: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module of a programme; `hours` is its workload in academic hours."""

    id: str
    title: str
    hours: int
    control: ControlForm
    teacher: str | None = None
    outcome: str | None = None
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme: its modules stand in the order they are studied in."""

    id: str
    title: str
    department: str
    modules: tuple[Module, ...]
    qualification: str | None = None
    summary: str | None = None
    as_of: date | None = None

    @property
    def hours(self) -> int:
        """Workload of the whole programme in academic hours."""
        return sum(module.hours for module in self.modules)

    def module(self, module_id: str) -> Module | None:
        """Find a module by its id."""
        return next((module for module in self.modules if module.id == module_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When a group studies a module: from `starts` to the control on `due`."""

    module: str
    starts: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of listeners: its programme, curator, reviewers and calendar."""

    id: str
    title: str
    programme: str
    curator: str | None = None
    reviewers: tuple[str, ...] = ()
    chat: str | None = None
    terms: tuple[Term, ...] = ()

    def term(self, module_id: str) -> Term | None:
        """Find when the group studies a module."""
        return next((term for term in self.terms if term.module == module_id), None)
