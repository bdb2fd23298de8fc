"""The whole way in a real browser: photographs, sent, returned, improved, accepted, published."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.street import ANNA, AXE, DESK, TEACHER, photograph


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_work_goes_all_the_way_from_a_phone_to_the_cabinet(house, somebody, has_script):
    anna = somebody(ANNA, java_script_enabled=has_script).open("/desk/")
    anna.tap("Добавить работу", "link")
    anna.choose(
        "Фотографии и файлы работы",
        ("image.jpg", photograph("green")),
        ("image.jpg", photograph("red")),
    )
    anna.write("Как называется работа", "Сад у школы")
    anna.write("Что вы сделали?", "Посадили клён.")
    anna.tap("Сохранить черновик")
    anna.tap("Дальше: отправить")
    anna.tap("Подтверждаю", "checkbox")
    anna.tap("Отправить на рецензию")
    expect(anna.page.get_by_text("Ход академии")).to_be_visible()
    assert anna.taps == 6
    number = anna.page.url.partition("?")[0].rstrip("/").rpartition("/")[2]

    teacher = somebody(TEACHER, DESK, java_script_enabled=has_script).open("/desk/")
    teacher.tap("Сад у школы", "link")
    expect(teacher.page.locator(".d-paper img")).to_have_count(2)
    teacher.page.locator("summary", has_text="Вернуть на доработку").click()
    teacher.write("Что нужно исправить", "Подпишите снимки.")
    teacher.tap("Вернуть автору")
    teacher.page.wait_for_url("**/desk/review/?said=*")

    anna.open(f"/desk/sent/{number}/")
    expect(anna.page.locator(".d-next__reason")).to_have_text("Подпишите снимки.")
    anna.tap("Доработать", "link")
    anna.write("Подпись", "Клён у входа")
    anna.tap("Дальше: отправить")
    anna.tap("Подтверждаю", "checkbox")
    anna.tap("Отправить на рецензию")
    expect(anna.page.get_by_text("Ход академии")).to_be_visible()

    teacher.open(f"/desk/review/{ANNA}/{number}/")
    expect(teacher.page.get_by_text("Что изменилось с вашего прошлого просмотра")).to_be_visible()
    teacher.page.get_by_label("5 — отлично").check()
    teacher.write("Рецензия", "Тень найдена.")
    teacher.tap("Принять и опубликовать")
    expect(teacher.page.get_by_text("Принято и опубликовано.")).to_be_visible()

    manifest = house.office.sites.manifest(ANNA)
    pages = manifest.projections["owner"]
    page = next(p for p in pages if "/works/2026" in p and p.endswith("index.html"))
    html = house.office.sites.path_of(ANNA, pages[page]).read_text(encoding="utf-8")
    assert "Клён у входа" in html
    assert "Тень найдена." in html
    assert anna.complaints == teacher.complaints == []


def test_what_was_typed_survives_a_closed_tab_while_the_line_is_down(somebody):
    anna = somebody(ANNA).open("/desk/edit/works.dvor/")
    anna.context.set_offline(True)
    anna.write("Рассказ о работе", "Написано в поезде")
    anna.page.get_by_text("Связи нет").wait_for()
    anna.page.close()
    anna.context.set_offline(False)

    anna.page = anna.context.new_page()
    anna.open("/desk/edit/works.dvor/")
    anna.tap("Вернуть его")
    expect(anna.page.get_by_label("Рассказ о работе")).to_have_value("Написано в поезде")
    anna.page.get_by_text("Сохранено").wait_for()


def test_a_review_that_was_begun_is_there_after_a_word_to_its_author(house, somebody):
    """Notes, phrases and comments are forms of their own: what stands in the others comes back."""
    house.anna().look("/desk/edit/works.dvor/").send(
        button=("do", "send"), body="Новый рассказ."
    ).send(declared="1")
    teacher = somebody(TEACHER).open(f"/desk/review/{ANNA}/1/")
    review = teacher.page.get_by_label("Рецензия")
    review.fill("Начало длинной рецензии.")
    teacher.page.locator("summary", has_text="Написать автору").click()
    teacher.write("Что сказать", "Какой сорт?")
    teacher.tap("Отправить")
    expect(teacher.page.get_by_text("Мы вернули текст")).to_be_visible()
    expect(review).to_have_value("Начало длинной рецензии.")
    expect(teacher.page.locator("#comment")).to_have_value("")
    teacher.tap("Убрать")
    teacher.page.reload()
    expect(review).to_have_value("")
    assert teacher.complaints == []


def put_in_order(page, at, to):
    """Drag the handle of an entry with a finger to where another one is."""
    grips = page.locator("[data-grip]")
    start, end = grips.nth(at).bounding_box(), grips.nth(to).bounding_box()
    x, y, far = start["x"] + 20, start["y"] + 20, end["y"] - start["y"] + (8 if to > at else -8)
    touches = page.context.new_cdp_session(page)
    for part in range(9):
        kind = "touchMove" if part else "touchStart"
        point = {"x": x, "y": y + far * part / 8}
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.wait_for_timeout(30)
    touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_items_are_put_in_order_by_finger_and_by_keys(house, somebody):
    page = house.anna()
    for title in ("Первая", "Вторая", "Третья"):
        page.look("/desk/add/goals/").send(title=title).send(button=("do", "send"))
        page.send(declared="1")
    anna = somebody(ANNA, has_touch=True).open("/desk/order/goals/")
    titles, said = anna.page.locator(".d-order__title"), anna.page.locator("[data-order-said]")

    first, second, third = titles.all_inner_texts()
    put_in_order(anna.page, 0, 2)
    expect(titles).to_have_text([second, third, first])
    expect(said).to_have_text(f"{first}: место 3 из 3")
    grip = anna.page.get_by_role("button", name=f"Переместить: {third}")
    grip.press("ArrowUp")
    expect(titles).to_have_text([third, second, first])
    expect(grip).to_be_focused()
    anna.tap(f"Выше {first}")
    expect(titles).to_have_text([third, first, second])
    anna.tap("Сохранить порядок")
    expect(anna.page.get_by_text("Опубликовано")).to_be_visible()
    expect(titles).to_have_text([third, first, second])
    assert anna.complaints == []


def test_files_put_in_another_order_save_themselves(house, somebody):
    house.anna().look("/desk/edit/works.dvor/").send(
        button=("do", "save"), files=[("b.jpg", photograph("red")), ("c.jpg", photograph("blue"))]
    )
    anna = somebody(ANNA, has_touch=True).open("/desk/edit/works.dvor/")
    names = anna.page.locator(".d-file legend")
    expect(names).to_have_text(["plan.png", "b.jpg", "c.jpg"])
    with anna.page.expect_response(lambda answer: answer.request.method == "POST"):
        anna.page.get_by_role("button", name="Переместить: c.jpg").press("Home")
    anna.open("/desk/edit/works.dvor/")
    expect(names).to_have_text(["c.jpg", "plan.png", "b.jpg"])
    assert anna.complaints == []


HOSTILE = "\"><img src=x onerror=window.hurt=1><script>window.hurt=1</script>{{7*7}}'"


def test_no_field_and_no_file_name_runs_a_script(house, somebody):
    reader = house.anna().look("/desk/add/works/")
    reader.send(title=HOSTILE, did=HOSTILE, files=[(f"{HOSTILE}.jpg", photograph("green"))])
    key = reader.address.split("/")[3]
    reader.send(button=("do", "send"), files__0__caption=HOSTILE).send(declared="1", note=HOSTILE)
    anna, teacher = somebody(ANNA), somebody(TEACHER)
    for person, path in (
        (anna, "/desk/mine/"),
        (anna, f"/desk/edit/{key}/"),
        (anna, "/desk/sent/1/"),
        (teacher, "/desk/review/"),
        (teacher, f"/desk/review/{ANNA}/1/"),
        (teacher, f"/desk/people/{ANNA}/"),
    ):
        person.open(path)
        assert person.page.evaluate("window.hurt") is None, path
        assert person.page.locator("img[src=x]").count() == 0, path
        assert person.complaints == [], path


def test_what_was_written_while_the_session_ended_is_sent_by_one_press_after_the_sign_in(
    house, somebody
):
    anna = somebody(ANNA).open("/desk/add/works/")
    anna.write("Как называется работа", "Сад у школы")
    anna.context.clear_cookies()
    anna.tap("Сохранить черновик")
    expect(anna.page.get_by_text("Вход закончился, а написанное цело")).to_be_visible()
    anna.context.add_cookies([{"name": "as", "value": ANNA, "url": anna.address}])
    anna.tap("Отправить ещё раз")

    expect(anna.page.get_by_text("Черновик сохранён.")).to_be_visible()
    (draft,) = house.office.drafts.of_account(ANNA, ANNA)
    assert any(path.startswith("works/") for path in draft.files)


def test_every_screen_is_clean_for_axe_and_fits_a_phone(house, somebody):
    reader = house.anna().look("/desk/edit/works.dvor/")
    reader.send(button=("do", "send"), body="Новый рассказ.").send(declared="1")
    screens = [
        (ANNA, ["mine/", "add/works/", "add/goals/", "edit/works.dvor/", "send/works.dvor/",
                "sent/1/", "sections/", "order/works/", "files/", "files/about.md", "tokens/"]),
        (TEACHER, ["review/", f"review/{ANNA}/1/", f"review/{ANNA}/1/suggest/works.dvor/",
                   "people/", f"people/{ANNA}/"]),
        ("s-9d6m", ["verify/", f"verify/{ANNA}/works.dvor/"]),
    ]  # fmt: skip
    found = []
    for account, paths in screens:
        person = somebody(account)
        for path in paths:
            person.open(f"/desk/{path}")
            width = person.page.evaluate("document.documentElement.scrollWidth")
            session = person.context.new_cdp_session(person.page)
            session.send("Runtime.evaluate", {"expression": AXE})
            wrong = person.page.evaluate(
                "axe.run({resultTypes: ['violations']}).then(all => all.violations.map(v => v.id))"
            )
            found += [(path, one) for one in wrong] + ([(path, width)] if width > 390 else [])

    assert found == []
