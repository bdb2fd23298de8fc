"""Texts about people, kept by the state they were made of; they can be thrown away."""

from __future__ import annotations

import pytest

from catalogue.summaries import Summaries


@pytest.fixture
def file(tmp_path):
    return tmp_path / "summaries.db"


def test_what_was_kept_is_found_by_another_process(file):
    assert Summaries(file).all() == {}
    Summaries(file).put({"anna": ("s1", "Анна"), "boris": ("s1", "Борис")})
    Summaries(file).put({"anna": ("s2", "Анна иначе")})

    assert Summaries(file).all() == {"anna": ("s2", "Анна иначе"), "boris": ("s1", "Борис")}


def test_nothing_stays_of_somebody_forgotten(file):
    kept = Summaries(file)
    kept.put({"anna": ("s1", "Лебедева"), "boris": ("s1", "Орлов")})
    kept.forget("anna")

    assert kept.all() == {"boris": ("s1", "Орлов")}
    assert "Лебедева".encode() not in file.read_bytes()


def test_a_broken_file_is_one_that_was_never_filled(file):
    file.write_bytes(b"no database" * 500)
    kept = Summaries(file)
    assert kept.all() == {}
    kept.put({"anna": ("s1", "x")})
    assert kept.all() == {"anna": ("s1", "x")}
