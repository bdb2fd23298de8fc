"""Files of the branch `record`: the academy's word about a listener."""

from __future__ import annotations

from academy.consent import Consent, Purpose
from academy.document import Document, DocumentKind
from academy.listener import Card, Status
from academy.results import Outcome, Result, Results
from academy.review import Answer, CriterionGrade, Review
from academy.verification import SeenFile, Verdict, Verification
from formats.kinds import Choice, Day, ListOf, Moment, Number, Slug, Text
from formats.schema import Field, Schema

CARD = Schema(
    "card.yml",
    Card,
    (
        Field("external_id", Text(64), required=True),
        Field("last_name", Text(100), required=True),
        Field("first_name", Text(100), required=True),
        Field("patronymic", Text(100)),
        Field("programme", Slug(), required=True),
        Field("group", Slug(), required=True),
        Field("category", Slug(), required=True),
        Field("status", Choice(Status)),
        Field("status_since", Day()),
        Field("enrolled", Day()),
        Field("ends", Day()),
        Field("curator", Slug()),
        Field("mailbox", Text(120)),
        Field("phone", Text(40)),
        Field("department", Slug()),
        Field("as_of", Day()),
    ),
)

_RESULT = Schema(
    "a result",
    Result,
    (
        Field("module", Slug(), required=True),
        Field("outcome", Choice(Outcome), required=True),
        Field("grade", Text(40)),
        Field("date", Day()),
        Field("teacher", Text(100)),
    ),
)

RESULTS = Schema(
    "results.yml",
    Results,
    (
        Field("as_of", Day()),
        Field("department", Slug()),
        Field("results", ListOf(_RESULT)),
    ),
)


def _document(**values: object) -> Document:
    """The id of a document is the name of its file; the reader of the repository puts it in."""
    return Document(id="", **values)  # type: ignore[arg-type]


DOCUMENT = Schema(
    "documents/<document>.yml",
    _document,
    (
        Field("title", Text(200), required=True),
        Field("kind", Choice(DocumentKind)),
        Field("number", Text(60)),
        Field("date", Day()),
        Field("department", Slug()),
        Field("as_of", Day()),
    ),
)

_CONSENT = Schema(
    "a consent",
    Consent,
    (
        Field("id", Slug(), required=True),
        Field("purposes", ListOf(Choice(Purpose)), required=True),
        Field("version", Text(40), required=True),
        Field("signed", Day(), required=True),
        Field("registered", Moment(), required=True),
        Field("registered_by", Slug(), required=True),
        Field("digest", Text(64)),
        Field("withdrawn", Moment()),
    ),
)


def _consents(consents: tuple[Consent, ...] = ()) -> tuple[Consent, ...]:
    return consents


CONSENTS = Schema("consent.yml", _consents, (Field("consents", ListOf(_CONSENT)),))

_CRITERION_GRADE = Schema(
    "a grade by a criterion",
    CriterionGrade,
    (
        Field("criterion", Slug(), required=True),
        Field("grade", Text(40), required=True),
    ),
)

_ANSWER = Schema(
    "an answer",
    Answer,
    (
        Field("author", Slug(), required=True),
        Field("moment", Moment(), required=True),
        Field("text", Text(2000, lines=True), required=True),
    ),
)


def _review(**values: object) -> Review:
    """The item and the number are the path of the file."""
    return Review(item="", number=0, **values)  # type: ignore[arg-type]


REVIEW = Schema(
    "reviews/<item>/<n>.md",
    _review,
    (
        Field("author", Slug(), required=True),
        Field("role", Slug(), required=True),
        Field("moment", Moment(), required=True),
        Field("commit", Text(40)),
        Field("grade", Text(40)),
        Field("criteria", ListOf(_CRITERION_GRADE)),
        Field("answers", ListOf(_ANSWER)),
    ),
)

_SEEN_FILE = Schema(
    "a seen file",
    SeenFile,
    (
        Field("path", Text(240), required=True),
        Field("size", Number(0, 10**9), required=True),
        Field("sha256", Text(64), required=True),
    ),
)


def _verification(**values: object) -> Verification:
    """The item is the name of the file."""
    return Verification(item="", **values)  # type: ignore[arg-type]


VERIFICATION = Schema(
    "verification/<item>.yml",
    _verification,
    (
        Field("verdict", Choice(Verdict), required=True),
        Field("verifier", Slug(), required=True),
        Field("role", Slug(), required=True),
        Field("moment", Moment(), required=True),
        Field("policy", Text(40)),
        Field("note", Text(1000, lines=True)),
        Field("manifest", ListOf(_SEEN_FILE, 2000), required=True),
    ),
)
