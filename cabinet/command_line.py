"""The command `cabinet`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from cabinet.environment import git_problem, git_version, python_problem
from cabinet.office import NotReadyError
from cabinet.parser import Parser, subparsers
from cabinet.session import WRONG_USE, Session
from cabinet.settings import home_of, language_of
from messages import Catalogue, catalogue

Run = Callable[[Session], int]

CUT_OFF = 141
"""What a shell says of a program whose reader has left."""

_NOBODY_ELSE = 0o027
"""What is written is for its owner and the owner's group, as nginx in front may need it."""

_MODULES = {
    "demo": "demo",
    "init": "init",
    "import": "importing",
    "listeners": "listeners",
    "rank": "rank",
    "accounts": "accounts",
    "consent": "consent",
    "share": "share",
    "audit": "audit",
    "forget": "forgetting",
    "keys": "keys",
    "check": "check",
    "build": "build",
    "run-due": "build",
    "project": "project",
    "site": "project",
    "serve": "serve",
}
"""Each command with its module of `cabinet.commands`, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 (fine), 1 (the content has errors) or 2 (wrong use, environment)."""
    os.umask(_NOBODY_ELSE)
    words = catalogue(language_of(os.environ))
    given = sys.argv[1:] if arguments is None else arguments
    chosen = make_parser(words, named_in(given)).parse_args(given)
    session = Session(home_of(chosen.home, os.environ), words, chosen)
    if _refuses_machine(words):
        return WRONG_USE
    try:
        return _run(chosen.run, session)
    except NotReadyError as error:
        session.warn(error.key, **error.values)
        return WRONG_USE
    except PermissionError as error:
        session.warn("no-permission", path=error.filename or str(error))
        return WRONG_USE
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` has; there is nobody left to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF
    except KeyboardInterrupt:
        return 130
    finally:
        session.close()


def _run(run: Run, session: Session) -> int:
    code = run(session)
    sys.stdout.flush()
    return code


def named_in(arguments: Sequence[str]) -> str | None:
    """The command that stands where a command has to stand; None when help or a word is wanted."""
    rest = list(arguments)
    if rest and rest[0] == "--home":
        rest = rest[2:]
    elif rest and rest[0].startswith("--home="):
        rest = rest[1:]
    return rest[0] if rest and rest[0] in _MODULES else None


def make_parser(words: Catalogue, command: str | None = None) -> Parser:
    """Make the parser of all commands, or of one, so that the program starts with its parts only.

    A module that has two commands brings both.
    """
    parser = Parser(words, prog="cabinet", description=words.text("command_line.about"))
    parser.add_argument("--home", help=words.text("command_line.help-home"))
    add = subparsers(parser)
    wanted = [_MODULES[command]] if command else dict.fromkeys(_MODULES.values())
    for module in wanted:
        import_module(f"cabinet.commands.{module}").add_to(add)
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
