"""What stands outside a projection is on none of its pages, nor in its search index."""

from __future__ import annotations

from datetime import UTC, datetime

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)

# Every planted word stands in one place only; who may read it is the value.
OWNER, RESPONSIBLE, PARTICIPANTS = (
    {"owner"},
    {"owner", "responsible"},
    {
        "owner",
        "responsible",
        "participants",
    },
)
PLANTED = {
    "ПРИВАТНОЕРАЗМЫШЛЕНИЕ": OWNER,
    "ПРИВАТНЫЙЗАГОЛОВОК": OWNER,
    "ПРИВАТНАЯПОДПИСЬ": OWNER,
    "ПРИКАЗНОМЕР": OWNER,
    "t1@students.example.org": RESPONSIBLE,
    "900 000-00-00": RESPONSIBLE,
    "ЦЕЛЬДЛЯОТВЕТСТВЕННЫХ": RESPONSIBLE,
    "ТЕКСТРЕЦЕНЗИИ": RESPONSIBLE,
    "ОТВЕТНАРЕЦЕНЗИЮ": RESPONSIBLE,
    "ОЦЕНКАВВЕДОМОСТИ": RESPONSIBLE,
    "ОБЩАЯРАБОТА": PARTICIPANTS,
    "ОБЩИЙЗАГОЛОВОК": PARTICIPANTS,
    "РАССКАЗОСЕБЕ": PARTICIPANTS,
}
MAIN = {
    "about.md": "РАССКАЗОСЕБЕ\n\n[ссылка](reflections/zzinner.md)\n",
    "works/shown/index.md": "---\ntitle: ОБЩИЙЗАГОЛОВОК\nmodule: site-survey\n---\nОБЩАЯРАБОТА "
    "[назад](../../reflections/zzinner.md) [туда](../zzhidden/index.md)\n",
    "works/zzhidden/index.md": "---\ntitle: ПРИВАТНЫЙЗАГОЛОВОК\nvisible_to: owner\n"
    "files: [{file: secret.jpg, caption: ПРИВАТНАЯПОДПИСЬ}]\n---\nтекст\n",
    "works/zzhidden/secret.jpg": b"\xff\xd8 secret",
    "goals/g.md": "---\ntitle: Цель\nset_on: 2026-11-01\nvisible_to: responsible\n---\n"
    "ЦЕЛЬДЛЯОТВЕТСТВЕННЫХ\n",
    "reflections/zzinner.md": "---\ntitle: Про себя\ndate: 2026-11-01\n---\nПРИВАТНОЕРАЗМЫШЛЕНИЕ\n",
}
RECORD = {
    "documents/d1.yml": "title: Приказ\nkind: order\nnumber: ПРИКАЗНОМЕР\n",
    "results.yml": "results: [{module: site-survey, outcome: passed, grade: ОЦЕНКАВВЕДОМОСТИ}]\n",
    "reviews/shown/1.md": "---\nauthor: s-1\nrole: teacher\nmoment: 2026-11-02\nanswers:\n"
    "  - {author: listener, moment: 2026-11-03, text: ОТВЕТНАРЕЦЕНЗИЮ}\n---\nТЕКСТРЕЦЕНЗИИ\n",
}


def test_planted_words_are_where_they_may_be_read_and_nowhere_else(house, academy):
    programme = academy.programme("landscape-design")
    module = programme.modules[0].id
    main = {
        path: text.replace("site-survey", module) if isinstance(text, str) else text
        for path, text in MAIN.items()
    }
    record = {path: text.replace("site-survey", module) for path, text in RECORD.items()}
    person = house.add(main=main, record=record)
    house.builder.build(person, AT)
    found = {
        word: {
            projection
            for projection in ("owner", "responsible", "participants")
            if word in house.text(person, projection)
        }
        for word in PLANTED
    }
    assert found == PLANTED


def test_a_private_picture_is_no_file_of_a_shared_site(house):
    person = house.add(main=MAIN)
    house.builder.build(person, AT)
    shown = {
        projection: [path for path in house.files(person, projection) if "secret" in path]
        for projection in ("owner", "responsible", "participants")
    }
    assert shown == {
        "owner": ["portfolio/works/zzhidden/secret.jpg"],
        "responsible": [],
        "participants": [],
    }


def test_a_link_to_what_the_reader_may_not_see_is_plain_text(house):
    person = house.add(main=MAIN)
    house.builder.build(person, AT)
    page = house.files(person, "participants")["works/shown/index.html"].decode()
    assert "назад" in page
    assert "туда" in page
    assert "zzinner" not in page
    assert "zzhidden" not in page
