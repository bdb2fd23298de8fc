"""Fields of a settings file in TOML, read strictly: what nobody knows is named, not ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auth_proxy.sign_in.provider import is_safe_address
from cabinet.office import NotReadyError


class Fields:
    """Reads values, each with its place for the sentence that says what is wrong.

    `topic` begins the keys of those sentences: `<topic>-toml`, `<topic>-field`.
    """

    def __init__(self, file: Path, topic: str) -> None:
        self._file, self._topic = file, topic

    def read(self) -> Mapping[str, Any]:
        """The whole file. Raises `NotReadyError` when it is no TOML, or cannot be read."""
        try:
            return tomllib.loads(self._file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            key = f"{self._topic}-toml"
            raise NotReadyError(key, file=str(self._file), reason=str(error)) from None

    def wrong(self, place: str) -> NotReadyError:
        """What to raise for a field that is wrong or does not belong there."""
        return NotReadyError(f"{self._topic}-field", file=str(self._file), field=place)

    def table(self, place: str, said: object, known: tuple[str, ...]) -> Mapping[str, Any]:
        """A table with no fields but the known ones."""
        if not isinstance(said, dict):
            raise self.wrong(place.rstrip("."))
        for name in said:
            if name not in known:
                raise self.wrong(f"{place}{name}")
        return said

    def tables(self, place: str, said: object) -> list[object]:
        """An array of tables."""
        if not isinstance(said, list):
            raise self.wrong(place)
        return said

    def text(self, place: str, said: object) -> str:
        """A text."""
        if not isinstance(said, str):
            raise self.wrong(place)
        return said

    def texts(self, place: str, said: object) -> tuple[str, ...]:
        """A list of texts."""
        if not isinstance(said, list):
            raise self.wrong(place)
        return tuple(self.text(place, one) for one in said)

    def number(self, place: str, said: object) -> int:
        """A whole number above nothing."""
        if not isinstance(said, int) or isinstance(said, bool) or said < 1:
            raise self.wrong(place)
        return said

    def address(self, place: str, said: object) -> str:
        """An address that secrets may be sent to: TLS, or this machine."""
        found = self.text(place, said)
        if not is_safe_address(found) or "#" in found:
            raise self.wrong(place)
        return found

    def addresses(self, place: str, said: object) -> tuple[str, ...]:
        """A list of such addresses."""
        return tuple(self.address(place, one) for one in self.texts(place, said))
