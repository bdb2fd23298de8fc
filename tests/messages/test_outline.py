"""A report as sentences with their details."""

from __future__ import annotations

from messages.outline import Line, printed


def test_what_stands_below_is_printed_further_in():
    outline = (Line("One", (Line("a", (Line("first"),)), Line("b"))), Line("Two"))

    assert list(printed(outline)) == ["One", "  a", "    first", "  b", "Two"]
    assert list(printed(())) == []
