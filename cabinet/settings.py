"""Where the program finds its own files and keeps an academy's data.

Every setting is here, and is described in `docs/operations.md`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
"""The folder of the program: `site_templates/`, `content/`, `portfolios/`, `mkdocs.yml`."""

HOME_VARIABLE = "CABINET_HOME"
LANGUAGE_VARIABLE = "CABINET_LANGUAGE"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder with everything of one academy; nothing is kept outside it."""

    root: Path

    @property
    def repositories(self) -> Path:
        """Git repositories: the academy's own and one a listener. Back this up."""
        return self.root / "repositories"

    @property
    def sites(self) -> Path:
        """Built sites; can be thrown away and built again."""
        return self.root / "sites"

    @property
    def assets(self) -> Path:
        """Assembled assets of the theme; can be thrown away."""
        return self.root / "assets"

    @property
    def index(self) -> Path:
        """The index over all repositories; can be thrown away."""
        return self.root / "index.db"

    @property
    def summaries(self) -> Path:
        """What overviews say of each portfolio; can be thrown away."""
        return self.root / "summaries.db"

    @property
    def queue(self) -> Path:
        """The queue of everything that was sent; can be thrown away."""
        return self.root / "queue.db"

    @property
    def ledger(self) -> Path:
        """Accounts, sessions, consents in force, links, keys. Back this up."""
        return self.root / "cabinet.db"

    @property
    def audit(self) -> Path:
        """The record of access, a file a month, and its signed head. Back this up."""
        return self.root / "audit"

    @property
    def keys(self) -> Path:
        """The key that opens the ledger's secrets. Back this up, apart from the rest."""
        return self.root / "keys"

    @property
    def slips(self) -> Path:
        """Slips with initial passwords: to be printed, handed out and deleted."""
        return self.root / "slips"

    @property
    def large_files(self) -> Path:
        """Recordings and other large files of the listeners. Back this up."""
        return self.root / "lfs"

    @property
    def inbox(self) -> Path:
        """Exports of the training-records system that wait to be imported."""
        return self.root / "inbox"

    @property
    def import_lock(self) -> Path:
        """Held while an import writes, so that two of them never make one listener twice."""
        return self.root / "import.lock"

    @property
    def sign_in(self) -> Path:
        """Who signs people in, and which services use the academy's accounts; holds secrets."""
        return self.root / "sign-in.toml"

    @property
    def standings(self) -> Path:
        """Places in the rating as of the last `cabinet rank`; can be thrown away."""
        return self.root / "standings.json"

    @property
    def incoming(self) -> Path:
        """What is being pushed, until it is taken or refused; can be thrown away."""
        return self.root / "incoming"

    @property
    def doors(self) -> Path:
        """Where the way in listens, who stands in front of it, and what is behind it."""
        return self.root / "doors.toml"

    @property
    def demo_mark(self) -> Path:
        """Says that this is a demo, and at which moment it stands still."""
        return self.root / "demo.json"


def home_of(option: str | None, environment: Mapping[str, str]) -> Home:
    """The home: `--home`, else `CABINET_HOME`, else `var/` below the current folder."""
    return Home(Path(option or environment.get(HOME_VARIABLE) or "var").absolute())


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the command line: `CABINET_LANGUAGE`, else that of the locale."""
    wanted = environment.get(LANGUAGE_VARIABLE, "").lower()
    if wanted in ("ru", "en"):
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "ru" if environment[name].lower().startswith("ru") else "en"
    return "en"


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
