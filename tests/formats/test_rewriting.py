"""Changing a part of a file: whatever is not touched stays letter by letter."""

from __future__ import annotations

from datetime import date

from formats.editing import text_of

SETTINGS = """\
# Periods.
silent_days: 45  # six weeks
review:
  works: before
  # A typo need not wait.
  goals: none
criteria:
  # The first.
  - id: task   # as given
    weight: 2
    title: Task
  # The second.
  - id: craft
    title: Craft

sites: [one, two]
"""


def changed(**fields):
    return text_of(SETTINGS, is_document=False).with_head(fields).written()


def test_a_field_of_a_table_is_changed_in_its_line():
    wanted = SETTINGS.replace("goals: none", "goals: after")
    assert changed(review={"works": "before", "goals": "after"}) == wanted


def test_a_new_field_of_a_table_goes_below_the_others():
    review = {"works": "before", "goals": "none", "sections": "after"}
    assert changed(review=review) == SETTINGS.replace(
        "  goals: none\n", "  goals: none\n  sections: after\n"
    )


def test_a_row_keeps_its_comments_and_the_fields_nobody_knows():
    rows = [{"id": "task", "weight": "2", "title": "Problem"}, {"id": "craft", "title": "Craft"}]
    assert changed(criteria=rows) == SETTINGS.replace("title: Task", "title: Problem")


def test_a_row_that_goes_leaves_the_comment_of_the_next():
    gone = "  - id: task   # as given\n    weight: 2\n    title: Task\n"
    assert changed(criteria=[{"id": "craft", "title": "Craft"}]) == SETTINGS.replace(gone, "")


def test_a_new_row_is_moved_in_like_the_others():
    rows = [
        {"id": "task", "weight": "2", "title": "Task"},
        {"id": "craft", "title": "Craft"},
        {"id": "time", "title": "Time", "since": date(2026, 1, 2)},
    ]
    added = "    title: Craft\n  - id: time\n    title: Time\n    since: 2026-01-02\n"
    assert changed(criteria=rows) == SETTINGS.replace("    title: Craft\n\n", f"{added}\n")


def test_what_stands_in_one_line_is_written_anew_and_nothing_else():
    wanted = SETTINGS.replace("sites: [one, two]", "sites:\n- one\n- three")
    assert changed(sites=["one", "three"]) == wanted
