"""The academy's public pages: built of `public/` in its repository, shown to anyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from html import escape

from academy.institution import Academy
from generator.outcome import Outcome, State
from generator.project import NavEntry, Page, Project
from generator.workshop import Workshop
from sites.manifest import Inputs, Manifest
from sites.store import Sites

PUBLIC = "public"
_FOLDER = "public/"
_FIRST = ("index.md", "help.md", "rules.md", "support.md")


def build_public(
    files: Mapping[str, bytes], academy: Academy, workshop: Workshop, sites: Sites, at: datetime
) -> Outcome:
    """Build the public pages, unless they are there already; `files` are the academy's own."""
    mine = {
        path.removeprefix(_FOLDER): content
        for path, content in files.items()
        if path.startswith(_FOLDER) and path.endswith(".md")
    }
    digest = sha256(repr((academy.short_name, academy.language, sorted(mine.items()))).encode())
    inputs = Inputs(
        main="", record="", content=digest.hexdigest()[:32], generator=workshop.fingerprint
    )
    last = sites.manifest(PUBLIC)
    if last and last.inputs == inputs and sites.is_whole(last):
        return Outcome(person=PUBLIC, state=State.UNCHANGED)
    project = _project(mine, academy)
    manifest = Manifest(person=PUBLIC, inputs=inputs, audience=(), built_at=at, valid_until=None)
    built = {
        path: sites.store(PUBLIC, content) for path, content in workshop.render(project).items()
    }
    sites.switch(replace(manifest, projections={PUBLIC: built}))
    return Outcome(person=PUBLIC, state=State.BUILT, pages=len(project.pages))


def _project(files: Mapping[str, bytes], academy: Academy) -> Project:
    names = [name for name in _FIRST if name in files]
    names += [name for name in sorted(files) if name not in _FIRST]
    return Project(
        site_name=escape(academy.short_name),
        language=academy.language,
        pages=tuple(Page(name, "", files[name].decode("utf-8-sig")) for name in names),
        nav=tuple(NavEntry("", name) for name in names),
    )
