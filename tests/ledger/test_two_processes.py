"""A server and the command line over one ledger: each sees the other, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from academy.account import Account
from ledger import Ledger, open_ledger
from ledger.tokens import token_hash

BLOCK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ledger import open_ledger

with open_ledger(Path(sys.argv[1])) as ledger:
    ledger.accounts.{0}(sys.argv[2]{1})
"""
LIST = """
import sys
from pathlib import Path
from ledger import open_ledger

with open_ledger(Path(sys.argv[1])) as ledger:
    print([one.id for one in ledger.accounts.all()])
"""


def elsewhere(script: str, *arguments: object) -> str:
    """Run a script in a process of its own that opens the ledger and closes it; what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_block_from_the_command_line_is_seen_and_what_follows_is_kept(
    ledger: Ledger, home: Path, listener: Account, reviewer: Account, now: datetime
):
    """Whatever else of this process has opened the ledger meanwhile, and closed it again."""
    hour = timedelta(hours=1)
    for _ in range(2):
        token, _ = ledger.sessions.create(listener.id, now, idle=hour, absolute=hour)
        assert ledger.standing(token_hash(token), None, now).session is not None
        open_ledger(home).close()

        elsewhere(BLOCK.format("block", ", datetime.now(UTC)"), home, listener.id)
        assert ledger.standing(token_hash(token), None, now).session is None
        elsewhere(BLOCK.format("unblock", ""), home, listener.id)

    open_ledger(home).close()
    ledger.accounts.remove(reviewer.id, now)
    assert elsewhere(LIST, home) == f"['{listener.id}']"
