"""A reviewer: the queue, what changed, a grade, accept or return, and what only staff see."""

from __future__ import annotations

from academy.access import Role
from academy.review import CriterionGrade
from academy.submission import EditState, SubmissionState
from academy.submitting import Acting
from forge.merge_requests import Proposal
from formats.dossier import read_reviews

ANNA = "bcdfghjkmn"
SUBMISSION = f"/desk/review/{ANNA}/1/"


def sent(house, body="Двор стал тенистым.", note="Посмотрите тень"):
    """Anna changes a work and sends it."""
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body=body, title="Двор у школы")
    return page.send(declared="1", note=note)


def record(house):
    heads = house.office.repositories.heads(ANNA)
    snapshot = house.office.repositories.snapshot(ANNA, heads["refs/heads/record"], 10**6)
    return {path: content for path, (_, content) in snapshot.items()}


def test_the_queue_names_what_waits_whose_it_is_and_until_when(house):
    sent(house)
    page = house.teacher().look("/desk/")

    assert page.address == "/desk/review/"
    assert "Ждёт 1 запись" in page.text
    assert "Двор у школы Лебедева Анна, " in page.text
    assert "ответить до 1 декабря 2026" in page.text


def test_reviewers_of_other_groups_see_nothing_and_are_told_nothing(house):
    sent(house)
    other = house.teacher(groups=("fr-26-1",))

    assert "Рецензии никто не ждёт" in other.look("/desk/review/").text
    other.look(SUBMISSION, status=404)
    other.look("/desk/review/bcdfghjkmn/99/", status=404)
    assert house.recorded[-1].is_allowed is False


def test_a_submission_shows_how_it_looks_and_what_changed(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)

    assert "Посмотрите тень" in page.text
    assert "<p>Двор стал тенистым.</p>" in page.html
    assert "<del>Двор на Солнечной</del>" in page.html
    assert "<ins>Двор у школы</ins>" in page.html
    assert "<del>Старый</del>" in page.html or "<del>Старый двор без тени.</del>" in page.html
    assert f'src="{SUBMISSION}site/portfolio/works/dvor/plan.png"' in page.html
    picture = page.client.get(f"{SUBMISSION}site/portfolio/works/dvor/plan.png")
    assert picture.headers["content-type"] == "image/png"


def test_accepting_publishes_and_writes_the_review_beside(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)
    number = 1 + page.html.count('comment/"') - 1
    page.send(number, button=("do", "accept"), grade="5", review="Тень найдена.\n\nХорошо.",
              criterion__task="4")  # fmt: skip

    assert page.address == "/desk/review/"
    assert "Принято и опубликовано" in page.text
    assert "Двор стал тенистым." in house.main()["works/dvor/index.md"].decode()
    assert house.published == [ANNA]
    (review,) = read_reviews(ANNA, record(house), [])
    assert (review.item, review.grade, review.author) == ("dvor", "5", "s-7m2r")
    assert review.criteria == (CriterionGrade(criterion="task", grade="4"),)
    assert review.body.source == "Тень найдена.\n\nХорошо.\n"
    assert "опубликована" in house.anna().look("/desk/sent/1/").text


def test_returning_takes_a_reason_and_loses_nothing_typed(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)
    page.send(1, button=("do", "return"), review="Черновик рецензии", status=422)

    assert "без них непонятно, что делать дальше" in page.text
    assert dict(page.form(1).fields)["review"] == "Черновик рецензии"
    page.send(1, button=("do", "return"), reason="Добавьте план.")
    assert "Возвращено автору" in page.text
    assert "Добавьте план." in house.anna().look("/desk/sent/1/").text
    assert house.office.merge_requests.get(ANNA, 1).state is SubmissionState.RETURNED


def test_what_changed_since_the_last_look(house):
    sent(house)
    teacher = house.teacher().look(SUBMISSION)
    teacher.send(1, button=("do", "return"), reason="Добавьте план.")
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Двор стал тенистым. План ниже.").send(declared="1")

    teacher.look(SUBMISSION)
    assert "Что изменилось с вашего прошлого просмотра" in teacher.text
    assert "<del>Двор на Солнечной</del>" not in teacher.html
    assert "<ins>План ниже.</ins>" in teacher.html
    teacher.look(f"{SUBMISSION}?whole=1")
    assert "<del>Двор на Солнечной</del>" in teacher.html


def test_approving_what_has_changed_meanwhile_is_refused(house):
    sent(house)
    teacher = house.teacher().look(SUBMISSION)
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Совсем другое.").send(declared="1")
    teacher.send(1, button=("do", "accept"), review="Отлично", status=409)

    assert "Запись успела измениться" in teacher.text
    assert dict(teacher.form(1).fields)["review"] == "Отлично"
    assert "Совсем другое" not in house.main()["works/dvor/index.md"].decode()


def test_a_comment_is_tied_to_a_paragraph(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)
    page.send(0, text="Чем измеряли?", place="works.dvor|Двор стал тенистым.")

    assert "Ваш ответ передан" in page.text
    story = house.anna().look("/desk/sent/1/")
    assert "Самарин Павел Андреевич пишет" in story.text
    assert "Чем измеряли?" in story.text


def test_a_suggested_edit_is_accepted_with_one_tap(house):
    sent(house)
    page = house.teacher().look(f"{SUBMISSION}suggest/works.dvor/")
    page.send(body="Двор стал тенистым и тихим.", why="Так точнее")
    assert "Правка предложена" in page.text

    anna = house.anna().look("/desk/sent/1/")
    assert "Самарин Павел Андреевич предлагает правку" in anna.text
    assert "<ins>тенистым и тихим.</ins>" in anna.html
    anna.send(0, button=("do", "accept"))
    assert "Правка принята" in anna.text
    submission = house.office.merge_requests.get(ANNA, 1)
    assert submission.edits[0].state is EditState.ACCEPTED


def test_notes_for_staff_are_never_in_the_repository(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)
    page.send(len(page.html.split("<form")) - 2, text="Помочь с чертежом")

    assert "Помочь с чертежом" in page.text
    assert "Помочь с чертежом" not in house.anna().look("/desk/sent/1/").text
    everything = [*house.main().values(), *record(house).values()]
    assert not any("Помочь".encode() in content for content in everything)


def test_phrases_are_kept_for_other_reviews_and_what_is_typed_beside_them_stays(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)
    typed = {"review": "Хорошо начато.", "grade": "4", "reason": "Подписи"}
    phrase_beside(page, **typed, phrase="Подписи к фотографиям помогают.")
    assert dict(page.form(1).fields).items() >= typed.items()

    phrase_beside(page, put="1")
    review = dict(page.form(1).fields)["review"]
    assert review.splitlines() == ["Хорошо начато.", "", "Подписи к фотографиям помогают."]
    phrase_beside(page, forget="1", review="Своё")
    assert "Подписи к фотографиям помогают." not in page.text
    assert dict(page.form(1).fields)["review"] == "Своё"
    assert house.workplace.ledger.notes.phrases("s-7m2r") == {}


def phrase_beside(page, **typed):
    """Press a button of the phrases, which sends the form of the decision to their address."""
    fields = {**dict(page.form(1).fields), **typed}
    page.page = page.client.post(f"{SUBMISSION}phrase/", data=fields)
    assert page.page.status_code == 200


def test_nobody_reviews_their_own_words(house):
    sent(house)
    page = house.as_(ANNA, Role.LISTENER, Role.REVIEWER)

    assert "Рецензии никто не ждёт" in page.look("/desk/review/").text
    page.look(SUBMISSION, status=404)


def test_every_look_at_a_submission_is_written_down(house):
    sent(house)
    house.recorded.clear()
    house.teacher().look(SUBMISSION)

    (entry,) = house.recorded
    assert (entry.person, entry.actor, entry.path) == (ANNA, "s-7m2r", SUBMISSION)
    assert (entry.is_allowed, entry.rule, entry.how) == (True, "responsible_for_group", "test")


def pushed(house, number, content):
    """Anna brings other content into a submission, past every form."""
    requests = house.office.merge_requests
    present = requests.get(ANNA, number)
    proposal = Proposal(files={"works/dvor/index.md": content.encode()}, message="Двор")
    anna = Acting(account=ANNA, role="listener")
    return requests.change(ANNA, number, present.head, proposal, anna, house.clock())


def test_what_is_changed_after_a_return_is_its_authors_until_it_is_sent_again(house):
    sent(house)
    page = house.teacher().look(SUBMISSION)
    page.send(1, button=("do", "return"), reason="Подпишите план")
    work = "---\ntitle: Двор у школы\ndate: 2026-10-05\nkind: project\n---\n\nЕщё не готово.\n"
    pushed(house, 1, work)

    page = house.teacher().look(SUBMISSION)
    assert "Двор стал тенистым." in page.text
    assert "Ещё не готово" not in page.text
    assert "Ещё не готово" not in page.look(f"{SUBMISSION}site/portfolio/works/dvor/").text

    house.anna().look("/desk/send/works.dvor/").send(declared="1")
    assert "Ещё не готово" in house.teacher().look(SUBMISSION).text


def test_what_is_wrong_in_what_was_pushed_stands_on_both_screens(house):
    sent(house)
    work = "---\ntitle: Двор\ndate: 2026-10-05\nkind: project\nmodule: no-such\n---\n\nДвор.\n"
    pushed(house, 1, work)

    page = house.anna().look("/desk/sent/1/")
    assert "Здесь 2 недочёта" in page.text
    assert 'href="/desk/edit/works.dvor/?check=1#module"' in page.html
    assert "no-such" in page.text
    assert "no-such" not in house.teacher().look(SUBMISSION).text

    house.anna().look("/desk/send/works.dvor/").send(declared="1")
    page = house.teacher().look(SUBMISSION)
    assert "2 недочёта в присланном" in page.text
    assert "no-such" in page.text
