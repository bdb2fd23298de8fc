"""What an empty repository consists of.

Git documents this layout (`gitrepository-layout`). Written by ourselves it has no
hooks, takes nothing from templates or from the environment of the process, and
costs no process.
"""

from __future__ import annotations

from pathlib import Path

# Every setting has its reason in `docs/decisions/storage-of-repositories.md`.
CONFIGURATION = """\
[core]
\trepositoryFormatVersion = 0
\tfileMode = true
\tbare = true
\tfsync = all
\tlogAllRefUpdates = false
\tfilesRefLockTimeout = 5000
\tpackedRefsTimeout = 5000
[fastimport]
\tunpackLimit = 0
[gc]
\tauto = 0
[receive]
\tautoGC = false
\tfsckObjects = true
[transfer]
\tfsckObjects = true
"""


def lay_out(folder: Path) -> None:
    """Make an empty folder a bare repository whose first branch is `main`."""
    for inner in ("objects/info", "objects/pack", "refs/heads", "refs/tags"):
        (folder / inner).mkdir(parents=True)
    (folder / "config").write_text(CONFIGURATION, encoding="ascii")
    (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="ascii")
