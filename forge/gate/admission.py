"""The one acceptance for everything that enters a repository.

Nothing that an author did is an exception here: every mistake is an `Issue`, all
of them are collected, and what is good is given back as it may be stored.
Admitting what was admitted changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from academy.issue import Issue, Location, Severity, has_errors, in_order
from forge.gate.documents import check_office, check_pdf
from forge.gate.finding import Checked, Finding, refused
from forge.gate.kinds import ADMITTED, RECORDINGS, REFUSED, Kind, attributes_of, ending_of
from forge.gate.layout import Layout, Part, part_of
from forge.gate.limits import DEFAULTS, MIB, Limits
from forge.gate.pictures import check_picture
from forge.gate.recordings import Large, check_recording, none_there
from forge.gate.texts import check_text
from forge.paths import (
    ATTRIBUTES,
    PATH_CHARACTERS,
    SEGMENT_CHARACTERS,
    PathFault,
    fault_of,
    sameness,
    shown,
)

FILE = "100644"

ATTRIBUTE_LINES = attributes_of(RECORDINGS)
"""The attributes by which a Git client keeps recordings as large files; no others are taken."""

_MODES = {"100755": "gate-mode-program", "120000": "gate-mode-link", "160000": "gate-mode-module"}
_OUT_OF_PLACE = {
    Layout.PORTFOLIO: "gate-place-unknown",
    Layout.ACADEMY: "gate-place-academy",
}
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that wants to enter: its path, its mode in Git, and its bytes."""

    path: str
    mode: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Admission:
    """What may enter, as it is to be stored, and what has to be told to the author."""

    files: Mapping[str, bytes]
    issues: tuple[Issue, ...]

    @property
    def is_clean(self) -> bool:
        """Whether all that wanted to enter may."""
        return not has_errors(self.issues)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a path is, in the layout of whose repository, and which large files are at hand."""

    part: Part | None
    layout: Layout
    large: Large


def admit(
    entries: Sequence[Incoming],
    branch: str,
    *,
    layout: Layout = Layout.PORTFOLIO,
    beside: Mapping[str, int] = _NOTHING,
    limits: Limits = DEFAULTS,
    large: Large = none_there,
) -> Admission:
    """Check what wants to enter a branch (a full ref: `main`, `record`, `mr/…`, a draft).

    `beside` is what else will be on the branch, path to size: it counts for the
    limits of the whole, and no path may be mistaken for another. `large` tells of
    the owner's large files, to which pointers may lead. Contents are
    not looked at when there is too much of everything. With the first recording comes
    the file that tells Git clients of large files. `ValueError` is raised for
    a branch without a layout.
    """
    entering = {entry.path for entry in entries}
    others = {path: size for path, size in beside.items() if path not in entering}
    sizes = [len(entry.content) for entry in entries]
    excess = _excess(sizes, others, limits)
    if excess:
        return Admission({}, in_order(excess))
    issues: list[Issue] = []
    files: dict[str, bytes] = {}
    taken = {sameness(path): path for path in others}
    for entry in sorted(entries, key=lambda entry: entry.path):
        place = _Place(part_of(entry.path, branch, layout), layout, large)
        checked = _check(entry, place, taken, limits)
        issues += (finding.at(shown(entry.path)) for finding in checked.findings)
        if checked.content is not None:
            files[entry.path] = checked.content
    issues += _excess([len(content) for content in files.values()], others, limits)
    if ATTRIBUTES not in taken.values() and any(ending_of(path) in RECORDINGS for path in files):
        files[ATTRIBUTES] = ATTRIBUTE_LINES
    return Admission(files, in_order(issues))


def _excess(sizes: Sequence[int], others: Mapping[str, int], limits: Limits) -> list[Issue]:
    """Tell what is too much of the whole."""
    issues = []
    count = len(sizes) + len(others)
    if count > limits.files:
        issues.append(_of_whole("gate-whole-files", count=count, limit=limits.files))
    whole = sum(sizes) + sum(others.values())
    if whole > limits.whole:
        size = -(-whole // MIB)
        issues.append(_of_whole("gate-whole-size", size=size, limit=limits.whole // MIB))
    return issues


def _of_whole(code: str, **values: int) -> Issue:
    """Give an issue that is about no file of its own."""
    return Issue(code, Severity.ERROR, Location(""), dict(values))


def _check(entry: Incoming, place: _Place, taken: dict[str, str], limits: Limits) -> Checked:
    """Check one file: its path, its mode, its place, and then what is in it."""
    is_ours = place.part is Part.ATTRIBUTES
    findings = [*(() if is_ours else _of_path(entry.path)), *_of_mode(entry.mode)]
    if place.part is None and not findings:
        findings.append(Finding(_OUT_OF_PLACE[place.layout]))
    key = sameness(entry.path)
    if key in taken:
        findings.append(Finding("gate-path-double", {"other": shown(taken[key])}))
    taken.setdefault(key, entry.path)
    if findings or place.part is None:
        return Checked(None, tuple(findings))
    return _check_content(entry, place, limits)


def _of_path(path: str) -> Iterable[Finding]:
    """Tell the fault of a path."""
    fault = fault_of(path)
    if fault is PathFault.TOO_LONG:
        values = {"limit": SEGMENT_CHARACTERS, "whole": PATH_CHARACTERS}
        yield Finding("gate-path-too-long", values)
    elif fault is not None:
        yield Finding(f"gate-path-{fault.value}")


def _of_mode(mode: str) -> Iterable[Finding]:
    """Tell what a file is that is no plain one."""
    if mode != FILE:
        yield Finding(_MODES.get(mode, "gate-mode-unknown"), {"mode": mode})


def _check_content(entry: Incoming, place: _Place, limits: Limits) -> Checked:
    """Check what is in a file that has a place."""
    if place.part is Part.PAGE:
        return check_text(entry.content, limits.text)
    if place.part is Part.ATTRIBUTES:
        is_known = set(entry.content.splitlines()) <= set(ATTRIBUTE_LINES.splitlines())
        return Checked(entry.content) if is_known else refused("gate-attributes")
    ending = ending_of(entry.path)
    kind = ADMITTED.get(ending)
    if kind is None:
        known = ", ".join(ADMITTED)
        return refused(REFUSED.get(ending, "gate-type-unknown"), ending=ending, known=known)
    if not entry.content and kind is not Kind.TEXT:
        return refused("gate-file-empty")
    limit = limits.picture if kind is Kind.PICTURE else limits.attachment
    if len(entry.content) > limit:
        size = -(-len(entry.content) // MIB)
        return refused("gate-file-too-big", size=size, limit=limit // MIB)
    if kind is Kind.RECORDING:
        return check_recording(entry.content, ending, place.large)
    if kind is Kind.TEXT:
        return check_text(entry.content, limits.text)
    return _check_kind(entry.content, kind, ending, limits)


def _check_kind(content: bytes, kind: Kind, ending: str, limits: Limits) -> Checked:
    """Check an attachment as what its ending says it is."""
    if kind is Kind.PICTURE:
        return check_picture(content, ending, limits)
    return check_pdf(content) if kind is Kind.PDF else check_office(content, ending)
