from datetime import timedelta

import pytest

from academy.submitting import Acting
from forge.merge_requests import Proposal
from forge.port import DraftKey, DraftMovedError, RepositoryMissingError, Saving

PERSON = "k7m2q9x4bd"
LISTENER = Acting(account=PERSON, role="listener")
KEY = DraftKey(PERSON, "works-garden")
PAGE, PICTURE = "works/garden/index.md", "works/garden/plan.txt"


@pytest.fixture
def save(forge, drafts, person, moment):
    """Save files into the draft and give the whole answer."""

    def run(files, *, expected=None, memo="", key=KEY):
        saving = Saving(files=files, base=forge.heads(person)["refs/heads/main"], memo=memo)
        return drafts.save(person, key, saving, expected=expected, at=moment)

    return run


def contents(forge, draft):
    found = forge.snapshot(PERSON, draft.version, 10_000)
    return {path: content for path, (_, content) in found.items()}


def test_a_draft_is_read_as_it_was_saved(forge, drafts, save, person, moment):
    draft = save({PAGE: b"Text"}, memo='{"step": 2}').draft

    assert drafts.get(person, KEY) == draft
    assert contents(forge, draft) == {PAGE: b"Text"}
    assert (draft.memo, draft.saved) == ('{"step": 2}', moment)
    assert draft.base == forge.heads(person)["refs/heads/main"]


def test_a_save_changes_what_it_names_and_keeps_the_rest(forge, save):
    first = save({PAGE: b"Text", PICTURE: b"Plan"}).draft
    second = save({PAGE: b"More"}, expected=first.version).draft
    third = save({PICTURE: None}, expected=second.version).draft

    assert contents(forge, second) == {PAGE: b"More", PICTURE: b"Plan"}
    assert contents(forge, third) == {PAGE: b"More"}


def test_a_draft_has_no_history(forge, save, person, git):
    first = save({PAGE: b"Text"}).draft
    save({PAGE: b"More"}, expected=first.version)
    folder = forge.folder(person)

    assert git(folder, "rev-list", "--count", f"refs/drafts/{PERSON}/works-garden") == "1\n"
    git(folder, "gc", "--quiet", "--prune=now")
    assert forge.resolve(person, first.version) is None


def test_the_second_of_two_devices_is_given_what_the_first_has_saved(drafts, save, person):
    start = save({PAGE: b"Text"}).draft
    first = save({PAGE: b"From the phone"}, expected=start.version).draft

    with pytest.raises(DraftMovedError) as told:
        save({PAGE: b"From the desk"}, expected=start.version)
    assert told.value.present == first
    with pytest.raises(DraftMovedError):
        save({PAGE: b"From a third"})
    with pytest.raises(DraftMovedError):
        drafts.discard(person, KEY, expected=start.version)


def test_of_a_draft_that_is_gone_meanwhile_nothing_is_given(drafts, save, person):
    draft = save({PAGE: b"Text"}).draft
    drafts.discard(person, KEY, expected=draft.version)

    with pytest.raises(DraftMovedError) as told:
        save({PAGE: b"More"}, expected=draft.version)
    assert told.value.present is None
    assert drafts.get(person, KEY) is None


def test_what_the_gate_refuses_is_told_and_the_rest_is_saved(forge, save):
    kept = save({PAGE: b"Text", "works/garden/run.exe": b"MZ"})

    assert contents(forge, kept.draft) == {PAGE: b"Text"}
    assert [issue.code for issue in kept.issues] == ["gate-type-unknown"]


def test_drafts_of_an_account_are_listed_by_their_keys(drafts, save, person):
    saved = [save({PAGE: b"x"}, key=DraftKey(PERSON, key)).draft for key in ("b", "a")]

    assert drafts.of_account(person, PERSON) == (saved[1], saved[0])
    assert drafts.of_account(person, "b9w4x7r2tm") == ()


@pytest.mark.parametrize(
    "key",
    [
        DraftKey("b9w4x7r2tm", "works-garden"),
        DraftKey(PERSON, "../../heads/main"),
        DraftKey(PERSON, "a/b"),
        DraftKey(PERSON, ""),
        DraftKey(PERSON, "a.lock"),
        DraftKey(PERSON, "A"),
    ],
)
def test_a_draft_of_others_or_in_another_place_is_no_draft(drafts, save, person, key):
    with pytest.raises(ValueError, match="draft"):
        save({PAGE: b"x"}, key=key)
    with pytest.raises(ValueError, match="draft"):
        drafts.get(person, key)


def test_a_draft_goes_when_it_is_sent_and_stays_when_it_was_saved_again(
    drafts, requests, save, person, moment
):
    draft = save({PAGE: b"Text"}).draft
    proposal = Proposal(files={PAGE: b"Text"}, draft=draft)
    requests.open(person, "Garden", proposal, LISTENER, moment)
    assert drafts.get(person, KEY) is None

    old = save({PAGE: b"Text"}).draft
    newer = save({PAGE: b"More"}, expected=old.version).draft
    later = moment + timedelta(minutes=1)
    requests.open(person, "Garden", Proposal(files={PAGE: b"x"}, draft=old), LISTENER, later)
    assert drafts.get(person, KEY) == newer


def test_with_the_repository_its_drafts_are_gone(forge, drafts, save, person):
    save({PAGE: b"Text"})
    forge.remove(person)

    with pytest.raises(RepositoryMissingError):
        drafts.get(person, KEY)
