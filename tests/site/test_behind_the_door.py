"""Every screen behind the real door, as each role: axe-core, both schemes, telephone and desk.

The desk, the lists, the own pages: no complaint of axe or of the browser, nothing wider than the
screen, a way out on each, and the other language.
"""

from __future__ import annotations

import pytest

from tests.site.conftest import AXE, DESK, PHONE
from tests.site.people_with_browsers import Somebody
from tests.site.served_academy import served_academy
from tests.site.test_accessibility import COLOURS, RULES, look
from tools.desk_screens import OLGA, SCREENS
from tools.desk_seldom import make_happen

ROLES = ("listener", "reviewer", "verifier", "registrar", "auditor", "participant")
BESIDE = {
    "listener": ("/oauth2/access",),
    "reviewer": ("/c/", "/desk/people/{olga}/"),
    "registrar": (
        "/c/",
        "/desk/people/{olga}/",
        "/desk/content/edit/announcements/lektsiya-o-svete.md",
        "/desk/content/edit/policy.yml",
        "/desk/content/edit/materials/new.md",
    ),
}
ALL = ("/p/", "/oauth2/sessions")


@pytest.fixture(scope="module")
def house(demo, tmp_path_factory):
    with served_academy(demo, tmp_path_factory.mktemp("behind-the-door")) as served:
        session, _ = served
        make_happen(session.office)
        yield served


def screens(role, people):
    """The addresses of the screens of a role: those of the desk, and those beside it."""
    own = [one.address(people) for one in SCREENS if one.account == role]
    return own + [path.format(olga=people[OLGA]) for path in (*BESIDE.get(role, ()), *ALL)]


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_of_a_role_is_clean_and_leads_out(browser, house, people, role):
    _, address = house
    somebody = Somebody(browser, address, role, PHONE)
    somebody.sign_in("/p/")
    page = somebody.page
    for path in screens(role, people):
        assert page.goto(address + path).status == 200, path
        page.evaluate(AXE)
        # What holds for all of the page is looked at twice, what colours and widths change always.
        for scheme, screen, rules in (
            ("light", PHONE, RULES),
            ("dark", PHONE, COLOURS),
            ("dark", DESK, RULES),
            ("light", DESK, COLOURS),
        ):
            look(page, path, scheme, screen, rules)
            assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], path
        assert page.locator("a[href='/oauth2/sign-out']").count(), path
    somebody.open("/desk/").tap("In English", "link")
    assert page.locator("html").get_attribute("lang") == "en"
    somebody.open("/oauth2/sessions")
    assert somebody.sees("My sign-ins"), "the language stays chosen from screen to screen"
    somebody.context.close()
    assert somebody.complaints == []
