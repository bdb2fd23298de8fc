"""Staff: overviews cut to what they may see, one whole story, verification of exact content."""

from __future__ import annotations

from academy.access import Role
from academy.verification import Verdict
from desk.staff.digests import dossier_of
from forge.port import MAIN, Author, Change

ANNA = "bcdfghjkmn"
BORIS = "npqrstvwxz"
ITEM = f"/desk/verify/{ANNA}/works.dvor/"


def verifier(house, account="s-7f3k"):
    return house.as_(account, Role.VERIFIER, groups=())


def verified(house):
    """The verdict on Anna's work, as the record has it."""
    return dossier_of(house.office.repositories, ANNA).verifications.get("dvor")


def test_an_overview_is_cut_to_the_groups_of_the_reviewer(house):
    page = house.teacher().look("/desk/people/")
    assert "Лебедева Анна" in page.text
    assert "Орлов Борис" in page.text

    other = house.teacher(groups=("fr-26-1",)).look("/desk/people/")
    assert "Никого не нашлось" in other.text
    other.look(f"/desk/people/{ANNA}/", status=404)
    house.anna().look("/desk/people/", status=404)


def test_an_overview_says_who_waits_and_who_is_silent(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Новый рассказ.").send(declared="1")
    page = house.teacher().look("/desk/people/?show=waiting")
    assert "Лебедева Анна" in page.text
    assert "Орлов" not in page.text

    page.look("/desk/people/?show=silent")
    assert "Орлов Борис" in page.text
    assert "Лебедева" not in page.text
    page.look("/desk/people/?q=лебед")
    assert "Орлов" not in page.text


def test_one_page_tells_the_whole_story_and_keeps_notes(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Новый рассказ.").send(declared="1")
    page = house.teacher().look(f"/desk/people/{ANNA}/")

    assert "Размещение сведений в портфолио" in page.text
    assert "Двор на Солнечной Ждёт вас" in page.text
    page.send(text="Помочь с чертежом")
    assert "Помочь с чертежом" in page.text


def test_a_verdict_is_bound_to_the_exact_content(house):
    page = verifier(house).look("/desk/verify/")
    assert "2 подтверждения" in page.text
    page.look(ITEM).send(verdict="confirmed")

    assert "Заключение записано." in page.text
    found = verified(house)
    assert (found.verdict, found.verifier, found.role) == (
        Verdict.CONFIRMED, "s-7f3k", "verifier",
    )  # fmt: skip
    dossier = dossier_of(house.office.repositories, ANNA)
    assert found.manifest == dossier.content_of(dossier.portfolio.works[0])
    assert house.published == [ANNA]
    assert "1 подтверждение" in verifier(house).look("/desk/verify/").text


def test_a_verdict_on_what_has_changed_meanwhile_is_refused(house):
    page = verifier(house).look(ITEM)
    repositories = house.office.repositories
    head = repositories.heads(ANNA)[MAIN]
    files = {"works/dvor/index.md": b"---\ntitle: Other\n---\n"}
    change = Change(ref=MAIN, expected=head, files=files, message="Edit")
    repositories.commit(ANNA, [change], Author(ANNA), house.clock())
    page.send(verdict="confirmed", status=409)

    assert "Запись успела измениться" in page.text
    assert verified(house) is None


def test_a_refusal_needs_words(house):
    page = verifier(house).look(ITEM)
    page.send(verdict="rejected", status=422)
    assert "Напишите несколько слов" in page.text

    page.send(verdict="evidence_needed", note="Нужен чертёж с подписью.")
    assert verified(house).note == "Нужен чертёж с подписью."


def test_whoever_reviewed_an_item_does_not_verify_it(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Новый рассказ.").send(declared="1")
    page = house.teacher().look(f"/desk/review/{ANNA}/1/")
    page.send(1, button=("do", "accept"), grade="5")

    page = verifier(house, "s-7m2r").look(ITEM)
    page.send(verdict="confirmed", status=409)
    assert "подтверждает её другой человек" in page.text
