"""Files of slips: where they lie, and that they lie there before their accounts are made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from administration.accounts import Slip
from administration.slips import keep_secret, slips_page
from cabinet.doors_file import read_doors_file
from cabinet.office import NotReadyError
from cabinet.session import Session


def write_slips(session: Session, slips: Sequence[Slip]) -> None:
    """Write the slips first: an account whose password nobody has would be of no use."""
    academy = session.office.academy()
    own = read_doors_file(session.home.doors).address
    address = session.arguments.address or own or next(iter(academy.sites), "")
    file = session.arguments.slips or _next_file(session)
    page = slips_page(slips, academy, address, session.words)
    try:
        keep_secret(file, page)
    except FileExistsError:
        raise NotReadyError("file-exists", file=str(file)) from None
    session.say("slips-written", file=file)


def _next_file(session: Session) -> Path:
    stem = f"{session.now():%Y-%m-%d-%H%M%S}"
    number, file = 1, session.home.slips / f"{stem}.html"
    while file.exists():
        number += 1
        file = session.home.slips / f"{stem}-{number}.html"
    return file
