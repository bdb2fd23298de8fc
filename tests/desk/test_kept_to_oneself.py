"""What a listener keeps to themselves: no address of the desk gives it to a reviewer (7.2, 7.4)."""

from __future__ import annotations

import pytest

from academy.access import Role

ANNA = "bcdfghjkmn"
BORIS = "npqrstvwxz"
SECRET = "Мне было трудно признаться"
KEY = "reflections.tayna"


def publish(house, kind, title, **typed):
    """Anna writes something that no policy wants reviewed, and sends it: it is published."""
    page = house.anna().look(f"/desk/add/{kind}/").send(title=title)
    page.send(button=("do", "send"), **typed).send(declared="1")


@pytest.fixture
def shared(house):
    """Anna has published a work, sent for review, and a reflection for nobody but herself."""
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "send"), body="Двор стал тенистым.", title="Двор у школы")
    page.send(declared="1")
    publish(house, "reflections", "Тайна", body=SECRET)
    assert any(SECRET.encode() in content for content in house.main().values())
    return house


def key_of(house):
    (path,) = (path for path in house.main() if path.startswith("reflections/"))
    return f"reflections.{path.removeprefix('reflections/').removesuffix('.md')}"


def test_the_submission_by_which_it_was_published_is_not_there(shared):
    teacher = shared.teacher()

    assert "Тайна" in shared.anna().look("/desk/sent/2/").text
    teacher.look(f"/desk/review/{ANNA}/2/", status=404)
    teacher.look(f"/desk/review/{ANNA}/2/site/", status=404)
    assert "Тайна" not in teacher.look(f"/desk/people/{ANNA}/").text


def test_no_other_submission_gives_it_for_rewording(shared):
    teacher, key = shared.teacher(), key_of(shared)

    teacher.look(f"/desk/review/{ANNA}/1/suggest/works.dvor/")
    teacher.look(f"/desk/review/{ANNA}/1/suggest/{key}/", status=404)
    sent = teacher.client.post(
        f"/desk/review/{ANNA}/1/suggest/{key}/",
        files=[("csrf", (None, "a-word-of-the-session")), ("body", (None, "x"))],
    )
    assert sent.status_code == 404


def test_pictures_of_other_works_are_no_part_of_a_submission(shared):
    publish(shared, "goals", "Сдать проект")
    place = f"/desk/review/{ANNA}/{{}}/picture/after/works/dvor/plan.png"

    assert shared.teacher().look(place.format(1)).page.headers["content-type"] == "image/png"
    shared.teacher().look(place.format(3), status=404)


def test_it_cannot_be_verified(shared):
    official = shared.as_("s-4k7d", Role.VERIFIER)

    official.look(f"/desk/verify/{ANNA}/works.dvor/")
    official.look(f"/desk/verify/{ANNA}/{key_of(shared)}/", status=404)


def test_a_reflection_shown_to_the_responsible_is_shown(house):
    publish(house, "reflections", "Для куратора", body="Как учусь", visible_to="responsible")

    assert "Как учусь" in house.teacher().look(f"/desk/review/{ANNA}/1/").text


def test_staff_who_study_here_have_no_business_with_themselves(house):
    """The notes about them are not for them, nor is the registering of their own consents."""
    both = house.as_(ANNA, Role.LISTENER, Role.REVIEWER, Role.REGISTRAR)

    assert "Лебедева" not in both.look("/desk/people/").text
    both.look(f"/desk/people/{ANNA}/", status=404)
    both.look(f"/desk/people/{ANNA}/consents/", status=404)
    both.look(f"/desk/people/{BORIS}/consents/")
