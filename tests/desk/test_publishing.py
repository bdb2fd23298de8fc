"""What is published stands in the cabinet before the reviewer sees the next page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event, current_thread, main_thread

from academy.projection import ProjectionKind
from cabinet.workbench import Workbench, workplace_of
from forge.port import MAIN
from generator import pictures
from tests.desk.conftest import CSRF, picture

ANNA = "bcdfghjkmn"
PATIENCE = 60
"""Seconds after which a test gives up. What it looks at never depends on them."""


def test_a_published_goal_is_on_the_page_of_the_cabinet_at_once(house, workshop):
    ledger = house.workplace.ledger
    whole = workplace_of(house.office, ledger, house.clock, workshop)
    house.workplace = replace(house.workplace, publish=whole.publish)
    page = house.anna().look("/desk/add/goals/").send(title="Сто растений")
    page.send(button=("do", "send")).send(declared="1")

    assert "страница уже в кабинете" in page.text
    manifest = house.office.sites.manifest(ANNA)
    stored = manifest.projections["owner"]["portfolio/goals/index.html"]
    assert "Сто растений" in house.office.sites.path_of(ANNA, stored).read_text(encoding="utf-8")


def test_publishing_waits_for_nobody_who_looks(house):
    """A preview may take its time: another generator than that of the cabinets makes it."""
    is_looking, may_go_on = Event(), Event()

    def now():
        if current_thread() is not main_thread():
            is_looking.set()
            assert may_go_on.wait(PATIENCE)
        return house.clock()

    bench = Workbench(house.office, house.workplace.ledger, now)
    repositories = house.office.repositories
    snapshot = repositories.snapshot(ANNA, repositories.heads(ANNA)[MAIN], 10**6)
    main = {path: content for path, (_, content) in snapshot.items()}
    with ThreadPoolExecutor(1) as pool:
        look = pool.submit(bench.site, ANNA, main, ProjectionKind.OWNER)
        assert is_looking.wait(PATIENCE)
        bench.publish(ANNA)
        assert not look.done()
        assert house.office.sites.manifest(ANNA).projections.keys() >= {"owner"}
        may_go_on.set()
        assert "index.html" in look.result(PATIENCE).pages


def test_pictures_are_drawn_when_they_are_saved_and_not_when_they_are_published(
    house, workshop, monkeypatch
):
    whole = workplace_of(house.office, house.workplace.ledger, house.clock, workshop)
    house.workplace = replace(house.workplace, publish=whole.publish)
    whole.publish(ANNA)
    sites = house.office.sites
    published = len(sites.manifest(ANNA).pictures.by_digest)
    page = house.anna().look("/desk/add/works/")
    page = page.send(files=[("photo.jpg", picture(size=(1800, 1200), form="JPEG"))], title="Сад")
    assert len(list((sites.root / ANNA).glob("ahead/*"))) == 1

    monkeypatch.setattr(pictures, "make_renditions", lambda _content: None)
    page.send(button=("do", "send")).send(declared="1")
    submission = house.office.merge_requests.all(ANNA)[-1]
    accept = {"do": "accept", "head": submission.head, "grade": "5", "csrf": CSRF}
    answer = house.teacher().client.post(f"/desk/review/{ANNA}/{submission.number}/", data=accept)
    assert answer.status_code == 200
    kept = sites.manifest(ANNA).pictures.by_digest
    assert len(kept) == published + 1
    assert all(kept.values())
