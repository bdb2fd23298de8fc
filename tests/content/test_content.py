"""What a new academy starts from, and the demo: sound, but for what is broken on purpose."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cabinet.office import content_of, files_below
from cabinet.settings import PROGRAM
from forge.gate.admission import FILE, Incoming, admit
from forge.port import MAIN

DEMO = PROGRAM / "portfolios" / "demo"
LISTENERS = sorted(
    folder.name for folder in DEMO.iterdir() if folder.is_dir() and folder.name != "import"
)


def test_the_content_of_a_new_academy_has_no_mistake():
    content = content_of(files_below(PROGRAM / "content"), "")
    assert content.issues == ()
    assert len(content.academy.programmes) >= 3


def test_there_are_at_least_twelve_listeners():
    assert len(LISTENERS) >= 12


@pytest.mark.parametrize("listener", LISTENERS)
def test_every_picture_passes_the_gate_unchanged_and_is_small(listener):
    files = files_below(DEMO / listener / "main")
    pictures = {
        path: content for path, content in files.items() if path.endswith((".jpg", ".png", ".webp"))
    }
    admission = admit([Incoming(path, FILE, content) for path, content in files.items()], MAIN)
    for path, content in pictures.items():
        assert admission.files[path] == content
        assert len(content) < 60_000, path
        with Image.open(io.BytesIO(content)) as picture:
            assert not picture.getexif()


def test_the_gate_refuses_nothing_of_the_demo():
    for listener in LISTENERS:
        entries = [
            Incoming(path, FILE, content)
            for path, content in files_below(DEMO / listener / "main").items()
        ]
        assert [one for one in admit(entries, MAIN).issues if one.severity.value == "error"] == []
