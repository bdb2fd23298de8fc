"""The study plan drawn: by shapes for the eye, by words for whoever does not see it."""

from __future__ import annotations

import itertools
import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from academy.programme import ControlForm, Module
from academy.results import ModuleProgress, ModuleState, Progress
from generator.compose.plan_picture import WIDTH, plan_picture
from generator.compose.words import words_of

WORDS = words_of("en", "UTC")


def plan_of(*modules):
    """A plan of modules given as title, hours and state."""
    made = tuple(
        ModuleProgress(
            number=number,
            module=Module(id=f"m{number}", title=title, hours=hours, control=ControlForm.CREDIT),
            state=state,
            result=None,
            starts=None,
            due=None,
        )
        for number, (title, hours, state) in enumerate(modules, start=1)
    )
    return Progress(modules=made, hours_done=0, hours_total=sum(one.module.hours for one in made))


def shapes(picture):
    """The classes of the shapes, in their order."""
    return re.findall(r'<path class="c-strip__([a-z]+)"', picture)


def boxes(picture):
    """Left and right edge of each piece."""
    found = []
    for left, across in re.findall(
        r'__(?:done|now|overdue|ahead)" d="M([\d.]+) \d+h([\d.]+)', picture
    ):
        start = float(left) - 5
        found.append((start, start + float(across) + 10))
    return found


def test_each_state_has_shapes_of_its_own():
    picture = plan_picture(
        plan_of(
            ("A", 10, ModuleState.DONE),
            ("B", 10, ModuleState.OVERDUE),
            ("C", 10, ModuleState.NOW),
            ("D", 10, ModuleState.AHEAD),
        ),
        WORDS,
    )

    assert shapes(picture) == [
        "done", "tick", "overdue", "late", "now", "hatch", "arrow", "ahead",
    ]  # fmt: skip


def test_the_picture_is_told_in_words():
    picture = plan_picture(
        plan_of(("Light <b>", 36, ModuleState.DONE), ("Water", 1, ModuleState.AHEAD)), WORDS
    )

    assert 'role="img" data-search-exclude="" aria-labelledby="plan-title plan-told"' in picture
    [told] = re.findall(r'<desc id="plan-told">(.*?)</desc>', picture)
    assert unescape(told) == "1. Light <b>, 36 hours: Done; 2. Water, 1 hour: Ahead"
    assert "<b>" not in told


def test_a_piece_is_as_long_as_its_hours_and_never_too_short_for_its_mark():
    picture = plan_picture(
        plan_of(("A", 1, ModuleState.DONE), ("B", 300, ModuleState.AHEAD)), WORDS
    )

    (first, second) = boxes(picture)
    assert first[1] - first[0] >= 20
    assert second[1] - second[0] > 10 * (first[1] - first[0])


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40))
def test_pieces_stand_side_by_side_inside_the_picture(hours):
    modules = [("M", one, ModuleState.NOW) for one in hours]
    picture = plan_picture(plan_of(*modules), WORDS)

    found = boxes(picture)
    assert len(found) == len(hours)
    assert all(left >= -0.01 and right <= WIDTH + 0.6 for left, right in found)
    for (_, right), (left, _) in itertools.pairwise(found):
        assert left > right or left < 0.01, "the next one stands beside it, or begins a row"
