"""Manifests: what the sites of one listener consist of, and what they were made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from academy.issue import Issue, Location, Severity

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """A content of a site: its digest (the name of its file) and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a build was made of; two builds of equal inputs and facts are equal."""

    main: str
    record: str
    content: str
    generator: str
    shares: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One build of one listener.

    It holds from `built_at` until `valid_until` (None: as long as the inputs
    stay). `audience` is what of the academy's content concerns the listener.
    `failure` says why these sites are still those of an earlier build.
    """

    person: str
    inputs: Inputs
    audience: tuple[str, ...]
    built_at: datetime
    valid_until: datetime | None
    projections: Mapping[str, Mapping[str, Stored]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    failure: str | None = None


def to_json(manifest: Manifest) -> bytes:
    """Write a manifest as one line of JSON."""
    data = {
        "format": FORMAT,
        "inputs": asdict(manifest.inputs),
        "audience": manifest.audience,
        "built_at": manifest.built_at.isoformat(),
        "valid_until": manifest.valid_until.isoformat() if manifest.valid_until else None,
        "projections": {
            name: {path: [one.digest, one.size] for path, one in files.items()}
            for name, files in manifest.projections.items()
        },
        "issues": [issue_data(issue) for issue in manifest.issues],
        "failure": manifest.failure,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def issue_data(issue: Issue) -> dict[str, object]:
    """Give an issue as plain data, for reports that a machine reads."""
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        "file": issue.location.file,
        "line": issue.location.line,
        "field": issue.location.field,
        "values": issue.values,
    }


def from_json(person: str, raw: bytes) -> Manifest:
    """Read a manifest. Raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    data: dict[str, Any] = json.loads(raw)
    if data["format"] != FORMAT:
        raise ValueError("another format")
    until = data["valid_until"]
    return Manifest(
        person=person,
        inputs=Inputs(**data["inputs"]),
        audience=tuple(data["audience"]),
        built_at=datetime.fromisoformat(str(data["built_at"])),
        valid_until=datetime.fromisoformat(str(until)) if until else None,
        projections={
            name: {path: Stored(*one) for path, one in files.items()}
            for name, files in data["projections"].items()
        },
        issues=tuple(_issue(one) for one in data["issues"]),
        failure=str(data["failure"]) if data["failure"] else None,
    )


def _issue(data: dict[str, Any]) -> Issue:
    place = Location(str(data["file"]), int(data["line"]), str(data["field"]))
    return Issue(str(data["code"]), Severity(data["severity"]), place, data["values"])
