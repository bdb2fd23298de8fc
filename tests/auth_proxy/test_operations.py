"""The port for those who run the house: alive, ready, counted."""

from __future__ import annotations

import httpx
import pytest

from auth_proxy.measures import Measures
from auth_proxy.operations import Operations
from tests.auth_proxy.village import ANNA
from tests.serving import Server


@pytest.fixture(scope="module")
def port():
    """A server with what is wrong with the house, and what was counted."""
    faults, measures = [], Measures()
    with (
        Server(Operations(measures, lambda: faults)) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client,
    ):
        yield client, faults, measures


def test_alive_whatever_is_wrong(port):
    client, faults, _ = port
    faults[:] = ["ledger: LedgerUnreadableError"]
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "alive\n")


def test_ready_only_when_nothing_is_wrong(port):
    client, faults, _ = port
    faults[:] = []
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")
    faults[:] = ["ledger: LedgerUnreadableError", "public pages: not built"]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (
        503,
        "ledger: LedgerUnreadableError\npublic pages: not built\n",
    )


def test_what_was_counted_is_told_to_prometheus(port):
    client, _, measures = port
    measures.note("cabinet", 200, 0.0002)
    measures.note("cabinet", 404, 0.2)
    measures.unrecorded.inc()

    answer = client.get("/metrics")

    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = set(answer.text.splitlines())
    assert lines >= {
        'cabinet_answers_total{area="cabinet",status="200"} 1.0',
        'cabinet_answers_total{area="cabinet",status="404"} 1.0',
        'cabinet_answer_seconds_bucket{area="cabinet",le="0.001"} 1.0',
        'cabinet_answer_seconds_count{area="cabinet"} 2.0',
        "cabinet_not_recorded_total 1.0",
        "cabinet_ledger_unreadable_total 0.0",
        "cabinet_cut_off_total 0.0",
    }


@pytest.mark.parametrize("path", ["/", "/healthz/", "/metrics?a", "/c/", "//healthz"])
def test_nothing_else_is_there_and_nothing_is_kept(port, path):
    client, *_ = port
    answer = client.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.status_code == (200 if path == "/metrics?a" else 404)


def test_the_way_in_has_none_of_it(shared_village):
    for path in ("/healthz", "/readyz", "/metrics"):
        for account in (None, "s-office"):
            assert shared_village.get(account, path).status_code == 404


def test_what_the_door_counts_names_neither_people_nor_addresses(shared_village):
    for path in (f"/c/{ANNA}/", f"/c/{ANNA}/study/", "/nothing-at-all"):
        shared_village.get(ANNA, path)

    said = shared_village.premises.measures.text().decode()
    assert 'area="cabinet"' in said
    assert ANNA not in said
    assert "nothing-at-all" not in said
