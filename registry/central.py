"""The central data of a listener, and the files of `record` they are kept in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from academy.document import Document
from academy.issue import Issue
from academy.listener import Card
from academy.results import Results
from catalogue.listed import Listed
from forge.port import Repositories
from formats.files import read_file
from formats.record import CARD, DOCUMENT, RESULTS
from formats.yaml_tree import write_yaml

CARD_FILE, RESULTS_FILE = "card.yml", "results.yml"
_DOCUMENT_FILE = re.compile(r"documents/([^/]+)\.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Central:
    """What the training records and the CRM say about a listener (clauses 5.5, 5.6.1)."""

    card: Card
    results: Results = Results()
    documents: tuple[Document, ...] = ()

    def document(self, document_id: str) -> Document | None:
        """Find a document."""
        return next((one for one in self.documents if one.id == document_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The central data in a repository, as of one commit of `record`.

    `damaged` names the files that cannot be read whole; to write them anew
    would lose what is in them.
    """

    person: str
    head: str | None
    central: Central
    damaged: frozenset[str] = frozenset()


ReadStored = Callable[[Listed], Stored]


def stored_reader(repositories: Repositories) -> ReadStored:
    """Give what reads the results and documents of a listener at the head the index knows."""

    def read(listed: Listed) -> Stored:
        if listed.card is None or listed.record is None:
            raise ValueError(f"{listed.person} has no readable card")
        files = _central_files(repositories, listed.person, listed.record)
        return read_stored(listed, files)

    return read


def read_stored(listed: Listed, files: Mapping[str, bytes]) -> Stored:
    """Read central data; the card is the one the index has read from the same commit."""
    if listed.card is None:
        raise ValueError(f"{listed.person} has no readable card")
    issues: list[Issue] = []
    results = read_file(RESULTS, RESULTS_FILE, files, issues)
    documents = []
    for path in sorted(files):
        if match := _DOCUMENT_FILE.fullmatch(path):
            document = read_file(DOCUMENT, path, files, issues)
            if document:
                documents.append(replace(document, id=match[1]))
    return Stored(
        person=listed.person,
        head=listed.record,
        central=Central(card=listed.card, results=results or Results(), documents=tuple(documents)),
        damaged=frozenset(issue.location.file for issue in issues),
    )


def changed_files(before: Central | None, after: Central) -> dict[str, bytes]:
    """Write the files that differ between two states, path to content."""
    files: dict[str, bytes] = {}
    if before is None or before.card != after.card:
        files[CARD_FILE] = _written(CARD.write(after.card))
    if after.results != (before.results if before else Results()):
        files[RESULTS_FILE] = _written(RESULTS.write(after.results))
    for document in after.documents:
        if before is None or before.document(document.id) != document:
            files[document_file(document.id)] = _written(DOCUMENT.write(document))
    return files


def document_file(document_id: str) -> str:
    """The path of a document."""
    return f"documents/{document_id}.yml"


def _central_files(repositories: Repositories, person: str, commit: str) -> dict[str, bytes]:
    tree = repositories.tree(person, commit)
    wanted = {
        path: blob.id
        for path, blob in tree.items()
        if path == RESULTS_FILE or _DOCUMENT_FILE.fullmatch(path)
    }
    contents = repositories.read(person, sorted(set(wanted.values()))) if wanted else {}
    return {path: contents[blob] for path, blob in wanted.items()}


def _written(plain: Mapping[str, object]) -> bytes:
    return write_yaml(plain).encode()
