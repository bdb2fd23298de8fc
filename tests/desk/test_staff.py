"""Staff: overviews cut to what they may see, one whole story, verification of exact content."""

from __future__ import annotations

from academy.access import Role
from academy.verification import Verdict
from desk.reading import dossier_of
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
    assert "Двор на Солнечной Ждёт рецензента" in page.text
    page.send(text="Помочь с чертежом")
    assert "Помочь с чертежом" in page.text


def test_a_verdict_is_bound_to_the_exact_content(house):
    page = verifier(house).look("/desk/verify/")
    assert "Ждут 2 записи" in page.text
    page.look(ITEM).send(verdict="confirmed")

    assert "Заключение записано." in page.text
    found = verified(house)
    assert (found.verdict, found.verifier, found.role) == (
        Verdict.CONFIRMED, "s-7f3k", "verifier",
    )  # fmt: skip
    dossier = dossier_of(house.office.repositories, ANNA)
    assert found.manifest == dossier.content_of(dossier.portfolio.works[0])
    assert house.published == [ANNA]
    assert "Ждёт 1 запись" in verifier(house).look("/desk/verify/").text


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
    assert "проверяет её другой человек" in page.text


def registrar(house):
    return house.as_("s-7f3k", Role.REGISTRAR, groups=())


EXPORT = """\
Код слушателя;Фамилия;Имя;Программа;Группа;Категория;Статус
AL-0;Лебедева;Анна Сергеевна;landscape-design;ld-26-1;{category};обучается
AL-77;Новиков;Пётр;landscape-design;ld-26-1;{category};обучается
"""


def test_an_import_shows_the_difference_and_writes_nothing_before_the_yes(house):
    category = house.office.academy().categories[0].id
    export = EXPORT.format(category=category).encode()
    page = registrar(house).look("/desk/import/")
    page.page = page.client.post(page.address, files=[
        ("csrf", (None, "a-word-of-the-session")), ("files", ("records.csv", export)),
    ])  # fmt: skip

    assert "Что изменится" in page.text
    assert "Новиков" in page.text
    before = len(house.office.repositories.names())
    page.send(button=("do", "apply"))
    assert "Что сделано" in page.text
    assert len(house.office.repositories.names()) == before + 1
    page.send(word="gone", do="apply", status=422)
    assert "больше не хранятся" in page.text


def test_imports_and_announcements_are_for_the_registrar_only(house):
    for address in (
        "/desk/import/",
        "/desk/announcements/",
        "/desk/content/edit/announcements/new.md",
    ):
        house.teacher().look(address, status=404)
        house.anna().look(address, status=404)


def test_an_auditor_reads_notes_and_writes_none(house):
    page = house.as_("s-9d2c", Role.AUDITOR, groups=()).look(f"/desk/people/{ANNA}/")
    assert "Заметок пока нет" in page.text
    assert "/note/" not in page.html

    sent = page.client.post(
        f"/desk/people/{ANNA}/note/",
        files=[("csrf", (None, "a-word-of-the-session")), ("text", (None, "Заметка"))],
    )
    assert sent.status_code == 404
    assert house.workplace.ledger.notes.of(ANNA) == ()
