"""A step over several refs that was cut off in the middle is finished by whoever comes next."""

from __future__ import annotations

from itertools import combinations

import pytest

from forge.embedded.intents import Move, note
from forge.embedded.repositories import EmbeddedForge
from forge.embedded.transaction import move
from forge.port import MAIN, RECORD, StaleHeadError

GONE = "0" * 40
WORK = "refs/heads/mr/1"


@pytest.fixture
def step(forge, listener, git):
    """Three moves: `main` and `record` go on, a branch goes away."""
    folder = forge.folder(listener)
    heads = dict(forge.heads(listener))
    git(folder, "update-ref", WORK, heads[MAIN])
    tree = git(folder, "rev-parse", f"{MAIN}^{{tree}}").strip()
    who = ("-c", "user.name=a", "-c", "user.email=a@a")
    new = git(folder, *who, "commit-tree", tree, "-m", "New", "-p", heads[MAIN]).strip()
    return (
        Move(MAIN, heads[MAIN], new),
        Move(RECORD, heads[RECORD], new),
        Move(WORK, heads[MAIN], GONE),
    )


def places(forge, name, step):
    heads = forge.heads(name)
    return [heads.get(one.ref, GONE) for one in step]


def carry_out(folder, git, moves):
    for one in moves:
        if one.new == GONE:
            git(folder, "update-ref", "-d", one.ref)
        else:
            git(folder, "update-ref", one.ref, one.new)


@pytest.mark.parametrize("done", [*combinations(range(3), 1), *combinations(range(3), 2)])
def test_what_had_begun_is_finished_at_the_next_start(forge, listener, step, git, done):
    folder = forge.folder(listener)
    note(folder, step)
    carry_out(folder, git, [step[place] for place in done])

    again = EmbeddedForge(folder.parent)

    assert places(again, listener, step) == [one.new for one in step]
    assert not (folder / "moving").exists()


def test_what_had_begun_is_finished_before_the_next_writer(forge, listener, step, git):
    folder = forge.folder(listener)
    note(folder, step)
    carry_out(folder, git, step[:1])

    with forge.held(listener):
        assert places(forge, listener, step) == [one.new for one in step]


def test_what_had_not_begun_is_forgotten(forge, listener, step):
    folder = forge.folder(listener)
    note(folder, step)

    again = EmbeddedForge(folder.parent)

    assert places(again, listener, step) == [one.old for one in step]
    assert not (folder / "moving").exists()


def test_an_intent_that_is_history_moves_nothing(forge, listener, step, git):
    folder = forge.folder(listener)
    other = git(folder, "rev-parse", RECORD).strip()
    note(folder, step)
    carry_out(folder, git, [Move(MAIN, step[0].old, other), step[2]])

    again = EmbeddedForge(folder.parent)

    assert places(again, listener, step) == [other, step[1].old, GONE]


def test_a_step_that_is_refused_leaves_no_intent(forge, listener, step, git):
    folder = forge.folder(listener)
    carry_out(folder, git, [Move(MAIN, step[0].old, step[0].new)])

    with pytest.raises(StaleHeadError):
        move(folder, step)

    assert not (folder / "moving").exists()
    assert places(forge, listener, step) == [step[0].new, step[1].old, step[2].old]
