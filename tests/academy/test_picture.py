"""What the size of a picture says about how it can be shown."""

from __future__ import annotations

import pytest

from academy.picture import PictureSizes


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(1600, 1200, False), (1200, 1600, False), (2400, 1000, False), (2500, 1000, True),
     (1000, 2000, False), (1000, 2100, True)],
)  # fmt: skip
def test_a_long_strip_or_a_tall_column_is_elongated(width: int, height: int, expected: bool):
    assert PictureSizes(width, height, ()).is_elongated is expected
