"""Every screen behind the real door, as each role: axe-core, both schemes, telephone and desk.

The desk, the lists, the own pages: no complaint of axe or of the browser, nothing wider than the
screen, a way out on each, and the other language.
"""

from __future__ import annotations

import pytest

from tests.site.conftest import AXE, DESK, PHONE
from tests.site.people_with_browsers import Somebody
from tests.site.served_academy import served_academy
from tests.site.test_accessibility import RULES, look

ROLES = ("listener", "reviewer", "verifier", "registrar", "auditor", "participant")
WORK = "works.dvor-na-solnechnoy"
OWN = ("/p/", "/oauth2/sessions")


@pytest.fixture(scope="module")
def house(demo, tmp_path_factory):
    with served_academy(demo, tmp_path_factory.mktemp("behind-the-door")) as served:
        yield served


def screens(role, person, waiting):
    """The addresses of the screens of a role."""
    submission = f"/desk/review/{waiting}/1/"
    staff = ("/c/", "/desk/people/", f"/desk/people/{person}/")
    return {
        "listener": (
            "/oauth2/access", "/desk/mine/", "/desk/add/works/", "/desk/add/achievements/",
            "/desk/add/goals/", f"/desk/edit/{WORK}/", "/desk/edit/about/", f"/desk/send/{WORK}/",
            "/desk/sent/1/", "/desk/sections/", "/desk/order/works/", "/desk/files/",
            "/desk/files/about.md", "/desk/tokens/",
        ),
        "reviewer": (
            *staff, "/desk/review/", submission,
            f"{submission}suggest/works.dorozhka-vdol-drenazha/", f"/desk/people/{waiting}/",
        ),
        "verifier": (*staff, "/desk/verify/", f"/desk/verify/{person}/{WORK}/"),
        "registrar": (*staff, "/desk/announcements/", "/desk/announcements/new/", "/desk/import/"),
        "auditor": staff,
        "participant": (),
    }[role] + OWN  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_of_a_role_is_clean_and_leads_out(browser, house, people, role):
    _, address = house
    somebody = Somebody(browser, address, role, PHONE)
    somebody.sign_in("/p/")
    page = somebody.page
    for path in screens(role, people["AL-2026-0011"], people["AL-2026-0012"]):
        assert page.goto(address + path).status == 200, path
        page.evaluate(AXE)
        for scheme, screen in (("light", PHONE), ("dark", DESK)):
            look(page, path, scheme, screen, RULES)
            assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], path
        assert page.locator("a[href='/oauth2/sign-out']").count(), path
    somebody.open("/desk/").tap("In English", "link")
    assert page.locator("html").get_attribute("lang") == "en"
    somebody.open("/oauth2/sessions")
    assert somebody.sees("My sign-ins"), "the language stays chosen from screen to screen"
    somebody.context.close()
    assert somebody.complaints == []
