"""What is kept of the last build never shows: a build of kept parts equals one made anew."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sites.store
from generator.engine.guard import UnsafePageError
from generator.keeping import FORMAT, Basis, KeptDossier, from_bytes
from generator.outcome import State
from generator.workshop import Workshop
from sites.store import Sites
from tests.generator.conftest import AT, CARD, CONSENT, ROOT, House

WORK = "---\ntitle: Мой сад\n---\n\nПервый текст со [ссылкой](../../goals/run.md).\n"
GOAL = "---\ntitle: Бег\nset_on: 2026-11-01\ndue: 2026-11-26\n---\n\nКаждое утро.\n"
REVIEW = "---\nauthor: s-7m2r\nrole: reviewer\nmoment: 2026-11-20\n---\n\nХорошо.\n"


def snapshot(house, person):
    """A build whole: every file of every projection, the mistakes, how long it holds."""
    manifest = house.sites.manifest(person)
    files = {name: house.files(person, name) for name in manifest.projections}
    return files, manifest.issues, manifest.valid_until, manifest.failure


def made_anew(house, person, at, folder):
    """The same build in a place where nothing is kept."""
    other = House.__new__(House)
    other.__dict__.update(house.__dict__, sites=Sites(folder))
    other.builder.build(person, at, anew=True)
    found = snapshot(other, person)
    shutil.rmtree(folder)
    return found


def announce(house, text):
    if not house.academy.announcements:
        return
    one, *others = house.academy.announcements
    changed = replace(
        one, title=text, groups=(), programmes=(), starts=AT - timedelta(days=9), ends=None
    )
    house.academy = replace(house.academy, announcements=(changed, *others))


def grade(house, points):
    policy = replace(house.academy.policy, about_points=points)
    house.academy = replace(house.academy, policy=policy)


def rename(house, name):
    house.academy = replace(house.academy, short_name=name)


EDITS = {
    "announce": lambda house, _, n: announce(house, f"Новость {n}"),
    "no announcements": lambda house, *_: setattr(
        house, "academy", replace(house.academy, announcements=())
    ),
    "policy": lambda house, _, n: grade(house, n),
    "name of the academy": lambda house, _, n: rename(house, f"Академия {n}"),
    "work": lambda house, person, n: house.change(
        person, main={"works/garden/index.md": f"{WORK}\nДополнение {n}.\n"}
    ),
    "another work": lambda house, person, n: house.change(
        person, main={f"works/w{n}/index.md": WORK}
    ),
    "mistake": lambda house, person, n: house.change(
        person, main={"reflections/r.md": f"---\ntitel: {n}\n---\n[нет](нет{n}.md)\n"}
    ),
    "goal gone": lambda house, person, n: house.change(
        person, main={"goals/run.md": None if n % 2 else GOAL}
    ),
    "review": lambda house, person, n: house.change(
        person, record={f"reviews/garden/{n + 1}.md": REVIEW}
    ),
    "consent": lambda house, person, n: house.change(
        person, record={"consent.yml": CONSENT if n % 2 else "consents: []\n"}
    ),
    "name": lambda house, person, n: house.change(
        person, record={"card.yml": CARD.replace("Вера", f"Вера{n}")}
    ),
    "language": lambda house, person, n: house.change(
        person, main={"portfolio.yml": f"language: {('ru', 'en')[n % 2]}\n"}
    ),
    "an hour": lambda *_: timedelta(hours=1),
    "a day": lambda *_: timedelta(days=1),
    "back": lambda *_: timedelta(hours=-3),
    "nothing": lambda *_: None,
}


@pytest.fixture
def house_and_person(house):
    return house, house.add(main={"works/garden/index.md": WORK, "goals/run.md": GOAL})


@pytest.mark.parametrize("edit", EDITS)
def test_after_any_change_a_build_equals_one_made_anew(house_and_person, tmp_path, edit):
    house, person = house_and_person
    house.builder.build(person, AT)
    at = AT + (EDITS[edit](house, person, 1) or timedelta())
    house.builder.build(person, at)
    assert snapshot(house, person) == made_anew(house, person, at, tmp_path / "anew")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=4))
def test_after_any_changes_in_any_order_a_build_equals_one_made_anew(
    tmp_path_factory, workshop, academy, edits
):
    folder = tmp_path_factory.mktemp("edits")
    house = House(folder, workshop, academy)
    person = house.add(main={"works/garden/index.md": WORK, "goals/run.md": GOAL})
    house.builder.build(person, AT)
    at = AT
    for number, edit in enumerate(edits):
        at += EDITS[edit](house, person, number) or timedelta()
        house.builder.build(person, at)
    assert snapshot(house, person) == made_anew(house, person, at, folder / "anew")


def test_a_changed_announcement_leaves_the_sites_of_others_untouched(house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    before = house.sites.manifest(person).projections
    announce(house, "Совсем новое")
    assert house.builder.build(person, AT).state is State.BUILT
    after = house.sites.manifest(person).projections
    assert "Совсем новое" in house.text(person, "owner")
    assert [name for name in after if after[name] != before[name]] == ["owner"]
    changed = {path for path in after["owner"] if after["owner"][path] != before["owner"].get(path)}
    assert changed == {"index.html", "announcements/index.html", "search/search_index.json"}


def test_a_changed_template_changes_every_page(tmp_path, house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    program = tmp_path / "program"
    shutil.copytree(ROOT / "site_templates", program / "site_templates")
    shutil.copyfile(ROOT / "mkdocs.yml", program / "mkdocs.yml")
    for package in ("academy", "formats", "generator", "messages", "sites", "forge"):
        (program / package).symlink_to(ROOT / package)
    footer = program / "site_templates" / "cabinet" / "partials" / "footer.html"
    footer.write_text(footer.read_text().replace("md-footer-meta ", "md-footer-meta other "))
    house.workshop = Workshop(program, tmp_path / "assets")
    assert house.builder.build(person, AT).state is State.BUILT
    pages = [one for path, one in house.files(person, "owner").items() if path.endswith(".html")]
    assert all(b"md-footer-meta other" in page for page in pages)
    assert snapshot(house, person) == made_anew(house, person, AT, tmp_path / "anew")


def test_a_changed_template_of_pages_changes_the_pages_made_of_it(tmp_path, house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    program = tmp_path / "program"
    shutil.copytree(ROOT / "site_templates", program / "site_templates")
    shutil.copyfile(ROOT / "mkdocs.yml", program / "mkdocs.yml")
    for package in ("academy", "formats", "generator", "messages", "sites", "forge"):
        (program / package).symlink_to(ROOT / package)
    page = program / "site_templates" / "pages" / "goals.md"
    page.write_text(page.read_text() + "\n<p>Новая строка шаблона</p>\n")
    house.workshop = Workshop(program, tmp_path / "assets")
    house.builder.build(person, AT)
    assert "Новая строка шаблона" in house.text(person, "owner")
    assert snapshot(house, person) == made_anew(house, person, AT, tmp_path / "anew")


def test_nothing_of_one_listener_reaches_another(house):
    secret = WORK.replace("Первый текст", "Тайна\n\n*[ГОСТ]: тайна\n\n[^1]: тайна\n\n## Тайна\n\n")
    open_text = WORK.replace("Первый текст", "ГОСТ[^1]\n\n## Глава\n\n")
    first = house.add("23456789bc", main={"works/garden/index.md": secret, "goals/run.md": GOAL})
    second = house.add(
        "23456789bd",
        main={"works/garden/index.md": open_text, "goals/run.md": GOAL},
        record={"card.yml": CARD.replace("T-1", "T-2").replace("Испытателева", "Другова")},
    )
    builder = house.builder
    for person in (first, second, first, second):
        builder.build(person, AT, anew=True)
    text = house.text(second, "owner") + house.text(second, "participants")
    assert "Тайна" not in text
    assert "тайна" not in text
    assert "Испытателева" not in text
    kept = house.sites.root / second / "kept"
    raw = b"".join(file.read_bytes() for file in kept.iterdir())
    assert "Тайна".encode() not in raw
    assert "тайна".encode() not in raw


def test_what_is_kept_is_gone_with_the_sites_of_a_person(house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    assert sorted(file.name for file in (house.sites.root / person / "kept").iterdir()) == [
        "dossier",
        "owner",
        "participants",
        "responsible",
    ]
    house.sites.remove(person)
    assert not (house.sites.root / person).exists()


def test_nothing_is_kept_of_an_expelled_listener_nor_of_a_withdrawn_consent(house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    kept = house.sites.root / person / "kept"
    house.change(person, record={"consent.yml": "consents: []\n"})
    house.builder.build(person, AT)
    assert not (kept / "participants").exists()
    house.change(person, record={"card.yml": f"{CARD}status: expelled\n"})
    assert house.builder.build(person, AT).state is State.CLOSED
    assert list(kept.iterdir()) == []


class Killed(BaseException):
    """The process ends here."""


def test_a_kill_at_any_moment_of_writing_loses_nothing(tmp_path, house_and_person, monkeypatch):
    house, person = house_and_person
    house.builder.build(person, AT)
    write = sites.store._write_beside
    for number in range(40):
        announce(house, f"Новость {number}")
        house.change(person, main={"works/garden/index.md": f"{WORK}\nПравка {number}.\n"})
        before = snapshot(house, person)
        left = number

        def failing(path, content):
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            write(path, content)

        monkeypatch.setattr(sites.store, "_write_beside", failing)
        try:
            house.builder.build(person, AT)
        except Killed:
            monkeypatch.setattr(sites.store, "_write_beside", write)
            served = snapshot(house, person)
            house.builder.build(person, AT)
            now = snapshot(house, person)
            assert served in (before, now), number
        else:
            monkeypatch.setattr(sites.store, "_write_beside", write)
            break
        if number % 5 == 0:
            assert now == made_anew(house, person, AT, tmp_path / "anew"), number
    else:
        pytest.fail("the build was never finished")


@pytest.mark.parametrize(
    "broken", [b"", b"kept 1\n", FORMAT + b"x\n\x80", b"\xff" * 100, pickle.dumps({"a": 1})]
)
def test_a_broken_file_is_as_good_as_none(tmp_path, house_and_person, broken):
    house, person = house_and_person
    house.builder.build(person, AT)
    for file in (house.sites.root / person / "kept").iterdir():
        file.write_bytes(broken)
    announce(house, "Совсем новое")
    assert house.builder.build(person, AT).state is State.BUILT
    assert snapshot(house, person) == made_anew(house, person, AT, tmp_path / "anew")


class Call:
    """What would run a command when it is read."""

    def __reduce__(self):
        return (exec, ("raise SystemExit('ran')",))


def test_a_file_can_call_nothing():
    raw = FORMAT + b"code\n" + pickle.dumps(KeptDossier(Basis("", AT, None), Call(), ()))
    assert from_bytes(raw, KeptDossier, "code") is None


def test_what_other_code_wrote_is_not_read(house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    raw = house.sites.kept(person, "dossier")
    assert from_bytes(raw, KeptDossier, house.workshop.code).dossier.person == person
    assert from_bytes(raw, KeptDossier, "0" * 32) is None


def test_a_lost_content_is_made_again(house_and_person):
    house, person = house_and_person
    house.builder.build(person, AT)
    before = snapshot(house, person)
    for file in (house.sites.root / person / "objects").iterdir():
        file.unlink()
    assert house.builder.build(person, AT).state is State.BUILT
    assert snapshot(house, person) == before


def refuse(*_):
    raise UnsafePageError("a page")


def test_a_builder_that_failed_serves_no_stale_site_later(house_and_person, tmp_path, monkeypatch):
    house, person = house_and_person
    house.builder.build(person, AT)
    house.change(person, main={"works/garden/index.md": WORK.replace("Первый", "Второй")})
    with monkeypatch.context() as patch:
        patch.setattr("generator.engine.conversion.refuse_unsafe", refuse)
        assert house.builder.build(person, AT).state is State.FAILED
    announce(house, "Снова")
    assert house.builder.build(person, AT).state is State.BUILT
    assert snapshot(house, person) == made_anew(house, person, AT, tmp_path / "anew")
