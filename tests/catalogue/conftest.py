"""A forge in memory that counts what is asked of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from hashlib import sha1

import pytest

from academy.listener import Card
from catalogue.listeners import Catalogue
from forge.port import MAIN, RECORD, Author, Blob, RepositoryMissingError
from formats.record import CARD
from formats.yaml_tree import write_yaml


class MemoryForge:
    def __init__(self):
        self.commits = {}
        self.refs = {}
        self.blobs = {}
        self.calls = Counter()
        self.still = None

    def stamp(self):
        return self.still

    def put(self, name, ref, files):
        commit = self._digest(f"{name}{ref}{sorted(files.items())}{len(self.commits)}".encode())
        tree = {}
        for path, content in files.items():
            blob = self._digest(content)
            self.blobs[blob] = content
            tree[path] = Blob(blob, len(content), "100644")
        self.commits[commit] = tree
        self.refs.setdefault(name, {})[ref] = commit
        return commit

    def names(self):
        self.calls["names"] += 1
        return tuple(sorted(self.refs))

    def heads(self, name):
        self.calls["heads"] += 1
        if name not in self.refs:
            raise RepositoryMissingError(name)
        return dict(self.refs[name])

    def tree(self, name, commit):
        self.calls["tree"] += 1
        if name not in self.refs:
            raise RepositoryMissingError(name)
        return self.commits[commit]

    def read(self, name, blobs):
        self.calls["read"] += 1
        assert name in self.refs
        return {blob: self.blobs[blob] for blob in blobs}

    def remove(self, name):
        del self.refs[name]

    @staticmethod
    def _digest(content):
        return sha1(content, usedforsecurity=False).hexdigest()


ACTOR = Author("k7m2q9x4bd")
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANNA, BORIS = "bbbbbbbbbb", "cccccccccc"


@pytest.fixture
def forge():
    return MemoryForge()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "index.db"


@pytest.fixture
def catalogue(forge, database):
    return Catalogue(forge, database)


@pytest.fixture
def a_card():
    def make(external_id="17", **values):
        given = {
            "last_name": "Королёва",
            "first_name": "Анна",
            "programme": "p",
            "group": "g",
            "category": "c",
        }
        return Card(external_id=external_id, **{**given, **values})

    return make


@pytest.fixture
def written():
    def write(card):
        return write_yaml(CARD.write(card)).encode()

    return write


@pytest.fixture
def enrol(forge, written):
    """Put a listener into the forge."""

    def put(person, card):
        forge.put(person, MAIN, {"about.md": b"x"})
        forge.put(person, RECORD, {"card.yml": written(card), "results.yml": b""})

    return put
