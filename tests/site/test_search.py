"""Search in a real browser: Russian word forms, what is shown, and what is said when nothing is."""

from __future__ import annotations

from urllib.parse import unquote

import pytest


class Search:
    """The search window of one site."""

    def __init__(self, page, address):
        self.page = page
        page.goto(address)
        page.locator(".f-find").click()
        self.field = page.locator(".f-search__field")
        self.field.wait_for()

    def ask(self, question):
        """Type a question: the addresses of the answers, best first, from the root of the site."""
        self.field.fill(question)
        self.page.locator(".f-search:not([aria-busy])").wait_for()
        links = self.page.locator(".f-search__link")
        return [unquote(one.get_attribute("href")) for one in links.all()]

    def said(self, beginning):
        """Wait until the window says something that begins so, and give all of it."""
        state = self.page.locator(".f-search__state")
        state.filter(has_text=beginning).wait_for()
        return state.inner_text()

    def marked(self):
        """The words that are marked in the answers."""
        return {one.lower() for one in self.page.locator(".f-search mark").all_inner_texts()}


@pytest.fixture
def search(watched, owner):
    yield Search(watched.page, owner)
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        ("модулей", "модул"),
        ("работу", "работ"),
        ("деревьями", "дерев"),
        ("оценок", "оценк"),
        ("садами", "сад"),
        ("растением", "растени"),
        ("куратору", "куратор"),
    ],
)
def test_a_word_is_found_in_other_forms(search, asked, stem):
    assert search.ask(asked)
    assert {one for one in search.marked() if not one.startswith((stem, asked))} == set()
    assert search.marked() - {asked}


def test_all_forms_of_a_word_find_the_same_pages(search):
    answers = [
        {one.partition("#")[0] for one in search.ask(form)}
        for form in ("чертежа", "чертежи", "чертежей", "чертежами")
    ]
    assert answers[0]
    assert all(one == answers[0] for one in answers)


def test_e_and_yo_are_one_letter(search):
    with_dots, without = search.ask("чертёж"), search.ask("чертеж")
    assert with_dots == without != []
    assert search.ask("учёба") == search.ask("Учеба") != []


def test_the_beginning_of_a_word_finds_it_while_it_is_typed(search):
    assert search.ask("ланд")
    assert any(one.startswith("ландшафт") for one in search.marked())


def test_a_title_stands_before_a_text(search, owner):
    assert search.ask("портфолио")[0].partition("#")[0] == f"{owner}portfolio/"
    assert search.ask("двор на солнечной")[0].startswith(
        f"{owner}portfolio/works/dvor-na-solnechnoy/"
    )


def test_all_words_have_to_be_there_and_what_is_missing_is_said(search):
    both = {one.partition("#")[0] for one in search.ask("сад чертежи")}
    assert both < {one.partition("#")[0] for one in search.ask("чертежи")}
    some = search.ask("чертежи крокодилы")
    assert some
    assert search.said("Всех слов сразу нет ни на одной странице")


def test_a_word_in_quotation_marks_is_sought_as_it_is_written(search):
    search.ask("«модуля»")
    assert search.marked() == {"модуля"}


def test_a_mistyped_word_finds_the_most_similar_one(search):
    assert search.ask("портфолеа")
    assert "портфолио" in search.said("Такого слова нет")


def test_when_nothing_is_found_it_says_what_to_do_and_whom_to_ask(search):
    assert search.ask("синхрофазотрон") == []
    said = search.said("По запросу")
    assert "«синхрофазотрон» ничего не нашлось. Попробуйте другое слово" in said
    assert search.page.get_by_role("link", name="Спросить поддержку").is_visible()


def test_an_answer_shows_the_word_on_its_page(search, watched):
    link = next(one for one in search.ask("деревьями") if ":~:text=" in one)
    word = link.rpartition(":~:text=")[2]
    watched.page.locator(".f-search__link", has_text=word).first.click()
    watched.page.wait_for_load_state()
    assert word in watched.page.locator("article").inner_text()


def test_a_failed_request_is_said_and_can_be_tried_again(watched, owner):
    watched.page.route("**/search_index.json", lambda route: route.abort())
    search = Search(watched.page, owner)
    assert search.said("Поиск сейчас не отвечает")
    watched.page.unroute("**/search_index.json")
    watched.page.keyboard.press("Escape")
    watched.page.locator(".f-find").click()
    assert search.ask("портфолио")


def test_a_shared_portfolio_finds_only_what_it_shows(watched, people, address):
    search = Search(watched.page, f"{address}/p/{people['AL-2026-0011']}/")
    assert search.ask("двор")
    assert search.ask("зачёт по зарплате куратору") == [] or search.said("Всех слов сразу нет")


def test_search_answers_in_english_in_an_english_cabinet(watched, people, address):
    page = watched.page
    page.goto(f"{address}/c/{people['AL-2026-0013']}/")
    page.locator(".f-find").click()
    field = page.locator(".f-search__field")
    for question in ("gardens", "planting"):
        field.fill(question)
        page.locator(".f-search__state", has_text="Pages found").wait_for()
    field.fill("синхрофазотрон")
    page.locator(".f-search__state", has_text="Nothing found").wait_for()


def test_it_answers_quickly_on_a_slow_telephone(watched, owner):
    client = watched.page.context.new_cdp_session(watched.page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    search = Search(watched.page, owner)
    search.ask("портфолио")
    # What is counted is work, not time: the words of a site are gone through once a question.
    counted = watched.page.evaluate(
        """async () => {
            const {readIndex, ask} = await import(document.querySelector('script[type=module]')
                .src.replace('cabinet.js', 'word_index.js'));
            const reply = await fetch('search/search_index.json');
            const index = readIndex((await reply.json()).docs);
            return {entries: index.entries.length, words: index.places.size,
                    answers: ask(index, 'портфолио').answers.length};
        }"""
    )
    assert counted["entries"] < 300
    assert counted["words"] < 8000
    assert counted["answers"] > 3
