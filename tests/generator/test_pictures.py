"""Pictures in two sizes: which there are, where they are shown, when they are made."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from generator import pictures
from generator.outcome import State

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORK = """\
---
title: Мой сад
files:
  - file: plan.png
    caption: План
---

Текст.
"""
PRIVATE = WORK.replace("title:", "visible_to: owner\ntitle:").replace("plan.png", "secret.png")


def drawn(size, colour="green"):
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def garden(house, size=(2000, 1000)):
    return house.add(main={"works/sad/index.md": WORK, "works/sad/plan.png": drawn(size)})


def renditions(files):
    return sorted(path for path in files if "pictures/" in path)


def test_a_page_offers_both_sizes_and_keeps_the_place_of_the_picture(house):
    person = garden(house)
    house.builder.build(person, AT)
    files = house.files(person, "participants")
    narrow, wide = sorted(renditions(files), key=lambda one: int(one[:-5].rpartition("-")[2]))
    page = files["works/sad/index.html"].decode()
    [tag] = [one for one in re.findall("<img[^>]*>", page) if "srcset" in one]
    assert f'src="../../{narrow}"' in tag
    assert f'srcset="../../{narrow} 720w, ../../{wide} 1600w"' in tag
    assert 'width="2000" height="1000" alt="План" loading="lazy" decoding="async"' in tag
    assert '<a href="plan.png">' in page


def test_a_picture_no_wider_than_a_screen_is_itself_a_choice(house):
    content = BytesIO()
    Image.new("RGB", (900, 600)).save(content, "WEBP", quality=1)
    main = {"works/sad/index.md": WORK.replace("png", "webp")}
    person = house.add(main={**main, "works/sad/plan.webp": content.getvalue()})
    house.builder.build(person, AT)
    files = house.files(person, "participants")
    [narrow] = renditions(files)
    page = files["works/sad/index.html"].decode()
    assert f'srcset="../../{narrow} 720w, plan.webp 900w"' in page


def test_a_picture_that_cannot_be_drawn_is_shown_as_it_is_and_tried_once(house, monkeypatch):
    person = house.add(main={"works/sad/index.md": WORK, "works/sad/plan.png": b"\x89PNG"})
    house.builder.build(person, AT)
    files = house.files(person, "participants")
    page = files["works/sad/index.html"].decode()
    assert renditions(files) == []
    assert '<img src="plan.png" alt="План"' in page
    refuse_to_draw(monkeypatch)
    assert house.builder.build(person, AT, anew=True).state is State.BUILT


def test_a_picture_is_drawn_once_whatever_else_changes(house, monkeypatch):
    person = garden(house)
    house.builder.build(person, AT)
    before = renditions(house.files(person, "owner"))
    refuse_to_draw(monkeypatch)
    house.change(person, main={"works/sad/index.md": WORK.replace("Текст", "Слова")})
    house.builder.build(person, AT)
    assert renditions(house.files(person, "owner")) == before
    house.change(person, main={"works/sad/plan.png": None})
    house.builder.build(person, AT)
    assert renditions(house.files(person, "owner")) == []


def test_a_lost_rendition_is_drawn_again(house):
    person = garden(house)
    house.builder.build(person, AT)
    before = house.files(person, "owner")
    [kept] = house.sites.manifest(person).pictures.by_digest.values()
    house.sites.path_of(person, kept.renditions[720]).unlink()
    assert house.builder.build(person, AT).state is State.BUILT
    assert house.files(person, "owner") == before


def test_another_recipe_draws_anew(house, monkeypatch):
    person = garden(house)
    house.builder.build(person, AT)
    drawn_now = []
    monkeypatch.setattr(pictures, "RECIPE", "another")
    monkeypatch.setattr(pictures, "make_renditions", drawn_now.append)
    house.builder.build(person, AT, anew=True)
    assert len(drawn_now) == 1


def test_renditions_are_cut_like_the_pictures_they_are_of(house):
    person = house.add(
        main={
            "works/sad/index.md": WORK,
            "works/sad/plan.png": drawn((800, 600)),
            "works/taina/index.md": PRIVATE,
            "works/taina/secret.png": drawn((800, 600), "red"),
        }
    )
    house.builder.build(person, AT)
    assert len(renditions(house.files(person, "owner"))) == 4
    assert len(renditions(house.files(person, "participants"))) == 2


def test_erasing_a_listener_erases_the_renditions(house):
    person = garden(house)
    house.builder.build(person, AT)
    house.sites.remove(person)
    assert list(house.sites.root.rglob("*")) == []


def refuse_to_draw(monkeypatch):
    def refuse(_content):
        raise AssertionError("this picture has been drawn already")

    monkeypatch.setattr(pictures, "make_renditions", refuse)
