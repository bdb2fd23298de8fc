"""Draw the pictures and small PDF files of the demo portfolios, the same every time.

    python -m tools.draw_demo_pictures [folder]

The table below names every file and its subject. Nothing is photographed, and no
file says who made it, when or with what, so a gate that strips such things leaves
every byte as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from tools.pictures import charts, close_ups, documents, drawings, gardens, papers, scenes
from tools.pictures.canvas import Sheet, chance

FOLDER = Path(__file__).parents[1] / "portfolios" / "demo"
Subject = Callable[[Sheet, Random], None]

_PAPER = "fbf8f0"

_ALONE = (
    drawings.long_profile, drawings.tool, drawings.nuts, drawings.sound, gardens.setting_out,
    papers.form, papers.benches, close_ups.bakery, close_ups.hands, close_ups.sailor,
    close_ups.seat, close_ups.print_on_sill, scenes.tower, scenes.train,
)  # fmt: skip


def _certificate(tint: str, style: int, place: str = "") -> Subject:
    return lambda sheet, _: papers.certificate(sheet, tint, style, place)


def _palette(*tints: str) -> Subject:
    return lambda sheet, rng: close_ups.palette(sheet, list(tints), rng)


def _border(wall: str, *tints: str) -> Subject:
    return lambda sheet, rng: scenes.border(sheet, rng, list(tints), wall)


def _shade(*hours: float) -> Subject:
    return lambda sheet, rng: gardens.shade(sheet, rng, hours)


def _slide(tint: str, style: str) -> Subject:
    return lambda sheet, _: papers.slide(sheet, tint, style)


def _bars(tint: str, *values: float) -> Subject:
    return lambda sheet, _: charts.bars(sheet, values, tint, values.index(max(values)))


def _balance(sheet: Sheet, _: Random) -> None:
    values = (42, 18, -30, 25, -12, 33, -68, 21, 37, -16, 28, 12)
    charts.ups_and_downs(sheet, values, "6f9a8f", "c7a878", values.index(-68))


def _till(sheet: Sheet, rng: Random) -> None:
    values = [rng.choice((-50, -120, 40, 90, -200, 20, -30, 150)) for _ in range(30)]
    charts.ups_and_downs(sheet, values, "7f94ab", "b57b62")


def _water_level(sheet: Sheet, _: Random) -> None:
    values = (48, 47, 46, 45, 44, 43, 42, 41, 40, 52, 61, 69, 74, 78, 82, 85, 87, 89, 91, 92)
    charts.curve(sheet, values, "3f7fae", 8)


def _regimes(sheet: Sheet, _: Random) -> None:
    rows = ((31, 44, 52), (28, 39, 47), (36, 41, 66))
    charts.groups(sheet, rows, ("86a79a", "c3a35c", "b57b62"))


def _cup_of_coffee(sheet: Sheet, _: Random) -> None:
    tints = ("5a3a26", "b98a5c", "86a79a", "7e94ab", "c3a35c", "c0563f")
    charts.ring(sheet, (31, 14, 11, 22, 19, 6), tints)


def _winds(sheet: Sheet, _: Random) -> None:
    charts.wind(sheet, (9, 12, 31, 14, 6, 7, 11, 10, 8, 13, 9, 8))


def _smells(sheet: Sheet, _: Random) -> None:
    charts.months(
        sheet,
        (
            (1, 3, "c9c0e0"), (3, 5, "f0d7a0"), (5, 7, "f2e9d8"), (6, 8, "e8c9a0"),
            (6, 10, "bfa9cf"), (8, 11, "c98f6a"),
        ),
    )  # fmt: skip


def _pegs(sheet: Sheet, _: Random) -> None:
    charts.moves(sheet, (3, 4, 3.5, 6, 8, 11, 9.5, 7, 5, 4.5, 6, 3))


def _tea(sheet: Sheet, _: Random) -> None:
    close_ups.cup(sheet, ["10131c", "232a38"], "b5622a", glass=True)


def _coffee(sheet: Sheet, _: Random) -> None:
    close_ups.cup(sheet, ["c9d3d2", "e8dcc8"], "4a2f1e", glass=False)


# Every picture of every portfolio, and its subject.
PICTURES: dict[str, dict[str, Subject]] = {
    "AL-2025-0031": {
        "achievements/konkurs-malyh-sadov/priz.png": _certificate("7a8a4f", 2, "1"),
        "achievements/krasnyy-diplom/diplom.png": _certificate("8c3b38", 1),
        "sections/vypusk/kolyshki/sdvig.png": _pegs,
        "works/chertezhi-lestnitsy/stupeni.png": drawings.step,
        "works/pervaya-tropa/tropa.webp": gardens.contours,
        "works/rasteniya-sklona/list.jpg": scenes.square,
        "works/rasteniya-sklona/obilie.png": _bars("7f9a6b", 31, 27, 12, 9),
        "works/razgovor-s-zakazchikom/tri-varianta.png": papers.benches,
        "works/sad-na-osypi/bordyur-avgust.webp": _border(
            "cfae8a", "9aa78f", "a592b5", "b7c3a1", "8d99a0"
        ),
        "works/sad-na-osypi/generalnyy-plan.webp": gardens.hillside,
        "works/sad-na-osypi/nastroenie.jpg": _palette(
            "d9c7a6", "b5764f", "8f9a76", "6f5a4c", "e6d9bd"
        ),
        "works/sad-na-osypi/razrez-terras.png": drawings.terraces,
    },
    "AL-2026-0011": {
        "achievements/konkurs-balkonov/diplom.png": _certificate("4f7f79", 2, "2"),
        "sections/dnevnik-praktiki/pitomnik-den-pervyy/ryady.jpg": scenes.rows,
        "works/chertezhi-malogo-sada/posadki.png": gardens.numbered,
        "works/chertezhi-malogo-sada/razbivka.png": gardens.setting_out,
        "works/dvor-na-solnechnoy/duyet-s-severo-vostoka.webp": _winds,
        "works/dvor-na-solnechnoy/obmer.png": gardens.measured,
        "works/dvor-na-solnechnoy/solntse-i-teni.png": _shade(10, 14, 18),
        "works/poliv-na-sklone/zony-poliva.png": gardens.watering,
        "works/sad-dlya-dvuh-shkolnikov/nastroenie.jpg": _palette(
            "c98f4a", "a3ab8c", "b5643c", "7fa7bd"
        ),
        "works/sad-dlya-dvuh-shkolnikov/plan.png": gardens.oval_lawn,
    },
    "AL-2026-0012": {
        "achievements/lekciya-dlya-sosedey/slayd.png": _slide("3f6f8c", "ditch"),
        "sections/masterskaya/ryhlitel-iz-vilki/chertezh.png": drawings.tool,
        "works/cvetnik-bez-svetofora/cvetnik.jpg": _border(
            "b7a58c", "9f8fb8", "b9a9cc", "c9ccc2", "8f9f86"
        ),
        "works/drenazh-u-sosedki/profil-sklona.png": drawings.profile,
        "works/drenazh-u-sosedki/razrez.webp": drawings.trench,
        "works/drenazh-u-sosedki/uroven-vody.webp": _water_level,
        "works/obmer-tovarischestva/prodolnyy-profil.png": drawings.long_profile,
    },
    "AL-2026-0013": {
        "achievements/open-gardens-day/badge.png": _certificate("5b7f5a", 3),
        "sections/field-notes/road-cutting/cutting.jpg": scenes.cutting,
        "works/a-garden-that-drinks-once/elevation.webp": _border(
            "d8d3c6", "a9b0a8", "8f96a8", "a79ab4", "c2c4b4"
        ),
        "works/a-garden-that-drinks-once/palette.jpg": _palette(
            "ece6d8", "cfc6b2", "9aa7a5", "6f8796", "42586b"
        ),
        "works/a-garden-that-drinks-once/plan.webp": gardens.gravel,
        "works/courtyard-in-four-hours/paths-people-take.webp": gardens.crossings,
        "works/courtyard-in-four-hours/shade-study.png": _shade(9, 12, 15, 18),
        "works/plants-in-two-languages/leaves.png": drawings.leaves,
    },
    "AL-2026-0014": {
        "achievements/master-klass-v-biblioteke/gramota.png": _certificate("b0703f", 3),
        "works/palisadnik-u-apteki/palisadnik.png": gardens.waves,
        "works/palisadnik-u-apteki/vid-s-ulitsy.jpg": scenes.street_view,
        "works/sad-dlya-nosa/kalendar-zapahov.png": _smells,
        "works/venok-iz-polyni/venok.jpg": close_ups.wreath,
    },
    "AL-2026-0016": {
        "works/dvor-sklada/dvor.png": gardens.yard,
    },
    "AL-2026-0041": {
        "achievements/pyat-s-pervogo/gramota.png": _certificate("5f6f9a", 0),
        "works/kalendar-obyazannostey/god-na-liste.png": charts.year,
        "works/kalendar-obyazannostey/sravnenie-rezhimov.png": _regimes,
        "works/lektsiya-dlya-detey/slayd.png": _slide("7a5f9a", "note"),
        "works/oborotka-za-kvartal/dvizhenie-deneg.webp": _balance,
        "works/oborotka-za-kvartal/ostatki.png": _bars("7e94ab", 84, 312, 205, 340),
        "works/tablitsa-atelye/prognoz.webp": charts.forecast,
    },
    "AL-2026-0042": {
        "achievements/chempionat-chashek/medal.png": _certificate("7a4f33", 2, "3"),
        "works/skolko-stoit-chashka/iz-chego-chashka.png": _cup_of_coffee,
        "works/skolko-stoit-chashka/stakany.jpg": _coffee,
        "works/tablitsa-obzharki/partii.png": charts.batches,
    },
    "AL-2026-0043": {
        "works/akt-po-shagam/blank.png": papers.form,
        "works/raskhozhdenie-kassy/rashozhdenie.png": _till,
    },
    "AL-2026-0061": {
        "achievements/foto-dnya/polosa.png": papers.page,
        "sections/otpechatki/pekarnya/otpechatok.jpg": close_ups.print_on_sill,
        "works/lishnee-iz-kadra/do-posle.png": papers.before_after,
        "works/ruki-dvornika/ruki.jpg": close_ups.hands,
        "works/utrenniy-svet/kontakt.webp": close_ups.contact,
        "works/utrenniy-svet/nabereghnaya.jpg": scenes.waterfront,
        "works/utrenniy-svet/okno-pekarni.jpg": close_ups.bakery,
    },
    "AL-2026-0062": {
        "achievements/vystavka-morskoy-klub/stena.png": papers.wall,
        "sections/mashinnoe-otdelenie/zvuk-v-kartinke/zvuk.webp": drawings.sound,
        "works/odna-gayka/gayka-shest.png": drawings.nuts,
        "works/port-v-tri-chasa/otrazhenie.webp": scenes.reflections,
        "works/port-v-tri-chasa/port.jpg": scenes.port,
        "works/pyat-chasov-s-bosmanom/bosman.jpg": close_ups.sailor,
    },
    "AL-2026-0063": {
        "works/chasy-na-bashne/bashnya.jpg": scenes.tower,
        "works/kod-v-tekste/kniga.jpg": close_ups.book,
        "works/podpisi-na-skameykah/skameyka.jpg": close_ups.seat,
    },
    "AL-2026-0064": {
        "works/chai-v-podstakannike/chai.jpg": _tea,
        "works/okna-vagona/okno.jpg": scenes.train,
    },
}

_MATERIALS = (
    ("1", "280x120", "46", "1.9"), ("2", "40-70", "3.2", "5.4"), ("3", "5-20", "1.1", "1.8"),
    ("4", "200 g", "24", "0.1"), ("5", "d 63", "9", "0.0"),
)  # fmt: skip
_VOLUMES = (
    ("1", "23.0 m", "0.60", "14.5"), ("2", "23.0 m", "0.35", "4.8"), ("3", "63 mm", "25", "1"),
    ("4", "20-40", "5.2", "8.8"), ("5", "150 g", "62", "0.2"), ("6", "0.2 m3", "1", "1"),
)  # fmt: skip

PAPERS: dict[str, bytes] = {
    "AL-2025-0031/main/works/chertezhi-lestnitsy/vedomost.pdf": documents.sheet_of_rows(
        _MATERIALS, (50, 160, 120, 120), "7f9a6b"
    ),
    "AL-2026-0011/main/works/dvor-na-solnechnoy/oprosnyy-list.pdf": documents.questions(
        12, "4f7f79"
    ),
    "AL-2026-0012/main/works/drenazh-u-sosedki/vedomost-obyomov.pdf": documents.sheet_of_rows(
        _VOLUMES, (50, 160, 120, 120), "3f7fae"
    ),
}


# What is not published yet.
SENT: dict[str, Callable[..., None]] = {
    "AL-2026-0012/sent/works/dorozhka-vdol-drenazha/razrez.webp": drawings.step,
}


def draw(path: str, subject: Callable[..., None]) -> bytes:
    """Draw one picture; its path is the seed of whatever varies in it."""
    ground = _PAPER
    if path.endswith("kontakt.webp"):
        ground = "23282c"
    elif subject is drawings.nuts:
        ground = "d8d3c8"
    narrow = path.endswith(".jpg") or subject in (close_ups.contact, scenes.reflections)
    width, height = (1000, 720) if narrow else (1020, 760)
    sheet = Sheet(width, height, ground)
    if subject in _ALONE:
        subject(sheet)
    else:
        subject(sheet, chance(path))
    return sheet.written(path.rpartition(".")[2])


def files() -> dict[str, Callable[[], bytes]]:
    """Every file of the demo that is made here: its path, and how it is made."""
    made: dict[str, Callable[[], bytes]] = {}
    for portfolio, pictures in PICTURES.items():
        for name, subject in pictures.items():
            path = f"{portfolio}/main/{name}"
            made[path] = lambda path=path, subject=subject: draw(path, subject)
    for path, subject in SENT.items():
        made[path] = lambda path=path, subject=subject: draw(path, subject)
    for path, content in PAPERS.items():
        made[path] = lambda content=content: content
    return made


def main(folder: Path = FOLDER) -> int:
    """Write every file."""
    for path, make in files().items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(make())
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
