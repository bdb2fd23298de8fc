"""A film from a telephone: the line breaks, the tab is closed, it goes on, and it is seen."""

from __future__ import annotations

import base64

import pytest

from tests.site.conftest import DESK, PHONE
from tests.site.people_with_browsers import Somebody
from tests.site.served_academy import served_academy

# A second of a moving square, as the browser itself records it.
RECORD = """async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 240];
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const done = new Promise((stopped) => { recorder.onstop = stopped; });
    recorder.start();
    for (let step = 0; step < 20; step += 1) {
        pen.fillStyle = `hsl(${step * 18} 80% 50%)`;
        pen.fillRect(0, 0, 320, 240);
        await new Promise((drawn) => { setTimeout(drawn, 50); });
    }
    recorder.stop();
    await done;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let text = "";
    for (const one of bytes) text += String.fromCharCode(one);
    return btoa(text);
}"""
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def film(browser, tmp_path_factory):
    """A film that plays, made as long as one from a telephone by an empty part (EBML Void)."""
    page = browser.new_page()
    recorded = base64.b64decode(page.evaluate(RECORD))
    page.close()
    place = tmp_path_factory.mktemp("film") / "walk.webm"
    size = 6 * MIB
    place.write_bytes(recorded + b"\xec\x01" + size.to_bytes(7, "big") + bytes(size))
    return place


class Line:
    """The line between a browser and the desk: it breaks after so many pieces, and comes back."""

    def __init__(self, page):
        self.pieces, self.breaks_after = 0, None
        page.route("**/desk/arriving/**", self._pass)

    def _pass(self, route):
        is_piece = route.request.headers.get("content-type") == "application/octet-stream"
        if self.breaks_after is not None and self.pieces >= self.breaks_after:
            route.abort("connectionreset")
            return
        self.pieces += is_piece
        route.continue_()


def test_a_film_arrives_over_a_line_that_breaks_and_is_seen_in_the_cabinet(
    demo, people, browser, film, tmp_path, artefacts
):
    kept = artefacts / "film"
    kept.mkdir(exist_ok=True)
    with served_academy(demo, tmp_path) as (session, address):
        olga = Somebody(browser, address, "listener", PHONE)
        teacher = Somebody(browser, address, "reviewer", DESK)
        olga.sign_in("/desk/")
        olga.open("/desk/add/works/")
        olga.write("Как называется работа", "Прогулка у школы")
        olga.tap("Сохранить черновик")
        olga.page.wait_for_url("**/desk/edit/**")
        form = olga.page.url.partition("?")[0]

        line = Line(olga.page)
        line.breaks_after = 2
        olga.page.get_by_label("Добавить фотографии и файлы").set_input_files(film)
        olga.page.locator(".d-arrival").get_by_text("Связь прервалась").wait_for()
        olga.show(kept, "broken")
        person = people["AL-2026-0011"]
        (begun,) = session.office.arrivals.of(person)
        assert 0 < begun.received < begun.size
        # The tab is closed; the same file chosen again goes on from there.
        olga.page.goto(form)
        assert olga.page.get_by_text("Выберите тот же файл ещё раз").is_visible()
        line.breaks_after, line.pieces = None, 0
        olga.page.get_by_label("Добавить фотографии и файлы").set_input_files(film)
        olga.page.get_by_text("Файл добавлен в черновик.").first.wait_for()
        olga.show(kept, "arrived")
        assert session.office.arrivals.of(person) == ()

        olga.complaints.clear()  # The browser told of the line that broke.
        olga.tap("Дальше: отправить")
        olga.tap("Подтверждаю", "checkbox")
        olga.tap("Отправить на рецензию")
        teacher.sign_in("/desk/")
        teacher.tap("Прогулка у школы", "link")
        assert plays(teacher.page)
        teacher.show(kept, "reviewed")
        teacher.tap("5 — отлично", "radio")
        teacher.write("Рецензия", "Видно всё.")
        teacher.tap("Принять и опубликовать")
        assert teacher.sees("Принято и опубликовано.")

        item = form.rstrip("/").rpartition(".")[2]
        olga.open(f"/c/{person}/portfolio/works/{item}/")
        video = olga.page.locator("video")
        assert video.bounding_box()["width"] <= PHONE["width"]
        assert olga.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        olga.page.wait_for_timeout(500)
        olga.show(kept, "published")
        assert plays(olga.page)
        assert olga.complaints == teacher.complaints == []
        olga.context.close()
        teacher.context.close()


def plays(page):
    """Play the film of a page: whether its picture moves."""
    return page.locator("video").first.evaluate(
        """async (video) => {
            video.muted = true;
            await video.play();
            await new Promise((done) => { setTimeout(done, 300); });
            return video.videoWidth === 320 && video.currentTime > 0;
        }"""
    )
