"""axe-core finds nothing on any kind of page: both colour schemes, telephone and desk."""

from __future__ import annotations

from tests.site.conftest import AXE, DESK, PHONE

RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


def complaints(page, options):
    """What axe finds: the rule, how bad it is, and the elements."""
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        (one["id"], one["impact"], [node["html"][:200] for node in one["nodes"]])
        for one in result["violations"]
    ]


def look(page, kind, scheme, screen, options):
    page.set_viewport_size(screen)
    # Colours change at once then; half-way between two schemes nothing has to be readable.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert complaints(page, options) == [], (str(kind), scheme, screen["width"])


def test_axe_finds_nothing_on_any_kind_of_page(watched, kinds):
    for kind in kinds:
        watched.page.goto(kind.address)
        watched.page.evaluate(AXE)
        look(watched.page, kind, "light", PHONE, RULES)
        # The pages of the other projections are made of the same parts in the same colours.
        if kind.projection in ("owner", "public"):
            look(watched.page, kind, "dark", PHONE, COLOURS)
            look(watched.page, kind, "dark", DESK, RULES)
            look(watched.page, kind, "light", DESK, COLOURS)


def test_axe_finds_nothing_in_the_open_sections(watched, kinds):
    watched.page.goto(kinds[0].address)
    watched.page.locator(".f-menu").click()
    watched.page.evaluate(AXE)
    for scheme in ("light", "dark"):
        look(watched.page, "sections", scheme, PHONE, RULES)


def test_axe_finds_nothing_in_the_search_window(watched, kinds):
    watched.page.goto(kinds[0].address)
    watched.page.locator(".f-find").click()
    watched.page.evaluate(AXE)
    for question in ("портфолио", "абырвалг"):
        watched.page.locator(".f-search__field").fill(question)
        watched.page.locator(".f-search:not([aria-busy])").wait_for()
        for scheme in ("light", "dark"):
            look(watched.page, question, scheme, PHONE, RULES)
            look(watched.page, question, scheme, DESK, RULES)


def test_axe_finds_nothing_around_an_enlarged_picture(watched, with_pictures):
    watched.page.goto(with_pictures)
    watched.page.locator(".c-gallery figure > a").first.click()
    watched.page.locator(".f-view").wait_for()
    watched.page.evaluate(AXE)
    look(watched.page, "picture", "light", PHONE, RULES)
    look(watched.page, "picture", "light", DESK, RULES)


def test_axe_sees_what_is_wrong(watched, kinds):
    watched.page.goto(kinds[0].address)
    watched.page.evaluate(AXE)
    watched.page.evaluate("document.documentElement.removeAttribute('lang')")
    [(rule, impact, _)] = complaints(watched.page, RULES)
    assert (rule, impact) == ("html-has-lang", "serious")
