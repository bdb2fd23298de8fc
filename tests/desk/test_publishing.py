"""What is published stands in the cabinet before the reviewer sees the next page."""

from __future__ import annotations

from dataclasses import replace

from cabinet.workbench import workplace_of

ANNA = "bcdfghjkmn"


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
