"""A synthetic academy: any number of listeners, the same bytes on every machine.

A listener's own site has nine or ten pages: home, announcements, study plan, and
a portfolio with one or two works, an achievement, goals and reflections. Three
pictures stand in the works, unless they are to be left out. Everyone has
consented to everything, so each listener has three sites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

from academy.identifiers import new_person_id
from benchmarks import russian

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""The moment of every build; the texts of announcements and terms are around it."""

_GROUPS = ("ld-26-1", "bu-26-3", "fr-26-1")
_PROGRAMMES = ("landscape-design", "accounting-practice", "photo-story")
_MODULES = ("site-analysis", "primary-docs", "light")
_CONSENT = """\
consents:
  - id: c-1
    purposes: [placement, participants, outsiders]
    version: "2026-02"
    signed: 2026-02-09
    registered: 2026-02-10T11:20:00+03:00
    registered_by: s-7f3k
"""


@dataclass(frozen=True, slots=True)
class Listener:
    """A listener of the synthetic academy: both branches, path to content."""

    person: str
    main: Mapping[str, bytes]
    record: Mapping[str, bytes]


def academy_files(files: Mapping[str, bytes], announcement: str = "") -> dict[str, bytes]:
    """Make the synthetic academy's content of that of the project, `files`.

    There is one category, whose cabinets have nine or ten pages; `announcement`
    is the body of one that everybody is shown.
    """
    made = {path: content for path, content in files.items() if not path.startswith("pages/")}
    text = files["academy.yml"].decode()
    sections = "sections: [home, announcements, study, portfolio]"
    made["academy.yml"] = re.sub(r"sections: \[.*\]", sections, text).encode()
    for path, content in files.items():
        if path.startswith("programmes/"):
            # Materials are pages, and differ in number from programme to programme.
            made[path] = re.sub(rb"( +)material: .*", rb"\1url: https://example.org/", content)
    head = "title: Для всех\nfrom: 2026-11-20\nuntil: 2026-12-20\nauthor: s-7f3k"
    made["announcements/for-everybody.md"] = f"---\n{head}\n---\n\n{announcement}\n".encode()
    return {path: content for path, content in made.items() if not path.startswith("materials/")}


def listener(number: int, pictures: tuple[bytes, ...] = ()) -> Listener:
    """Make a listener by number; `pictures` are contents to take turns with, none for none."""
    rng = Random(number)  # noqa: S311
    kind = number % len(_GROUPS)
    main = {
        "portfolio.yml": f"language: ru\nheadline: {russian.title(rng)}\n".encode(),
        "about.md": russian.article(rng, 1).encode(),
    }
    works = 1 + number % 2
    for work in range(works):
        shown = range(work, 3, works) if pictures else ()
        main |= _work(rng, f"work-{work + 1}", _MODULES[kind], [f"{n}.jpg" for n in shown])
        for one in shown:
            content = pictures[(number * 3 + one) % len(pictures)]
            main[f"works/work-{work + 1}/{one}.jpg"] = _own(content, f"{number}-{one}")
    main |= _others(rng, number)
    record = {"card.yml": _card(rng, number, kind), "consent.yml": _CONSENT.encode()}
    record |= _words_of_academy(rng, main, _MODULES[kind])
    return Listener(new_person_id(rng.choice), main, record)


def _work(rng: Random, item: str, module: str, files: list[str]) -> dict[str, bytes]:
    listed = "".join(
        f"  - file: {file}\n    caption: {russian.title(rng)}\n    alt: {russian.title(rng)}\n"
        for file in files
    )
    head = (
        f"title: {russian.title(rng)}\ndate: 2026-0{rng.randint(3, 9)}-12\nkind: project\n"
        f"module: {module}\n{f'files:{chr(10)}{listed}' if listed else ''}"
        f'self_assessment:\n  grade: "4"\n  comment: {russian.title(rng)}\n'
    )
    return {f"works/{item}/index.md": f"---\n{head}---\n\n{russian.article(rng, 3)}".encode()}


def _others(rng: Random, number: int) -> dict[str, bytes]:
    achievement = (
        f"title: {russian.title(rng)}\ndate: 2026-05-1{number % 10}\ncategory: creative\n"
        "level: city\npart: prize_winner\nissuer: Дом культуры\n"
    )
    files = {"achievements/contest/index.md": (achievement, russian.paragraph(rng))}
    for n in range(2):
        due = (AT + timedelta(days=rng.randint(60, 200))).date()
        goal = f"title: {russian.title(rng)}\nset_on: 2026-09-0{n + 1}\ndue: {due}\n"
        files[f"goals/goal-{n}.md"] = (goal, russian.paragraph(rng))
        thought = f"title: {russian.title(rng)}\ndate: 2026-10-0{n + 1}\n"
        files[f"reflections/thought-{n}.md"] = (thought, russian.paragraph(rng))
    return {path: f"---\n{head}---\n\n{body}\n".encode() for path, (head, body) in files.items()}


def _card(rng: Random, number: int, kind: int) -> bytes:
    last, first = russian.name(rng)
    return (
        f"external_id: B-{number}\nlast_name: {last}\nfirst_name: {first}\n"
        f"programme: {_PROGRAMMES[kind]}\ngroup: {_GROUPS[kind]}\ncategory: retraining\n"
        f"enrolled: 2026-02-01\ncurator: s-4r9w\nmailbox: b{number}@example.org\n"
        "department: study-office\nas_of: 2026-11-01\n"
    ).encode()


def _words_of_academy(rng: Random, main: Mapping[str, bytes], module: str) -> dict[str, bytes]:
    seen = "".join(
        f"- path: {path}\n  size: {len(content)}\n  sha256: {sha256(content).hexdigest()}\n"
        for path, content in sorted(main.items())
        if path.startswith("works/work-1/")
    )
    verification = (
        "verdict: confirmed\nverifier: s-9d6m\nrole: verifier\n"
        f"moment: 2026-10-06T11:10:00Z\nmanifest:\n{seen}"
    )
    review = (
        "author: s-7m2r\nrole: reviewer\nmoment: 2026-09-15T18:42:00+03:00\n"
        'grade: "4"\ncriteria:\n  - criterion: task\n    grade: "5"\n'
    )
    results = f'results:\n  - module: {module}\n    outcome: passed\n    grade: "5"\n'
    return {
        "verification/work-1.yml": verification.encode(),
        "reviews/work-1/1.md": f"---\n{review}---\n\n{russian.paragraph(rng)}\n".encode(),
        "results.yml": f"as_of: 2026-11-01\ndepartment: study-office\n{results}".encode(),
    }


def _own(picture: bytes, words: str) -> bytes:
    """Give a JPEG that no other listener has: with a comment of its own after its first marker."""
    comment = words.encode()
    size = (len(comment) + 2).to_bytes(2, "big")
    return picture[:2] + b"\xff\xfe" + size + comment + picture[2:]
