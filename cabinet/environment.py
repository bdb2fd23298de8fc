"""What the machine has to bring: a Python and a Git that are new enough.

The answers are keys of texts; `{found}` in a text is the version there is.
`.ci/check-machine` says the same before anything is installed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PYTHON = (3, 11)
GIT = (2, 38)  # `git merge-tree --write-tree` is how a bare repository merges.

_GIT_VERSION = re.compile(r"git version ([0-9]+(?:\.[0-9]+)+)")


def python_problem(version: Sequence[int]) -> str | None:
    """Say what is wrong with a Python of this version (`sys.version_info[:3]`), if anything."""
    return None if tuple(version[:2]) >= PYTHON else "environment.python-too-old"


def git_problem(version_text: str | None) -> str | None:
    """Say what is wrong with a Git, by what `git --version` prints (None: there is no Git)."""
    found = git_version(version_text)
    if found is None:
        return "environment.git-missing"
    numbers = tuple(int(part) for part in found.split("."))
    return None if numbers[:2] >= GIT else "environment.git-too-old"


def git_version(version_text: str | None) -> str | None:
    """Pick the version out of what `git --version` prints: `2.39.5`."""
    match = _GIT_VERSION.match(version_text or "")
    return match[1] if match else None
