"""Pictures drawn before they are published: found when they are, and nowhere in the way else."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from generator import drawing_ahead, pictures
from generator.drawing_ahead import draw_ahead
from sites.store import MOST_AHEAD
from tests.generator.conftest import CARD

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORK = "---\ntitle: Мой сад\nfiles:\n  - file: plan.png\n    caption: План\n---\n\nТекст.\n"


def drawn(colour="green", size=(2000, 1000)):
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def ahead(house, person):
    return list((house.sites.root / person).glob("ahead/*"))


def published(house, person, picture):
    house.change(person, main={"works/sad/index.md": WORK, "works/sad/plan.png": picture})
    house.builder.build(person, AT)
    return house.files(person, "owner")


@pytest.fixture
def person(house):
    person = house.add()
    house.builder.build(person, AT)
    return person


def refuse_to_draw(monkeypatch):
    def refuse(_content):
        raise AssertionError("this picture has been drawn already")

    monkeypatch.setattr(pictures, "make_renditions", refuse)
    monkeypatch.setattr(drawing_ahead, "make_renditions", refuse)


def test_what_was_drawn_ahead_is_what_would_be_drawn(house, person, monkeypatch):
    other = house.add("cdfghjkmnp")
    expected = published(house, other, drawn())
    draw_ahead(person, [drawn()], house.sites)
    refuse_to_draw(monkeypatch)

    files = published(house, person, drawn())
    sizes = [path for path in files if "pictures/" in path]
    assert len(sizes) == 2
    assert {path: files[path] for path in sizes} == {path: expected[path] for path in sizes}
    assert ahead(house, person) == []


def test_a_picture_is_drawn_ahead_once_and_never_when_it_is_published(house, person, monkeypatch):
    draw_ahead(person, [drawn()], house.sites)
    published(house, person, drawn("red"))
    refuse_to_draw(monkeypatch)
    draw_ahead(person, [drawn(), drawn("red")], house.sites)
    assert len(ahead(house, person)) == 1


def test_what_another_recipe_made_or_is_not_whole_is_drawn_anew(house, person, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(drawing_ahead, "RECIPE", "another")
        draw_ahead(person, [drawn()], house.sites)
    whole = published(house, person, drawn())
    draw_ahead(person, [drawn("red")], house.sites)
    [file] = ahead(house, person)
    file.write_bytes(file.read_bytes()[:-1])
    broken = published(house, person, drawn("red"))

    assert sum("pictures/" in path for path in whole) == 2
    assert sum("pictures/" in path for path in broken) == 2


def test_nothing_is_drawn_ahead_for_who_has_no_sites(house, person):
    stranger = house.add("cdfghjkmnp")
    draw_ahead(stranger, [drawn()], house.sites)
    house.sites.lay_ahead(stranger, "plan", b"drawn meanwhile")
    assert not (house.sites.root / stranger).exists()

    draw_ahead(person, [drawn()], house.sites)
    house.change(person, record={"card.yml": f"{CARD}status: expelled\n"})
    house.builder.build(person, AT)
    assert ahead(house, person) == []


def test_of_too_many_the_oldest_go(house, person):
    for number in range(MOST_AHEAD + 2):
        house.sites.lay_ahead(person, f"picture-{number}", b"")
    names = {file.name for file in ahead(house, person)}
    assert len(names) == MOST_AHEAD


def test_what_cannot_be_drawn_is_not_laid_ahead(house, person):
    draw_ahead(person, [b"\x89PNG"], house.sites)
    assert ahead(house, person) == []
