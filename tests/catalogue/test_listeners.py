"""The index of listeners."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from academy.listener import Status
from catalogue.listed import Listed
from catalogue.listeners import Catalogue
from forge.port import MAIN, RECORD

ANNA, BORIS = "bbbbbbbbbb", "cccccccccc"


def test_listeners_are_listed_with_their_heads_and_cards(forge, catalogue, enrol, a_card):
    enrol(BORIS, a_card("18", first_name="Борис", last_name="Ёлкин"))
    enrol(ANNA, a_card())
    catalogue.refresh()
    assert catalogue.listeners() == (
        Listed(
            person=ANNA,
            main=forge.refs[ANNA][MAIN],
            record=forge.refs[ANNA][RECORD],
            card=a_card(),
        ),
        Listed(
            person=BORIS,
            main=forge.refs[BORIS][MAIN],
            record=forge.refs[BORIS][RECORD],
            card=a_card("18", first_name="Борис", last_name="Ёлкин"),
        ),
    )


def test_the_academys_own_repository_is_no_listener(forge, catalogue, written, a_card):
    forge.put("academy", MAIN, {"academy.yml": b""})
    forge.put("academy", RECORD, {"card.yml": written(a_card())})
    catalogue.refresh()
    assert catalogue.listeners() == ()


def test_without_changes_only_heads_are_looked_at(forge, catalogue, enrol, a_card):
    for number in range(50):
        enrol(f"bbbbbbbb{'bcdfghjkmn'[number // 10]}{'bcdfghjkmn'[number % 10]}", a_card())
    catalogue.refresh()
    forge.calls.clear()
    catalogue.refresh()
    assert forge.calls == {"names": 1, "heads": 50}


def test_a_card_is_read_again_only_where_record_has_moved(forge, catalogue, enrol, a_card, written):
    enrol(ANNA, a_card())
    enrol(BORIS, a_card("18"))
    catalogue.refresh()
    moved = forge.put(ANNA, MAIN, {"about.md": b"new"})
    forge.put(BORIS, RECORD, {"card.yml": written(a_card("19"))})
    forge.calls.clear()
    catalogue.refresh()
    assert (forge.calls["tree"], forge.calls["read"]) == (1, 1)
    anna, boris = catalogue.listeners()
    assert (anna.main, anna.card.external_id, boris.card.external_id) == (moved, "17", "19")


def test_of_a_removed_listener_not_a_byte_stays_in_the_index(
    forge, catalogue, database, enrol, a_card
):
    enrol(ANNA, a_card())
    enrol(BORIS, a_card("18", last_name="Незабываемая"))
    catalogue.refresh()
    assert "Незабываемая".encode() in database.read_bytes()
    forge.remove(BORIS)
    catalogue.refresh()
    assert [one.person for one in catalogue.listeners()] == [ANNA]
    assert "Незабываемая".encode() not in database.read_bytes()
    assert not database.with_name("index.db-journal").exists()


def test_a_listener_who_goes_while_the_list_is_made_is_left_out(
    forge, catalogue, enrol, a_card, monkeypatch
):
    enrol(ANNA, a_card())
    monkeypatch.setattr(forge, "names", lambda: (ANNA, BORIS))
    catalogue.refresh()
    assert [one.person for one in catalogue.listeners()] == [ANNA]


def test_a_listener_who_goes_before_the_card_is_read_is_left_out(
    forge, catalogue, enrol, a_card, monkeypatch
):
    enrol(ANNA, a_card())
    tree = forge.tree

    def vanish(name, commit):
        forge.refs.clear()
        return tree(name, commit)

    monkeypatch.setattr(forge, "tree", vanish)
    catalogue.refresh()
    assert catalogue.listeners() == ()


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"external_id: '17'\n",
        b"\xff\xfe",
        b"external_id: [",
        (
            b"{external_id: '17', last_name: A, first_name: B, programme: p, group: g, category: c,"
            b" status: nobody-knows}"
        ),
    ],
)
def test_a_card_that_cannot_be_read_is_none(forge, catalogue, content):
    files = {} if content is None else {"card.yml": content}
    head = forge.put(ANNA, RECORD, files)
    catalogue.refresh()
    assert catalogue.listeners() == (Listed(person=ANNA, record=head),)
    assert catalogue.by_external_id("17") is None


def test_a_listener_is_found_by_external_id_and_by_person(catalogue, enrol, a_card):
    enrol(ANNA, a_card("0017"))
    catalogue.refresh()
    assert catalogue.by_external_id("0017").person == ANNA
    assert catalogue.by_external_id("17") is None
    assert catalogue.by_person(ANNA).card == a_card("0017")
    assert catalogue.by_person(BORIS) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (ANNA, [ANNA]),
        ("AL-17", [ANNA]),
        ("al-17", [ANNA]),
        ("королева", [ANNA]),
        ("анна КОРОЛ", [ANNA]),
        ("ёлк", [BORIS]),
        ("сидорова", [BORIS]),
        ("к", [ANNA]),
        ("оролева", []),
        ("", []),
        ("  ", []),
        ("анна ёлкин", []),
    ],
)
def test_listeners_are_found_by_what_people_type(catalogue, enrol, a_card, text, people):
    enrol(ANNA, a_card("AL-17", status=Status.EXPELLED))
    enrol(BORIS, a_card("AL-18", first_name="Борис", last_name="Ёлкин-Сидорова"))
    catalogue.refresh()
    assert [one.person for one in catalogue.find(text)] == people


def test_an_index_that_was_never_filled_fills_itself_before_it_answers(catalogue, enrol, a_card):
    enrol(ANNA, a_card())
    assert [one.person for one in catalogue.listeners()] == [ANNA]


def _thrown_away(database):
    database.unlink()


def _garbage(database):
    database.write_bytes(b"This is no database. " * 500)


def _cut(database):
    database.write_bytes(database.read_bytes()[:5000])


def _scribbled(database):
    content = bytearray(database.read_bytes())
    content[200:] = b"\xaa" * (len(content) - 200)
    database.write_bytes(content)


def _older(database):
    connection = sqlite3.connect(database)
    connection.executescript(
        "DROP TABLE listeners; CREATE TABLE people (name TEXT); CREATE VIEW v AS SELECT 1;"
        "PRAGMA user_version = 1"
    )
    connection.close()


def _table_lost(database):
    connection = sqlite3.connect(database)
    connection.execute("DROP TABLE listeners")
    connection.close()


@pytest.mark.parametrize("harm", [_thrown_away, _garbage, _cut, _scribbled, _older, _table_lost])
@pytest.mark.parametrize("question", ["listeners", "refresh"])
def test_a_harmed_database_is_built_anew_without_a_word(
    forge, catalogue, database, enrol, a_card, harm, question
):
    enrol(ANNA, a_card())
    enrol(BORIS, a_card("18"))
    catalogue.refresh()
    before = catalogue.listeners()
    harm(database)
    getattr(catalogue, question)()
    assert catalogue.listeners() == before
    assert Catalogue(forge, database).listeners() == before


def test_a_first_filling_that_was_cut_off_counts_as_none(
    forge, catalogue, enrol, a_card, monkeypatch
):
    enrol(ANNA, a_card())
    enrol(BORIS, a_card("18"))
    with monkeypatch.context() as patch:
        patch.setattr(forge, "read", lambda _name, _blobs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            catalogue.refresh()
    assert [one.person for one in catalogue.listeners()] == [ANNA, BORIS]


def test_a_full_disk_is_no_reason_to_throw_the_index_away(
    catalogue, database, enrol, a_card, monkeypatch
):
    enrol(ANNA, a_card())
    catalogue.refresh()

    def refuse(_connection):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(catalogue, "_is_current", refuse)
    before = database.read_bytes()
    with pytest.raises(sqlite3.OperationalError, match="full"):
        catalogue.refresh()
    assert database.read_bytes() == before


def test_many_threads_may_refresh_and_read_at_once(forge, database, enrol, a_card, written):
    people = [f"bbbbbbbbb{sign}" for sign in "bcdfghjkmn"]
    for number, person in enumerate(people):
        enrol(person, a_card(str(number)))
    failures = []

    def work(number):
        try:
            own = Catalogue(forge, database)
            for turn in range(5):
                forge.put(people[number], RECORD, {"card.yml": written(a_card(f"{number}-{turn}"))})
                own.refresh()
                assert len(own.listeners()) == len(people)
        except Exception as error:  # noqa: BLE001 - A thread has nobody else to tell.
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(people))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    last = Catalogue(forge, database)
    last.refresh()
    assert [one.card.external_id for one in last.listeners()] == [f"{n}-4" for n in range(10)]


def test_where_nothing_has_moved_no_head_is_read(forge, catalogue, enrol, a_card):
    enrol(ANNA, a_card())
    forge.still = "as it was"
    assert catalogue.refresh()
    forge.calls.clear()

    assert not catalogue.refresh()
    assert forge.calls == {}


def test_what_moves_after_the_stamp_was_taken_is_seen_at_the_next_look(
    forge, catalogue, enrol, a_card
):
    forge.still = "before"
    catalogue.refresh()
    enrol(ANNA, a_card())
    for stamp in (None, "after"):
        forge.still = stamp
        assert catalogue.refresh() is (stamp is None)

    assert [one.person for one in catalogue.listeners()] == [ANNA]


def test_an_index_that_was_taken_away_is_made_anew_though_nothing_has_moved(
    forge, catalogue, enrol, a_card, database
):
    enrol(ANNA, a_card())
    forge.still = "as it was"
    catalogue.refresh()
    database.unlink()

    assert catalogue.refresh()
    assert [one.person for one in catalogue.listeners()] == [ANNA]
