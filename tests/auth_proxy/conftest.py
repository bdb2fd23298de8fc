"""Real parts: a server on a free port, and requests written byte by byte."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def shared_village(tmp_path_factory):
    """One village for all tests that change nothing in it."""
    from tests.auth_proxy.village import Village  # noqa: PLC0415 - it needs this module

    with Village(tmp_path_factory.mktemp("village")) as village:
        yield village


@pytest.fixture
def village(tmp_path):
    """A village of one's own."""
    from tests.auth_proxy.village import Village  # noqa: PLC0415 - it needs this module

    with Village(tmp_path) as village:
        yield village
