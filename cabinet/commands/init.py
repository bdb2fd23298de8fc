"""`cabinet init`: a home for a new academy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cabinet.office import ACADEMY, Office, content_of, files_below
from cabinet.parser import Parser
from cabinet.session import CONTENT_HAS_ERRORS, OK, Session
from cabinet.settings import PROGRAM
from forge.port import MAIN, Author, Change

SYSTEM = Author("system")


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("init")
    words = parser.words
    parser.add_argument("--content", type=Path, help=words.text("command_line.help-content"))
    parser.set_defaults(run=run)


def run(session: Session) -> int:
    """Make the home, with the academy's own repository from `content/`."""
    content = session.arguments.content or PROGRAM / "content"
    files = files_below(content)
    read = content_of(files, "")
    if read.academy is None:
        session.print_issues(read.issues)
        return CONTENT_HAS_ERRORS
    try:
        initialise(session.office, files, session.at)
    except FileExistsError:
        session.say("already-initialised", home=session.home.root)
        return OK
    session.say("initialised", home=session.home.root, inbox=session.home.inbox)
    return OK


def initialise(office: Office, files: dict[str, bytes], at: datetime) -> None:
    """Make the folders of a home and the academy's repository.

    Raises `FileExistsError` when there is one.
    """
    office.home.inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    message = "Initial content"
    change = Change(ref=MAIN, expected=None, files=files, message=message)
    office.repositories.create(ACADEMY, [change], SYSTEM, at)
