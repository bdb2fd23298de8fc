"""Contents that were made smaller before anyone asked."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import brotli
import pytest

from sites.compressed import COMPRESSED, Compressed, compressed, prepare
from sites.manifest import Inputs, Manifest
from sites.store import Sites

PAGE = b"<p>" + "Ландшафт ".encode() * 300
PICTURE = bytes(range(256)) * 40


@pytest.fixture
def sites(tmp_path):
    return Sites(tmp_path)


def manifest(sites, **files):
    """A build of one projection, switched to."""
    made = Manifest(
        person="8czb236rqj",
        inputs=Inputs(main="a", record="b", content="c", generator="d"),
        audience=(),
        built_at=datetime(2026, 11, 24, tzinfo=UTC),
        valid_until=None,
        projections={
            "owner": {
                name.replace("_", "."): sites.store("8czb236rqj", content)
                for name, content in files.items()
            }
        },
    )
    sites.switch(made)
    return made


def test_pages_are_prepared_in_both_encodings(sites):
    made = manifest(sites, index_html=PAGE)
    digest = made.projections["owner"]["index.html"].digest

    assert prepare(sites, made)

    found = compressed(sites, "8czb236rqj")
    assert found.encodings(digest) == ("br", "gzip")
    assert brotli.decompress(found.read(digest, "br")) == PAGE
    assert gzip.decompress(found.read(digest, "gzip")) == PAGE


def test_what_gains_nothing_stays_as_it_is(sites):
    made = manifest(sites, photo_png=PICTURE, tiny_html=b"<p>x", noise_txt=PICTURE[:256] * 4)

    prepare(sites, made)

    found = compressed(sites, "8czb236rqj")
    for name in ("photo.png", "tiny.html"):
        assert found.encodings(made.projections["owner"][name].digest) == ()


def test_nothing_is_done_twice_and_what_is_gone_is_gone(sites):
    first = manifest(sites, index_html=PAGE, a_html=PAGE + b"a")
    assert prepare(sites, first)
    assert not prepare(sites, first)

    second = manifest(sites, index_html=PAGE, b_html=PAGE + b"b")
    assert prepare(sites, second)

    kept = {stored.digest for stored in second.projections["owner"].values()}
    assert set(compressed(sites, "8czb236rqj").places) == kept


def test_offsets_of_a_file_that_was_replaced_are_not_used(sites):
    first = manifest(sites, index_html=PAGE)
    prepare(sites, first)
    old = compressed(sites, "8czb236rqj")
    prepare(sites, manifest(sites, a_html=b"<p>" + b"x" * 5000, index_html=PAGE))

    with pytest.raises(KeyError):
        old.read(first.projections["owner"]["index.html"].digest, "br")


@pytest.mark.parametrize("content", [b"", b"{", b"[]\n", b'{"a":1}\n', b'{"a":{"br":3}}\n'])
def test_a_broken_file_is_as_good_as_none(sites, content):
    (sites.root / "8czb236rqj").mkdir()
    (sites.root / "8czb236rqj" / COMPRESSED).write_bytes(content)

    assert compressed(sites, "8czb236rqj") == Compressed()
