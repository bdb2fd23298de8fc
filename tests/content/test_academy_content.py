"""The content a new academy starts from."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest

from academy.consistency import check_academy
from academy.institution import Section
from academy.portfolio import AchievementCategory, ItemKind, Level, Part
from formats.academy_content import read_academy
from formats.front_matter import read_document

DEMO_DAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def test_the_content_is_read_without_a_single_issue(content):
    assert read_academy(content, "0" * 40).issues == ()


def test_no_reference_leads_nowhere(academy):
    assert check_academy(academy) == ()


def test_every_teacher_author_and_department_of_the_staff_is_known(academy):
    staff = {one.id for one in academy.staff}
    named = {module.teacher for programme in academy.programmes for module in programme.modules}
    named |= {one.author for one in academy.announcements}
    assert named - {None} <= staff
    departments = {one.id for one in academy.departments}
    assert {one.department for one in academy.staff} - {None} <= departments


def test_ids_of_the_staff_do_not_tell_names(academy):
    assert all(re.fullmatch(r"s-[2-9b-df-hj-np-tv-z]{4}", one.id) for one in academy.staff)
    assert len(academy.staff) >= 10


def test_the_regulation_names_the_same_sites_support_and_town(academy):
    assert academy.sites == (
        "https://alvasar.biz/", "https://alvasar24.ru/", "https://alvasar.chat/",
    )  # fmt: skip
    assert academy.support.email == "alvasarschool@mail.ru"
    assert "ИП Леонова Ю. В." in academy.name
    assert "Геленджик" in academy.name
    assert academy.mail.webmail.endswith(f".{academy.mail.domain}/")


def test_categories_have_different_sections_and_some_of_the_academys_own(academy):
    lists = [one.sections for one in academy.categories]
    assert len(lists) >= 3
    assert len(set(lists)) == len(lists)
    own = {name for sections in lists for name in sections} - {one.value for one in Section}
    assert own == set(academy.pages)


def test_programmes_have_five_to_eight_modules_and_materials_to_read(academy):
    assert [(one.id, len(one.modules), one.hours) for one in academy.programmes] == [
        ("accounting-practice", 6, 144),
        ("landscape-design", 8, 520),
        ("photo-story", 5, 96),
    ]
    used = {
        resource.material
        for programme in academy.programmes
        for module in programme.modules
        for resource in module.resources
    }
    assert used - {None} == set(academy.materials)


def test_each_group_has_a_term_for_each_module_of_its_programme(academy):
    for group in academy.groups:
        modules = [module.id for module in academy.programme(group.programme).modules]
        assert [term.module for term in group.terms] == modules
        ends = [term.due for term in group.terms]
        assert ends == sorted(ends)


def test_announcements_are_ended_shown_and_still_to_come_on_the_demo_day(academy):
    shown = {one.id for one in academy.announcements if one.is_shown(DEMO_DAY)}
    ended = {one.id for one in academy.announcements if one.ends and one.ends <= DEMO_DAY}
    coming = {one.id for one in academy.announcements if one.starts > DEMO_DAY}
    assert shown == {
        "dendropark", "nalogovyy-kalendar", "novaya-redaktsiya-pravil", "pochta-28-noyabrya",
        "sdacha-chertezhey", "zachet-po-zarplate",
    }  # fmt: skip
    assert ended == {"den-otkrytyh-dverey", "lektsiya-o-svete"}
    assert coming == {"zimnie-kanikuly", "zimnyaya-vystavka"}


def test_the_winter_exhibition_is_announced_at_the_midnight_after_the_demo_day(academy):
    found = next(one for one in academy.announcements if one.id == "zimnyaya-vystavka")
    assert found.starts == datetime.fromisoformat("2026-11-25T00:00:00+03:00")
    assert not found.is_shown(found.starts - timedelta(microseconds=1))
    assert found.is_shown(found.starts)


def test_the_policy_decides_about_every_kind_and_every_factor(academy):
    policy = academy.policy
    assert set(policy.review) == set(ItemKind)
    assert set(policy.visible_to) == set(ItemKind)
    assert set(policy.scoring.categories) == set(AchievementCategory)
    assert set(policy.scoring.levels) == set(Level)
    assert set(policy.scoring.parts) == set(Part)


def test_materials_use_headings_lists_tables_and_quotes(academy):
    for material in academy.materials.values():
        text = material.body.source
        for mark in ("\n## ", "\n- ", "\n|", "\n> "):
            assert mark in f"\n{text}", (material.id, mark)


@pytest.mark.parametrize("purpose", ["placement", "participants", "outsiders"])
def test_each_consent_is_a_text_of_its_own_with_a_version(content, purpose):
    path = f"consents/{purpose}.ru.md"
    document, issues = read_document(content[path].decode(), path)
    assert issues == []
    head = {key: value.text for key, (_, value) in document.head.entries.items()}
    assert head["purpose"] == purpose
    assert head["version"] == "2026-09"
    assert document.body.words > 50


def test_the_rules_have_a_version_and_a_date(content):
    document, issues = read_document(content["public/rules.md"].decode(), "public/rules.md")
    assert issues == []
    assert {"title", "version", "date"} <= set(document.head.entries)


def test_public_pages_link_to_each_other_and_to_nothing_outside(content):
    pages = {path: text.decode() for path, text in content.items() if path.startswith("public/")}
    assert set(pages) == {f"public/{name}.md" for name in ("index", "rules", "support", "help")}
    for path, text in pages.items():
        assert "![" not in text
        assert not re.search(r"<[a-z/]", text)
        for target in _LINK.findall(text):
            # An address of the cabinet itself begins with a slash; the other is an example.
            if not target.startswith(("mailto:", "/")) and target != "адрес":
                assert str(PurePosixPath(path).parent / target) in pages, (path, target)
    assert {"help.md", "rules.md", "support.md"} <= set(_LINK.findall(pages["public/index.md"]))
