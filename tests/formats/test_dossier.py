"""Both branches of a listener's repository as a dossier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256

from academy.consent import Consent, Purpose
from academy.document import Document, DocumentKind
from academy.dossier import Dossier
from academy.issue import Issue
from academy.listener import Card, Status
from academy.portfolio import Portfolio
from academy.prose import Prose
from academy.results import Outcome, Result, Results
from academy.review import Answer, CriterionGrade, Review
from academy.verification import SeenFile, Verdict, Verification
from formats.dossier import ReadDossier, read_dossier

CARD = b"""\
external_id: 000-42
last_name: Null
first_name: Vera
programme: photo
group: photo-1
category: adults
status: on_leave
status_since: 2026-02-01
"""
RECORD = {
    "card.yml": CARD,
    "results.yml": b"""\
as_of: 2026-03-01
department: study
results:
  - module: light
    outcome: passed
    grade: "5"
    date: 2026-02-28
    teacher: A. Petrov
""",
    "documents/order-7.yml": b"title: Order\nkind: order\nnumber: 7\ndate: 01.09.2025\n",
    "consent.yml": b"""\
consents:
  - id: c1
    purposes: [placement, participants]
    version: 2026-01
    signed: 2026-01-10
    registered: 2026-01-12T12:00:00+03:00
    registered_by: anna
    withdrawn: 2026-03-01
""",
    "reviews/light/10.md": b"""\
---
author: boris
role: reviewer
moment: 2026-03-02T10:00:00Z
---
Better.
""",
    "reviews/light/2.md": b"""\
---
author: boris
role: reviewer
moment: 2026-03-01T10:00:00Z
commit: 0123456789012345678901234567890123456789
grade: "4"
criteria:
  - criterion: idea
    grade: "5"
answers:
  - author: bcdfghjkmn
    moment: 2026-03-01T11:00:00Z
    text: |
      Thank you.
      I will.
---

Good.
""",
    "verification/light.yml": b"""\
verdict: confirmed
verifier: anna
role: verifier
moment: 2026-03-03T10:00:00Z
policy: abc
note: Seen.
manifest:
  - path: works/light/index.md
    size: 27
    sha256: aa
""",
}
WORK = b"---\ntitle: Light\n---\nWords."


def test_a_whole_dossier_is_read():
    seen = SeenFile("works/light/index.md", len(WORK), sha256(WORK).hexdigest())

    read = read_dossier("bcdfghjkmn", {"works/light/index.md": WORK}, RECORD)

    assert read.issues == ()
    assert read.dossier is not None
    assert [work.title for work in read.dossier.portfolio.works] == ["Light"]
    assert read.dossier == Dossier(
        person="bcdfghjkmn",
        card=Card(
            external_id="000-42",
            last_name="Null",
            first_name="Vera",
            programme="photo",
            group="photo-1",
            category="adults",
            status=Status.ON_LEAVE,
            status_since=date(2026, 2, 1),
        ),
        portfolio=read.dossier.portfolio,
        results=Results(
            as_of=date(2026, 3, 1),
            department="study",
            results=(
                Result(
                    module="light",
                    outcome=Outcome.PASSED,
                    grade="5",
                    date=date(2026, 2, 28),
                    teacher="A. Petrov",
                ),
            ),
        ),
        documents=(
            Document(
                id="order-7",
                title="Order",
                kind=DocumentKind.ORDER,
                number="7",
                date=date(2025, 9, 1),
            ),
        ),
        consents=(
            Consent(
                id="c1",
                purposes=(Purpose.PLACEMENT, Purpose.PARTICIPANTS),
                version="2026-01",
                signed=date(2026, 1, 10),
                registered=datetime(2026, 1, 12, 9, tzinfo=UTC),
                registered_by="anna",
                withdrawn=datetime(2026, 3, 1, tzinfo=UTC),
            ),
        ),
        reviews=(
            Review(
                item="light",
                number=2,
                author="boris",
                role="reviewer",
                moment=datetime(2026, 3, 1, 10, tzinfo=UTC),
                commit="0123456789" * 4,
                grade="4",
                criteria=(CriterionGrade(criterion="idea", grade="5"),),
                answers=(
                    Answer(
                        author="bcdfghjkmn",
                        moment=datetime(2026, 3, 1, 11, tzinfo=UTC),
                        text="Thank you.\nI will.",
                    ),
                ),
                body=Prose("Good.\n", 18),
            ),
            Review(
                item="light",
                number=10,
                author="boris",
                role="reviewer",
                moment=datetime(2026, 3, 2, 10, tzinfo=UTC),
                body=Prose("Better.\n", 6),
            ),
        ),
        verifications={
            "light": Verification(
                item="light",
                verdict=Verdict.CONFIRMED,
                verifier="anna",
                role="verifier",
                moment=datetime(2026, 3, 3, 10, tzinfo=UTC),
                policy="abc",
                note="Seen.",
                manifest=(SeenFile("works/light/index.md", 27, "aa"),),
            )
        },
        files={seen.path: seen},
    )


def test_a_card_alone_is_enough():
    read = read_dossier("bcdfghjkmn", {}, {"card.yml": CARD})

    assert read.issues == ()
    assert read.dossier is not None
    assert read.dossier.portfolio == Portfolio(language="")
    assert read.dossier.results == Results()


def test_without_a_card_there_is_no_dossier(report: Callable[[tuple[Issue, ...]], list[str]]):
    nothing = read_dossier("bcdfghjkmn", {}, {})
    broken = read_dossier("bcdfghjkmn", {}, {"card.yml": b"last_name: Orlova\ngroop: x\n"})

    assert nothing.dossier is broken.dossier is None
    assert report(nothing.issues) == ["error card.yml:0 card-missing"]
    assert report(broken.issues) == [
        "error card.yml:1 category field-missing",
        "error card.yml:1 external_id field-missing",
        "error card.yml:1 first_name field-missing",
        "error card.yml:1 group field-missing",
        "error card.yml:1 programme field-missing",
        "error card.yml:2 groop field-unknown-close {'close': 'group'}",
    ]


def test_a_record_that_cannot_be_read_is_left_out_and_named(
    report: Callable[[tuple[Issue, ...]], list[str]],
):
    record = RECORD | {
        "results.yml": b"results:\n  - module: light\n    outcome: won\n",
        "documents/order-7.yml": b"kind: order\n",
        "consent.yml": b"consents:\n  - id: c1\n    purposes: []\n    version: 1\n"
        b"    signed: 2026-01-10\n    registered: 2026-01-12\n    registered_by: anna\n",
        "reviews/light/2.md": b"---\nauthor: boris\nrole: reviewer\n---\n",
        "verification/light.yml": b"verdict: confirmed\n",
    }

    read = read_dossier("bcdfghjkmn", {}, record)

    assert report(read.issues) == [
        "error consent.yml:3 purposes field-empty",
        "error documents/order-7.yml:1 title field-missing",
        "error results.yml:3 outcome field-not-a-choice {'value': 'won'}",
        "error reviews/light/2.md:2 moment field-missing",
        "error verification/light.yml:1 manifest field-missing",
        "error verification/light.yml:1 moment field-missing",
        "error verification/light.yml:1 role field-missing",
        "error verification/light.yml:1 verifier field-missing",
    ]
    assert read.dossier is not None
    assert read.dossier.documents == ()
    assert read.dossier.verifications == {}
    assert [one.number for one in read.dossier.reviews] == [10]


def test_an_empty_list_that_is_required_is_named_whatever_else_is_wrong(
    report: Callable[[tuple[Issue, ...]], list[str]],
):
    text = b"modul: 1\nverdict: confirmed\nverifier: a\nrole: b\nmoment: 2026-01-01\nmanifest: []\n"

    read = read_dossier("p", {}, {"card.yml": CARD, "verification/w.yml": text})

    assert report(read.issues) == [
        "error verification/w.yml:1 modul field-unknown",
        "error verification/w.yml:6 manifest field-empty",
    ]


def test_what_stands_elsewhere_is_not_read():
    record = {
        "card.yml": CARD,
        "reviews/light/x.md": b"\xff",
        "reviews/2.md": b"\xff",
        "documents/deep/order.yml": b"\xff",
        "notes.txt": b"\xff",
    }

    assert read_dossier("p", {}, record) == ReadDossier(
        read_dossier("p", {}, {"card.yml": CARD}).dossier, ()
    )
