"""The large files of one person, as the writers of their repository need them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from academy.pointer import Pointer, read_pointer, write_pointer
from academy.portfolio import is_recording
from forge.large.store import Glimpse, LargeFiles, LargeRefusedError


@dataclass(frozen=True, slots=True)
class OwnLargeFiles:
    """What one person has. Without a store there are no large files."""

    store: LargeFiles | None
    person: str

    def glimpse(self, oid: str) -> Glimpse | None:
        """Tell of a file, or give None for one that is not there."""
        return None if self.store is None else self.store.glimpse(self.person, oid)

    def set_apart(self, path: str, content: bytes) -> bytes:
        """Put a recording that came with a form into its place; give the pointer to it.

        Anything else is given back as it is, and so is a recording for which there is
        no room: the gate will tell.
        """
        if self.store is None or not is_recording(path) or read_pointer(content) is not None:
            return content
        pointer = Pointer(sha256(content).hexdigest(), len(content))
        try:
            self.store.start_again(self.person, pointer)
            self.store.append(self.person, pointer, 0, content)
        except LargeRefusedError:
            return content
        return write_pointer(pointer)
