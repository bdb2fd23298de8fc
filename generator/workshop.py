"""Everything warm that a process needs to make sites: templates, MkDocs, theme."""

from __future__ import annotations

import gc
from datetime import datetime
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from academy.dossier import Dossier
from academy.institution import Academy
from academy.issue import Issue
from academy.projection import Projection
from generator.compose.site import Parts, compose
from generator.compose.templating import page_templates
from generator.engine.article import Articles
from generator.engine.renderer import Renderer, Site
from generator.freshness import generator_fingerprint
from generator.project import Project
from generator.theme import Theme, assemble


class Workshop:
    """The tools of one process; not for use by several threads at once.

    `program` is the folder with `mkdocs.yml` and `site_templates/`; `assets`
    the folder of assembled theme assets.
    """

    def __init__(self, program: Path, assets: Path) -> None:
        self.program = program
        self.custom_dir = program / "site_templates" / "cabinet"
        self.base = program / "mkdocs.yml"
        self.theme: Theme = assemble(self.custom_dir, assets)
        self.articles = Articles()
        self._renderers: dict[str, Renderer] = {}

    @cached_property
    def templates(self) -> Environment:
        """The templates of pages."""
        return page_templates(self.program / "site_templates" / "pages")

    @cached_property
    def code(self) -> str:
        """What Markdown becomes HTML with: the program, its libraries, the settings of MkDocs."""
        packages = ("academy", "formats", "generator", "messages", "sites")
        folders = [self.program / package for package in packages]
        return generator_fingerprint(
            [*folders, self.program / "forge" / "renditions.py", self.base]
        )

    @cached_property
    def composition(self) -> str:
        """What pages are composed with: the code and the templates of pages."""
        return generator_fingerprint([self.program / "site_templates" / "pages"], self.code)

    @cached_property
    def fingerprint(self) -> str:
        """What the sites of this program are made with."""
        return generator_fingerprint([self.program / "site_templates"], self.composition)

    def compose(
        self,
        dossier: Dossier,
        academy: Academy,
        projection: Projection,
        at: datetime,
        check: tuple[Issue, ...] = (),
        parts: Parts | None = None,
    ) -> tuple[Project, tuple[Issue, ...]]:
        """Make the project of a projection; see `compose.site.compose`."""
        return compose(dossier, academy, projection, at, self.templates, check, parts)

    def site(self, project: Project) -> Site:
        """Render a project as far as its articles; see `Renderer.render`."""
        return self._renderer(project.language).render(project, self.articles)

    def render(self, project: Project) -> dict[str, bytes]:
        """Render a project: path in the site to content."""
        site = self.site(project)
        return {path: site.make(path) for path in site.recipes}

    def _renderer(self, language: str) -> Renderer:
        if language not in self._renderers:
            self._renderers[language] = Renderer(
                self.base, self.custom_dir, language, self.theme.address
            )
            # What is warm stays for good, so the collector need not look at it again and again.
            gc.collect()
            gc.freeze()
        return self._renderers[language]
