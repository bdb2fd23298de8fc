"""A listener writes: photographs first, forms, drafts, and nothing typed is lost."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image


def photograph(colour="green", size=(400, 300)):
    """A photograph of a phone held upright, as it comes out of the camera."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Phone of Anna"
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_the_first_screen_shows_what_is_published(house):
    page = house.anna().look("/desk/")

    assert page.address == "/desk/mine/"
    assert "Двор на Солнечной" in page.text
    assert "Добавить работу" in page.text


def test_a_work_begins_with_photographs_and_two_questions(house):
    page = house.anna().look("/desk/add/works/")
    files = [("image.jpg", photograph()), ("image.jpg", photograph("red"))]
    page.send(files=files, did="Посадили клён.", learned="Копать.")

    assert re.fullmatch(r"/desk/edit/works\.20261124-[a-z0-9]{5}/", page.address)
    assert "Черновик сохранён" in page.text
    assert page.html.count("d-file__picture") == 2
    form = dict(page.form().fields)
    assert form["body"] == (
        "## Что сделано\r\n\r\nПосадили клён.\r\n\r\n## Чему я научился\r\n\r\nКопать."
    )
    assert (form["files.0.file"], form["files.1.file"]) == ("image.jpg", "image-2.jpg")
    sent = page.client.get(f"/desk/picture/{page.address.split('/')[3]}/image-2.jpg")
    image = Image.open(BytesIO(sent.content))
    assert image.size == (300, 400)
    assert b"Phone of Anna" not in sent.content
    assert "works/" not in str(house.main().keys() - {"works/dvor/index.md", "works/dvor/plan.png"})


def test_a_work_begun_from_a_module_of_the_plan_names_the_module(house):
    page = house.anna().look("/desk/add/works/?module=site-analysis")
    page.send(title="Обмер")

    assert dict(page.form().fields)["module"] == "site-analysis"


def test_nothing_at_all_is_asked_for_kindly(house):
    page = house.anna().look("/desk/add/works/")
    page.send(status=422, title="  ")

    assert "Добавьте фотографию или напишите хотя бы название." in page.text


def test_a_file_that_does_not_fit_holds_up_none_of_the_others(house):
    page = house.anna().look("/desk/add/works/")
    page.send(title="Сад", files=[("a.jpg", photograph()), ("b.zip", b"PK\3\4")])

    assert "часть файлов не подошла" in page.text
    assert page.html.count("d-file__picture") == 1


def test_a_form_that_was_not_touched_changes_no_letter(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "save"))

    assert "Черновик: виден только вам" in page.text
    draft = house.office.drafts.of_account("bcdfghjkmn", "bcdfghjkmn")[0]
    snapshot = house.office.repositories.snapshot("bcdfghjkmn", draft.version, 10**7)
    published = {p: c for p, c in house.main().items() if p.startswith("works/dvor/")}
    assert {path: content for path, (_, content) in snapshot.items()} == published


def test_a_changed_field_leaves_comments_and_unknown_fields_alone(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "save"), title="Двор у школы", files__0__alt="Чертёж")

    draft = house.office.drafts.of_account("bcdfghjkmn", "bcdfghjkmn")[0]
    snapshot = house.office.repositories.snapshot("bcdfghjkmn", draft.version, 10**7)
    text = snapshot["works/dvor/index.md"][1].decode()
    assert text == (
        "---\ntitle: Двор у школы\ndate: 2026-10-05  # день сдачи\nkind: project\n"
        "mood: светлое\nfiles:\n  - file: plan.png\n    caption: План двора\n    alt: Чертёж\n"
        "---\n\n## Задача\n\nСтарый двор без тени.\n"
    )


def test_what_is_wrong_is_saved_and_said_beside_the_field(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "save"), date="31.02.2026", body="Новый текст")

    assert "В поле «Дата» стоит «31.02.2026»" in page.text
    assert 'href="#date"' in page.html
    form = dict(page.form().fields)
    assert (form["date"], form["body"]) == ("31.02.2026", "Новый текст")


def test_two_devices_are_both_shown_and_neither_is_lost(house):
    phone = house.anna().look("/desk/edit/works.dvor/")
    laptop = house.anna().look("/desk/edit/works.dvor/")
    phone.send(button=("do", "save"), body="Написано на телефоне")
    laptop.send(button=("do", "save"), body="Написано дома", status=409)

    assert "изменилась на другом устройстве" in laptop.text
    assert "Написано на телефоне" in laptop.text
    assert "Написано дома" in laptop.text
    laptop.send(button=("do", "save"))
    assert dict(laptop.form().fields)["body"] == "Написано дома"


def test_a_form_of_an_older_session_comes_back_filled(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    later = house.anna(csrf="a-new-session")
    later.page = page.page
    later.send(button=("do", "save"), body="Долго писала", csrf="a-word", status=403)

    assert "Вы вошли заново" in later.text
    later.send()
    assert dict(later.form().fields)["body"] == "Долго писала"


def test_a_draft_can_be_thrown_away(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "save"), body="Лишнее")
    page.send(1)

    assert page.address == "/desk/mine/"
    assert "Черновик удалён" in page.text
    assert house.office.drafts.of_account("bcdfghjkmn", "bcdfghjkmn") == ()


def test_the_preview_is_the_page_of_the_cabinet(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "look"), body="Клён у **скамьи**.")

    assert page.address == "/desk/look/works.dvor/site/portfolio/works/dvor/"
    assert "Клён у <strong>скамьи</strong>." in page.html
    assert page.client.get(f"{page.address}plan.png").headers["content-type"] == "image/png"
    assert "Так будет выглядеть. Этого пока никто, кроме вас, не видит." in page.text


def test_a_look_says_what_it_is_and_leads_on_whatever_has_become_of_the_piece(house):
    page = house.anna().look("/desk/look/works.dvor/")
    assert "Так это выглядит. Неопубликованных правок нет." in page.text
    published = page.html

    page.look("/desk/edit/works.dvor/").send(button=("do", "save"), body="Клён у скамьи.")
    page.look("/desk/look/works.dvor/site/portfolio/")
    assert 'href="/desk/edit/works.dvor/"' in page.html
    assert 'href="/desk/send/works.dvor/"' in page.html

    page.look("/desk/send/works.dvor/").send(declared="1")
    page.look("/desk/look/works.dvor/")
    assert "кроме вас, это видит рецензент" in page.text
    assert 'href="/desk/sent/1/"' in page.html
    assert page.html.count("d-look__words") == published.count("d-look__words") == 1


def test_a_goal_begins_with_its_deadline_and_is_under_way_without_saying_so(house):
    page = house.anna().look("/desk/add/goals/").send(title="Сдать чертежи", due="2026-12-20")
    form = dict(page.form().fields)

    assert (form["due"], form["state"]) == ("2026-12-20", "")
    assert '<option value="" selected>в работе</option>' in page.html
    page.send(button=("do", "save"), state="reached")
    assert '<option value="reached" selected>достигнута</option>' in page.html


def test_files_are_moved_and_taken_away(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    page.send(button=("do", "save"), files=[("b.jpg", photograph())])
    page.send(button=("earlier", "b.jpg"))
    form = dict(page.form().fields)
    assert (form["files.0.file"], form["files.1.file"]) == ("b.jpg", "plan.png")

    page.send(button=("do", "save"), files__1__remove="1")
    assert "plan.png" not in page.html


def test_a_draft_saves_itself_and_stops_when_another_device_was_there(house):
    page = house.anna().look("/desk/edit/works.dvor/")
    fields = {**dict(page.form().fields), "do": "autosave", "body": "Сам собой"}
    told = page.client.post(page.address, data=fields).json()

    assert told["saved"].startswith("Сохранено 24 ноября 2026")
    again = page.client.post(page.address, data={**fields, "expected": told["expected"]})
    assert again.status_code == 200
    assert page.client.post(page.address, data=fields).status_code == 409
    page.look("/desk/edit/works.dvor/")
    assert dict(page.form().fields)["body"] == "Сам собой"
