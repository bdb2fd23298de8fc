"""Small questions that cards, portfolios, policies and issues answer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.dossier import Dossier
from academy.identifiers import (
    PERSON_ALPHABET,
    PERSON_LENGTH,
    is_person_id,
    is_slug,
    new_person_id,
)
from academy.institution import Academy
from academy.issue import Issue, Location, Severity, has_errors, in_order
from academy.listener import Card, Status
from academy.policy import Criterion, Policy, ScaleStep
from academy.portfolio import (
    Audience,
    Entry,
    Goal,
    Item,
    Portfolio,
    Reflection,
    Work,
    attachments,
    folder,
)
from academy.prose import Prose

CARD = Card(
    external_id="1", last_name="Orlova", first_name="Vera", programme="p", group="g", category="c"
)


def test_a_person_is_named_and_addressed_with_and_without_a_patronymic():
    with_one = replace(CARD, patronymic="Ivanovna")

    assert (CARD.full_name, CARD.addressed_as) == ("Orlova Vera", "Vera")
    assert with_one.full_name == "Orlova Vera Ivanovna"
    assert with_one.addressed_as == "Vera Ivanovna"


@pytest.mark.parametrize(
    ("status", "is_open", "is_frozen"),
    [
        (Status.ENROLLED, True, False),
        (Status.ON_LEAVE, True, False),
        (Status.COMPLETED, True, True),
        (Status.EXPELLED, False, True),
    ],
)
def test_the_status_closes_and_freezes(status: Status, is_open: bool, is_frozen: bool):
    card = replace(CARD, status=status)

    assert (card.is_open, card.is_frozen) == (is_open, is_frozen)


@given(st.randoms(use_true_random=False))
def test_a_new_person_id_is_one(chance: random.Random):
    made = new_person_id(chance.choice)

    assert is_person_id(made)
    assert is_slug(made), "so it can stand wherever an identifier can"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bcdfghjkm",
        "bcdfghjkmnp",
        "bcdfghjkma",
        "BCDFGHJKMN",
        "bcdfghjkm\n",
        "bcdfghjk-n",
        "٢" * 10,
    ],
)
def test_anything_else_is_no_person_id(text: str):
    assert not is_person_id(text)
    assert (len(PERSON_ALPHABET), PERSON_LENGTH) == (27, 10)


@pytest.mark.parametrize("text", ["a", "0", "a-b", "photo-basics-2", "a--b", "a" * 48])
def test_an_identifier(text: str):
    assert is_slug(text)


@pytest.mark.parametrize(
    "text", ["", "-", "-a", "a-", "A", "a_b", "a b", "a/b", "..", "a\n", "ф", "a" * 49]
)
def test_no_identifier(text: str):
    assert not is_slug(text)


@given(st.text())
def test_an_identifier_is_always_a_safe_name_of_a_file(text: str):
    if is_slug(text):
        assert set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert 1 <= len(text) <= 48


def test_the_academy_finds_its_records_and_nothing_else(academy: Academy):
    found = (
        academy.category("adults"),
        academy.programme("photo"),
        academy.group("photo-1"),
        academy.department("study"),
        academy.employee("boris"),
    )

    assert found == (
        academy.categories[0],
        academy.programmes[0],
        academy.groups[0],
        academy.departments[0],
        academy.staff[1],
    )
    assert academy.category("x") is academy.programme("x") is academy.group("x") is None
    assert academy.department(None) is academy.employee(None) is None


def test_words_of_the_policy_and_values_outside_it():
    policy = Policy(
        scale=(ScaleStep(value="5", title="excellent"),),
        criteria=(Criterion(id="idea", title="The idea"),),
    )

    assert (policy.grade_title("5"), policy.grade_title("B+")) == ("excellent", "B+")
    assert policy.criterion_title("idea") == "The idea"
    assert policy.criterion_title("light") == "light"


@pytest.mark.parametrize(
    ("item", "audience"),
    [
        (Work(id="i", title="I"), Audience.PARTICIPANTS),
        (Entry(id="i", title="I", section="s"), Audience.PARTICIPANTS),
        (Goal(id="i", title="I", set_on=date(2026, 1, 1)), Audience.OWNER),
        (Reflection(id="i", title="I", date=date(2026, 1, 1)), Audience.OWNER),
        (Work(id="i", title="I", visible_to=Audience.OWNER), Audience.OWNER),
    ],
)
def test_who_an_item_is_for_when_the_policy_is_silent(item: Item, audience: Audience):
    assert Policy().audience(item) is audience


def test_files_and_folders_of_items(dossier: Dossier):
    work, entry = dossier.portfolio.works[0], dossier.portfolio.entries[0]
    goal = dossier.portfolio.goals[0]

    assert [folder(one) for one in (work, goal, entry)] == [
        "works/w-open", "goals/g-mine", "sections/scenes/e-open",
    ]  # fmt: skip
    assert [one.file for one in attachments(work)] == ["a.jpg"]
    assert attachments(goal) == ()


def test_a_portfolio_lists_its_items_and_its_sections(dossier: Dossier):
    portfolio = dossier.portfolio

    assert [item.id for item in portfolio.items()] == [
        "w-open", "w-staff", "w-mine", "a-open", "g-mine", "g-open", "r-mine", "e-open", "e-mine",
    ]  # fmt: skip
    assert portfolio.entries_of("secrets") == (portfolio.entries[1],)
    assert list(Portfolio().items()) == []


def test_reviews_and_content_of_one_item(dossier: Dossier):
    work = dossier.portfolio.works[0]

    assert [one.body.source for one in dossier.reviews_of("w-open")] == ["review-of-w-open"]
    assert [one.path for one in dossier.content_of(work)] == [
        "works/w-open/a.jpg", "works/w-open/index.md",
    ], "and not those of an item whose name begins alike"  # fmt: skip


def test_prose_counts_words_and_knows_when_there_are_none():
    assert (Prose("Two words").words, Prose("Two words").is_empty) == (2, False)
    assert (Prose(" \n").words, Prose(" \n").is_empty) == (0, True)


def issue(severity: Severity, file: str, line: int = 0, code: str = "a-code") -> Issue:
    return Issue(code, severity, Location(file, line))


def test_issues_stand_by_place_then_by_weight():
    error, warning = issue(Severity.ERROR, "b.md", 2), issue(Severity.WARNING, "b.md", 2)
    advice, first = issue(Severity.ADVICE, "b.md", 2), issue(Severity.ADVICE, "b.md", 1)
    other, alike = issue(Severity.ADVICE, "a.md", 9), issue(Severity.ERROR, "b.md", 2, "b-code")

    assert in_order([advice, alike, warning, error, first, other]) == (
        other, first, error, alike, warning, advice,
    )  # fmt: skip


def test_only_errors_are_errors():
    warning, advice = issue(Severity.WARNING, "a"), issue(Severity.ADVICE, "a")

    assert not has_errors([warning, advice])
    assert has_errors([warning, issue(Severity.ERROR, "a")])
