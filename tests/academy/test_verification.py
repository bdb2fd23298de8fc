"""What a verification is worth: until an edit, until a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.dossier import Dossier
from academy.verification import (
    Change,
    SeenFile,
    Verdict,
    Verification,
    VerificationState,
    changes_since,
    due_on,
    verification_state,
)

TEXT = SeenFile("works/w/index.md", 120, "a" * 64)
PICTURE = SeenFile("works/w/light.jpg", 4000, "b" * 64)
HALF_YEAR = timedelta(days=182)
TODAY = date(2026, 3, 5)


def verification(verdict: Verdict, *manifest: SeenFile) -> Verification:
    return Verification(
        item="w",
        verdict=verdict,
        verifier="anna",
        role="verifier",
        moment=datetime(2026, 1, 1, 12, tzinfo=UTC),
        manifest=manifest,
    )


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_stands_while_content_and_period_last(verdict: Verdict):
    state = verification_state(
        verification(verdict, TEXT, PICTURE), (TEXT, PICTURE), TODAY, HALF_YEAR
    )

    assert state is VerificationState(verdict.value)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param((TEXT,), id="a file is gone"),
        pytest.param((TEXT, PICTURE, SeenFile("works/w/more.jpg", 1, "c")), id="a file is new"),
        pytest.param((TEXT, SeenFile(PICTURE.path, 4001, PICTURE.sha256)), id="other size"),
        pytest.param((TEXT, SeenFile(PICTURE.path, 4000, "c" * 64)), id="other bytes"),
        pytest.param((TEXT, SeenFile("works/w/dark.jpg", 4000, "b" * 64)), id="other name"),
        pytest.param((), id="all is gone"),
    ],
)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_any_edit_makes_it_void(verdict: Verdict, content: tuple[SeenFile, ...]):
    state = verification_state(verification(verdict, TEXT, PICTURE), content, TODAY, HALF_YEAR)

    assert state is VerificationState.CHANGED


def test_the_order_of_the_files_is_no_edit():
    given_backwards = verification(Verdict.CONFIRMED, PICTURE, TEXT)

    state = verification_state(given_backwards, (TEXT, PICTURE), TODAY, HALF_YEAR)

    assert state is VerificationState.CONFIRMED


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 1), VerificationState.CONFIRMED),
        (date(2026, 7, 1), VerificationState.CONFIRMED),
        (date(2026, 7, 2), VerificationState.EXPIRED),
        (date(2030, 1, 1), VerificationState.EXPIRED),
    ],
)
def test_time_makes_it_void_on_its_very_day(today: date, state: VerificationState):
    held = verification(Verdict.CONFIRMED, TEXT)

    assert due_on(held, HALF_YEAR) == date(2026, 7, 2)
    assert verification_state(held, (TEXT,), today, HALF_YEAR) is state


def test_what_nobody_looked_at_was_never_verified():
    assert verification_state(None, (TEXT,), TODAY, HALF_YEAR) is VerificationState.NEVER


digests = st.text(alphabet="0123456789abcdef")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.dictionaries(st.text(min_size=1), st.tuples(st.integers(0), digests), max_size=8))
def test_what_a_verification_has_to_have_seen_is_sorted_and_loses_nothing(
    dossier: Dossier, files: dict[str, tuple[int, str]]
):
    work = dossier.portfolio.works[0]
    held = {f"works/{work.id}/{name}": seen for name, seen in files.items()}
    manifest = {path: SeenFile(path, *seen) for path, seen in held.items()}
    content = replace(dossier, files=manifest).content_of(work)

    assert {one.path: (one.size, one.sha256) for one in content} == held
    assert list(content) == sorted(content)


def test_what_has_changed_since_is_told_file_by_file():
    held = verification(Verdict.CONFIRMED, TEXT, PICTURE)
    edited = SeenFile(TEXT.path, TEXT.size + 1, "e" * 64)
    added = SeenFile("works/w/z.png", 1, "f" * 64)

    assert changes_since(held, (edited, added)) == (
        (TEXT.path, Change.EDITED),
        (PICTURE.path, Change.REMOVED),
        (added.path, Change.ADDED),
    )
    assert changes_since(held, (PICTURE, TEXT)) == ()
