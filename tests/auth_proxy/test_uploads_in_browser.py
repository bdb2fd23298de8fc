"""What somebody has uploaded, opened in a real browser through the real door: nothing of it runs.

Sources: OWASP "Unrestricted File Upload"; CWE-434, CWE-79; files that are two things at once.
"""

from __future__ import annotations

import pytest

from auth_proxy.sign_in.cookies import Cookie
from tests.auth_proxy.village import ANNA, PNG, Village

HOSTILE = b"<script>document.title='hacked';fetch('/hacked')</script>"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="fetch(\'/hacked\')" width="9" height="9">'
    b"<script>document.title='hacked';fetch('/hacked')</script>"
    b"<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload=\"fetch('/hacked')\"/>"
    b"</foreignObject></svg>"
)
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1);"
    b"this.submitForm('/hacked'))>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
FILES = {
    "page.html": HOSTILE,
    "page.htm": HOSTILE,
    "page.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml">' + HOSTILE + b"</html>",
    "page.xml": b'<?xml-stylesheet href="a.xsl"?><a xmlns="http://www.w3.org/1999/xhtml">x</a>',
    "page.shtml": HOSTILE,
    "drawing.svg": SVG,
    "drawing.svgz": SVG,
    "plan.pdf": PDF,
    "script.js": b"document.title='hacked';fetch('/hacked')",
    "style.css": b"body{background:url('/hacked')}",
    "data.json": HOSTILE,
    "note.txt": HOSTILE,
    "noending": HOSTILE,
    "Page.HTML": HOSTILE,
    "polyglot.png": PNG[:8] + HOSTILE,
    "polyglot.gif": b"GIF89a/*" + HOSTILE + b"*/=1;fetch('/hacked')",
    "polyglot.webp": b"RIFF\x00\x00\x00\x00WEBP" + HOSTILE,
    "film.mp4": b"\x00\x00\x00\x18ftypmp42" + HOSTILE,
    "manual/index.html.txt": HOSTILE,
}
PAGE = "<!doctype html><title>a cabinet</title><p id=here>слово "
WAYS = """async (address) => {
    const tried = (element, attribute) => new Promise((done) => {
        element.onload = element.onerror = () => done();
        setTimeout(done, 300);
        element[attribute] = address;
        document.body.append(element);
    });
    const script = document.createElement("script");
    const module = document.createElement("script");
    module.type = "module";
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    await Promise.all([
        tried(script, "src"), tried(module, "src"), tried(sheet, "href"),
        tried(document.createElement("img"), "src"),
        tried(document.createElement("iframe"), "src"),
        tried(document.createElement("embed"), "src"),
        tried(document.createElement("object"), "data"),
    ]);
    try { new Worker(address); } catch { }
    try { await navigator.serviceWorker.register(address); } catch { }
}"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with Village(tmp_path_factory.mktemp("town")) as village:
        works = {f"portfolio/works/sad/{name}": content for name, content in FILES.items()}
        village.build(ANNA, {"owner": {"index.html": PAGE.encode(), **works}})
        yield village


@pytest.fixture
def visit(town, browser):
    """A page that is signed in, and everything it asked for."""
    context = browser.new_context(accept_downloads=True)
    name, value = town.cookie(town.session(ANNA)).split("=")
    assert name == town.jar.name(Cookie.SESSION)
    context.add_cookies([{"name": name, "value": value, "url": town.address}])
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"{dialog.message}/hacked"))
    yield page, asked
    context.close()


def test_what_would_run_would_be_seen(town, visit):
    page, asked = visit
    page.goto(f"{town.address}/c/{ANNA}/")
    page.evaluate("() => fetch('/hacked')")
    assert asked[-1].endswith("/hacked")


@pytest.mark.parametrize("name", FILES)
def test_an_upload_that_is_opened_runs_nothing(town, visit, name):
    """It is saved, or shown as the picture or recording it says it is."""
    page, asked = visit
    place = f"/c/{ANNA}/portfolio/works/sad/{name}"
    page.goto(f"{town.address}/c/{ANNA}/")

    if name.endswith((".png", ".gif", ".webp", ".mp4")):
        page.goto(f"{town.address}{place}")
        page.wait_for_timeout(100)
    else:
        with page.expect_download() as saved:
            page.evaluate("place => { location = place }", place)
        assert saved.value.path().read_bytes() == FILES[name]

    assert "hacked" not in page.title()
    assert not [one for one in asked if one.endswith("/hacked")]


@pytest.mark.parametrize("name", FILES)
def test_an_upload_that_a_page_takes_up_as_a_part_of_itself_runs_nothing(town, visit, name):
    """As a script, a module, a style sheet, a frame, an object, a worker; from our own page."""
    page, asked = visit
    page.goto(f"{town.address}/c/{ANNA}/")

    page.evaluate(WAYS, f"/c/{ANNA}/portfolio/works/sad/{name}")
    page.wait_for_timeout(100)

    assert page.title() == "a cabinet"
    assert not [one for one in asked if one.endswith("/hacked")]
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    )


def test_a_frame_of_another_site_shows_no_page_of_ours(town, visit):
    """Clickjacking (CWE-1021): a page that frames ours sees an error in its place."""
    page, _ = visit
    other = town.address.replace("127.0.0.1", "localhost")
    body = f"<iframe src='{town.address}/c/{ANNA}/'></iframe>"
    page.route(f"{other}/framing", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{other}/framing")
    page.wait_for_timeout(250)
    assert all("a cabinet" not in frame.content() for frame in page.frames)
