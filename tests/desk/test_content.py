"""The academy's own content: looked over with line numbers, sent, accepted by a second person."""

from __future__ import annotations

import pytest

from academy.access import Role
from academy.submission import SubmissionState
from forge.port import MAIN, Author, Change

STAFF, OTHER, ACADEMY = "s-7f3k", "s-4k7d", "academy"
GROUP = "/desk/content/edit/groups/ld-26-1.yml?text=1"
POLICY = "/desk/content/edit/policy.yml?text=1"
CSRF = {"csrf": "a-word-of-the-session"}


def registrar(house, account=STAFF):
    return house.as_(account, Role.REGISTRAR, groups=())


def main(house):
    repositories = house.office.repositories
    snapshot = repositories.snapshot(ACADEMY, repositories.heads(ACADEMY)[MAIN], 10**6)
    return {path: content.decode() for path, (_, content) in snapshot.items()}


def form(page, field="text"):
    """The form that has a field."""
    return next(n for n in range(9) if any(name == field for name, _ in page.form(n).fields))


def edited(page, before, after, do="send", status=200):
    """Change the text of the form that is shown, and press a button."""
    text = dict(page.form(form(page)).fields)["text"].replace("\r\n", "\n")
    assert before in text
    return page.send(form(page), text=text.replace(before, after), do=do, status=status)


def pressed(page, do, status=200, **typed):
    head = dict(page.form(form(page, "head")).fields)["head"]
    page.page = page.client.post(page.address, data={**CSRF, "do": do, "head": head, **typed})
    assert page.page.status_code == status
    return page


def test_files_are_listed_by_what_they_are(house):
    page = registrar(house).look("/desk/content/")
    for words in (
        "Правила: сроки, шкала, баллы",
        "Программы",
        "landscape-design.yml",
        "Ландшафтный дизайн",
        "Тексты согл",
    ):
        assert words in page.text


def test_a_change_is_published_by_a_second_person_only(house):
    page = registrar(house).look(POLICY)
    edited(page, "silent_days: ", "silent_days: 1")
    assert "Опубликует это другой сотрудник" in page.text
    before = house.office.academy().policy.silent_days
    page.page = page.client.post(page.address, data={**CSRF, "do": "accept", "head": head(house)})
    assert page.page.status_code == 409
    assert "Свою правку публикует другой сотрудник" in page.text

    other = registrar(house, OTHER).look("/desk/content/")
    assert "policy.yml" in other.text
    other.look("/desk/content/sent/1/")
    assert "<ins>silent_days: 1" in other.html
    pressed(other, "accept")
    assert "Опубликовано. В кабинетах появится" in other.text
    assert house.office.academy().policy.silent_days != before
    assert main(house)["policy.yml"].count("silent_days: 1") == 1


def head(house, number=1):
    return house.office.merge_requests.get(ACADEMY, number).head


def test_mistakes_are_told_with_their_line_and_cannot_be_sent(house):
    page = registrar(house).look(POLICY)
    edited(page, "silent_days: ", "silent_days: никогда", status=422)
    assert "строка" in page.text
    assert "1 ошибка" in page.text
    assert "никогда" in dict(page.form(form(page)).fields)["text"]
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_a_look_over_sends_nothing(house):
    page = registrar(house).look(POLICY)
    edited(page, "silent_days: ", "silent_days: 1", do="check")
    assert "Ошибок нет" in page.text
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_what_others_refer_to_is_not_taken_away(house):
    page = registrar(house).look("/desk/content/edit/programmes/landscape-design.yml")
    page.send(form(page, "title") + 1, do="remove", status=422)
    assert "groups/ld-26-1.yml" in page.text
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_a_change_is_returned_with_a_reason_or_taken_back(house):
    edited(registrar(house).look(POLICY), "silent_days: ", "silent_days: 1")
    other = registrar(house, OTHER).look("/desk/content/sent/1/")
    pressed(other, "return", status=422)
    pressed(other, "return", reason="Слишком долго")
    page = registrar(house).look("/desk/content/sent/1/")
    assert "Слишком долго" in page.text
    page.page = page.client.post(page.address, data={**CSRF, "do": "withdraw"})
    assert house.office.merge_requests.get(ACADEMY, 1).state is SubmissionState.WITHDRAWN


def test_a_form_of_an_older_version_writes_over_nothing(house):
    page = registrar(house).look(GROUP)
    repositories = house.office.repositories
    files = {"groups/ld-26-1.yml": (main(house)["groups/ld-26-1.yml"] + "# note\n").encode()}
    change = Change(
        ref=MAIN, expected=repositories.heads(ACADEMY)[MAIN], files=files, message="Edit"
    )
    repositories.commit(ACADEMY, [change], Author(OTHER), house.clock())
    edited(page, "title:", "title: ", status=409)
    assert "опубликовали в другом виде" in page.text
    assert "# note" in page.text


def test_a_new_page_begins_with_its_title(house):
    page = registrar(house).look("/desk/content/")
    page.send(form(page, "title"), kind="pages", title="Дом отдыха")
    assert page.address == "/desk/content/edit/pages/dom-otdykha.md"
    page.send(form(page, "body"), body="Открыт летом.", do="send")
    pressed(registrar(house, OTHER).look("/desk/content/sent/1/"), "accept")
    assert "Открыт летом." in main(house)["pages/dom-otdykha.md"]


@pytest.mark.parametrize(
    "path",
    [
        "../x.yml",
        "groups/..%2fpolicy.yml",
        ".git/config",
        "groups/x.md",
        "elsewhere/x.yml",
        "secret.yml",
    ],
)
def test_only_places_of_the_content_can_be_written(house, path):
    page = registrar(house)
    for address in (f"/desk/content/edit/{path}", f"/desk/content/edit/{path.replace('/', '%2f')}"):
        answer = page.client.post(address, data={**CSRF, "text": "x", "base": "", "do": "send"})
        assert answer.status_code == 404
    assert house.office.merge_requests.all(ACADEMY) == ()


def test_hostile_content_stays_text(house):
    page = registrar(house).look(GROUP)
    edited(page, "title:", "</textarea><script>alert(1)</script>title:", status=422)
    assert "<script>alert" not in page.html


def test_content_is_for_the_registrar_only(house):
    edited(registrar(house).look(POLICY), "silent_days: ", "silent_days: 1")
    for page in (house.teacher(), house.anna()):
        for address in ("/desk/content/", POLICY, "/desk/content/sent/1/"):
            page.look(address, status=404)
            form = {**CSRF, "do": "accept", "head": head(house)}
            assert page.client.post(address, data=form).status_code == 404
    assert house.office.merge_requests.get(ACADEMY, 1).state is SubmissionState.SUBMITTED
