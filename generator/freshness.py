"""Whether a build still holds, without reading a single portfolio."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from academy.announcement import Announcement
from academy.institution import Academy
from academy.listener import Card
from academy.projection import Projection
from sites.manifest import Inputs, Manifest

_LIBRARIES = (
    "jinja2",
    "linkify-it-py",
    "markdown",
    "markdown-it-py",
    "mkdocs",
    "mkdocs-material",
    "pillow",
    "pymdown-extensions",
)


class ContentSlices:
    """Digests of the part of the academy's content that concerns a listener.

    Listeners of one programme, group and category share a slice, so a changed
    announcement of one group makes no work for the others.
    """

    def __init__(self, academy: Academy) -> None:
        self.academy = academy
        self._known: dict[tuple[str, ...], tuple[str, str]] = {}

    @staticmethod
    def audience(card: Card) -> tuple[str, ...]:
        """What of a card decides which content concerns it."""
        return (card.programme, card.group, card.category)

    def digest(self, audience: tuple[str, ...]) -> str:
        """The digest of the slice for an audience."""
        return self._digests(audience)[0]

    def still_digest(self, audience: tuple[str, ...]) -> str:
        """The digest of the slice without its announcements, which most pages never show."""
        return self._digests(audience)[1]

    def _digests(self, audience: tuple[str, ...]) -> tuple[str, str]:
        if audience not in self._known:
            still = self._still(*audience)
            whole = repr((still, self._announcements(*audience)))
            self._known[audience] = (_digest(whole), _digest(repr(still)))
        return self._known[audience]

    @cached_property
    def _common(self) -> Academy:
        # Which commit the policy was read from is not shown, so it makes no page different.
        return replace(
            self.academy,
            policy=replace(self.academy.policy, version=""),
            announcements=(),
            categories=(),
            groups=(),
            programmes=(),
            materials={},
        )

    def _still(self, programme_id: str, group_id: str, category_id: str) -> tuple[object, ...]:
        academy = self.academy
        programme = academy.programme(programme_id)
        used = {
            resource.material
            for module in (programme.modules if programme else ())
            for resource in module.resources
        }
        return (
            self._common,
            programme,
            academy.group(group_id),
            academy.category(category_id),
            [page for name, page in academy.materials.items() if name in used],
        )

    def _announcements(self, programme_id: str, group_id: str, _: str) -> list[Announcement]:
        return [
            one
            for one in self.academy.announcements
            if not (one.groups or one.programmes)
            or group_id in one.groups
            or programme_id in one.programmes
        ]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def shares_digest(shares: Iterable[Projection]) -> str:
    """A digest of the share links to build; empty without any."""
    names = sorted(f"{one.name}:{','.join(sorted(one.items))}" for one in shares)
    return sha256("\n".join(names).encode()).hexdigest()[:16] if names else ""


def generator_fingerprint(folders: Iterable[Path], beside: str = "") -> str:
    """A digest of what turns inputs into pages: folders, files, libraries, and what is `beside`."""
    digest = sha256(beside.encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.name}\0".encode())
                digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def holds(manifest: Manifest, inputs: Inputs, at: datetime) -> bool:
    """Tell whether a build is what a new build at `at` of these inputs would be."""
    if manifest.inputs != inputs or at < manifest.built_at:
        return False
    return manifest.valid_until is None or at < manifest.valid_until
