"""A file under whatever name a listener gives it opens by the links of its pages, at the door."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest

from auth_proxy.paths import canonical
from cabinet.commands.demo import MOMENT
from cabinet.settings import PROGRAM
from forge.paths import fault_of
from generator.building import State
from generator.workshop import Workshop
from tests.generator.conftest import House

STEMS = [f"a{mark}b" for mark in " !$&()+,-.;=@[]^_{}"] + [
    "план; окончательный", "Чертёж (1)", "a; b;c", "№ 7 — «сад»", "привет-😀", ";", "(", "a  b",
]  # fmt: skip


@pytest.fixture(scope="module")
def built(demo, tmp_path_factory):
    """The files of a portfolio with a document under each of these names, linked in each way."""
    folder = tmp_path_factory.mktemp("odd")
    names = [f"{stem}.pdf" for stem in STEMS]
    assert not [name for name in names if fault_of(f"works/w/{name}")]
    listed = "".join(f'  - file: "{name}"\n    caption: "Файл"\n' for name in names)
    links = "\n\n".join(f"[так](<{name}>) и [так]({quote(name)})" for name in names)
    main = {"works/w/index.md": f"---\ntitle: Работа\nfiles:\n{listed}---\n{links}\n"}
    main |= {f"works/w/{name}": b"%PDF-1.7 " + name.encode() for name in names}
    house = House(folder, Workshop(PROGRAM, folder / "assets"), demo.office.academy())
    person = house.add(main=main)
    outcome = house.builder.build(person, MOMENT)
    assert outcome.state is State.BUILT
    return house.files(person, "owner"), outcome, names


def test_no_link_is_taken_for_a_broken_one(built):
    _, outcome, _ = built
    assert [one.code for one in outcome.issues if one.code.startswith("link-")] == []


def test_every_link_is_written_as_the_door_takes_it_and_leads_to_its_file(built):
    files, _, names = built
    found = {}
    for path, content in files.items():
        if not path.endswith("index.html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"#?]+)"', content.decode()):
            address = urlsplit(urljoin(f"http://door/c/{path}", unescape(link)))
            if address.netloc == "door" and address.path.startswith("/c/"):
                found.setdefault(address.path, set()).add(path)
    wrong = {}
    for address, pages in found.items():
        name = canonical(address.encode())
        last = f"{name}index.html" if name and name.endswith("/") else name
        if name is None or last.removeprefix("/c/") not in files:
            wrong[address] = pages
    assert wrong == {}
    documents = [
        name for address in found if (name := canonical(address.encode())).endswith(".pdf")
    ]
    assert {name.rpartition("/")[2] for name in documents} == set(names)
