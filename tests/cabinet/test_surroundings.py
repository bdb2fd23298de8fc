"""What cabinets show beside the dossiers: what was sent, and places in the rating."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from academy.circumstances import Circumstances
from academy.policy import ReviewMode
from academy.standing import Standing
from academy.submission import SubmissionState
from academy.submitting import Acting
from forge.merge_requests import Proposal, Ruling, Sending
from forge.port import MAIN, RECORD, Author, Change
from tests.cabinet.conftest import row

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
CONSENT = b"""\
consents:
  - {id: c1, purposes: [placement], version: "1", signed: 2026-01-01, registered: 2026-01-02,
     registered_by: s-1}
"""
HELD = b"---\ntitle: A\ndate: 2026-10-01\ncategory: learning\nlevel: city\npart: winner\n---\n"
VERIFIED = f"""\
verdict: confirmed
verifier: s-2
role: verifier
moment: 2026-11-01T10:00:00+03:00
manifest:
  - {{path: achievements/a/index.md, size: {len(HELD)}, sha256: {sha256(HELD).hexdigest()}}}
""".encode()
GOAL = b"---\ntitle: \xd0\x91\xd0\xb5\xd0\xb3\nset_on: 2026-11-01\n---\n"


@pytest.fixture
def people(desk):
    """Four listeners of one programme; the first has points, the last has not consented."""
    desk.run("import", desk.export(*map(row, range(4))))
    found = [desk.person(number) for number in range(4)]
    for person in found[:3]:
        write(desk, person, RECORD, {"consent.yml": CONSENT})
    write(desk, found[0], MAIN, {"achievements/a/index.md": HELD})
    write(desk, found[0], RECORD, {"verification/a.yml": VERIFIED})
    return found


def write(desk, person, ref, files):
    """Change files on a branch of a listener."""
    expected = desk.office.repositories.heads(person)[ref]
    change = Change(ref=ref, expected=expected, files=files, message="Test")
    desk.office.repositories.commit(person, [change], Author("s-1"), AT)


def submit(desk, person):
    """Send a goal; gives the number of the submission."""
    requests = desk.office.merge_requests
    by = Acting(account=person, role="listener")
    opened = requests.open(person, "Бег", Proposal(files={"goals/g.md": GOAL}), by, AT).submission
    sending = Sending(declaration="1", mode=ReviewMode.BEFORE, policy="0" * 40)
    requests.submit(person, opened.number, opened.head, sending, by, AT)
    return opened.number


def test_a_place_is_counted_among_those_who_consented(desk, people):
    code, out, _ = desk.run("rank", "--at", "2026-11-24")

    assert (code, out) == (0, "1 слушатель занял своё место.\n")
    standings = [desk.office.surroundings.of(person).standing for person in people]
    assert standings == [Standing(1, 3, date(2026, 11, 24)), None, None, None]


def test_a_new_count_changes_the_digest_and_the_same_one_does_not(desk, people):
    digest = desk.office.surroundings.digest
    assert [digest(person) for person in people] == [""] * 4

    desk.run("rank", "--at", "2026-11-24")
    first = [digest(person) for person in people]
    assert first[0]
    assert first[1:] == [""] * 3
    desk.run("rank", "--at", "2026-11-24")
    assert [digest(person) for person in people] == first
    desk.run("rank", "--at", "2026-11-25")
    assert digest(people[0]) != first[0]


def test_what_was_sent_is_told_as_long_as_it_waits(desk, people):
    person, *_ = people
    surroundings = desk.office.surroundings
    number = submit(desk, person)

    [waiting] = surroundings.of(person).submissions
    assert (waiting.number, waiting.title, waiting.state) == (
        number, "Бег", SubmissionState.SUBMITTED,
    )  # fmt: skip
    sent = surroundings.digest(person)
    reviewer = Acting(account="s-2", role="reviewer", may_review=True)
    ruling = Ruling(head=waiting.head, policy="0" * 40, two_people=True)
    desk.office.merge_requests.accept(person, number, ruling, reviewer, AT)
    assert surroundings.of(person) == Circumstances()
    assert surroundings.digest(person) not in ("", sent)


def test_a_submission_makes_the_cabinet_be_built_anew_and_stands_on_its_home_page(desk, people):
    person, *_ = people
    builder = desk.office.builder()
    builder.build(person, AT)
    assert builder.is_current(person, AT)

    submit(desk, person)

    assert not builder.is_current(person, AT)
    builder.build(person, AT)
    pages = {name: home_page(desk, person, name) for name in ("owner", "responsible")}
    assert "На рецензии: Бег" in pages["owner"]
    assert 'href="/desk/sent/1/"' in pages["owner"]
    assert "Ждёт рецензии: Бег" in pages["responsible"]
    assert f'href="/desk/review/{person}/1/"' in pages["responsible"]


def test_what_waits_stands_where_its_owner_looks_for_it_and_nobody_else_sees_it(desk, people):
    """A new goal on the page of goals; a change of one that is published beside it, as pending."""
    person, *_ = people
    submit(desk, person)
    desk.office.builder().build(person, AT)
    for page in ("portfolio/index.html", "portfolio/goals/index.html"):
        assert "На рецензии: Бег" in built(desk, person, "owner", page)
        assert "На рецензии: Бег" not in built(desk, person, "responsible", page)
    assert "Ваша правка ещё не видна" not in built(desk, person, "owner", page)

    write(desk, person, MAIN, {"goals/g.md": GOAL})
    desk.office.builder().build(person, AT)
    goals = built(desk, person, "owner", "portfolio/goals/index.html")
    assert goals.count("На рецензии: Бег") == 1
    assert "Ваша правка ещё не видна" in goals
    assert "На рецензии" not in built(desk, person, "owner", "portfolio/index.html")


def home_page(desk, person, projection):
    """The built home page of a projection."""
    return built(desk, person, projection, "index.html")


def built(desk, person, projection, page):
    """A built page; nothing where a projection has none."""
    office = desk.office
    stored = office.sites.manifest(person).projections[projection].get(page)
    if stored is None:
        return ""
    return office.sites.path_of(person, stored).read_text(encoding="utf-8")


def test_the_place_is_shown_to_its_owner_alone(desk, people):
    desk.run("rank", "--at", "2026-11-24")
    person, *_ = people
    desk.office.builder().build(person, AT)

    assert "Место в рейтинге программы: 1 из 3" in home_page(desk, person, "owner")
    assert "Место в рейтинге" not in home_page(desk, person, "responsible")
