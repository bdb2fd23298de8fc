"""A listener sends: a declaration, words about what comes next, and ways back."""

from __future__ import annotations

from academy.submission import SubmissionState
from academy.submitting import Acting
from forge.merge_requests import Remark, Ruling
from ledger.people import Person

ANNA = "bcdfghjkmn"
REVIEWER = Acting(account="s-7m2r", role="reviewer", may_review=True)


def begun(house):
    """A draft of a published work, changed."""
    page = house.anna().look("/desk/edit/works.dvor/")
    return page.send(button=("do", "send"), body="Новый рассказ.")


def returned(house, reason="Добавьте план посадок."):
    page = begun(house).send(declared="1")
    requests = house.office.merge_requests
    submission = requests.get(ANNA, 1)
    ruling = Ruling(head=submission.head, policy="", two_people=True)
    reply = requests.send_back(ANNA, 1, ruling, Remark(text=reason), REVIEWER, house.clock())
    assert reply.is_done
    return page


def test_what_is_sent_is_declared_to_be_accurate_first(house):
    page = begun(house)
    assert page.address == "/desk/send/works.dvor/"
    page.send(status=422, note="Посмотрите тень")

    assert "за них отвечаете вы" in page.text
    assert dict(page.form().fields)["note"] == "Посмотрите тень"
    assert house.office.merge_requests.all(ANNA) == ()


def test_after_sending_one_reads_who_acts_and_since_when(house):
    page = begun(house).send(declared="1", note="Посмотрите тень")

    assert page.address == "/desk/sent/1/"
    assert "Ход академии: рецензент вашей группы посмотрит" in page.text
    assert "с 24 ноября 2026, 12:00 · ответ — до 1 декабря 2026" in page.text
    assert "Лебедева Анна: отправлено на рецензию" in page.text
    submission = house.office.merge_requests.get(ANNA, 1)
    assert submission.state is SubmissionState.SUBMITTED
    assert submission.events[-1].declaration == "1"
    assert house.anna().look("/desk/mine/").text.count("На рецензии") == 2


def test_nothing_is_sent_that_lacks_what_it_must_have(house):
    page = house.anna().look("/desk/add/achievements/")
    page.send(title="Диплом").send(button=("do", "send"))

    assert "Исправьте 4 поля" in page.text
    assert "?check=1#level" in page.html
    assert "/declared" not in page.html
    page.look(f"{page.address.replace('send', 'edit')}?check=1")
    assert "Не хватает" in page.text or "пустое" in page.text


def test_a_goal_needs_no_review_and_is_published_at_once(house):
    page = house.anna().look("/desk/add/goals/")
    page.send(title="Сто растений").send(button=("do", "send"), due="2027-03-01")
    assert "Проверка не нужна" in page.text
    page.send(declared="1")

    assert "Опубликовано: страница уже в кабинете" in page.text
    assert house.published == [ANNA]
    assert any(path.startswith("goals/") for path in house.main())


def test_what_was_returned_is_improved_and_sent_again(house):
    returned(house)
    page = house.anna().look("/desk/mine/")
    assert "Нужно доработать" in page.text
    page.look("/desk/sent/1/")
    told, _, story = page.text.partition("Что было")
    assert "Добавьте план посадок." in told
    assert "Добавьте план посадок." in story
    assert "ответ — до" not in page.text

    page.look("/desk/edit/works.dvor/")
    assert dict(page.form().fields)["body"] == "Новый рассказ."
    page.send(button=("do", "send"), body="Новый рассказ с планом.").send(declared="1")

    submission = house.office.merge_requests.get(ANNA, 1)
    assert submission.state is SubmissionState.SUBMITTED
    assert len(house.office.merge_requests.all(ANNA)) == 1


def test_an_answer_is_passed_on(house):
    returned(house)
    page = house.anna().look("/desk/sent/1/")
    page.send(text="План приложу <b>завтра</b>")

    assert "Ваш ответ передан." in page.text
    assert "План приложу &lt;b&gt;завтра&lt;/b&gt;" in page.html
    page.send(text=" ")
    assert "Ответ пустой" in page.text


def test_what_is_taken_back_is_a_draft_again(house):
    page = begun(house).send(declared="1")
    page.send(1)

    assert "Работа отозвана" in page.text
    assert house.office.merge_requests.get(ANNA, 1).state is SubmissionState.WITHDRAWN
    page.look("/desk/edit/works.dvor/")
    assert dict(page.form().fields)["body"] == "Новый рассказ."


def test_what_was_new_and_is_taken_back_leads_to_its_draft(house):
    page = house.anna().look("/desk/add/works/").send(title="Пруд", did="Вырыла.")
    address = page.address.partition("?")[0]
    page.send(button=("do", "send")).send(declared="1")
    sent = page.address.partition("?")[0]
    page.page = page.client.post(
        f"{sent}withdraw/", data={"csrf": dict(page.form().fields)["csrf"]}
    )

    assert "Работа отозвана" in page.text
    assert f'href="{address}"' in page.html
    assert dict(page.look(address).form().fields)["title"] == "Пруд"


def test_sections_and_their_order_need_no_review(house):
    page = house.anna().look("/desk/sections/")
    page.send(headline="Садовник", new__title="Дневник практики")

    assert "Опубликовано" in page.text
    settings = house.main()["portfolio.yml"].decode()
    assert settings == (
        "language: ru\nheadline: Садовник\nsections:\n"
        "- id: dnevnik-praktiki\n  title: Дневник практики\n"
    )
    page.look("/desk/mine/")
    assert "Добавить в раздел «Дневник практики»" in page.text


def test_items_are_put_in_another_order_without_touching_them(house):
    page = house.anna().look("/desk/add/goals/")
    for title in ("Первая", "Вторая"):
        page.look("/desk/add/goals/").send(title=title).send(button=("do", "send"))
        page.send(declared="1")
    before = {path: content for path, content in house.main().items() if "goals/" in path}
    page.look("/desk/order/goals/")
    titles = page.text
    last = [one for one in page.form().buttons if one[0] == "earlier"][-1]
    page.send(button=last)

    assert page.text != titles
    after = house.main()
    assert {path: content for path, content in after.items() if "goals/" in path} == before
    assert "order:" in after["portfolio.yml"].decode()


def test_the_words_about_oneself(house):
    page = house.anna().look("/desk/edit/about/")
    assert dict(page.form().fields)["body"] == "Люблю тенистые сады."
    page.send(button=("do", "send"), body="Люблю солнце.")
    assert "рецензент посмотрит её позже" in page.text
    page.send(declared="1")

    assert house.main()["about.md"].decode() == "Люблю солнце.\n"


def test_a_finished_or_closed_portfolio_takes_nothing_and_says_why(house):
    ledger = house.workplace.ledger
    ledger.people.set(Person(person=ANNA, group="ld-26-1", is_open=True, is_frozen=True))
    assert "Портфолио завершено" in house.anna().look("/desk/edit/about/", status=403).text
    house.anna().look("/desk/mine/")

    ledger.people.set(Person(person=ANNA, group="ld-26-1", is_open=True))
    ledger.consents.withdraw(ANNA, "c-1", house.clock())
    assert "нужно ваше письменное согласие" in house.anna().look("/desk/mine/", status=403).text


def test_a_form_without_the_word_of_the_session_changes_nothing(house):
    page = house.anna().look("/desk/edit/about/")
    page.send(csrf="forged", body="Чужое", status=403)

    assert house.office.drafts.of_account(ANNA, ANNA) == ()
