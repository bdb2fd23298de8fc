"""What is published is taken back: an item that goes, a publication that is undone."""

from __future__ import annotations

from academy.access import Role
from academy.account import Account
from academy.submission import SubmissionState

ANNA = "bcdfghjkmn"


def goal(house):
    """A goal that is published by rule."""
    page = house.anna().look("/desk/add/goals/")
    page.send(title="Сто растений").send(button=("do", "send"), due="2027-03-01")
    return page.send(declared="1")


def accepted(house):
    """A work that was changed and accepted."""
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Двор стал тенистым.").send(declared="1")
    teacher = house.teacher().look(f"/desk/review/{ANNA}/1/")
    teacher.send(1, button=("do", "accept"))
    return teacher


def form_of(page, action):
    """The number of the form that leads somewhere."""
    return next(n for n in range(9) if page.form(n).action.endswith(action))


def send_to(page, action, **typed):
    return page.send(form_of(page, action), **typed)


def test_an_item_without_review_goes_at_once(house):
    goal(house)
    path = next(path for path in house.main() if path.startswith("goals/"))
    key = path.removesuffix(".md").replace("/", ".")
    page = send_to(house.anna().look(f"/desk/edit/{key}/"), f"take-away/{key}/")

    assert "Запись убрана из портфолио" in page.text
    assert "Записи больше нет в портфолио" in page.text
    assert path not in house.main()
    assert house.published == [ANNA, ANNA]
    page.look(f"/desk/edit/{key}/", status=404)


def test_a_work_goes_when_its_reviewer_says_so(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    assert "Рецензент вашей группы подтвердит" in page.text
    send_to(page, "take-away/works.dvor/", note="Это не моя работа")
    assert "Запись уйдёт из портфолио" in page.text
    page.look("/desk/edit/works.dvor/", status=404)
    assert "works/dvor/index.md" in house.main()

    teacher = house.teacher().look(f"/desk/review/{ANNA}/1/")
    assert "Автор убирает эту запись" in teacher.text
    assert "Это не моя работа" in teacher.text
    teacher.send(1, button=("do", "accept"), review="Жаль.")
    assert not any(path.startswith("works/dvor/") for path in house.main())


def test_what_is_to_go_stays_when_it_is_taken_back(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    send_to(page, "take-away/works.dvor/")
    send_to(page, "withdraw/")
    page.look("/desk/edit/works.dvor/")
    assert dict(page.form().fields)["title"] == "Двор на Солнечной"


def test_an_item_that_is_being_changed_does_not_go(house):
    house.anna().look("/desk/edit/works.dvor/").send(button=("do", "save"), body="Новое.")
    page = house.anna().look("/desk/edit/works.dvor/")
    assert "Убрать из портфолио" not in page.text
    page.page = page.client.post(
        "/desk/take-away/works.dvor/", data={"csrf": "a-word-of-the-session"}
    )
    assert "Не получилось" in page.text
    assert house.office.merge_requests.all(ANNA) == ()


def test_the_words_about_oneself_are_no_item(house):
    page = house.anna().look("/desk/edit/about/")
    answer = page.client.post("/desk/take-away/about/", data={"csrf": "a-word-of-the-session"})
    assert answer.status_code == 404


def test_a_listener_undoes_what_was_published_by_rule(house):
    page = goal(house)
    assert any(path.startswith("goals/") for path in house.main())
    send_to(page, "undo/")

    assert "Всё стало как было" in page.text
    assert not any(path.startswith("goals/") for path in house.main())
    assert house.office.merge_requests.get(ANNA, 2).reverts == 1


def test_undoing_a_reviewed_work_is_reviewed_too(house):
    accepted(house)
    page = send_to(house.anna().look("/desk/sent/1/"), "undo/")
    assert "Ход академии" in page.text
    assert "Двор стал тенистым." in house.main()["works/dvor/index.md"].decode()

    teacher = house.teacher().look(f"/desk/review/{ANNA}/2/")
    teacher.send(1, button=("do", "accept"))
    assert "Старый двор без тени." in house.main()["works/dvor/index.md"].decode()


def test_a_reviewer_undoes_and_another_one_decides(house):
    accepted(house)
    teacher = send_to(house.teacher().look(f"/desk/review/{ANNA}/1/"), "undo/", why="Не та версия")
    assert "решит другой рецензент" in teacher.text
    assert "решает другой рецензент" in teacher.text
    assert "Рецензии никто не ждёт" in teacher.look("/desk/review/").text

    anna = house.anna().look("/desk/mine/")
    assert "Вернуть как было: Двор на Солнечной" in anna.text
    anna.look("/desk/sent/2/")
    assert "Самарин Павел Андреевич" in anna.text
    assert "Не та версия" in anna.text
    assert "withdraw/" not in anna.html

    house.workplace.ledger.accounts.add(
        Account(id="s-4k7d", user_name="s-4k7d", created=house.clock())
    )
    other = house.as_("s-4k7d", Role.REVIEWER).look(f"/desk/review/{ANNA}/2/")
    other.send(1, button=("do", "accept"))
    assert "Старый двор без тени." in house.main()["works/dvor/index.md"].decode()


def test_an_own_undo_is_not_accepted_by_the_same_reviewer(house):
    accepted(house)
    teacher = send_to(house.teacher().look(f"/desk/review/{ANNA}/1/"), "undo/")
    teacher.send(1, button=("do", "accept"), status=409)
    assert "Рецензию на свою запись пишет другой человек" in teacher.text
    assert house.office.merge_requests.get(ANNA, 2).state is SubmissionState.SUBMITTED


def test_what_was_changed_again_since_is_not_undone_blindly(house):
    accepted(house)
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Совсем другое.").send(declared="1")
    house.teacher().look(f"/desk/review/{ANNA}/2/").send(1, button=("do", "accept"))

    page = send_to(house.anna().look("/desk/sent/1/"), "undo/")
    assert "С тех пор эта запись изменилась ещё раз" in page.text
    assert "Совсем другое." in house.main()["works/dvor/index.md"].decode()


def test_others_undo_nothing(house):
    accepted(house)
    form = {"csrf": "a-word-of-the-session"}
    other = house.teacher(groups=("fr-26-1",))
    assert other.client.post(f"/desk/review/{ANNA}/1/undo/", data=form).status_code == 404
    boris = house.as_("npqrstvwxz", Role.LISTENER)
    assert boris.client.post("/desk/sent/1/undo/", data=form).status_code == 404
    assert len(house.office.merge_requests.all(ANNA)) == 1
