"""What every screen of the desk has around it: where to go, one's account, the other language."""

from __future__ import annotations

from academy.access import Role


def test_every_screen_leads_to_the_cabinet_the_account_and_out(house):
    page = house.anna().look("/desk/mine/")
    for address in ("/c/", "/oauth2/access", "/oauth2/sessions", "/oauth2/sign-out", "/support/"):
        assert f'href="{address}"' in page.html
    office = house.as_("s-7f3k", Role.REGISTRAR).look("/desk/announcements/")
    assert 'href="/c/"' in office.html
    assert "/oauth2/access" not in office.html, "nobody looks at the data of staff"


def test_a_screen_offers_itself_in_the_other_language(house):
    page = house.anna().look("/desk/sections/?said=saved")
    assert 'href="/desk/sections/?said=saved&amp;lang=en"' in page.html
    english = house.anna(language="en").look("/desk/sections/")
    assert 'href="/desk/sections/?lang=ru"' in english.html
    # A form that comes back would be lost by going elsewhere.
    page.look("/desk/add/works/").send(status=422)
    assert "lang=en" not in page.html


def test_whoever_only_reads_is_led_to_what_they_may_read(house):
    guest = house.as_("s-6b7h", Role.PARTICIPANT, groups=())
    assert guest.client.get("/desk/").url.path == "/p/"
    assert 'class="d-button" href="/p/"' in guest.look("/desk/nothing/", status=404).html
