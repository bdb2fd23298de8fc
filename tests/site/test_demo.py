"""What is wrong in the demo is wrong on purpose."""

from __future__ import annotations

from cabinet.demo_life import DEEDS
from formats.dossier import read_dossier
from generator.outcome import State

BROKEN = {
    "Мельникова Надежда Фёдоровна": [
        ("section-undeclared", "sections/recepty/pirog/index.md", 0),
        ("link-not-found", "works/kod-v-tekste/index.md", 17),
        ("reference-unknown-close", "works/podpisi-na-skameykah/index.md", 5),
    ],
    "Шапошникова Лариса Ивановна": [("yaml-broken", "works/klumba-v-detskom-sadu/index.md", 2)],
    "Ахметов Руслан Фаридович": [
        ("field-unknown-close", "works/kassa-kofeyni/index.md", 2),
        ("field-missing", "works/kassa-kofeyni/index.md", 2),
        ("field-not-date", "works/raschet-zarplaty/index.md", 3),
        ("file-without-caption", "works/tablitsa-obzharki/index.md", 7),
        ("file-missing", "works/tablitsa-obzharki/index.md", 8),
        ("link-not-found", "works/tablitsa-obzharki/index.md", 15),
    ],
}


def test_three_listeners_are_broken_on_purpose_and_nobody_else(demo):
    found = {}
    for listed in demo.office.catalogue.listeners():
        issues = demo.office.sites.manifest(listed.person).issues
        if issues:
            found[listed.card.full_name] = [
                (one.code, one.location.file, one.location.line) for one in issues
            ]
    assert found == BROKEN


def test_a_broken_listener_has_a_site_with_a_page_that_says_what_to_do(demo):
    for listed in demo.office.catalogue.listeners():
        manifest = demo.office.sites.manifest(listed.person)
        if listed.card.full_name in BROKEN:
            assert "check/index.html" in manifest.projections["owner"]
            assert "check/index.html" not in manifest.projections["responsible"]


def test_what_the_listeners_have_sent_can_be_read(demo):
    office, sent = demo.office, []
    for listed in office.catalogue.listeners():
        for one in office.merge_requests.all(listed.person):
            snapshot = office.repositories.snapshot(listed.person, one.head, 10**7)
            files = {path: content for path, (_, content) in snapshot.items()}
            changed = office.merge_requests.changed_files(listed.person, one.number)
            read = read_dossier(listed.person, files, {})
            assert [issue for issue in read.issues if issue.location.file in changed] == []
            sent.append((one.title, one.state.value))
    assert len(sent) == len(DEEDS)
    assert ("Дорожка вдоль дренажа", "submitted") in sent
    assert ("A bench in the bank", "returned") in sent


def test_the_expelled_listener_has_no_site(demo):
    closed = [
        demo.office.builder().build(listed.person, demo.at).state
        for listed in demo.office.catalogue.listeners()
        if not listed.card.is_open
    ]
    assert closed == [State.CLOSED]
