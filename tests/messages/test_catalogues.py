"""Both languages say the same, nothing is missing and nothing is left over."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

import academy
from messages import LANGUAGES, Catalogue, catalogue
from messages.plurals import plural_form

FORMS = {
    language: {plural_form(language, number) for number in range(200)} for language in LANGUAGES
}
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts_of(words: Catalogue) -> dict[str, str]:
    """Every text by its key; a plural form and the halves of an issue have keys of their own."""
    found = {}
    for key, value in words.texts.items():
        if isinstance(value, str):
            found[key] = value
        else:
            found.update({f"{key} ({form})": text for form, text in value.items()})
    for code, issue in words.issues.items():
        found[f"{code} what"] = issue.what
        found[f"{code} fix"] = issue.fix
    return found


def test_the_source_tells_every_code_it_uses(source):
    assert source.untold == []
    assert len(source.codes) > 40, "the search itself finds something"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_source_has_words(source, language: str):
    known = catalogue(language).issues
    silent = {code: where for code, where in source.codes.items() if code not in known}
    silent |= {
        pattern: where
        for pattern, where in source.code_patterns.items()
        if not any(re.fullmatch(pattern, code) for code in known)
    }

    assert silent == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over_from_a_code_that_is_gone(source, language: str):
    unused = [
        code
        for code in catalogue(language).issues
        if code not in source.strings
        and not any(re.fullmatch(pattern, code) for pattern in source.code_patterns)
    ]

    assert unused == []


def is_used(key: str, source) -> bool:
    topic, _, rest = key.partition(".")
    if {key, rest} & source.strings:
        return True
    bare = f"{re.escape(topic)}\\."
    patterns = (one.removeprefix(bare) for one in source.patterns)
    return any(
        re.fullmatch(one, rest)
        for one in patterns
        if len(re.sub(r"\.\+|\\", "", one)) >= 3  # A gap alone would stand for anything.
    )


def test_no_text_is_left_over(source):
    keys = [key for key in catalogue("ru").texts if not key.startswith("domain.")]

    assert [key for key in keys if not is_used(key, source)] == []


def test_every_text_that_is_asked_for_is_there(source):
    known = set(catalogue("ru").texts)
    known |= {key.partition(".")[2] for key in known}

    assert {key: where for key, where in source.asked.items() if key not in known} == {}


def test_words_for_values_of_the_domain_are_complete():
    found = (import_module(f"academy.{one.name}") for one in iter_modules(academy.__path__))
    values = {
        name: {member.value for member in value}
        for module in found
        for name, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Enum) and value is not Enum
    }
    worded: dict[str, set[str]] = {}
    for key in catalogue("ru").texts:
        if key.startswith("domain."):
            _, name, value = key.split(".")
            worded.setdefault(name, set()).add(value)

    assert worded == {name: values.get(name) for name in worded}


def test_both_languages_have_the_same_texts_and_issues():
    russian, english = catalogue("ru"), catalogue("en")

    assert sorted(russian.texts) == sorted(english.texts)
    assert sorted(russian.issues) == sorted(english.issues)


def test_both_languages_have_the_same_gaps():
    russian, english = catalogue("ru"), catalogue("en")

    def all_gaps(words: Catalogue, key: str) -> set[str]:
        value = words.texts[key]
        forms = [value] if isinstance(value, str) else list(value.values())
        return set().union(*map(gaps, forms))

    unlike = [key for key in russian.texts if all_gaps(russian, key) != all_gaps(english, key)]
    assert unlike == []
    assert {
        code
        for code, words in russian.issues.items()
        if gaps(words.what) | gaps(words.fix)
        != gaps(english.issues[code].what) | gaps(english.issues[code].fix)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_counts_has_every_form_and_no_other(language: str):
    counting = {
        key: set(value)
        for key, value in catalogue(language).texts.items()
        if not isinstance(value, str)
    }

    assert counting == dict.fromkeys(counting, FORMS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_tidy(language: str):
    texts = texts_of(catalogue(language))

    assert [key for key, text in texts.items() if not text or text != text.strip()] == []
    assert [key for key, text in texts.items() if "..." in text] == []
    assert [
        (key, gap) for key, text in texts.items() for gap in gaps(text) if not gap.isidentifier()
    ] == []


def test_each_language_is_written_in_its_own_letters():
    english = texts_of(catalogue("en"))
    sentences = {key: one for key, one in texts_of(catalogue("ru")).items() if " " in one}

    quoted = re.compile("«[^»]*»")  # The name of a column stands as the file has it.
    assert [k for k, text in english.items() if CYRILLIC.search(quoted.sub("", text))] == []
    assert [key for key, text in sentences.items() if not CYRILLIC.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_issue_says_what_is_wrong_and_what_to_do_in_whole_sentences(language: str):
    halves = [
        (code, text)
        for code, words in catalogue(language).issues.items()
        for text in (words.what, words.fix)
    ]

    ends = (".", "?", "!")
    assert [code for code, text in halves if not text.rstrip("»”").endswith(ends)] == []
