"""What pages say: whole passages, as they are written for a reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from academy.programme import Term
from academy.projection import OWNER, PARTICIPANTS, RESPONSIBLE
from generator.compose.words import words_of
from tests.generator.conftest import CARD

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORK = "---\ntitle: Сад\nmodule: site-analysis\ndate: 2026-11-01\n---\nТекст\n"
GOAL = "---\ntitle: Бег\nset_on: 2026-11-01\ndue: 2026-11-26\n---\n"
RESULTS = """\
results:
  - {module: ld-basics, outcome: passed, grade: "5", date: 2026-11-20}
  - {module: site-analysis, outcome: passed, date: 2026-04-14}
"""
REVIEW = """\
---
author: s-7m2r
role: reviewer
moment: 2026-11-22T10:00:00+03:00
grade: "4"
answers:
  - {author: listener, moment: 2026-11-23T10:00:00+03:00, text: Спасибо}
---
Хорошо.
"""
RECORD = {"results.yml": RESULTS, "reviews/w/1.md": REVIEW}
MAIN = {"about.md": "Я.\n", "works/w/index.md": WORK, "goals/g.md": GOAL}


@pytest.fixture
def quiet(house):
    """A house without announcements; the group is in the middle of its third module."""
    [group] = [one for one in house.academy.groups if one.id == "ld-26-1"]
    day = AT.date()
    term = Term(module="dendrology", starts=day - timedelta(9), due=day + timedelta(9))
    groups = tuple(
        replace(one, terms=(term,)) if one is group else one for one in house.academy.groups
    )
    house.academy = replace(house.academy, announcements=(), groups=groups)
    return house


def part(page, start, length):
    """So many lines of a page, from the one that begins so."""
    first = next(number for number, line in enumerate(page) if line.startswith(start))
    return page[first : first + length]


def test_the_home_page_says_where_one_is(quiet):
    page = quiet.page(quiet.add(main=MAIN, record=RECORD), "index.md")

    assert page[:10] == [
        "# Здравствуйте, Вера",
        (
            "Модуль 3, «Дендрология и подбор растений для юга». "
            "Идёт сейчас, впереди контроль: экзамен, до 3 декабря 2026."
        ),
        "Ландшафтный дизайн и озеленение",
        "ЛД-26-1",
        "обучается",
        "Пройдено 116 часов из 520. Закрыто 2 модуля из 8.",
        "Пройден: 2",
        "Идёт сейчас: 1",
        "Впереди: 5",
        "Открыть текущий модуль [study/#m-dendrology]",
    ]


def test_the_home_page_says_what_is_next_who_acts_and_how_long_there_is(quiet):
    page = quiet.page(quiet.add(main=MAIN, record=RECORD), "index.md")

    assert part(page, "## Что дальше", 24) == [
        "## Что дальше",
        "Ваш шаг",
        "Скоро сдавать: Дендрология и подбор растений для юга",
        "до 3 декабря 2026 · осталось 9 дней",
        "Открыть модуль [study/#m-dendrology]",
        "Ваш шаг",
        "Подходит срок цели: Бег",
        "до 26 ноября 2026 · осталось 2 дня",
        "Открыть цель [portfolio/goals/#g]",
        "Ваш шаг",
        "Добавьте ещё 2 достижения",
        "Добавить достижение [/desk/add/achievements/]",
        "И ещё 4 дела",
        "Ваш шаг",
        "Поставьте ещё 1 цель",
        "Поставить цель [/desk/add/goals/]",
        "Ваш шаг",
        "Запишите ещё 2 размышления",
        "Записать размышление [/desk/add/reflections/]",
        "Ваш шаг",
        "Добавьте ещё 2 работы",
        "Добавить работу [/desk/add/works/]",
        "Мы проверяем",
        "1 запись ждёт проверки",
    ]


def test_the_home_page_says_what_is_new_and_leads_there(quiet):
    person = quiet.add(main=MAIN, record=RECORD)

    assert part(quiet.page(person, "index.md"), "## Что нового", 4) == [
        "## Что нового",
        "Рецензия Сад [portfolio/works/w/] хорошо · Самарин Павел Андреевич · 22 ноября 2026",
        (
            "Контроль Основы ландшафтного проектирования [study/#m-ld-basics] "
            "Сдано · 5 · 20 ноября 2026"
        ),
        "## Портфолио",
    ]
    later = quiet.page(person, "index.md", at=AT + timedelta(days=30))
    assert part(later, "## Что нового", 3) == [
        "## Что нового",
        "С 10 декабря 2026 нового нет",
        "Здесь появятся рецензии, оценки, результаты проверки, документы и объявления.",
    ]


def test_those_responsible_see_their_own_steps_first_and_the_answer_of_the_listener(quiet):
    page = quiet.page(quiet.add(main=MAIN, record=RECORD), "index.md", RESPONSIBLE)

    assert page[0] == "# Испытателева Вера"
    assert part(page, "## Что дальше и чей ход", 6) == [
        "## Что дальше и чей ход",
        "Ваш ход",
        "1 запись ждёт проверки",
        "проверяем хотя бы раз в 182 дня",
        "Посмотреть записи [portfolio/]",
        "Ход слушателя",
    ]
    assert part(page, "Ответ", 1) == [
        "Ответ на рецензию Сад [portfolio/works/w/] Испытателева Вера · 23 ноября 2026"
    ]
    assert "/desk/" not in "".join(page)


def test_a_module_says_what_proves_it_and_what_is_missing(quiet):
    page = quiet.page(quiet.add(main=MAIN, record=RECORD), "study.md")

    assert part(page, "Результат подтверждают", 2) == [
        "Результат подтверждают",
        "Сад [../portfolio/works/w/] Ждёт проверки",
    ]
    gaps = [line for line in page if line.startswith("Работы, которая")]
    assert gaps == [
        "Работы, которая подтверждает результат, пока нет. "
        f"Добавить работу [/desk/add/works/?module={module}]"
        for module in ("ld-basics", "dendrology")  # Nobody is asked for what is ahead.
    ]


def test_an_empty_place_has_the_button_that_fills_it(quiet):
    assert quiet.page(quiet.add(), "portfolio/works/index.md") == [
        "# Работы",
        "Работ пока нет",
        "Работы показывают, чему вы научились, — их смотрят преподаватели и будущие заказчики.",
        "Начните с одной: фотография и два предложения — что сделали и чему научились.",
        "Добавить работу [/desk/add/works/]",
        "Всё портфолио [../]",
    ]


def test_a_finished_portfolio_has_no_buttons_that_change_it(quiet):
    card = f"{CARD}status: completed\n"
    person = quiet.add(main=MAIN, record={**RECORD, "card.yml": card})

    pages = ("index.md", "portfolio/index.md", "portfolio/works/w/index.md", "study.md")
    texts = {page: "".join(quiet.page(person, page)) for page in pages}
    assert [page for page, text in texts.items() if "/desk/" in text] == ["study.md"]
    assert "[/desk/report/study/]" in texts["study.md"], "errors are reported at any time"
    assert texts["study.md"].count("/desk/") == 1


def test_the_fill_level_shows_its_arithmetic(quiet):
    page = quiet.page(quiet.add(main=MAIN, record=RECORD), "portfolio/index.md")

    assert part(page, "32 %", 9) == [
        "32 % Портфолио заполнено на 32 %.",
        "Сколько есть, сколько нужно и сколько это баллов",
        "Раздел Баллы",
        "Рассказ о себе есть 1, нужно 1 10 из 10",
        "Работы [works/] есть 1, нужно 3 15 из 45",
        "Достижения [achievements/] есть 0, нужно 2 0 из 15",
        "Цели [goals/] есть 1, нужно 2 7 из 15",
        "Размышления [reflections/] есть 0, нужно 2 0 из 15",
        "Итого 32 из 100",
    ]


def test_a_verification_says_who_looked_and_what_it_covers(quiet):
    text = WORK.encode()
    verification = f"""\
verdict: confirmed
verifier: s-9d6m
role: verifier
moment: 2026-11-10T10:00:00+03:00
manifest: [{{path: works/w/index.md, size: {len(text)}, sha256: {sha256(text).hexdigest()}}}]
"""
    person = quiet.add(main=MAIN, record={"verification/w.yml": verification})

    assert part(quiet.page(person, "portfolio/works/w/index.md"), "## Проверка", 6) == [
        "## Проверка",
        "Подтверждено",
        "Сведения подтверждены академией. Действует до 11 мая 2027.",
        "Беляев Роман Викторович, проверяющий · 10 ноября 2026",
        "Проверен 1 файл",
        "Текст записи, 1 КБ",
    ]
    quiet.change(person, main={"works/w/index.md": WORK.replace("Текст", "Другое")})
    assert part(quiet.page(person, "portfolio/works/w/index.md"), "## Проверка", 6) == [
        "## Проверка",
        "Изменено после проверки",
        "После проверки запись изменилась, поэтому её проверят заново.",
        "Беляев Роман Викторович, проверяющий · 10 ноября 2026",
        "Что изменилось с тех пор:",
        "Текст записи: изменено",
    ]


def test_a_page_in_english_has_english_forms(quiet):
    main = {**MAIN, "portfolio.yml": "language: en\n"}
    page = quiet.page(quiet.add(main=main, record=RECORD), "index.md")

    assert "by 26 November 2026 · 2 days left" in page
    assert "116 hours of 520 done. 2 modules of 8 finished." in page


def test_every_page_leads_on(quiet):
    person = quiet.add(main=MAIN, record=RECORD)
    quiet.builder.build(person, AT)

    shut = [
        path
        for path, content in quiet.files(person, "owner").items()
        if path.endswith(".html") and "c-onward" not in content.decode() and path != "index.html"
    ]
    assert shut == []


def test_a_shared_portfolio_says_nothing_about_what_is_not_confirmed(quiet):
    person = quiet.add(main=MAIN, record=RECORD)

    assert "Ждёт проверки" in quiet.page(person, "portfolio/works/w/index.md", RESPONSIBLE)
    shared = quiet.page(person, "works/w/index.md", PARTICIPANTS)
    assert "Ждёт проверки" not in shared
    assert "Проверка" not in shared


def test_a_shared_portfolio_with_nothing_in_it_says_so(quiet):
    page = quiet.page(quiet.add(), "index.md", PARTICIPANTS)

    what, why = part(page, "Здесь пока", 2)
    assert what == "Здесь пока ничего не показано"
    assert why.endswith("спросите о них того, от кого узнали об этой странице.")


def test_a_module_with_many_works_shows_some_and_folds_up_the_others(quiet):
    works = {f"works/w{number}/index.md": WORK for number in range(7)}
    page = quiet.page(quiet.add(main=works), "study.md")

    place = page.index("И ещё 2 работы")
    proofs = [number for number, line in enumerate(page) if line.startswith("Сад [")]
    assert [number - place for number in proofs] == [-5, -4, -3, -2, -1, 1, 2]


def test_central_data_say_their_day_who_answers_and_where_to_write_of_errors(quiet):
    for reader in (OWNER, RESPONSIBLE):
        page = quiet.page(quiet.add() if reader is OWNER else "23456789bc", "general.md", reader)
        [told] = [line for line in page if line.startswith("Сообщить об ошибке")]
        assert "alvasarschool@mail.ru" in told
        assert "[mailto:alvasarschool@mail.ru?subject=" in told
        assert ("[/desk/report/general/]" in told) is (reader is OWNER)


def test_no_line_breaks_inside_a_date_or_between_a_number_and_what_it_counts(academy):
    words = words_of("ru", academy.time_zone)

    assert words.day(AT.date()) == "24\u00a0ноября\u00a02026"
    assert words.moment(AT) == "24\u00a0ноября\u00a02026, 12:00"
    assert words.count("proof-more", 2) == "И ещё 2\u00a0работы"


def test_of_many_reviews_the_newest_are_open_and_the_others_folded_up(quiet):
    reviews = {
        f"reviews/w/{number}.md": REVIEW.replace("Хорошо.", f"Рецензия {number}.")
        for number in range(1, 9)
    }
    page = quiet.page(
        quiet.add(main=MAIN, record={**RECORD, **reviews}), "portfolio/works/w/index.md"
    )

    folded = page.index("Раньше: ещё 3 рецензии")
    found = [page.index(f"Рецензия {number}.") for number in range(1, 9)]
    assert found == sorted(found)
    assert folded < found[0]
