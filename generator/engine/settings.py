"""The configuration of MkDocs, loaded once and lent to one site after the other."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig


def load(base: Path, custom_dir: Path, language: str, assets: str) -> MkDocsConfig:
    """Load the base configuration for sites of one language.

    `base` is the `mkdocs.yml` of all cabinets, `custom_dir` our templates,
    `assets` the address at which the assets of the theme are.
    """
    with tempfile.TemporaryDirectory(prefix="cabinet-") as folder:
        empty = Path(folder) / "docs"
        empty.mkdir()
        with base.open("rb") as file:
            config = load_config(
                file,
                docs_dir=str(empty),
                site_dir=str(Path(folder) / "site"),
                strict=True,
            )
    theme = config.theme
    theme["language"] = language
    # Paths are compared as text when templates are looked up, so they have to be in one form.
    theme.dirs[:] = [str(custom_dir.resolve())] + [
        str(Path(one).resolve())
        for one in theme.dirs
        if Path(one).resolve() != custom_dir.resolve()
    ]
    config.extra["assets"] = assets
    config.plugins.on_startup(command="build", dirty=False)
    return config.plugins.on_config(config)
