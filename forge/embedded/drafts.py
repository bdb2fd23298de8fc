"""Drafts: one ref each, replaced by every save, without a history.

A draft is a commit without parents. Its message has the base, the moment and
the desk's own words as JSON; its files are those of the item as far as it has come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from academy.identifiers import is_person_id
from forge.embedded.intents import NOTHING, Move
from forge.embedded.objects import blob_of, read_commit
from forge.embedded.pen import Leaf, writing_commits
from forge.embedded.refs import read_below, read_refs
from forge.embedded.repositories import EmbeddedForge
from forge.embedded.transaction import move
from forge.gate.admission import FILE, Admission, Incoming, admit
from forge.gate.layout import Layout, layout_of
from forge.large.own import OwnLargeFiles
from forge.port import Author, Blob, Draft, DraftKey, DraftMovedError, Kept, Saving

DRAFTS = "refs/drafts"
MEMO_LIMIT = 256 * 1024

_PART = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")


def draft_ref(key: DraftKey) -> str:
    """Give the ref of a draft. Raises `ValueError` for a key that no draft can have."""
    if not (_PART.fullmatch(key.account) and _PART.fullmatch(key.key)):
        raise ValueError(f"{key!r} cannot name a draft.")
    return f"{DRAFTS}/{key.account}/{key.key}"


class EmbeddedDrafts:
    """The drafts of the embedded forge. It may be shared by threads, and by processes."""

    def __init__(self, forge: EmbeddedForge) -> None:
        self._forge = forge

    def save(
        self, name: str, key: DraftKey, saving: Saving, *, expected: str | None, at: datetime
    ) -> Kept:
        """Save what the gate lets in of it; it is on disk when this returns.

        Raises `DraftMovedError` when it was saved from elsewhere,
        `RepositoryMissingError`, and `ValueError` for a key that must not be.
        """
        ref = self._ref(name, key)
        if len(saving.memo) > MEMO_LIMIT:
            raise ValueError("The memo of a draft is too long.")
        with self._forge.held(name) as folder:
            _check_version(folder, key, ref, expected)
            before = read_commit(folder, expected) if expected else None
            present = before.files if before else {}
            admission = _admitted(saving, ref, present, self._forge.large_of(name), layout_of(name))
            gone = {path: None for path, content in saving.files.items() if content is None}
            leaf = Leaf(
                author=Author(key.account),
                at=at,
                message=_message(saving, at),
                tree=before.tree if before else None,
                files={**gone, **admission.files},
            )
            with writing_commits(folder, loose=True) as pen:
                version = pen.write(leaf)
            move(folder, [Move(ref, expected or NOTHING, version)])
        written = {path: blob_of(content) for path, content in admission.files.items()}
        files = {path: blob for path, blob in present.items() if path not in gone}
        draft = _draft(key, version, leaf.message, {**files, **written})
        return Kept(draft, admission.issues)

    def get(self, name: str, key: DraftKey) -> Draft | None:
        """The draft as it was saved last, or None. Raises `RepositoryMissingError`."""
        ref = self._ref(name, key)
        folder = self._forge.folder(name)
        version = read_refs(folder, [ref]).get(ref)
        return _read(folder, key, version) if version else None

    def of_account(self, name: str, account: str) -> tuple[Draft, ...]:
        """Every draft of an account, by its key. Raises `RepositoryMissingError`."""
        folder = self._forge.folder(name)
        prefix = f"{DRAFTS}/{account}"
        found = sorted(read_below(folder, prefix).items())
        keys = ((DraftKey(account, ref.removeprefix(f"{prefix}/")), head) for ref, head in found)
        return tuple(_read(folder, key, head) for key, head in keys)

    def discard(self, name: str, key: DraftKey, *, expected: str) -> None:
        """Throw a draft away. Raises `DraftMovedError` when it was saved from elsewhere."""
        ref = self._ref(name, key)
        with self._forge.held(name) as folder:
            _check_version(folder, key, ref, expected)
            move(folder, [Move(ref, expected, NOTHING)])

    def _ref(self, name: str, key: DraftKey) -> str:
        """Give the ref of a draft; in a listener's repository only its owner has drafts.

        The owner can clone everything in it, so what others have not said yet stays elsewhere.
        """
        if is_person_id(name) and key.account != name:
            raise ValueError(f"{key.account} has no drafts with {name}.")
        return draft_ref(key)


def _check_version(folder: Path, key: DraftKey, ref: str, expected: str | None) -> None:
    """Raise `DraftMovedError` when a draft is not at the version somebody goes on from."""
    version = read_refs(folder, [ref]).get(ref)
    if version != expected:
        raise DraftMovedError(_read(folder, key, version) if version else None)


def _admitted(
    saving: Saving, ref: str, present: Mapping[str, Blob], large: OwnLargeFiles, layout: Layout
) -> Admission:
    """Let the gate look at what is to be saved."""
    given = ((path, content) for path, content in saving.files.items() if content is not None)
    beside = {path: blob.size for path, blob in present.items() if path not in saving.files}
    entries = [Incoming(path, FILE, large.set_apart(path, content)) for path, content in given]
    return admit(entries, ref, layout=layout, beside=beside, large=large.glimpse)


def _message(saving: Saving, at: datetime) -> str:
    """Give the message that keeps what is no file."""
    plain = {"base": saving.base, "saved": at.isoformat(), "memo": saving.memo}
    return f"draft\n\n{json.dumps(plain, ensure_ascii=False)}\n"


def _read(folder: Path, key: DraftKey, version: str) -> Draft:
    """Read a draft at one version."""
    commit = read_commit(folder, version)
    return _draft(key, version, commit.message, commit.files)


def _draft(key: DraftKey, version: str, message: str, files: Mapping[str, Blob]) -> Draft:
    """Make a draft of the message and the files of its commit."""
    plain: dict[str, str] = json.loads(message.partition("\n\n")[2])
    return Draft(
        key=key,
        version=version,
        base=plain["base"],
        saved=datetime.fromisoformat(plain["saved"]),
        memo=plain["memo"],
        files=dict(sorted(files.items())),
    )
