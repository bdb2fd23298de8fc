"""Everything the desk works with. The composition root puts it together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from academy.institution import Academy
from catalogue.listeners import Catalogue
from catalogue.queue import Queue
from desk.importing import Held, Imports
from desk.previews import Previews
from desk.staff.digests import Digests
from desk.web.pages import Pages
from forge.arriving import Arrivals
from forge.merge_requests import MergeRequests
from forge.port import Drafts, Repositories
from ledger import Ledger

Publish = Callable[[str], None]
"""Builds the cabinet of a person now, after something was published."""

DrawAhead = Callable[[str, Sequence[str]], None]
"""Draws pictures of a person, by the ids of their contents, before they are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The forge, the index of listeners, the academy as it is now, and what makes pages.

    `theme` is the address of the assets; `now` the moment it is; `address` that of the
    house, where a program such as Git finds it. `digest` makes what is kept of a
    password instead of it.
    """

    repositories: Repositories
    drafts: Drafts
    arrivals: Arrivals
    requests: MergeRequests
    people: Catalogue
    academy: Callable[[], Academy]
    ledger: Ledger
    queue: Queue
    now: Callable[[], datetime]
    previews: Previews
    publish: Publish
    draw_ahead: DrawAhead
    pages: Pages
    theme: str
    imports: Imports
    digest: Callable[[str], str]
    address: str = ""
    digests: Digests = field(default_factory=Digests)
    held: Held = field(default_factory=Held)
