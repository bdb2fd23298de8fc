"""Arguments of the command line, with help in the language of the locale."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from messages import Catalogue

USAGE_ERROR = 2

# argparse knows English only; these are the sentences of it that a user can meet.
_SENTENCES = (
    (r"the following arguments are required: (?P<what>.+)", "arguments-required"),
    (r"unrecognized arguments: (?P<what>.+)", "arguments-unknown"),
    (r"argument (?P<name>.+): expected (one|at least one) argument", "argument-empty"),
    (r"argument (?P<name>.+): invalid (\w+) value: (?P<what>.+)", "argument-wrong"),
    (r"argument (?P<name>.+): invalid choice: (?P<what>[^ ]+) \(.*", "argument-no-choice"),
    (r"argument (?P<name>.+): (?P<what>.+)", "argument-wrong"),
    (r"one of the arguments (?P<what>.+) is required", "arguments-required"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the language of its catalogue."""

    def __init__(self, words: Catalogue, **options: Any) -> None:  # noqa: ANN401
        self.words = words
        options["add_help"] = False
        options["allow_abbrev"] = False
        options["formatter_class"] = argparse.RawDescriptionHelpFormatter
        super().__init__(**options)
        self._positionals.title = words.text("command_line.positionals")
        self._optionals.title = words.text("command_line.options")
        self.add_argument("-h", "--help", action="help", help=words.text("command_line.help-help"))

    def format_usage(self) -> str:
        """The usage line."""
        return self._translated(super().format_usage())

    def format_help(self) -> str:
        """The whole help."""
        return self._translated(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and end with exit code 2."""
        sys.stderr.write(f"{self.format_usage()}{self.prog}: {self._sentence(message)}\n")
        raise SystemExit(USAGE_ERROR)

    def _translated(self, text: str) -> str:
        return text.replace("usage:", self.words.text("command_line.usage"), 1)

    def _sentence(self, message: str) -> str:
        for pattern, key in _SENTENCES:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                return self.words.text(f"command_line.{key}", **match.groupdict())
        return message


def subparsers(parser: Parser, prefix: str = "") -> Callable[[str], Parser]:
    """Let a parser take commands; gives what adds one by its name.

    With a `prefix` these are commands of a command: `accounts-`.
    """
    words = parser.words
    commands: Any = parser.add_subparsers(
        dest=f"{prefix}command",
        required=True,
        title=words.text("command_line.commands"),
        metavar=words.text("command_line.command"),
    )

    def add(name: str) -> Parser:
        about = words.text(f"command_line.about-{prefix}{name}")
        parser: Parser = commands.add_parser(name, words=words, help=about, description=about)
        return parser

    return add


def option_names(parser: argparse.ArgumentParser) -> Iterable[str]:
    """Every long option of a parser, for the test that holds the documentation to it."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to ask
        yield from (name for name in action.option_strings if name.startswith("--"))
