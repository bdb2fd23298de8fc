"""Pictures enlarged: by finger, by keyboard, and without scripts."""

from __future__ import annotations

import re

import pytest

from tests.site.conftest import site_files

STEADY = (' width="', ' height="', ' loading="lazy"', ' decoding="async"', ' alt="')


@pytest.fixture
def gallery(watched, with_pictures):
    watched.page.goto(with_pictures)
    return watched.page.locator(".c-gallery figure > a")


def shown(page):
    """What the window shows: the place, the caption and the words for those who cannot see."""
    picture = page.locator(".f-view__picture")
    return (
        page.locator(".f-view__count").inner_text(),
        page.locator(".f-view__caption").inner_text(),
        picture.get_attribute("alt"),
    )


def test_a_picture_opens_large_with_its_caption(watched, gallery):
    page = watched.page
    caption = page.locator(".c-gallery figcaption").first.inner_text()
    gallery.first.click()
    page.locator(".f-view__picture").wait_for()
    place, said, alt = shown(page)
    assert (place, said) == (f"1 / {gallery.count()}", caption)
    assert alt == page.locator(".c-gallery img").first.get_attribute("alt")
    page.locator(".f-view__picture").evaluate("one => one.decode()")
    box = page.locator(".f-view__picture").bounding_box()
    assert box["width"] > 300
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert watched.complaints == []


def test_arrows_go_round_and_esc_gives_the_focus_back(watched, gallery):
    page = watched.page
    gallery.first.focus()
    page.keyboard.press("Enter")
    page.locator(".f-view__picture").wait_for()
    first = shown(page)
    page.keyboard.press("ArrowRight")
    second = shown(page)
    assert first != second
    page.keyboard.press("ArrowLeft")
    assert shown(page) == first
    page.keyboard.press("ArrowLeft")
    assert shown(page)[0].startswith(f"{gallery.count()} /")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.locator(".f-view").wait_for(state="detached")
    # The focus returns to the picture one has come to, not to where one began.
    assert gallery.nth(1).evaluate("one => one === document.activeElement")


def test_the_focus_stays_in_the_window(watched, gallery):
    page = watched.page
    gallery.first.click()
    page.locator(".f-view__picture").wait_for()
    stops = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.add(page.evaluate("document.activeElement.innerText"))
        inside = (
            "document.activeElement.closest('.f-view') || document.activeElement === document.body"
        )
        assert page.evaluate(f"Boolean({inside})")
    assert {"Открыть файл", "Закрыть", "‹", "›"} <= stops


def test_buttons_turn_the_pictures_and_close_them(watched, gallery):
    page = watched.page
    gallery.first.click()
    page.get_by_role("button", name="Следующая картинка").click()
    assert shown(page)[0].startswith("2 /")
    page.get_by_role("button", name="Предыдущая картинка").click()
    assert shown(page)[0].startswith("1 /")
    page.get_by_role("button", name="Закрыть").click()
    page.locator(".f-view").wait_for(state="detached")


def test_a_finger_drawn_to_a_side_turns_the_pictures(browser, with_pictures):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(with_pictures)
    page.locator(".c-gallery figure > a").first.tap()
    page.locator(".f-view__picture").wait_for()
    page.locator(".f-view__place").evaluate(
        """place => {
            const at = clientX => new Touch({identifier: 1, target: place, clientX, clientY: 300});
            const options = {bubbles: true};
            place.dispatchEvent(new TouchEvent(
                'touchstart', {...options, touches: [at(300)], changedTouches: [at(300)]}));
            place.dispatchEvent(new TouchEvent(
                'touchend', {...options, touches: [], changedTouches: [at(100)]}));
        }"""
    )
    assert shown(page)[0].startswith("2 /")
    context.close()


def test_without_scripts_a_picture_is_a_link_to_itself(browser, with_pictures):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(with_pictures)
    link = page.locator(".c-gallery figure > a").first
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**/{target}")
    context.close()


def test_no_picture_moves_the_page_while_it_comes(demo, people):
    wrong = []
    for person in people.values():
        for projection in demo.office.sites.manifest(person).projections:
            for path, content in site_files(demo, person, projection).items():
                if path.endswith(".html"):
                    tags = re.findall("<img[^>]*>", content.decode())
                    wrong += [(path, tag) for tag in tags if not all(one in tag for one in STEADY)]
    assert wrong == []


def test_a_telephone_loads_the_narrow_picture(browser, with_pictures):
    loaded = {}
    for name, scale, width in (("phone", 2, 390), ("screen", 2, 1280)):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, device_scale_factor=scale
        )
        page = context.new_page()
        page.goto(with_pictures)
        picture = page.locator(".c-gallery img").first
        picture.scroll_into_view_if_needed()
        picture.evaluate("one => one.decode()")
        loaded[name] = picture.evaluate("one => one.currentSrc")
        context.close()
    assert loaded["phone"].endswith("-720.webp")
