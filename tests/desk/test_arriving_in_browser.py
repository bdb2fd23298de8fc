"""The box of large files in a real browser: pause, cancel, waiting, its row, keys, axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.street import ANNA, AXE, DESK, PHONE

EDIT = "/desk/edit/works.dvor/"
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 4000
WHERE = "Добавить фотографии и файлы"


class Line:
    """The line to the desk: pieces wait on it while it is held."""

    def __init__(self, page):
        self.is_held, self.pieces, self._waiting = True, 0, []
        page.route("**/desk/arriving/**", self._pass)

    def _pass(self, route):
        if route.request.headers.get("content-type") != "application/octet-stream":
            route.continue_()
            return
        self.pieces += 1
        if self.is_held:
            self._waiting.append(route)
        else:
            route.continue_()

    def let_go(self, *, for_good=True):
        """Let what waits go on; and what comes after it too."""
        self.is_held = not for_good
        waiting, self._waiting = self._waiting, []
        for route in waiting:
            route.continue_()


@pytest.fixture
def anna(somebody):
    one = somebody(ANNA).open(EDIT)
    one.line = Line(one.page)
    return one


def choose(one, *names):
    files = [{"name": name, "mimeType": "video/mp4", "buffer": FILM} for name in names]
    one.page.get_by_label(WHERE).set_input_files(files)
    expect(one.page.locator(".d-arrival__words").first).to_contain_text("пришло 0 из 1 МБ")


def files_of(house):
    return [path for draft in house.office.drafts.of_account(ANNA, ANNA) for path in draft.files]


def focused(one):
    return one.page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")


def test_a_file_is_paused_and_goes_on_by_keys_alone(house, anna):
    choose(anna, "walk.mp4")
    anna.page.get_by_label(WHERE).focus()
    anna.page.keyboard.press("Tab")
    assert focused(anna) == "Остановить: walk.mp4"
    anna.page.keyboard.press("Enter")
    expect(anna.page.locator("[data-spoken]")).to_have_text(
        "walk.mp4: Пересылка остановлена. Пришедшее сохранено."
    )
    assert focused(anna) == "Продолжить: walk.mp4"
    anna.line.let_go(for_good=True)
    anna.page.wait_for_timeout(300)
    assert anna.line.pieces == 1
    anna.page.keyboard.press("Enter")
    expect(anna.page.get_by_role("group", name="walk.mp4")).to_be_visible()
    assert "works/dvor/walk.mp4" in files_of(house)
    assert anna.complaints == []


def test_a_file_that_was_cancelled_is_forgotten_on_both_sides(house, anna):
    choose(anna, "walk.mp4")
    assert len(house.office.arrivals.of(ANNA)) == 1
    with anna.page.expect_response("**/forget/"):
        anna.page.get_by_role("button", name="Отменить: walk.mp4").press("Enter")
    expect(anna.page.locator(".d-arrival")).to_have_count(0)
    expect(anna.page.get_by_label(WHERE)).to_be_focused()
    assert house.office.arrivals.of(ANNA) == ()
    anna.line.let_go()
    anna.tap("Сохранить")
    expect(anna.page.get_by_text("Сохранено").first).to_be_visible()
    assert "works/dvor/walk.mp4" not in files_of(house)


def test_a_form_that_is_sent_meanwhile_waits_for_the_file(house, anna):
    choose(anna, "walk.mp4")
    anna.tap("Дальше: отправить")
    expect(anna.page.get_by_text("Файл ещё пересылается.")).to_be_visible()
    assert EDIT in anna.page.url
    anna.line.let_go()
    anna.page.wait_for_url("**/desk/send/works.dvor/**")
    assert "works/dvor/walk.mp4" in files_of(house)
    assert anna.complaints == []


def test_or_it_goes_without_the_file_when_told_to(house, anna):
    choose(anna, "walk.mp4")
    anna.write("Рассказ о работе", "Без записи")
    anna.tap("Сохранить")
    anna.tap("Не ждать")
    anna.page.wait_for_url("**/?said=saved")
    assert "works/dvor/walk.mp4" not in files_of(house)
    expect(anna.page.get_by_label("Рассказ о работе")).to_have_value("Без записи")
    expect(anna.page.get_by_text("Выберите тот же файл ещё раз")).to_be_visible()


def test_a_file_that_has_come_is_a_row_of_the_form_at_once(anna):
    """With its words, its preview and its place in the order; nobody loses where they are."""
    page = anna.page
    caption = page.get_by_role("group", name="plan.png").get_by_label("Подпись")
    caption.fill("Новый план")
    choose(anna, "walk.mp4")
    caption.focus()
    anna.line.let_go()
    row = page.get_by_role("group", name="walk.mp4")
    expect(row.locator("video")).to_be_visible()
    expect(page.locator(".d-arrival")).to_have_count(0)
    expect(page.locator("[data-spoken]")).to_have_text("walk.mp4: Файл добавлен в черновик.")
    expect(caption).to_be_focused()
    expect(caption).to_have_value("Новый план")

    row.get_by_label("Подпись").fill("Прогулка")
    page.get_by_role("button", name="Переместить: walk.mp4").press("Home")
    expect(page.locator(".d-file legend")).to_have_text(["walk.mp4", "plan.png"])
    expect(page.get_by_role("button", name="Переместить: plan.png")).to_be_visible()
    anna.tap("Сохранить")
    page.wait_for_url("**/?said=saved*")
    expect(page.locator(".d-file legend")).to_have_text(["walk.mp4", "plan.png"])
    expect(row.get_by_label("Подпись")).to_have_value("Прогулка")
    row.get_by_label("Убрать").check()
    anna.tap("Сохранить")
    expect(page.locator(".d-file legend")).to_have_text(["plan.png"])
    assert anna.complaints == []


def test_whoever_stands_on_the_file_stands_on_its_row_afterwards(anna):
    choose(anna, "walk.mp4")
    anna.page.get_by_role("button", name="Остановить: walk.mp4").focus()
    anna.line.let_go()
    row = anna.page.get_by_role("group", name="walk.mp4")
    expect(row.get_by_label("Подпись")).to_be_focused()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone, dark", "desk, light"]
)
def test_every_state_of_the_box_is_clean_for_axe(somebody, viewport, scheme):
    anna = somebody(ANNA, viewport, color_scheme=scheme).open(EDIT)
    anna.line = Line(anna.page)
    page, found = anna.page, []

    def look(state):
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE})
        wrong = page.evaluate(
            "axe.run({resultTypes: ['violations']}).then(all => all.violations.map(v => v.id))"
        )
        found.extend((state, one) for one in wrong)
        width = page.evaluate("document.documentElement.scrollWidth")
        found.extend([(state, width)] if width > viewport["width"] else [])

    choose(anna, "walk.mp4", "a-name-that-is-very-long-and-has-no-room-on-a-telephone.mp4")
    look("comes, and waits")
    anna.tap("Сохранить")
    look("held")
    page.get_by_role("button", name="Остановить: walk.mp4").click()
    look("paused")
    page.route("**/desk/arriving/**", lambda route: route.abort("connectionreset"))
    anna.line.let_go()
    expect(page.get_by_text("Связь прервалась").first).to_be_visible()
    look("broken")
    page.unroute("**/desk/arriving/**")
    page.reload()
    look("begun before")
    page.get_by_label(WHERE).set_input_files(
        [{"name": "walk.avi", "mimeType": "video/avi", "buffer": FILM}]
    )
    expect(page.locator(".d-arrival__words")).to_contain_text("не всякий браузер")
    look("refused")
    page.get_by_role("button", name="Отменить: walk.avi").click()
    page.get_by_label(WHERE).set_input_files(
        [{"name": "walk.mp4", "mimeType": "video/mp4", "buffer": FILM}]
    )
    expect(page.get_by_role("group", name="walk.mp4")).to_be_visible()
    look("a row")
    assert found == []
