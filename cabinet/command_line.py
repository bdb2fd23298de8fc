"""The command `cabinet`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from cabinet.commands import (
    accounts,
    audit,
    build,
    check,
    consent,
    demo,
    forgetting,
    importing,
    init,
    listeners,
    project,
    rank,
    serve,
    share,
)
from cabinet.environment import git_problem, git_version, python_problem
from cabinet.office import NotReadyError
from cabinet.parser import Parser, subparsers
from cabinet.session import WRONG_USE, Session
from cabinet.settings import home_of, language_of
from messages import Catalogue, catalogue

Run = Callable[[Session], int]

_COMMANDS = (
    demo, init, importing, listeners, rank, accounts, consent, share, audit, forgetting, check,
    build, project, serve,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 (fine), 1 (the content has errors) or 2 (wrong use, environment)."""
    words = catalogue(language_of(os.environ))
    chosen = make_parser(words).parse_args(arguments)
    session = Session(home_of(chosen.home, os.environ), words, chosen)
    if _refuses_machine(words):
        return WRONG_USE
    try:
        run: Run = chosen.run
        return run(session)
    except NotReadyError as error:
        session.warn(error.key, **error.values)
        return WRONG_USE
    except PermissionError as error:
        session.warn("no-permission", path=error.filename or str(error))
        return WRONG_USE
    except KeyboardInterrupt:
        return 130
    finally:
        session.close()


def make_parser(words: Catalogue) -> Parser:
    """Make the parser of all commands."""
    parser = Parser(words, prog="cabinet", description=words.text("command_line.about"))
    parser.add_argument("--home", help=words.text("command_line.help-home"))
    add = subparsers(parser)
    for command in _COMMANDS:
        command.add_to(add)
    return parser


def _refuses_machine(words: Catalogue) -> bool:
    """Refuse a Python or a Git that is too old, in words."""
    python = ".".join(map(str, sys.version_info[:3]))
    if key := python_problem(sys.version_info[:3]):
        print(words.text(key, found=python), file=sys.stderr)
        return True
    try:
        done = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
        printed: str | None = done.stdout
    except FileNotFoundError:
        printed = None
    if key := git_problem(printed):
        print(words.text(key, found=git_version(printed) or ""), file=sys.stderr)
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
