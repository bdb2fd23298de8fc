"""Building one listener: what makes work, what is kept, what is switched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from generator.outcome import State

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORK = "---\ntitle: Мой сад\n---\n\nПервый текст.\n"


def test_a_new_listener_gets_a_site_for_each_projection_consented_to(house):
    person = house.add(main={"works/garden/index.md": WORK})
    outcome = house.builder.build(person, AT)
    assert outcome.state is State.BUILT
    assert outcome.issues == ()
    assert sorted(house.sites.manifest(person).projections) == [
        "owner",
        "participants",
        "responsible",
    ]
    assert "Первый текст." in house.text(person, "owner")


def test_the_same_commit_and_content_make_no_work(house):
    person = house.add(main={"works/garden/index.md": WORK})
    house.builder.build(person, AT)
    assert house.builder.build(person, AT).state is State.UNCHANGED


def test_a_changed_portfolio_is_built_again(house):
    person = house.add(main={"works/garden/index.md": WORK})
    house.builder.build(person, AT)
    house.change(person, main={"works/garden/index.md": WORK.replace("Первый", "Второй")})
    assert house.builder.build(person, AT).state is State.BUILT
    assert "Второй текст." in house.text(person, "owner")
    assert "Первый текст." not in house.text(person, "owner")


def test_a_changed_announcement_of_another_group_makes_no_work(house):
    person = house.add()
    house.builder.build(person, AT)
    others = tuple(
        replace(one, title=f"{one.title}!") if one.groups == ("bu-26-3",) else one
        for one in house.academy.announcements
    )
    assert others != house.academy.announcements
    house.academy = replace(house.academy, announcements=others)
    assert house.builder.build(person, AT).state is State.UNCHANGED


def test_a_changed_announcement_for_all_is_shown(house):
    person = house.add()
    house.builder.build(person, AT)
    changed = tuple(
        replace(one, title="Совсем новый заголовок") if not one.groups else one
        for one in house.academy.announcements
    )
    house.academy = replace(house.academy, announcements=changed)
    assert house.builder.build(person, AT).state is State.BUILT
    assert "Совсем новый заголовок" in house.text(person, "owner")


def test_a_new_policy_commit_that_changes_no_rule_makes_no_work(house):
    person = house.add()
    house.builder.build(person, AT)
    policy = replace(house.academy.policy, version="1" * 40)
    house.academy = replace(house.academy, policy=policy)
    assert house.builder.build(person, AT).state is State.UNCHANGED


def test_a_build_holds_until_the_next_flip_and_no_longer(house):
    person = house.add(
        main={"goals/run.md": "---\ntitle: Бег\nset_on: 2026-11-01\ndue: 2026-11-26\n---\n"}
    )
    until = house.builder.build(person, AT).valid_until
    assert until is not None
    last = until - timedelta(seconds=1)
    assert house.builder.build(person, last).state is State.UNCHANGED
    assert house.builder.build(person, until).state is State.BUILT


def test_an_announcement_that_begins_tomorrow_is_shown_tomorrow_without_a_commit(house):
    person = house.add()
    tomorrow = datetime(2026, 11, 25, tzinfo=UTC) - timedelta(hours=3)
    [coming] = [one for one in house.academy.announcements if one.starts == tomorrow]
    house.builder.build(person, AT)
    assert coming.title not in house.text(person, "owner")
    house.builder.build(person, tomorrow)
    assert coming.title in house.text(person, "owner")


def test_expulsion_closes_every_site(house):
    person = house.add(main={"works/garden/index.md": WORK})
    house.builder.build(person, AT)
    card = house.repositories.snapshot(
        person, house.repositories.heads(person)["refs/heads/record"], 10**6
    )["card.yml"][1].decode()
    house.change(person, record={"card.yml": card + "status: expelled\n"})
    assert house.builder.build(person, AT).state is State.CLOSED
    assert house.sites.manifest(person).projections == {}


def test_a_withdrawn_consent_closes_the_portfolio_and_leaves_the_study_part(house):
    person = house.add(main={"works/garden/index.md": WORK})
    withdrawn = """\
consents:
  - id: c1
    purposes: [placement, participants]
    version: "1"
    signed: 2026-01-01
    registered: 2026-01-02
    registered_by: s-1
    withdrawn: 2026-11-24T08:00:00Z
"""
    house.change(person, record={"consent.yml": withdrawn})
    house.builder.build(person, AT)
    assert sorted(house.sites.manifest(person).projections) == ["owner", "responsible"]
    assert "Первый текст." not in house.text(person, "owner")
    assert "study/index.html" in house.files(person, "owner")


def test_an_unreadable_card_keeps_the_last_good_build(house):
    person = house.add(main={"works/garden/index.md": WORK})
    house.builder.build(person, AT)
    before = house.files(person, "owner")
    house.change(person, record={"card.yml": "last_name: [\n"})
    outcome = house.builder.build(person, AT)
    assert outcome.state is State.FAILED
    assert [issue.code for issue in outcome.issues] == ["yaml-broken"]
    assert house.files(person, "owner") == before


def test_a_failed_build_is_not_tried_again_until_something_changes(house):
    person = house.add(record={"card.yml": "last_name: [\n"})
    assert house.builder.build(person, AT).state is State.FAILED
    assert house.builder.is_current(person, AT) is not None


def test_a_content_lost_from_the_disk_is_built_again(house):
    person = house.add(main={"works/garden/index.md": WORK})
    house.builder.build(person, AT)
    stored = house.sites.manifest(person).projections["owner"]["index.html"]
    house.sites.path_of(person, stored).write_bytes(b"")
    assert house.builder.build(person, AT).state is State.BUILT
    assert house.files(person, "owner")["index.html"].startswith(b"\n<!doctype html>")


def test_one_content_shown_in_three_projections_is_kept_once(house):
    person = house.add(
        main={
            "works/garden/index.md": "---\ntitle: Сад\nfiles: [{file: a.jpg, alt: Сад}]\n---\n",
            "works/garden/a.jpg": b"\xff\xd8 picture",
        }
    )
    house.builder.build(person, AT)
    projections = house.sites.manifest(person).projections
    shown = {
        files[path].digest
        for files in projections.values()
        for path in files
        if path.endswith("a.jpg")
    }
    assert len(shown) == 1
    assert len(projections) == 3


def test_a_broken_file_of_one_listener_is_in_their_report_and_breaks_nobody_else(house):
    broken = house.add("23456789bc", main={"works/garden/index.md": "---\ntitel: Сад\n---\n"})
    other = house.add("23456789bd", main={"works/garden/index.md": WORK})
    outcomes = [house.builder.build(person, AT) for person in (broken, other)]
    assert [outcome.state for outcome in outcomes] == [State.BUILT, State.BUILT]
    assert [(one.code, one.location.file, one.location.line) for one in outcomes[0].issues] == [
        ("field-unknown-close", "works/garden/index.md", 2),
        ("field-missing", "works/garden/index.md", 2),
    ]
    assert "Поля «titel» здесь не бывает." in house.text(broken, "owner")
    assert outcomes[1].issues == ()
