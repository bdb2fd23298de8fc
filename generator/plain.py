"""A project as a plain folder that stock MkDocs builds without any code of ours."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from formats.yaml_tree import write_yaml
from generator.project import Project, nav_data


def write_plain(
    project: Project, contents: Mapping[str, bytes], program: Path, target: Path
) -> None:
    """Write a project into an empty folder: pages, files, settings and templates.

    `contents` gives the files of `main` and the renditions by their names. Raises
    `FileExistsError` when there is anything in `target` already.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(str(target))
    for page in project.pages:
        _write(target / "docs" / page.path, page.markdown.encode())
    for place, name in project.media.items():
        _write(target / "docs" / place, contents[name])
    shutil.copytree(program / "site_templates" / "cabinet", target / "theme")
    shutil.copyfile(program / "mkdocs.yml", target / "cabinet.yml")
    settings = {
        "INHERIT": "cabinet.yml",
        "site_name": project.site_name,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {"custom_dir": "theme", "language": project.language},
        "nav": nav_data(project.nav),
    }
    _write(target / "mkdocs.yml", write_yaml(settings).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
