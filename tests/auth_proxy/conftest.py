"""Real parts: a server on a free port, and requests written byte by byte."""

from __future__ import annotations

import pytest

from academy.access import Role
from auth_proxy.upstreams import Upstream
from tests.auth_proxy.service import PLAIN, Service


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


@pytest.fixture(scope="session")
def running_service():
    with Service() as service:
        yield service


@pytest.fixture
def service(running_service):
    """The service behind the door of `town`, as if nobody had asked it yet."""
    running_service.says = PLAIN
    running_service.heard.clear()
    return running_service


@pytest.fixture(scope="session")
def town(running_service, tmp_path_factory):
    """A village with the service behind its door, at several prefixes with other bounds."""
    bounds = {
        "library": {},
        "staff": {"roles": frozenset({Role.REGISTRAR})},
        "small": {"largest_body": 1000, "largest_answer": 200_000},
        "quick": {"seconds": 0.4},
        "brief": {"longest_seconds": 0.5},
        "deep": {},
    }
    upstreams = [
        Upstream(prefix=f"/{name}/", address=running_service.address, **more)
        for name, more in bounds.items()
        if name != "deep"
    ]
    upstreams.append(Upstream(prefix="/deep/", address=f"{running_service.address}/a/b/"))
    upstreams.append(Upstream(prefix="/gone/", address="http://127.0.0.1:1"))
    from tests.auth_proxy.village import Village  # noqa: PLC0415 - it needs this module

    with Village(tmp_path_factory.mktemp("town"), upstreams=tuple(upstreams)) as village:
        yield village
