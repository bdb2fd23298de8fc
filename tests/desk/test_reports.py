"""A listener reports an error in data of the academy, and the registrar answers."""

from __future__ import annotations

from academy.access import Role
from academy.audit import Action
from ledger.people import Person

ANNA = "bcdfghjkmn"
BORIS = "npqrstvwxz"
GENERAL = "/desk/report/general/"


def registrar(house, account="s-7f3k", *more):
    return house.as_(account, Role.REGISTRAR, *more, groups=())


def test_a_report_is_sent_waits_and_is_answered_on_the_page_it_was_written_on(house):
    page = house.anna().look("/desk/report/study/")
    assert 'value="study" selected' in page.html
    assert 'href="mailto:' in page.html
    page.send(topic="general", text="  В отчестве опечатка.\r\n\r\n<b>Сергеевна</b>  ")
    assert page.address == GENERAL
    assert "Сообщение отправлено" in page.text
    assert "Ждёт ответа" in page.text

    office = registrar(house).look("/desk/people/")
    assert "Ответа ждёт 1 сообщение об ошибке" in office.text.replace("\u00a0", " ")
    assert 'href="/desk/people/?show=silent">' in office.html
    office.look("/desk/reports/")
    assert "Лебедева Анна" in office.text
    assert "В отчестве опечатка." in office.text
    assert "&lt;b&gt;Сергеевна&lt;/b&gt;" in office.html
    office.send(answer="Исправили, спасибо.")
    assert "Ответ отправлен." in office.text
    assert "Ответа никто не ждёт." in office.text
    assert "сообщение об ошибке" not in office.look("/desk/people/").text

    page.look(GENERAL)
    assert "Есть ответ" in page.text
    assert "Исправили, спасибо." in page.text
    changes = [one for one in house.recorded if one.action is not Action.READ]
    assert [(one.action, one.person) for one in changes] == [
        (Action.REPORTED, ANNA),
        (Action.REPORT_SETTLED, ANNA),
    ]  # fmt: skip


def test_nothing_empty_is_sent_nor_answered(house):
    page = house.anna().look(GENERAL).send(text=" \n ", status=422)
    assert "Сообщение пустое" in page.text
    page.send(text="Опечатка")
    office = registrar(house).look("/desk/reports/").send(answer=" ")
    assert "Напишите несколько слов" in office.text
    assert "Ждёт ответа" in page.look(GENERAL).text


def test_a_flood_of_reports_ends_and_what_was_typed_stays(house):
    page = house.anna().look(GENERAL)
    for number in range(20):
        page.send(text=f"Ошибка {number}")
    page.send(text="Ещё одна", status=422)
    assert "уже ждут двадцать" in page.text
    assert "Ещё одна" in page.html


def test_an_error_is_reported_without_consent_or_after_the_end_of_study(house):
    house.office.ledger.people.set(
        Person(person=ANNA, group="ld-26-1", is_open=True, is_frozen=True)
    )
    house.anna().look("/desk/edit/works.dvor/", status=403)
    house.anna().look(GENERAL).send(text="В дипломе опечатка")


def test_nobody_else_reads_or_answers(house):
    page = house.anna().look(GENERAL).send(text="Опечатка")
    page.look("/desk/report/nothing/", status=404)
    page.look("/desk/reports/", status=404)
    house.teacher().look("/desk/reports/", status=404)
    house.teacher().look(GENERAL, status=404)
    other = house.as_(BORIS, Role.LISTENER).look(GENERAL)
    assert "Опечатка" not in other.text


def test_a_registrar_who_studies_here_leaves_their_own_to_others(house):
    house.anna().look(GENERAL).send(text="Опечатка")
    own = registrar(house, ANNA, Role.LISTENER).look("/desk/reports/")
    assert "Ответа никто не ждёт." in own.text
    page = registrar(house).look("/desk/reports/")
    address = page.form().action
    assert (
        own.client.post(address, files=[("csrf", (None, "a-word-of-the-session"))]).status_code
        == 404
    )
    # An answer to the report of one person is not addressed by another's.
    wrong = address.replace(ANNA, BORIS)
    assert (
        page.client.post(wrong, files=[("csrf", (None, "a-word-of-the-session"))]).status_code
        == 404
    )


def test_of_two_answers_the_first_stays(house):
    house.anna().look(GENERAL).send(text="Опечатка")
    first, second = (
        registrar(house).look("/desk/reports/"),
        registrar(house, "s-8").look("/desk/reports/"),
    )
    first.send(answer="Исправили")
    second.send(answer="Не нашли")
    assert "уже ответили" in second.text
    assert "Не нашли" not in second.text
