"""Buttons that are pressed many times at the same moment, on one device or on several."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from academy.access import Role
from academy.submission import SubmissionState
from tests.desk.conftest import ANNA, CSRF, STAFF

EDIT = "/desk/edit/works.dvor/"
SEND = "/desk/send/works.dvor/"
AT_ONCE = 6


def at_once(*askers):
    """Let everybody press their button at the same moment; give the answers."""
    barrier = Barrier(len(askers))

    def press(asker):
        reader, address, fields = asker
        barrier.wait()
        return reader.client.post(address, data={"csrf": CSRF, **fields})

    with ThreadPoolExecutor(len(askers)) as threads:
        return list(threads.map(press, askers))


@pytest.fixture
def drafted(house):
    """A draft of a work that waits to be sent."""
    house.anna().look(EDIT).send(body="Двор стал тенистым.", do="save")
    return house


def accept(house, number):
    head = house.office.merge_requests.get(ANNA, number).head
    address = f"/desk/review/{ANNA}/{number}/"
    return house.teacher(), address, {"do": "accept", "head": head, "grade": "5"}


def states(house):
    return [one.state for one in house.office.merge_requests.all(ANNA)]


def test_a_draft_is_sent_once(drafted):
    at_once(*[(drafted.anna(), SEND, {"declared": "1"}) for _ in range(AT_ONCE)])
    assert states(drafted) == [SubmissionState.SUBMITTED]


def test_a_submission_is_accepted_once(drafted):
    drafted.anna().client.post(SEND, data={"csrf": CSRF, "declared": "1"})
    at_once(*[accept(drafted, 1) for _ in range(AT_ONCE)])

    assert states(drafted) == [SubmissionState.MERGED]
    heads = drafted.office.repositories.heads(ANNA)
    record = drafted.office.repositories.tree(ANNA, heads["refs/heads/record"])
    assert [one for one in record if one.startswith("reviews/")] == ["reviews/dvor/1.md"]


def test_of_a_withdrawal_and_an_acceptance_one_holds(drafted):
    before = drafted.main()
    drafted.anna().client.post(SEND, data={"csrf": CSRF, "declared": "1"})
    at_once(accept(drafted, 1), (drafted.anna(), "/desk/sent/1/withdraw/", {}))

    [state] = states(drafted)
    assert state in {SubmissionState.MERGED, SubmissionState.WITHDRAWN}
    assert (drafted.main() == before) is (state is SubmissionState.WITHDRAWN)


def test_a_publication_is_undone_once(drafted):
    drafted.anna().client.post(SEND, data={"csrf": CSRF, "declared": "1"})
    at_once(accept(drafted, 1))
    at_once(*[(drafted.anna(), "/desk/sent/1/undo/", {}) for _ in range(AT_ONCE)])

    assert states(drafted) == [SubmissionState.MERGED, SubmissionState.SUBMITTED]


def test_a_change_of_the_academys_content_is_sent_once(house):
    registrar = house.as_(STAFF, Role.REGISTRAR, groups=())
    page = registrar.look("/desk/content/edit/public/help.md")
    number = next(n for n in range(9) if any(name == "text" for name, _ in page.form(n).fields))
    fields = {**dict(page.form(number).fields), "text": "---\ntitle: Помощь\n---\n\nНовая.\n"}
    asker = (registrar, page.address, {**fields, "do": "send"})
    at_once(*[asker for _ in range(AT_ONCE)])

    sent = house.office.merge_requests.all("academy")
    assert [one.state for one in sent] == [SubmissionState.SUBMITTED]


def test_of_drafts_that_are_saved_from_one_beginning_one_is_kept_and_the_others_are_told(drafted):
    fields = {"do": "save", "expected": "", "title": "Двор", "date": "2026-10-05"}
    (draft,) = drafted.office.drafts.of_account(ANNA, ANNA)
    fields["expected"] = draft.version
    answers = at_once(
        *[(drafted.anna(), EDIT, {**fields, "body": f"Слово {n}."}) for n in range(AT_ONCE)]
    )
    assert sorted(one.status_code for one in answers) == [200, *[409] * (AT_ONCE - 1)]
