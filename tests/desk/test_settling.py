"""The same item changed in two ways: both are shown in words, and the author chooses."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from academy.submission import SubmissionState
from academy.submitting import Acting
from forge.merge_requests import Proposal, Ruling
from forge.port import MAIN, Author, Change

ANNA = "bcdfghjkmn"
REVIEWER = Acting(account="s-7m2r", role="reviewer", may_review=True)
SETTLE = "/desk/settle/works.dvor/"


def drafted(house, **typed):
    """A draft of a published work."""
    return house.anna().look("/desk/edit/works.dvor/").send(button=("do", "send"), **typed)


def published(house, *changes, gone=()):
    """Another version of the same work is published, as from another device."""
    repositories = house.office.repositories
    text = house.main()["works/dvor/index.md"].decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    files = {"works/dvor/index.md": text.encode()} | dict.fromkeys(gone)
    head = repositories.heads(ANNA)[MAIN]
    change = Change(ref=MAIN, expected=head, files=files, message="Edit")
    repositories.commit(ANNA, [change], Author(ANNA), house.clock())


def accepted(house, number=1):
    requests = house.office.merge_requests
    ruling = Ruling(head=requests.get(ANNA, number).head, policy="", two_people=True)
    assert requests.accept(ANNA, number, ruling, REVIEWER, house.clock()).is_done


def test_a_draft_overtaken_by_a_publication_leads_to_both_versions_in_words(house):
    page = drafted(house, title="Двор у школы", date="2026-10-07", body="Двор стал тенистым.")
    published(house, ("Двор на Солнечной", "Солнечный двор"), ("без тени", "без единой тени"))
    page.send(declared="1", status=422)
    assert "Сверьте оба" in page.text
    page.look(SETTLE)

    assert "Двор у школы" in page.text
    assert "Солнечный двор" in page.text
    assert "<ins>Двор стал тенистым.</ins>" in page.html
    assert "Старый двор без единой тени." in page.text
    for mark in ("&lt;&lt;&lt;", "====", "title:", "2026-10-07"):
        assert mark not in page.text


def test_what_is_chosen_is_sent_and_the_rest_comes_together_by_itself(house):
    page = drafted(house, title="Двор у школы", date="2026-10-07", body="Двор стал тенистым.")
    published(house, ("Двор на Солнечной", "Солнечный двор"), ("без тени", "без единой тени"))
    page.look(SETTLE).send(choice__0="there", status=422)
    assert "Выберите, что оставить, в каждом месте" in page.text
    page.send(choice__0="there", choice__1="own", own__1="И то и другое.")

    assert page.address == "/desk/send/works.dvor/"
    assert "Соединено" in page.text
    page.send(declared="1")
    accepted(house)
    assert house.main()["works/dvor/index.md"].decode() == (
        "---\ntitle: Солнечный двор\ndate: 2026-10-07\nkind: project\nmood: светлое\n"
        "files:\n  - file: plan.png\n    caption: План двора\n---\n\nИ то и другое.\n"
    )


def test_changes_of_different_fields_need_no_choice(house):
    page = drafted(house, title="Двор у школы")
    published(house, ("2026-10-05", "2026-10-09"))
    page.look(SETTLE)
    assert "соединятся сами" in page.text

    page.send().send(declared="1")
    accepted(house)
    text = house.main()["works/dvor/index.md"].decode()
    assert "title: Двор у школы\ndate: 2026-10-09" in text


def test_a_submission_overtaken_in_review_is_settled_and_sent_again(house):
    drafted(house, title="Двор у школы").send(declared="1")
    published(house, ("Двор на Солнечной", "Солнечный двор"))
    page = house.anna().look("/desk/sent/1/")
    assert "После отправки опубликован другой вид" in page.text

    page.look(SETTLE).send(choice__0="mine").send(declared="1")
    submission = house.office.merge_requests.get(ANNA, 1)
    assert submission.state is SubmissionState.SUBMITTED
    assert house.office.merge_requests.conflicts(ANNA, 1) == ()
    accepted(house)
    assert "title: Двор у школы" in house.main()["works/dvor/index.md"].decode()


def test_an_edit_on_top_of_what_was_sent_is_settled_with_it(house):
    drafted(house, title="Двор у школы").send(declared="1")
    published(house, ("Двор на Солнечной", "Солнечный двор"))
    page = drafted(house, title="Школьный двор", body="Новый рассказ.")
    page.look(SETTLE).send(choice__0="mine").send(declared="1")

    accepted(house)
    text = house.main()["works/dvor/index.md"].decode()
    assert "title: Школьный двор" in text
    assert "Новый рассказ." in text
    assert house.office.drafts.of_account(ANNA, ANNA) == ()


def test_an_item_that_was_taken_away_meanwhile_is_kept_or_left(house):
    page = drafted(house, title="Двор у школы")
    repositories = house.office.repositories
    gone = {"works/dvor/index.md": None, "works/dvor/plan.png": None}
    change = Change(ref=MAIN, expected=repositories.heads(ANNA)[MAIN], files=gone, message="Gone")
    repositories.commit(ANNA, [change], Author(ANNA), house.clock())
    page.look(SETTLE)
    assert "Убрано" in page.text

    page.send(choice__0="mine").look("/desk/edit/works.dvor/")
    assert dict(page.form().fields)["title"] == "Двор у школы"


def png(colour):
    target = BytesIO()
    Image.new("RGB", (30, 20), colour).save(target, "PNG")
    return target.getvalue()


def test_a_picture_replaced_on_both_sides_is_shown_twice(house):
    repositories, clock = house.office.repositories, house.clock

    def replaced(colour):
        head = repositories.heads(ANNA)[MAIN]
        files = {"works/dvor/plan.png": png(colour)}
        change = Change(ref=MAIN, expected=head, files=files, message="Picture")
        repositories.commit(ANNA, [change], Author(ANNA), clock())

    requests, anna = house.office.merge_requests, Acting(account=ANNA, role="listener")
    proposal = Proposal(files={"works/dvor/plan.png": png("red")})
    requests.open(ANNA, "План", proposal, anna, clock())
    replaced("blue")
    page = house.anna().look(SETTLE)
    assert 'src="/desk/picture/works.dvor/plan.png"' in page.html
    assert 'src="/desk/files/works/dvor/plan.png"' in page.html
    assert page.client.get("/desk/files/works/dvor/plan.png").status_code == 200

    page.send(choice__0="there")
    assert requests.conflicts(ANNA, 1) == ()


def test_a_choice_for_what_has_moved_again_is_not_taken(house):
    page = drafted(house, title="Двор у школы")
    published(house, ("Двор на Солнечной", "Солнечный двор"))
    page.look(SETTLE)
    published(house, ("Солнечный двор", "Двор"))
    page.send(choice__0="mine", status=409)
    assert "запись снова изменилась" in page.text


def test_hostile_words_stay_words(house):
    page = drafted(house, title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    published(house, ("Двор на Солнечной", "<b>Двор</b>"), ("без тени", "<i>без тени</i>"))
    page.look(SETTLE)

    for tag in ("<script>alert", "<img src=x", "<b>Двор", "<i>без"):
        assert tag not in page.html
