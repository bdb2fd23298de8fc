"""What each kind of reader gets of a dossier, and above all what not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from academy.consent import Consent, Purpose
from academy.dossier import Dossier
from academy.institution import Academy
from academy.listener import Status
from academy.policy import Policy
from academy.portfolio import Audience, ItemKind
from academy.projection import (
    OWNER,
    PARTICIPANTS,
    RESPONSIBLE,
    Projection,
    ProjectionKind,
    cut,
    standing_projections,
)

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
SHARE = Projection(
    kind=ProjectionKind.SHARE, share="t1", items=frozenset({"w-open", "w-staff", "w-mine"})
)

# Every text that is planted in the dossier, and who may find it.
EVERYWHERE = {"Orlova", "Vera", "Ivanovna", "headline", "about"}
SHARED_ITEMS = {"w-open", "a-open", "g-open", "e-open", "scenes", "note-of-a-open"}
FOR_STAFF = {
    "w-staff", "review-of-w-staff", "review-of-w-open", "note-of-w-staff", "note-of-w-open",
    "card-external-id", "card-mailbox", "card-phone", "result-grade",
}  # fmt: skip
FOR_THE_OWNER = {
    "w-mine", "g-mine", "r-mine", "e-mine", "secrets", "secret.jpg", "review-of-w-mine",
    "note-of-w-mine", "document", "registered_by='anna'",
}  # fmt: skip
PLANTED = EVERYWHERE | SHARED_ITEMS | FOR_STAFF | FOR_THE_OWNER


def found_in(dossier: Dossier) -> set[str]:
    text = repr(dossier)
    return {
        word
        for word in PLANTED
        if f"{word}'" in text or f"{word}/" in text or ("=" in word and word in text)
    }


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        pytest.param(OWNER, PLANTED, id="owner"),
        pytest.param(RESPONSIBLE, EVERYWHERE | SHARED_ITEMS | FOR_STAFF, id="responsible"),
        pytest.param(
            PARTICIPANTS, EVERYWHERE | SHARED_ITEMS | {"note-of-w-open"}, id="participants"
        ),
        pytest.param(SHARE, EVERYWHERE | {"w-open", "note-of-w-open"}, id="share"),
    ],
)
def test_a_cut_dossier_holds_just_what_its_readers_may_read(
    projection: Projection, expected: set[str], dossier: Dossier, academy: Academy
):
    assert found_in(dossier) == PLANTED, "the trap itself is whole"

    assert found_in(cut(dossier, projection, academy.policy, NOW)) == expected


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        pytest.param(
            RESPONSIBLE,
            [
                "achievements/a-open/index.md",
                "goals/g-open.md",
                "sections/scenes/e-open/index.md",
                "works/w-open/a.jpg",
                "works/w-open/index.md",
                "works/w-staff/index.md",
            ],
            id="responsible",
        ),
        pytest.param(
            PARTICIPANTS,
            [
                "achievements/a-open/index.md",
                "goals/g-open.md",
                "sections/scenes/e-open/index.md",
                "works/w-open/a.jpg",
                "works/w-open/index.md",
            ],
            id="participants",
        ),
        pytest.param(SHARE, ["works/w-open/a.jpg", "works/w-open/index.md"], id="share"),
    ],
)
def test_files_of_items_that_are_cut_away_are_cut_away_too(
    projection: Projection, expected: list[str], dossier: Dossier, academy: Academy
):
    assert sorted(cut(dossier, projection, academy.policy, NOW).files) == expected


def test_the_owner_loses_nothing_but_files_that_belong_to_no_item(
    dossier: Dossier, academy: Academy
):
    stray = {"about.md", "portfolio.yml", "works/w-open-not/index.md"}

    whole = cut(dossier, OWNER, academy.policy, NOW)

    kept = {path: one for path, one in dossier.files.items() if path not in stray}
    assert whole == replace(dossier, files=kept)


def test_without_consent_to_placement_nobody_gets_anything_of_the_portfolio(
    dossier: Dossier, academy: Academy
):
    bare = replace(dossier, consents=())

    owners = cut(bare, OWNER, academy.policy, NOW)
    staffs = cut(bare, RESPONSIBLE, academy.policy, NOW)

    central = {"Orlova", "Vera", "Ivanovna", "card-external-id", "card-mailbox", "card-phone",
               "result-grade"}  # fmt: skip
    assert found_in(owners) == central | {"document"}
    assert found_in(staffs) == central
    assert owners.files == staffs.files == {}
    assert owners.portfolio.language == "en", "the cabinet stays in the listener's language"


@pytest.mark.parametrize(
    ("purposes", "participants", "share"),
    [
        ((), False, False),
        ((Purpose.PLACEMENT,), False, False),
        ((Purpose.PLACEMENT, Purpose.PARTICIPANTS), True, False),
        ((Purpose.PLACEMENT, Purpose.OUTSIDERS), False, True),
        ((Purpose.PARTICIPANTS, Purpose.OUTSIDERS), False, False),
        (tuple(Purpose), True, True),
    ],
)
def test_a_projection_nobody_consented_to_cannot_be_made(
    purposes: tuple[Purpose, ...],
    participants: bool,
    share: bool,
    dossier: Dossier,
    academy: Academy,
    consent: Callable[..., Consent],
):
    given = replace(dossier, consents=(consent(*purposes),))

    for projection, may in ((PARTICIPANTS, participants), (SHARE, share)):
        if may:
            assert cut(given, projection, academy.policy, NOW).portfolio.works
        else:
            words = f"^no consent in force for the projection {projection.name}$"
            with pytest.raises(PermissionError, match=words):
                cut(given, projection, academy.policy, NOW)
    expected = (OWNER, RESPONSIBLE, PARTICIPANTS) if participants else (OWNER, RESPONSIBLE)
    assert standing_projections(given, NOW) == expected


def test_withdrawal_closes_the_shared_portfolio_at_that_very_moment(
    dossier: Dossier, consent: Callable[..., Consent]
):
    ended = replace(dossier, consents=(consent(*Purpose, withdrawn=NOW),))

    assert PARTICIPANTS in standing_projections(ended, NOW - timedelta(microseconds=1))
    assert PARTICIPANTS not in standing_projections(ended, NOW)


@pytest.mark.parametrize("status", list(Status))
def test_only_expulsion_leaves_nothing_to_build(dossier: Dossier, status: Status):
    card = replace(dossier.card, status=status)

    names = [one.name for one in standing_projections(replace(dossier, card=card), NOW)]

    expelled = status is Status.EXPELLED
    assert names == ([] if expelled else ["owner", "responsible", "participants"])


def test_the_policy_decides_for_items_that_do_not_say(dossier: Dossier):
    strict = Policy(visible_to=dict.fromkeys(ItemKind, Audience.OWNER))
    generous = Policy(visible_to=dict.fromkeys(ItemKind, Audience.PARTICIPANTS))

    few = cut(dossier, PARTICIPANTS, strict, NOW).portfolio
    many = cut(dossier, PARTICIPANTS, generous, NOW).portfolio

    assert [item.id for item in few.items()] == ["g-open"]
    assert [item.id for item in many.items()] == [
        "w-open", "a-open", "g-mine", "g-open", "r-mine", "e-open",
    ]  # fmt: skip


def test_names_of_projections_tell_share_links_apart():
    other = Projection(kind=ProjectionKind.SHARE, share="t2")

    assert [one.name for one in (OWNER, RESPONSIBLE, PARTICIPANTS, SHARE, other)] == [
        "owner", "responsible", "participants", "share-t1", "share-t2",
    ]  # fmt: skip
