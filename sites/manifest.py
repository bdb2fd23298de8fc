"""Manifests: what the sites of one listener consist of, and what they were made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from academy.issue import Issue, Location, Severity

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Stored:
    """A content of a site: its digest (the name of its file) and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a build was made of; two builds of equal inputs and facts are equal.

    `still` is of the content without its announcements, which only the owner's site shows.
    """

    main: str
    record: str
    content: str
    generator: str
    shares: str = ""
    around: str = ""
    still: str = ""


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """The size of a picture in pixels, and its renditions: width to content."""

    width: int
    height: int
    renditions: Mapping[int, Stored]


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """Pictures by the SHA-256 of their content, and the recipe their renditions were made by.

    None stands for what cannot be drawn, so that it is not tried at every build.
    """

    recipe: str = ""
    by_digest: Mapping[str, KeptPicture | None] = field(default_factory=dict)


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
    pictures: KeptPictures = KeptPictures()
    issues: tuple[Issue, ...] = ()
    failure: str | None = None

    def stored(self) -> Iterator[Stored]:
        """Every content this build needs; one may come several times."""
        for files in self.projections.values():
            yield from files.values()
        for picture in self.pictures.by_digest.values():
            yield from picture.renditions.values() if picture else ()


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
        "pictures": {
            "recipe": manifest.pictures.recipe,
            "by_digest": {
                digest: one and [one.width, one.height, _renditions_data(one)]
                for digest, one in manifest.pictures.by_digest.items()
            },
        },
        "issues": [issue_data(issue) for issue in manifest.issues],
        "failure": manifest.failure,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _renditions_data(picture: KeptPicture) -> dict[int, list[object]]:
    return {width: [one.digest, one.size] for width, one in picture.renditions.items()}


def _picture(data: list[Any] | None) -> KeptPicture | None:
    if data is None:
        return None
    width, height, renditions = data
    stored = {int(one): Stored(*values) for one, values in renditions.items()}
    return KeptPicture(int(width), int(height), stored)


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
        pictures=KeptPictures(
            str(data["pictures"]["recipe"]),
            {digest: _picture(one) for digest, one in data["pictures"]["by_digest"].items()},
        ),
        issues=tuple(_issue(one) for one in data["issues"]),
        failure=str(data["failure"]) if data["failure"] else None,
    )


def _issue(data: dict[str, Any]) -> Issue:
    place = Location(str(data["file"]), int(data["line"]), str(data["field"]))
    return Issue(str(data["code"]), Severity(data["severity"]), place, data["values"])
