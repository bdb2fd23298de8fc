"""The site of one projection, made of what is kept of the last build as far as it is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from academy.dossier import Dossier
from academy.institution import Academy
from academy.issue import Issue
from academy.projection import Projection
from academy.verification import SeenFile
from generator.engine.renderer import Site, digest_of
from generator.keeping import Basis, KeptSite, from_bytes, to_bytes
from generator.project import Project
from generator.workshop import Workshop
from sites.manifest import Stored
from sites.store import Sites


@dataclass(frozen=True, slots=True)
class Assembled:
    """A site that is stored: path to content, what its texts had wrong, and what to keep of it."""

    files: Mapping[str, Stored]
    found: tuple[Issue, ...]
    kept: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """The listener whose sites are made, and what they are made of.

    `main` are the files of their portfolio, `renditions` those of its pictures that
    are stored already; `large` finds large files by their digests. What is kept is used
    only if `is_trusted`.
    """

    workshop: Workshop
    sites: Sites
    academy: Academy
    dossier: Dossier
    main: Mapping[str, bytes]
    renditions: Mapping[str, Stored]
    check: tuple[Issue, ...]
    basis: Basis
    at: datetime
    is_trusted: bool
    large: Callable[[str], Path | None]

    def site(self, projection: Projection) -> Assembled:
        """Make the site of a projection, as far as it is another than the last one."""
        kept = self._kept(projection)
        carried = kept.basis.carries(self.basis.digest, self.at)
        parts = dict(kept.parts) if carried else {}
        self.workshop.articles.lend(kept.articles)
        project, found = self.workshop.compose(
            self.dossier, self.academy, projection, self.at, self.check, parts
        )
        contents, files = self._pages(self.workshop.site(project), kept)
        files |= self._media(project)
        now = KeptSite(
            kept.basis if carried else self.basis,
            parts,
            dict(self.workshop.articles.used()),
            contents,
        )
        return Assembled(files, found, to_bytes(now, self.workshop.code))

    def _kept(self, projection: Projection) -> KeptSite:
        kept = None
        if self.is_trusted:
            raw = self.sites.kept(self.dossier.person, projection.name)
            kept = from_bytes(raw, KeptSite, self.workshop.code)
        return kept or KeptSite(Basis("", self.at, None))

    def _pages(self, site: Site, kept: KeptSite) -> tuple[dict[str, Stored], dict[str, Stored]]:
        """Store every page: by what it was made of, and by its path."""
        person = self.dossier.person
        contents: dict[str, Stored] = {}
        files: dict[str, Stored] = {}
        for path, recipe in site.recipes.items():
            made_of = digest_of(self.workshop.fingerprint, recipe)
            stored = kept.contents.get(made_of)
            if stored is None or not self.sites.has(person, stored):
                stored = self.sites.store(person, site.make(path))
            contents[made_of] = files[path] = stored
        return contents, files

    def _media(self, project: Project) -> dict[str, Stored]:
        """Store the files beside the pages; one that is there already is not even read."""
        return {
            place: self.renditions.get(name) or self._medium(name, self.dossier.files[name])
            for place, name in project.media.items()
        }

    def _medium(self, name: str, seen: SeenFile) -> Stored:
        stored = self.sites.stored_as(seen.sha256, seen.size)
        if self.sites.has(self.dossier.person, stored):
            return stored
        source = self.large(seen.sha256)
        if source is not None:
            return self.sites.take_in(self.dossier.person, stored, source)
        return self.sites.store(self.dossier.person, self.main[name])
