"""A listener's repository as a `Dossier`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from academy.consistency import check_dossier
from academy.document import Document
from academy.dossier import Dossier
from academy.institution import Academy
from academy.issue import Issue, Location, Severity, in_order
from academy.pointer import read_pointer
from academy.review import Review
from academy.verification import SeenFile, Verification
from formats.files import read_file, read_markdown
from formats.items import read_portfolio
from formats.lines import with_lines
from formats.record import CARD, CONSENTS, DOCUMENT, RESULTS, REVIEW, VERIFICATION

OWNER = "listener"
"""What files may call the one whose portfolio it is."""


@dataclass(frozen=True, slots=True)
class ReadDossier:
    """What was read: the dossier (None without a readable card) and every mistake found."""

    dossier: Dossier | None
    issues: tuple[Issue, ...]


def checked_dossier(
    person: str, main: Mapping[str, bytes], record: Mapping[str, bytes], academy: Academy
) -> ReadDossier:
    """Read both branches, and find references that lead nowhere in the academy's content."""
    read = read_dossier(person, main, record)
    issues = read.issues
    if read.dossier is not None:
        issues += check_dossier(read.dossier, academy)
    return ReadDossier(read.dossier, in_order(with_lines(issues, {**main, **record})))


def read_dossier(
    person: str, main: Mapping[str, bytes], record: Mapping[str, bytes]
) -> ReadDossier:
    """Read both branches of a listener's repository: path to content."""
    issues: list[Issue] = []
    portfolio = read_portfolio(main, issues)
    card = read_file(CARD, "card.yml", record, issues)
    if card is None:
        if "card.yml" not in record:
            issues.append(Issue("card-missing", Severity.ERROR, Location("card.yml")))
        return ReadDossier(None, in_order(issues))
    dossier = Dossier(
        person=person,
        card=card,
        portfolio=portfolio,
        results=read_file(RESULTS, "results.yml", record, issues) or RESULTS.build(),
        documents=_read_documents(record, issues),
        consents=read_file(CONSENTS, "consent.yml", record, issues) or (),
        reviews=read_reviews(person, record, issues),
        verifications=_read_verifications(record, issues),
        files={path: _seen(path, content) for path, content in main.items()},
    )
    return ReadDossier(dossier, in_order(issues))


def _seen(path: str, content: bytes) -> SeenFile:
    """Tell what a file is: a large one, to which a pointer leads, is what it points to."""
    pointer = read_pointer(content)
    if pointer is not None:
        return SeenFile(path, pointer.size, pointer.oid)
    return SeenFile(path, len(content), sha256(content).hexdigest())


def _read_documents(record: Mapping[str, bytes], issues: list[Issue]) -> tuple[Document, ...]:
    documents = []
    for path in sorted(record):
        if match := re.fullmatch(r"documents/([^/]+)\.yml", path):
            document = read_file(DOCUMENT, path, record, issues)
            if document:
                documents.append(replace(document, id=match[1]))
    return tuple(documents)


def read_reviews(
    person: str, record: Mapping[str, bytes], issues: list[Issue]
) -> tuple[Review, ...]:
    """Read the reviews among the files of `record`, by item and number.

    Files may call the one whose portfolio it is `listener`: who writes them elsewhere
    does not know the number of the cabinet.
    """
    reviews = []
    for path in sorted(record):
        if match := re.fullmatch(r"reviews/([^/]+)/([0-9]{1,4})\.md", path):
            read = read_markdown(REVIEW, path, record, issues)
            if read:
                review, body = read
                answers = tuple(
                    replace(one, author=person) if one.author == OWNER else one
                    for one in review.answers
                )
                item, number = match[1], int(match[2])
                reviews.append(
                    replace(review, item=item, number=number, body=body, answers=answers)
                )
    return tuple(sorted(reviews, key=lambda review: (review.item, review.number)))


def _read_verifications(
    record: Mapping[str, bytes], issues: list[Issue]
) -> dict[str, Verification]:
    found = {}
    for path in sorted(record):
        if match := re.fullmatch(r"verification/([^/]+)\.yml", path):
            verification = read_file(VERIFICATION, path, record, issues)
            if verification:
                found[match[1]] = replace(verification, item=match[1])
    return found
