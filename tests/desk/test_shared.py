"""A participant reviews a shared work, its author reads and answers (clause 7.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from academy.access import Role
from cabinet.workbench import workplace_of
from forge.port import MAIN, RECORD, Author, Change
from formats.dossier import read_reviews

ANNA, BORIS = "bcdfghjkmn", "npqrstvwxz"
WORK = f"/desk/review-of/{ANNA}/works.dvor/"
OWN = "/desk/reviews/works.dvor/"


@pytest.fixture
def boris(house):
    """Another listener of the academy."""
    return house.as_(BORIS, Role.LISTENER, groups=())


def reviews(house):
    repositories = house.office.repositories
    snapshot = repositories.snapshot(ANNA, repositories.heads(ANNA)[RECORD], 10**6)
    files = {path: content for path, (_, content) in snapshot.items()}
    return read_reviews(ANNA, files, [])


def written(boris, text="Тень найдена верно.", **typed):
    return boris.look(WORK).send(boris_form(boris), review=text, **typed)


def boris_form(page):
    """The form of a new review is the last one."""
    return page.html.count("<form") - 1 - page.html[: page.html.index("<main")].count("<form")


def show(house, visible_to):
    """Publish the work for another audience."""
    repositories = house.office.repositories
    text = house.main()["works/dvor/index.md"].decode()
    files = {
        "works/dvor/index.md": text.replace("kind:", f"visible_to: {visible_to}\nkind:").encode()
    }
    head = repositories.heads(ANNA)[MAIN]
    change = Change(ref=MAIN, expected=head, files=files, message="Edit")
    repositories.commit(ANNA, [change], Author(ANNA), house.clock())


def test_a_participant_sees_the_work_and_writes_what_they_think(house, boris):
    show(house, "participants")
    boris.look(WORK)
    assert "Лебедева Анна" in boris.text
    assert "Старый двор без тени." in boris.text
    picture = f"/desk/review-of/{ANNA}/site/works/dvor/plan.png"
    assert picture in boris.html
    assert boris.client.get(picture).headers["content-type"] == "image/png"

    written(boris, grade="5")
    assert "автор прочтёт это у себя в кабинете" in boris.text
    (found,) = reviews(house)
    assert (found.item, found.author, found.role, found.grade) == ("dvor", BORIS, "listener", "5")
    assert found.body.source == "Тень найдена верно.\n"
    assert found.commit == house.office.repositories.heads(ANNA)[MAIN]
    assert house.published == [ANNA]
    assert house.recorded[-2].rule == "shared_with_participants"
    assert house.recorded[-2].action.value == "reviewed"


def test_the_author_answers_and_the_talk_goes_on(house, boris):
    show(house, "participants")
    written(boris)
    anna = house.anna().look(OWN)
    assert "Орлов Борис" in anna.text
    anna.send(text="Спасибо <b>за тень</b>")
    assert "Спасибо &lt;b&gt;за тень&lt;/b&gt;" in anna.html

    boris.look(WORK)
    assert "за тень" in boris.text
    boris.send(0, text="Пожалуйста")
    answers = [one.text for one in reviews(house)[0].answers]
    assert answers == ["Спасибо <b>за тень</b>", "Пожалуйста"]
    assert "Пожалуйста" in anna.look(OWN).text


def test_reviews_of_others_are_between_their_authors_and_the_listener(house, boris):
    show(house, "participants")
    written(boris)
    other = house.as_("s-9d6m", Role.PARTICIPANT, groups=())
    assert "Тень найдена верно" not in other.look(WORK).text
    page = other.client.post(
        WORK, data={"csrf": "a-word-of-the-session", "number": "1", "text": "Чужое"}
    )
    assert page.status_code == 404
    assert reviews(house)[0].answers == ()
    curator = house.teacher().look(f"/desk/people/{ANNA}/")
    assert "Тень найдена верно" in curator.text


def test_what_is_not_shown_to_participants_cannot_be_reviewed(house, boris):
    show(house, "responsible")
    boris.look(WORK, status=404)
    boris.look(f"/desk/review-of/{ANNA}/works.nothing/", status=404)
    boris.look(f"/desk/review-of/{ANNA}/about/", status=404)


def test_without_consent_there_is_nothing_and_nobody_learns_why(house, boris):
    show(house, "participants")
    ledger = house.workplace.ledger
    ledger.consents.withdraw(ANNA, "c-1", house.clock())
    boris.look(WORK, status=404)
    assert "Такой страницы нет" in boris.text
    assert house.recorded[-1].is_allowed is False


def test_nobody_reviews_a_work_of_their_own(house):
    show(house, "participants")
    house.anna().look(WORK, status=404)


def test_a_review_is_for_what_was_on_the_screen(house, boris):
    show(house, "participants")
    boris.look(WORK)
    repositories = house.office.repositories
    text = house.main()["works/dvor/index.md"].decode().replace("без тени", "без света")
    change = Change(
        ref=MAIN,
        expected=repositories.heads(ANNA)[MAIN],
        files={"works/dvor/index.md": text.encode()},
        message="Edit",
    )
    repositories.commit(ANNA, [change], Author(ANNA), house.clock())
    boris.send(boris_form(boris), review="Хорошо", status=409)
    assert "Запись успела измениться" in boris.text
    assert ">\nХорошо</textarea>" in boris.html
    boris.send(boris_form(boris), review=" ", status=422)
    assert reviews(house) == ()


def test_nobody_is_buried_under_reviews(house, boris, monkeypatch):
    monkeypatch.setattr("desk.shared.reviewing.MOST_BY_ONE", 1)
    show(house, "participants")
    written(boris)
    boris.send(boris_form(boris), review="Ещё одна", status=409)
    assert "Продолжите одну из них" in boris.text
    assert len(reviews(house)) == 1


def test_pages_lead_to_the_forms(house, workshop):
    show(house, "participants")
    whole = workplace_of(house.office, house.workplace.ledger, house.clock, workshop)
    house.workplace = replace(house.workplace, publish=whole.publish)
    written(house.as_(BORIS, Role.LISTENER, groups=()))
    manifest = house.office.sites.manifest(ANNA)

    def page(projection, place="portfolio/works/dvor/"):
        stored = manifest.projections[projection][f"{place}index.html"]
        return house.office.sites.path_of(ANNA, stored).read_text("utf-8")

    assert f'href="{WORK}"' in page("participants", "works/dvor/")
    assert f'href="{OWN}"' in page("owner")
    assert "Тень найдена верно" in page("owner")
    assert "Тень найдена верно" in page("responsible")
    assert "Тень найдена верно" not in page("participants", "works/dvor/")
