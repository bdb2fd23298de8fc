"""`cabinet project` and `cabinet site`: one listener's cabinet as a folder, for staff."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from academy.audit import Action
from academy.projection import OWNER, PARTICIPANTS, RESPONSIBLE, Projection, is_consented
from cabinet.office import NotReadyError
from cabinet.parser import Parser
from cabinet.session import OK, Session
from cabinet.settings import PROGRAM
from forge.port import MAIN
from generator.pictures import draw
from generator.plain import write_plain
from generator.reading import Portfolio, read_portfolio

_PROJECTIONS = {one.name: one for one in (OWNER, RESPONSIBLE, PARTICIPANTS)}


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare both commands."""
    for name, run in (("project", run_project), ("site", run_site)):
        parser = add(name)
        words = parser.words
        parser.add_argument("listener", help=words.text("command_line.help-listener"))
        parser.add_argument("folder", type=Path, help=words.text("command_line.help-folder"))
        parser.add_argument(
            "--projection",
            choices=sorted(_PROJECTIONS),
            default=OWNER.name,
            help=words.text("command_line.help-projection"),
        )
        parser.add_argument("--at", help=words.text("command_line.help-at"))
        parser.set_defaults(run=run)


def run_project(session: Session) -> int:
    """Write the plain MkDocs project of a projection."""
    portfolio, projection = _chosen(session)
    office = session.office
    assert portfolio.dossier is not None  # noqa: S101 - _chosen has seen to it
    dossier, renditions = draw(portfolio.dossier, portfolio.main)
    dossier = replace(dossier, circumstances=office.surroundings.of(dossier.person))
    check = tuple(one for one in portfolio.issues if one.location.file in portfolio.main)
    project, _ = office.workshop.compose(dossier, office.academy(), projection, session.at, check)
    _refuse_filled(session.arguments.folder)
    _record(session, portfolio, projection)
    contents = {**portfolio.main, **renditions}
    large = partial(office.repositories.large_file, dossier.person)
    write_plain(project, contents, PROGRAM, session.arguments.folder, large)
    session.say("project-written", folder=session.arguments.folder)
    return OK


def run_site(session: Session) -> int:
    """Write the built site of a projection as plain files, with the assets of the theme."""
    portfolio, projection = _chosen(session)
    office = session.office
    person = portfolio.dossier.person if portfolio.dossier else ""
    office.builder().build(person, session.at)
    manifest = office.sites.manifest(person)
    files = manifest.projections.get(projection.name, {}) if manifest else {}
    folder = session.arguments.folder
    _refuse_filled(folder)
    _record(session, portfolio, projection)
    for path, stored in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(office.sites.path_of(person, stored), target)
    theme = office.workshop.theme
    shutil.copytree(theme.folder, folder / "assets" / theme.digest)
    session.say("site-written", folder=folder)
    return OK


def _chosen(session: Session) -> tuple[Portfolio, Projection]:
    """The listener and the projection that were asked for; both have to be there to show."""
    office = session.office
    [one] = session.listeners([session.arguments.listener])
    heads = office.repositories.heads(one.person)
    portfolio = read_portfolio(office.repositories, one.person, heads, office.academy())
    projection = _PROJECTIONS[session.arguments.projection]
    dossier = portfolio.dossier
    if dossier is None or not dossier.card.is_open:
        raise NotReadyError("listener-closed", text=session.arguments.listener)
    if not is_consented(dossier, projection, session.at):
        raise NotReadyError("no-consent", projection=projection.name)
    return portfolio, projection


def _record(session: Session, portfolio: Portfolio, projection: Projection) -> None:
    """Write down that a listener's data leave the program, before they do."""
    office, person = session.office, portfolio.dossier.person if portfolio.dossier else ""
    entry = office.clerk.entry(Action.EXPORTED, session.now(), person)
    commit = office.repositories.heads(person).get(MAIN, "")
    entry = replace(entry, projection=projection.name, commit=commit)
    office.ledger.audit.record_now(entry)


def _refuse_filled(folder: Path) -> None:
    """Nothing of anybody is overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotReadyError("folder-not-empty", folder=str(folder))
