"""A project as a plain folder that stock MkDocs builds without any code of ours."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from academy.pointer import read_pointer
from formats.yaml_tree import write_yaml
from generator.project import Project, nav_data


def none_there(_digest: str) -> Path | None:
    """Stand for large files where there are none."""
    return None


def write_plain(
    project: Project,
    contents: Mapping[str, bytes],
    program: Path,
    target: Path,
    large: Callable[[str], Path | None] = none_there,
) -> None:
    """Write a project into an empty folder: pages, files, settings and templates.

    `contents` gives the files of `main` and the renditions by their names, `large` the
    places of large files by their digests. Raises
    `FileExistsError` when there is anything in `target` already.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(str(target))
    for page in project.pages:
        _write(target / "docs" / page.path, page.markdown.encode())
    for place, name in project.media.items():
        pointer = read_pointer(contents[name])
        source = large(pointer.oid) if pointer else None
        _write(target / "docs" / place, source.read_bytes() if source else contents[name])
    shutil.copytree(program / "site_templates" / "cabinet", target / "theme")
    shutil.copyfile(program / "mkdocs.yml", target / "cabinet.yml")
    settings = {
        "INHERIT": "cabinet.yml",
        "site_name": project.site_name,
        "site_author": project.site_author,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {"custom_dir": "theme", "language": project.language},
        "nav": nav_data(project.nav),
    }
    _write(target / "mkdocs.yml", write_yaml(settings).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
