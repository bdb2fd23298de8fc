"""The study process: plan, progress, results, resources (clauses 3.1, 5.6.2)."""

from __future__ import annotations

from collections.abc import Mapping

from academy.portfolio import Work
from academy.results import ModuleState
from generator.compose.context import Context
from generator.compose.page import make_page
from generator.project import NavEntry, Page

STUDY = "study.md"

Made = tuple[list[Page], NavEntry]


def study(c: Context) -> Made:
    """The study plan with progress, and a page for each material of the academy it uses."""
    title = c.words.text("section-study")
    card = c.dossier.card
    programme = c.academy.programme(card.programme)
    proofs = _proofs(c)
    page = make_page(
        c,
        STUDY,
        title,
        "study.md",
        programme=programme,
        progress=c.progress,
        department=c.academy.department(
            c.dossier.results.department or (programme.department if programme else None)
        ),
        as_of=c.dossier.results.as_of or (programme.as_of if programme else None),
        proofs=proofs,
        gaps=_gaps(c, proofs),
    )
    materials = _materials(c)
    children = (
        NavEntry(c.words.text("study-plan"), STUDY),
        *(NavEntry(made.title, made.path) for made in materials),
    )
    entry = NavEntry(title, children=children) if materials else NavEntry(title, STUDY)
    return [page, *materials], entry


def material_place(material: str) -> str:
    """The page of a material."""
    return f"materials/{material}.md"


def _proofs(c: Context) -> dict[str, list[Work]]:
    """The works that prove the outcome of each module."""
    found: dict[str, list[Work]] = {}
    for work in c.dossier.portfolio.works:
        if work.module:
            found.setdefault(work.module, []).append(work)
    return found


def _gaps(c: Context, proofs: Mapping[str, list[Work]]) -> int:
    """How many modules that have begun no work proves; nobody is asked for what is ahead."""
    if not c.has_portfolio or not c.is_placed:
        return 0
    modules = c.progress.modules if c.progress else ()
    begun = [one for one in modules if one.state is not ModuleState.AHEAD]
    return sum(one.module.id not in proofs for one in begun)


def _materials(c: Context) -> list[Page]:
    if not c.is_owner or c.progress is None:
        return []
    used: dict[str, str] = {}
    for module in c.progress.modules:
        for resource in module.module.resources:
            if resource.material and resource.material in c.academy.materials:
                used.setdefault(resource.material, module.module.id)
    return [
        make_page(
            c,
            material_place(material),
            c.academy.materials[material].title,
            "material.md",
            material=c.academy.materials[material],
            module=module,
        )
        for material, module in used.items()
    ]
