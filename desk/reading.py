"""Everything there is of a person, read anew for each question."""

from __future__ import annotations

from academy.dossier import Dossier
from forge.port import MAIN, RECORD, Repositories
from formats.dossier import read_dossier

FILE_LIMIT = 64 * 1024 * 1024


def dossier_of(repositories: Repositories, person: str) -> Dossier | None:
    """Everything there is of a person at the present heads."""
    heads = repositories.heads(person)
    trees = []
    for ref in (MAIN, RECORD):
        commit = heads.get(ref)
        snapshot = repositories.snapshot(person, commit, FILE_LIMIT) if commit else {}
        trees.append({path: one for path, (_, one) in snapshot.items() if one is not None})
    return read_dossier(person, *trees).dossier
