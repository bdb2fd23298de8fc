"""Validators, ranges and encodings, with bounds to everything."""

from __future__ import annotations

import pytest

from auth_proxy.conditions import Span, Unsatisfiable, encoding_of, has_match, span_of


@pytest.mark.parametrize(
    ("header", "matches"),
    [
        (None, False),
        (b'"abc"', True),
        (b'W/"abc"', True),
        (b'"x", "abc"', True),
        (b"*", True),
        (b"abc", False),
        (b'"ab"', False),
        (b'"abc", ' * 200, False),
    ],
)
def test_a_validator_matches_by_its_whole_tag(header, matches):
    assert has_match(header, b"abc") is matches


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (None, None),
        (b"bytes=0-0", Span(0, 1)),
        (b"bytes=5-", Span(5, 10)),
        (b"bytes=5-900", Span(5, 10)),
        (b"bytes=-3", Span(7, 10)),
        (b"bytes=-300", Span(0, 10)),
        (b"bytes=10-", Unsatisfiable()),
        (b"bytes=-0", Unsatisfiable()),
        (b"bytes=5-4", None),
        (b"bytes=-", None),
        (b"bytes=a-b", None),
        (b"lines=0-1", None),
        (b"bytes=0-0,2-3", None),
        (b"bytes=" + b"0-," * 5000, None),
        (b"bytes=0-99999999999999999999", None),
        ("bytes=٠-٩".encode(), None),
    ],
)
def test_one_range_is_served_and_many_are_not(header, span):
    assert span_of(header, None, b"tag", 10) == span


def test_a_range_of_another_version_is_the_whole():
    assert span_of(b"bytes=0-1", b'"tag"', b"tag", 10) == Span(0, 2)
    assert span_of(b"bytes=0-1", b'"old"', b"tag", 10) is None
    assert span_of(b"bytes=0-1", b'W/"tag"', b"tag", 10) is None
    assert span_of(b"bytes=0-1", b"Tue, 24 Nov 2026 09:00:00 GMT", b"tag", 10) is None


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (None, None),
        (b"", None),
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip, deflate", "gzip"),
        (b"br;q=0, gzip;q=0.5", "gzip"),
        (b"br;q=0.3, gzip;q=0.5", "gzip"),
        (b"*", "br"),
        (b"*;q=0", None),
        (b"identity", None),
        (b"GZIP;Q=1.0", "gzip"),
        (b"gzip;q=9", None),
        (b"gzip, " * 500, None),
    ],
)
def test_the_best_encoding_that_the_browser_takes_is_chosen(header, encoding):
    assert encoding_of(header, ("br", "gzip")) == encoding


def test_what_is_not_prepared_goes_as_it_is():
    assert encoding_of(b"br, gzip", ()) is None
    assert encoding_of(b"br, gzip", ("gzip",)) == "gzip"
