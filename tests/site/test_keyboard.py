"""Everything by keyboard: what can be reached, whether it is seen, where it leads and back."""

from __future__ import annotations

from tests.site.conftest import DESK

# What can take the focus and is seen, in the order of the page; when the letters have come and what
# is wider than the screen has been measured, since it takes the focus too.
REACHABLE = """async () => {
    await document.fonts.ready;
    await new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)));
    const all = document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex]');
    const seen = one => one.checkVisibility({visibilityProperty: true});
    return [...all].filter(one => one.tabIndex >= 0 && seen(one)).length;
}"""
FOCUSED = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {
        body: one === document.body,
        text: one.innerText || one.getAttribute('aria-label') || '',
        seen: outlined && box.width > 0 && box.right > 0 && box.left < innerWidth,
        html: one.outerHTML.slice(0, 120),
    };
}"""


def walk(page):
    """Press Tab until the page has been gone through: what had the focus, in order."""
    stops = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["body"] or (stops and stop == stops[0]):
            return stops
        stops.append(stop)
    raise AssertionError("the focus does not come out of the page")


def focused(page):
    return page.evaluate(FOCUSED)["text"].strip()


def test_every_stop_of_the_tab_key_is_seen_and_none_is_left_out(watched, kinds):
    for kind in kinds:
        if kind.projection in ("owner", "public"):
            watched.page.goto(kind.address)
            expected = watched.page.evaluate(REACHABLE)
            stops = walk(watched.page)
            assert [stop["html"] for stop in stops if not stop["seen"]] == [], kind
            assert len(stops) == expected, kind


def test_the_first_stop_leads_past_the_header(watched, owner):
    watched.page.goto(f"{owner}study/")
    watched.page.keyboard.press("Tab")
    assert focused(watched.page) == "К содержанию страницы"
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.press("Tab")
    inside = watched.page.evaluate("document.activeElement.closest('article') !== null")
    assert inside


def test_the_sections_open_and_close_by_keyboard(watched, owner):
    page = watched.page
    page.goto(f"{owner}study/")
    menu = page.locator(".f-menu")
    for key in ("Enter", "Space"):
        menu.focus()
        page.keyboard.press(key)
        assert menu.get_attribute("aria-expanded") == "true"
        assert focused(page) == "Учебный план"
        page.keyboard.press("Escape")
        assert menu.get_attribute("aria-expanded") == "false"
        assert focused(page) == "Разделы"
    page.keyboard.press("Enter")
    page.locator(".f-nav a").last.focus()
    page.keyboard.press("Tab")
    assert menu.get_attribute("aria-expanded") == "false"


def test_the_search_window_is_worked_by_keyboard(watched, owner):
    page = watched.page
    page.goto(f"{owner}study/")
    page.locator(".f-find").focus()
    page.keyboard.press("Enter")
    page.locator(".f-search__field").wait_for()
    page.keyboard.type("сад")
    page.locator(".f-search__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(
        "document.activeElement === document.querySelectorAll('.f-search__link')[1]"
    )
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert not page.locator(".f-search").is_visible()
    assert focused(page) == "Поиск"


def test_enter_in_the_search_field_leads_to_the_first_answer(watched, owner):
    page = watched.page
    page.goto(owner)
    page.locator(".f-find").click()
    page.locator(".f-search__field").fill("учебный план")
    first = page.locator(".f-search__link").first
    first.wait_for()
    target = first.get_attribute("href").partition("#")[0]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{target}**")


def test_colours_change_by_keyboard_and_stay_chosen(watched, owner):
    page = watched.page
    page.goto(owner)
    button = page.locator(".f-colours")
    schemes = []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        page.goto(owner)
        schemes.append(
            (
                page.evaluate("document.documentElement.dataset.colours"),
                page.evaluate("document.body.dataset.mdColorScheme"),
            )
        )
    assert schemes == [("light", "default"), ("dark", "slate"), ("auto", "default")]


def test_the_sections_stand_beside_the_page_where_there_is_room(watched, owner):
    watched.page.set_viewport_size(DESK)
    watched.page.goto(owner)
    assert watched.page.locator(".f-nav a").first.is_visible()
    assert not watched.page.locator(".f-menu").is_visible()


def test_nothing_moves_for_those_who_do_not_want_it(watched, owner):
    watched.page.emulate_media(reduced_motion="reduce")
    watched.page.goto(owner)
    moving = watched.page.evaluate(
        """[...document.querySelectorAll('*')].filter(one => {
            const {transitionDuration, transitionProperty, animationName} = getComputedStyle(one);
            return animationName !== 'none'
                || (transitionProperty !== 'none' && parseFloat(transitionDuration) > 0);
        }).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert moving == []
