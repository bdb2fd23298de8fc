"""The portfolio of one person as it is now: published, on its way, and being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from academy.portfolio import Portfolio
from academy.submission import Submission
from desk.pieces import Piece, pieces_of
from desk.workplace import Workplace
from forge.port import MAIN, Blob, Draft, DraftKey
from formats.items import read_portfolio

# Texts are at most this large; pictures are not read to know what there is.
TEXT_LIMIT = 256 * 1024


class Origin(Enum):
    """Which of its versions a piece is edited from."""

    DRAFT = "draft"
    SUBMISSION = "submission"
    PUBLISHED = "published"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a piece: its files, the commit they can be read at, and where it came from.

    `expected` is the version of the draft that a saving goes on from; `base` the
    commit that editing started from.
    """

    piece: Piece
    origin: Origin
    files: Mapping[str, Blob]
    base: str
    expected: str | None = None
    draft: Draft | None = None
    submission: Submission | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files beside an item."""
        start = f"{self.piece.place}/"
        return tuple(
            path.removeprefix(start)
            for path in sorted(self.files)
            if path.startswith(start) and path != self.piece.file
        )


class Shelf:
    """What there is of one person. It is read when it is asked for, and once."""

    def __init__(self, workplace: Workplace, person: str) -> None:
        self.person = person
        self._workplace = workplace

    @cached_property
    def main(self) -> str:
        """The commit that is published. Raises `RepositoryMissingError`."""
        return self._workplace.repositories.heads(self.person)[MAIN]

    @cached_property
    def published(self) -> Mapping[str, Blob]:
        """The files that are published."""
        return self._workplace.repositories.tree(self.person, self.main)

    @cached_property
    def portfolio(self) -> Portfolio:
        """The items that are published and can be read."""
        return read_portfolio(self.texts(self.main), [])

    @cached_property
    def submissions(self) -> tuple[Submission, ...]:
        """Everything that was ever sent, by number."""
        return self._workplace.requests.all(self.person)

    @cached_property
    def open_submissions(self) -> Mapping[Piece, Submission]:
        """What is on its way, by the piece it is about; of several the newest."""
        found: dict[Piece, Submission] = {}
        for one in self.submissions:
            if not one.state.is_final and one.author == self.person:
                for piece in self.pieces(one):
                    found[piece] = one
        return found

    def pieces(self, submission: Submission) -> tuple[Piece, ...]:
        """What a submission is about."""
        return pieces_of(self._workplace.requests.changed_files(self.person, submission.number))

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """What the person is writing."""
        return self._workplace.drafts.of_account(self.person, self.person)

    def version(self, piece: Piece) -> Version:
        """The version of a piece that its author goes on with: the draft, what was sent, `main`."""
        draft = self._workplace.drafts.get(self.person, self.key(piece))
        submission = self.open_submissions.get(piece)
        if draft is not None:
            return Version(
                piece=piece,
                origin=Origin.DRAFT,
                files=piece.of(draft.files),
                base=draft.base,
                expected=draft.version,
                draft=draft,
                submission=submission,
            )
        if submission is not None:
            files = self._workplace.repositories.tree(self.person, submission.head)
            return Version(
                piece=piece,
                origin=Origin.SUBMISSION,
                files=piece.of(files),
                base=submission.head,
                submission=submission,
            )
        files = piece.of(self.published)
        origin = Origin.PUBLISHED if files else Origin.NEW
        return Version(piece=piece, origin=origin, files=files, base=self.main)

    def key(self, piece: Piece) -> DraftKey:
        """The key of the draft of a piece."""
        return DraftKey(self.person, piece.draft_key)

    def text(self, version: Version) -> str:
        """The file that describes a piece, in one of its versions; nothing for a new one."""
        return self.content(version.files.get(version.piece.file)).decode("utf-8", "replace")

    def content(self, blob: Blob | None) -> bytes:
        """The content of a file."""
        if blob is None:
            return b""
        return self._workplace.repositories.read(self.person, [blob.id])[blob.id]

    def large_file(self, digest: str) -> Path | None:
        """Where a large file of the person is, or None."""
        return self._workplace.repositories.large_file(self.person, digest)

    def texts(self, commit: str) -> dict[str, bytes]:
        """Every path of a commit; the content of texts, and nothing for what is larger."""
        snapshot = self._workplace.repositories.snapshot(self.person, commit, TEXT_LIMIT)
        return {path: content or b"" for path, (_, content) in snapshot.items()}
