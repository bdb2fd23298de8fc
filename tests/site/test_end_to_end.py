"""From a photograph on a telephone to a page others read: through the real way in, by the forms."""

from __future__ import annotations

import pytest

from tests.site.conftest import DESK, PHONE
from tests.site.people_with_browsers import Somebody, photograph
from tests.site.served_academy import served_academy

TITLE = "Сад у школы"


@pytest.fixture
def street(demo, tmp_path):
    with served_academy(demo, tmp_path) as (_, address):
        yield address


@pytest.fixture
def somebody(browser, street):
    people = []

    def come(name, viewport, **options):
        people.append(Somebody(browser, street, name, viewport, **options))
        return people[-1]

    yield come
    for one in people:
        one.context.close()


def test_photographs_go_all_the_way_to_a_page_that_others_read(somebody, people, artefacts):
    all_the_way(somebody, people["AL-2026-0011"], _folder(artefacts, "all-the-way"))


def test_and_so_they_do_with_script_switched_off(somebody, people, artefacts):
    folder = _folder(artefacts, "all-the-way-without-script")
    all_the_way(somebody, people["AL-2026-0011"], folder, java_script_enabled=False)


def all_the_way(somebody, person, kept, **options):
    olga = somebody("listener", PHONE, **options).sign_in(f"/c/{person}/portfolio/")
    teacher = somebody("reviewer", DESK, **options)
    other = somebody("participant", PHONE, **options)

    number = add_and_send(olga, kept)
    assert olga.counted() == 6
    teacher.sign_in("/desk/")
    word_differently_and_return(teacher, kept)
    assert teacher.counted() == 5
    take_over_and_mend(olga, kept)
    assert olga.counted() == 6
    accept_and_publish(teacher, kept)
    assert teacher.counted() == 3
    see_it_in_the_cabinet(olga, person, number, kept)
    assert olga.counted() == 2
    other.sign_in("/p/")
    read_what_is_shared(other, kept)
    assert other.counted() == 2

    assert olga.complaints == teacher.complaints == other.complaints == []


def add_and_send(olga, kept):
    olga.show(kept, "cabinet")
    olga.tap("Добавить работу", "link")
    two = [("image.jpg", photograph(colour)) for colour in ("green", "red")]
    olga.choose("Фотографии и файлы работы", *two)
    olga.write("Как называется работа", TITLE)
    olga.write("Что вы сделали?", "Посадили клен у входа.")
    olga.show(kept, "adding")
    olga.tap("Сохранить черновик")
    olga.show(kept, "draft")
    olga.tap("Дальше: отправить")
    olga.show(kept, "sending")
    olga.tap("Подтверждаю", "checkbox")
    olga.tap("Отправить на рецензию")
    assert olga.sees("Ход академии")
    olga.show(kept, "sent")
    return olga.page.url.partition("?")[0].rstrip("/").rpartition("/")[2]


def word_differently_and_return(teacher, kept):
    teacher.show(kept, "queue")
    teacher.tap(TITLE, "link")
    assert teacher.page.locator(".d-paper img").count() == 2
    teacher.show(kept, "submission")
    teacher.tap("Предложить правку", "link")
    text = teacher.page.get_by_role("textbox", name="Текст", exact=True)
    text.fill(text.input_value().replace("клен", "клён"))
    teacher.show(kept, "suggesting")
    teacher.tap("Предложить автору")
    teacher.unfold("Вернуть на доработку")
    teacher.write("Что нужно исправить", "Подпишите снимки.")
    teacher.tap("Вернуть автору")
    assert teacher.sees("Возвращено автору")


def take_over_and_mend(olga, kept):
    olga.open("/desk/mine/")
    olga.show(kept, "returned")
    olga.tap(TITLE, "link")
    assert olga.sees("Подпишите снимки.")
    olga.show(kept, "what-was-said")
    olga.tap("Принять правку")
    olga.tap("Доработать", "link")
    assert "клён" in olga.page.get_by_label("Рассказ о работе").input_value()
    for place, words in enumerate(("Клён у входа", "Он же осенью")):
        olga.page.get_by_label("Подпись").nth(place).fill(words)
    olga.show(kept, "mended")
    olga.tap("Дальше: отправить")
    olga.tap("Подтверждаю", "checkbox")
    olga.tap("Отправить на рецензию")


def accept_and_publish(teacher, kept):
    teacher.open("/desk/review/")
    teacher.tap(TITLE, "link")
    assert teacher.sees("Что изменилось с вашего прошлого просмотра")
    assert teacher.sees("Подпись к image.jpg")
    teacher.show(kept, "submission-again")
    teacher.tap("5 — отлично", "radio")
    teacher.write("Рецензия", "Тень найдена.")
    teacher.tap("Принять и опубликовать")
    assert teacher.sees("Принято и опубликовано.")
    teacher.show(kept, "accepted")


def see_it_in_the_cabinet(olga, person, number, kept):
    olga.open(f"/desk/sent/{number}/")
    olga.show(kept, "published")
    olga.tap("Посмотреть в кабинете", "link")
    assert olga.page.url.startswith(f"{olga.address}/c/{person}/portfolio/works/")
    assert olga.sees("Тень найдена.")
    assert olga.sees("Он же осенью")
    olga.show(kept, "in-the-cabinet")
    olga.tap("Изменить", "link")
    assert olga.page.get_by_label("Название").input_value() == TITLE


def read_what_is_shared(other, kept):
    other.show(kept, "portfolios")
    other.tap("Веретенникова", "link")
    other.show(kept, "portfolio")
    other.tap(TITLE, "link")
    assert other.sees("Посадили клён у входа.")
    assert other.page.get_by_text("Тень найдена.").count() == 0
    other.show(kept, "work")


def _folder(artefacts, name):
    folder = artefacts / name
    folder.mkdir(exist_ok=True)
    return folder
