"""The pictures and papers of the demo, and the scripts that make and seal them."""

from __future__ import annotations

import shutil
from io import BytesIO

from PIL import Image

from forge.gate.containers import is_clean

ENDINGS = {".png", ".jpg", ".webp"}
KIB = 1024


def _made_files(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS | {".pdf"})


def test_pictures_are_light_large_enough_and_hold_nothing_but_the_picture(demo_folder):
    pictures = [path for path in _made_files(demo_folder) if path.suffix in ENDINGS]
    assert len(pictures) > 60
    for path in pictures:
        content = path.read_bytes()
        assert len(content) < 40 * KIB, path
        assert is_clean(content), path
        with Image.open(BytesIO(content)) as picture:
            assert 800 <= picture.width <= 1200, path
            assert not picture.getexif(), path
            assert not {"icc_profile", "exif", "xmp", "comment"} & set(picture.info), path


def test_no_picture_is_used_twice(demo_folder):
    contents = [path.read_bytes() for path in _made_files(demo_folder)]
    assert len(set(contents)) == len(contents)


def test_papers_say_nothing_of_their_making(demo_folder):
    papers = [path for path in _made_files(demo_folder) if path.suffix == ".pdf"]
    assert len(papers) == 3
    for path in papers:
        content = path.read_bytes()
        assert content.startswith(b"%PDF-1.4\n")
        assert content.endswith(b"%%EOF\n")
        for word in (b"/Info", b"/CreationDate", b"/Producer", b"/JavaScript"):
            assert word not in content


def test_the_script_names_exactly_the_committed_files(script, demo_folder):
    names = {path.relative_to(demo_folder).as_posix() for path in _made_files(demo_folder)}
    assert set(script("draw_demo_pictures").files()) == names


def test_the_script_draws_the_same_twice(script):
    make = script("draw_demo_pictures").files()
    path = "AL-2026-0041/main/works/kalendar-obyazannostey/god-na-liste.png"
    first = make[path]()
    assert is_clean(first)
    assert make[path]() == first


def test_the_script_writes_the_papers_as_they_are(script, demo_folder):
    for path, content in script("draw_demo_pictures").PAPERS.items():
        assert (demo_folder / path).read_bytes() == content


def test_verifications_are_sealed_as_they_stand(script, demo_folder, tmp_path):
    copied = shutil.copytree(demo_folder, tmp_path / "demo")
    assert script("seal_demo_verifications").main(copied) == 0
    for path in sorted(demo_folder.glob("AL-*/record/verification/*.yml")):
        again = copied / path.relative_to(demo_folder)
        assert again.read_bytes() == path.read_bytes(), path
