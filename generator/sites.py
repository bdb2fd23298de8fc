"""Built sites on disk: contents by digest, and one manifest a listener that is switched whole.

`<root>/<person>/objects/<digest>` holds each content once, whatever projections
show it; `<root>/<person>/manifest.json` says which path of which projection is
which content. Renaming a new manifest into place switches all projections of a
listener at one moment, and erasing a person is removing one folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

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


class Sites:
    """The folder of built sites."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def manifest(self, person: str) -> Manifest | None:
        """The build of a listener that is served now; None when there is none to rely on."""
        try:
            raw = (self.root / person / "manifest.json").read_bytes()
        except FileNotFoundError:
            return None
        try:
            return _from_json(person, json.loads(raw))
        except (ValueError, KeyError, TypeError):
            # An unreadable manifest is as good as none: the next build writes it anew.
            return None

    def people(self) -> tuple[str, ...]:
        """Everyone who has a build."""
        if not self.root.is_dir():
            return ()
        return tuple(
            sorted(one.name for one in self.root.iterdir() if (one / "manifest.json").exists())
        )

    def path_of(self, person: str, stored: Stored) -> Path:
        """The file of a content."""
        return self.root / person / "objects" / stored.digest

    def is_whole(self, manifest: Manifest) -> bool:
        """Tell whether every content of a build is there in its full size."""
        try:
            return all(
                self.path_of(manifest.person, stored).stat().st_size == stored.size
                for files in manifest.projections.values()
                for stored in files.values()
            )
        except FileNotFoundError:
            return False

    def store(self, person: str, content: bytes) -> Stored:
        """Keep a content; one that is there already costs a look."""
        stored = Stored(sha256(content).hexdigest()[:40], len(content))
        path = self.path_of(person, stored)
        try:
            if path.stat().st_size == stored.size:
                return stored
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        _write_beside(path, content)
        return stored

    def switch(self, manifest: Manifest) -> None:
        """Make a build the one that is served; contents neither it nor the last one need go."""
        before = self.manifest(manifest.person)
        folder = self.root / manifest.person
        folder.mkdir(parents=True, exist_ok=True)
        _write_beside(folder / "manifest.json", _to_json(manifest))
        self._sweep(manifest, before)

    def remove(self, person: str) -> None:
        """Delete everything that was built for a person."""
        shutil.rmtree(self.root / person, ignore_errors=True)

    def _sweep(self, manifest: Manifest, before: Manifest | None) -> None:
        # A reader may have looked a content up a moment ago, so the last build's stay for now.
        kept = {
            stored.digest
            for one in (manifest, before)
            if one is not None
            for files in one.projections.values()
            for stored in files.values()
        }
        objects = self.root / manifest.person / "objects"
        if objects.is_dir():
            for file in objects.iterdir():
                if file.name not in kept:
                    file.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside, and then renamed into place."""
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    beside.write_bytes(content)
    beside.replace(path)


def _to_json(manifest: Manifest) -> bytes:
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


def _from_json(person: str, data: dict[str, object]) -> Manifest:
    if data["format"] != FORMAT:
        raise ValueError("another format")
    until = data["valid_until"]
    return Manifest(
        person=person,
        inputs=Inputs(**data["inputs"]),  # type: ignore[arg-type]
        audience=tuple(data["audience"]),  # type: ignore[arg-type]
        built_at=datetime.fromisoformat(str(data["built_at"])),
        valid_until=datetime.fromisoformat(str(until)) if until else None,
        projections={
            name: {path: Stored(*one) for path, one in files.items()}
            for name, files in data["projections"].items()  # type: ignore[attr-defined]
        },
        issues=tuple(_issue(one) for one in data["issues"]),  # type: ignore[attr-defined]
        failure=str(data["failure"]) if data["failure"] else None,
    )


def _issue(data: dict[str, str | int | dict[str, str | int]]) -> Issue:
    place = Location(str(data["file"]), int(data["line"]), str(data["field"]))  # type: ignore[arg-type]
    return Issue(str(data["code"]), Severity(data["severity"]), place, data["values"])  # type: ignore[arg-type]
