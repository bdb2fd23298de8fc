"""What a newcomer comes for, done by touch on a telephone: how many taps each takes.

The newcomer knows no address and no structure: only what a link or button is called
is used. Scrolling is no tap; a tap that leads nowhere would be one too many.
"""

from __future__ import annotations

import re

import pytest

from tests.site.conftest import PHONE

TAPS = {
    "my next deadline": 0,
    "the feedback on a work": 2,
    "a resource of module 3": 2,
    "what the academy holds about me": 2,
    "whom to ask": 2,
    "a word I remember": 2,
}


class Newcomer:
    """A person with a telephone who taps on what promises to lead further."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def tap(self, name, role="link", within="body"):
        self.page.locator(within).get_by_role(role, name=name).first.tap()
        self.taps += 1

    def sees(self, text):
        """Wait for a text on the page one has come to, for eyes, without another tap."""
        self.page.locator("article").get_by_text(text).filter(visible=True).first.wait_for()


@pytest.fixture
def newcomer(browser, owner):
    context = browser.new_context(viewport=PHONE, locale="ru-RU", has_touch=True)
    page = context.new_page()
    page.goto(owner)
    yield Newcomer(page)
    context.close()


def test_my_next_deadline(newcomer):
    newcomer.sees(re.compile("до 4 декабря 2026 · осталось 10 дней"))
    assert newcomer.taps == TAPS["my next deadline"]


def test_the_feedback_on_a_work(newcomer):
    newcomer.tap("Открыть портфолио")
    newcomer.tap("Двор на Солнечной улице", within="article")
    newcomer.sees("Рецензии и оценки")
    newcomer.sees("Самарин Павел Андреевич")
    assert newcomer.taps == TAPS["the feedback on a work"]


def test_a_resource_of_module_three(newcomer):
    newcomer.tap("Открыть текущий модуль")
    newcomer.sees("3. Дендрология и подбор растений для юга")
    newcomer.tap("Растения для сада у моря", within="article")
    newcomer.sees(re.compile("Нашему саду достаются"))
    assert newcomer.taps == TAPS["a resource of module 3"]


def test_what_the_academy_holds_about_me(newcomer):
    newcomer.tap("Разделы", "button")
    newcomer.tap("Общие данные")
    newcomer.sees("AL-2026-0011")
    newcomer.sees("Сообщить об ошибке в данных")
    assert newcomer.taps == TAPS["what the academy holds about me"]


def test_whom_to_ask(newcomer):
    newcomer.tap("Разделы", "button")
    newcomer.tap("К кому обратиться")
    newcomer.sees("Куратор")
    assert newcomer.taps == TAPS["whom to ask"]


def test_a_word_i_remember(newcomer):
    newcomer.tap("Поиск", "button")
    newcomer.page.locator(".f-search__field").fill("поливом на склонах")
    newcomer.page.locator(".f-search__link").first.wait_for()
    newcomer.tap("Полив на склоне, где вода убегает")
    newcomer.sees("Полив на склоне, где вода убегает")
    assert newcomer.taps == TAPS["a word I remember"]


def test_every_target_is_large_enough_for_a_thumb(watched, kinds):
    for kind in kinds:
        watched.page.goto(kind.address)
        small = watched.page.evaluate(
            """[...document.querySelectorAll(
                'header :is(a, button), .f-nav a, .c-button, .md-path a, footer a, '
                + '.c-more > summary, .c-contacts a, .c-onward a')]
                .filter(one => one.checkVisibility({visibilityProperty: true}))
                .map(one => [one.innerText.trim(), one.getBoundingClientRect()])
                .filter(([, box]) => Math.min(box.width, box.height) < 43.5)
                .map(([name, box]) => [name, box.width, box.height])"""
        )
        assert small == [], kind
