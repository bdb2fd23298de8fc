"""The words of the gate: a text for every code, and no text without one."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import messages
from forge import gate
from forge.gate.admission import FILE, Incoming, admit
from forge.gate.limits import Limits
from forge.paths import PathFault
from forge.port import MAIN
from messages.catalogue import LANGUAGES, catalogue


def codes_of_texts():
    """Give the codes of the gate that have texts."""
    file = Path(messages.__file__).parent / "ru" / "issues" / "gate.toml"
    return set(tomllib.loads(file.read_text(encoding="utf-8")))


def codes_in_source():
    """Give the codes that are written in the gate, and those made of the faults of paths."""
    folder = Path(gate.__file__).parent
    written = re.findall(
        r'"(gate-[a-z0-9-]+)"', "".join(file.read_text() for file in folder.glob("*.py"))
    )
    return {*written, *(f"gate-path-{fault.value}" for fault in PathFault)}


def test_every_code_has_texts_and_every_text_a_code():
    assert codes_of_texts() == codes_in_source()


VALUES = {
    "gate-path-too-long": {"limit", "whole"},
    "gate-path-double": {"other"},
    "gate-mode": {"mode"},
    "gate-file-too-big": {"size", "limit"},
    "gate-whole": {"size", "limit", "count"},
    "gate-text-too-long": {"size", "limit"},
    "gate-text-control": {"character"},
    "gate-text-direction": {"count"},
    "gate-type-unknown": {"known", "ending"},
    "gate-type-mismatch": {"ending"},
    "gate-picture-pixels": {"limit"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_name_only_values_that_their_issue_has(language):
    words = catalogue(language)
    for code in codes_of_texts():
        known = set() if code.startswith("gate-whole") else {"path"}
        known.update(*(VALUES[start] for start in VALUES if code.startswith(start)))
        text = words.issues[code]
        for part in (text.what, text.fix):
            named = {name for _, name, _, _ in Formatter().parse(part) if name}
            assert named <= known, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_can_be_read(language):
    entries = [
        Incoming("works/first/a.heic", FILE, b"x"),
        Incoming("works/first/b.xyz", "100664", b"x"),
        Incoming("works/first/c.docx", FILE, b"x"),
        Incoming("works/first/C.docx", FILE, b"x"),
        Incoming("works/first/" + "d" * 101, FILE, b"x"),
    ]
    limits = Limits(files=5)
    words = catalogue(language)
    for issue in (*admit(entries, MAIN).issues, *admit(entries * 2, MAIN, limits=limits).issues):
        for text in (words.what(issue), words.fix(issue)):
            assert text.strip()
            assert "{" not in text
