"""The academy's content by field: announcements and settings, one person or two, sent again."""

from __future__ import annotations

import pytest

from academy.access import Role
from academy.submission import SubmissionState
from forge.port import MAIN, Author, Change
from tests.desk.test_content import ACADEMY, OTHER, STAFF, form, main, pressed, registrar

DENDROPARK = "/desk/content/edit/announcements/dendropark.md"
NEW = "/desk/content/edit/announcements/new.md"


def alone(house):
    """Let the academy be one person."""
    repositories = house.office.repositories
    text = main(house)["policy.yml"].replace("two_people: yes", "two_people: no")
    change = Change(
        ref=MAIN,
        expected=repositories.heads(ACADEMY)[MAIN],
        files={"policy.yml": text.encode()},
        message="One person",
    )
    repositories.commit(ACADEMY, [change], Author(STAFF), house.clock())


def sent(house, number=1):
    return house.office.merge_requests.get(ACADEMY, number)


def test_an_announcement_is_published_by_a_second_person_and_keeps_what_it_does_not_touch(house):
    before = main(house)["announcements/dendropark.md"]
    page = registrar(house).look("/desk/announcements/")
    assert "Едем смотреть зимующие деревья" in page.text
    page.look(DENDROPARK)
    page.send(form(page, "title"), title="Едем в дендропарк", do="send")
    assert "Опубликует это другой сотрудник" in page.text
    assert "Едем в дендропарк" not in main(house)["announcements/dendropark.md"]

    other = registrar(house, OTHER).look("/desk/announcements/").look("/desk/content/sent/1/")
    assert "Так это увидит слушатель" in other.text
    assert "Термос" in other.text
    pressed(other, "accept")
    after = main(house)["announcements/dendropark.md"]
    assert after == before.replace("Едем смотреть зимующие деревья", "Едем в дендропарк")


def test_a_new_announcement_needs_a_title_and_a_beginning(house):
    page = registrar(house).look(NEW)
    page.send(form(page, "title"), body="Текст", do="send", **{"from": ""}, status=422)
    assert 'href="#title"' in page.html
    assert 'href="#from"' in page.html
    assert dict(page.form(form(page, "title")).fields)["body"] == "Текст"

    page.send(
        form(page, "title"),
        title="Ёлка",
        groups="ld-26-1",
        do="send",
        **{"from": "2026-12-02T09:00"},
    )
    pressed(registrar(house, OTHER).look("/desk/content/sent/1/"), "accept")
    found = {one.id: one for one in house.office.academy().announcements}["yolka"]
    assert (found.groups, found.author) == (("ld-26-1",), STAFF)
    assert found.starts.isoformat() == "2026-12-02T06:00:00+00:00"


def test_an_announcement_that_nobody_would_ever_see_is_not_sent(house):
    page = registrar(house).look(DENDROPARK)
    typed = {"from": "2026-12-05T10:00", "until": "2026-12-01T10:00"}
    page.send(form(page, "title"), do="send", status=422, **typed)

    assert "его никто не увидит" in page.text
    assert "Пусть «Показывать до» (until) будет позже" in page.text
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_it_is_looked_at_as_a_listener_sees_it_before_it_is_sent(house):
    page = registrar(house).look(NEW)
    typed = {"title": "Ёлка", "body": "Приходите **в четверг**.", "from": "2026-12-02T09:00"}
    page.send(form(page, "title"), do="look", **typed)
    assert "<strong>в четверг</strong>" in page.html
    assert dict(page.form(form(page, "title")).fields)["title"] == "Ёлка"
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_where_the_academy_is_one_person_the_waiver_is_recorded(house):
    alone(house)
    page = registrar(house).look(DENDROPARK)
    page.send(form(page, "title"), important="yes", do="send")
    assert "Опубликовано. В кабинетах появится" in page.text
    assert "отказ от второго человека записан" in page.text
    assert "important: true" in main(house)["announcements/dendropark.md"]
    assert sent(house).approval.has_waiver


def test_an_announcement_is_ended_early(house):
    alone(house)
    page = registrar(house).look("/desk/announcements/")
    page.page = page.client.post(
        page.address, data={"csrf": "a-word-of-the-session", "end": "dendropark"}
    )
    assert "Опубликовано" in page.text
    found = {one.id: one for one in house.office.academy().announcements}["dendropark"]
    assert not found.is_shown(house.clock())
    again = {"csrf": "a-word-of-the-session", "end": "dendropark"}
    assert page.client.post("/desk/announcements/", data=again).status_code == 404


def test_what_was_returned_is_put_right_and_sent_again(house):
    page = registrar(house).look(DENDROPARK)
    page.send(form(page, "title"), title="Едем", do="send")
    pressed(registrar(house, OTHER).look("/desk/content/sent/1/"), "return", reason="Куда?")

    page = registrar(house).look("/desk/content/sent/1/")
    assert f"{DENDROPARK}?of=1" in page.html
    page.look(f"{DENDROPARK}?of=1")
    assert dict(page.form(form(page, "title")).fields)["title"] == "Едем"
    page.send(form(page, "title"), title="Едем в дендропарк", do="send")
    assert sent(house).state is SubmissionState.SUBMITTED
    assert len(house.office.merge_requests.all(ACADEMY)) == 1
    registrar(house, OTHER).look(f"{DENDROPARK}?of=1", status=404)


def test_one_period_of_the_policy_changes_one_line(house):
    before = main(house)["policy.yml"]
    page = registrar(house).look("/desk/content/edit/policy.yml")
    assert "до публикации" in page.text
    page.send(form(page, "silent_days"), silent_days="50", review__goals="after", do="send")
    pressed(registrar(house, OTHER).look("/desk/content/sent/1/"), "accept")
    assert main(house)["policy.yml"] == before.replace(
        "silent_days: 45", "silent_days: 50"
    ).replace("  goals: none", "  goals: after")


def test_a_row_is_added_and_another_taken_away(house):
    page = registrar(house).look("/desk/content/edit/academy.yml")
    page.send(
        form(page, "short_name"),
        do="send",
        chats__0__remove="1",
        chats__3__title="Курилка",
        chats__3__url="https://alvasar.chat/kurilka",
    )
    pressed(registrar(house, OTHER).look("/desk/content/sent/1/"), "accept")
    chats = [one.title for one in house.office.academy().chats]
    assert chats == ["Вопросы по учёбе и расписанию", "Помощь с кабинетом и портфолио", "Курилка"]


@pytest.mark.parametrize(
    "path",
    [
        "policy.yml",
        "academy.yml",
        "staff.yml",
        "groups/ld-26-1.yml",
        "programmes/landscape-design.yml",
        "materials/drawing-set.md",
        "pages/library.md",
        "announcements/dendropark.md",
    ],
)
def test_a_form_that_nobody_touched_changes_no_letter(house, path):
    page = registrar(house).look(f"/desk/content/edit/{path}")
    field = "title" if "/" in path else "base"
    page.send(form(page, field), do="text")
    text = dict(page.form(form(page, "text")).fields)["text"]
    assert text.replace("\r\n", "\n") == main(house)[path]


def test_what_is_wrong_is_said_beside_the_field_and_not_sent(house):
    page = registrar(house).look("/desk/content/edit/policy.yml")
    page.send(form(page, "silent_days"), silent_days="никогда", do="send", status=422)
    assert 'href="#silent_days"' in page.html
    assert "никогда" in page.html
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_forms_of_content_are_for_the_registrar_only(house):
    for page in (house.teacher(), house.anna(), house.as_("s-1", Role.AUDITOR)):
        page.look(NEW, status=404)
        page.look(DENDROPARK, status=404)
