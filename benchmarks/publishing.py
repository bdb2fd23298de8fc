"""From the reviewer's yes to the page in the cabinet, on a home with many listeners.

On a synthetic home a warm desk lets a reviewer accept works of listeners through the
whole application; the page is read from the built site after each answer. Some works come
with two new photographs; the reviewer has looked at the page of each. Then the
overview of staff is asked for: read anew, after a start with what was kept, and once more.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from academy.access import Role, Visitor
from academy.account import Account
from academy.audit import AuditEntry
from academy.door import SCOPE, Door
from academy.policy import ReviewMode
from academy.submitting import Acting
from benchmarks import synthetic
from benchmarks.house import House, draw_pictures
from benchmarks.reporting import Told, tell
from cabinet.office import Office
from cabinet.workbench import workplace_of
from desk.application import desk
from desk.workplace import Workplace
from forge.merge_requests import Proposal, Sending

REVIEWER = "s-7m2r"
WORK = "works/work-1/index.md"
PAGE = "portfolio/works/work-1/index.html"


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of one answer: by the clock, and of the processor with all Gits that were run.

    On a machine that does something else besides, the second is the one to compare.
    """

    clock: float
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What each acceptance took, without and with new photographs, and the three overviews."""

    listeners: int
    accepted: tuple[Taken, ...]
    with_photographs: tuple[Taken, ...]
    anew: Taken
    after_start: Taken
    again: Taken


def publishing(folder: Path, *, quick: bool) -> Told:
    """Measure in an empty folder."""
    report = measure(folder, *((100, 20) if quick else (1000, 100)))
    return Told("\n".join(lines(report)), asdict(report))


def measure(folder: Path, listeners: int, accepted: int) -> Report:
    """Measure on a home made in a folder."""
    tell(f"publishing in an academy of {listeners:,} listeners")
    house = House(folder)
    house.add(range(listeners))
    house.office.reconcile(synthetic.AT)
    house.office.ledger.accounts.add(
        Account(id=REVIEWER, user_name="reviewer", created=synthetic.AT)
    )
    workplace = _workplace(house.office)
    people = Random(1).sample(house.people, min(accepted + 1, listeners))  # noqa: S311
    for one in people:
        workplace.publish(one)
    times = [_acceptance(house, workplace, one) for one in people]
    photographs = draw_pictures(2, (2560, 1920))
    pictured = [_acceptance(house, workplace, one, photographs) for one in people]
    anew = _overview(workplace)
    office = Office(house.home)
    started = _workplace(office)
    return Report(
        listeners=listeners,
        # The first one finds nothing ready: templates, the builder, the academy.
        accepted=tuple(times[1:]),
        with_photographs=tuple(pictured[1:]),
        anew=anew,
        after_start=_overview(started),
        again=_overview(started),
    )


def lines(report: Report) -> list[str]:
    """Say what was measured, as the lines of a table."""
    plain, pictured = report.accepted, report.with_photographs
    rows = (
        (f"accepted and in the cabinet, median of {len(plain)}", _part(plain, 50)),
        ("the same, 95 in 100 below", _part(plain, 95)),
        (f"with two new photographs, median of {len(pictured)}", _part(pictured, 50)),
        ("the same, 95 in 100 below", _part(pictured, 95)),
        (f"overview of {report.listeners}, every portfolio read", report.anew),
        ("the same, first after a start", report.after_start),
        ("the same, once more", report.again),
    )
    told = [f"| {words} | {one.clock:.0f} | {one.processor:.0f} |" for words, one in rows]
    return ["| | ms | ms of processor |", "|---|---:|---:|", *told]


def _part(taken: Sequence[Taken], percent: int) -> Taken:
    """What so many in a hundred acceptances stay below."""
    sides = ([one.clock for one in taken], [one.processor for one in taken])
    return Taken(*(sorted(side)[(len(side) - 1) * percent // 100] for side in sides))


def _workplace(office: Office) -> Workplace:
    moment = [synthetic.AT]

    def now() -> datetime:
        moment[0] += timedelta(seconds=1)
        return moment[0]

    return workplace_of(office, office.ledger, now)


def _acceptance(
    house: House, workplace: Workplace, person: str, photographs: Sequence[bytes] = ()
) -> Taken:
    """Accept the work of a listener; the page has to be there when the answer comes."""
    requests, words = workplace.requests, f"Опубликовано: {person}, {len(photographs)}"
    author = Acting(account=person, role="listener")
    main = workplace.repositories.heads(person)["refs/heads/main"]
    snapshot = workplace.repositories.snapshot(person, main, 10**6)
    content = (snapshot[WORK][1] or b"") + f"\n{words}\n".encode()
    files = {f"{number}.jpg": one for number, one in enumerate(photographs)}
    if files:
        listed = "".join(f"  - file: {name}\n    caption: Двор\n" for name in files)
        content = content.replace(b"self_assessment:", f"files:\n{listed}self_assessment:".encode())
    beside = {WORK.replace("index.md", name): one for name, one in files.items()}
    proposal = Proposal(files={WORK: content, **beside})
    opened = requests.open(person, "Работа", proposal, author, workplace.now()).submission
    if opened is None:
        raise ValueError(person)
    sending = Sending(declaration="1", mode=ReviewMode.BEFORE, policy="")
    requests.submit(person, opened.number, opened.head, sending, author, workplace.now())
    form = {"csrf": "a-word", "head": opened.head, "do": "accept", "grade": "5", "review": "Да."}
    address = f"/desk/review/{person}/{opened.number}/"
    _asked(workplace, lambda client: client.get(address), 200)
    taken = _asked(workplace, lambda client: client.post(address, data=form), 303)
    manifest = house.office.sites.manifest(person)
    if manifest and len(manifest.pictures.by_digest) != len(photographs):
        raise ValueError(f"{person} has {len(manifest.pictures.by_digest)} photographs.")
    stored = manifest.projections["owner"][PAGE] if manifest else None
    if stored is None or words not in house.office.sites.path_of(person, stored).read_text("utf-8"):
        raise ValueError(f"{person} is not published.")
    return taken


def _overview(workplace: Workplace) -> Taken:
    return _asked(workplace, lambda client: client.get("/desk/people/"), 200)


def _asked(
    workplace: Workplace,
    ask: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]],
    status: int,
) -> Taken:
    """Ask the application until the whole answer is there."""
    groups = frozenset(one.id for one in workplace.academy().groups)
    visitor = Visitor(account=REVIEWER, roles=frozenset({Role.REVIEWER}), groups=groups)

    async def record(_entry: AuditEntry) -> None:
        """Leave the record of access to its own benchmark."""

    door = Door(visitor=visitor, csrf="a-word", language="ru", record=record, how="benchmark")

    async def answered() -> Taken:
        transport = httpx.ASGITransport(_at_door(desk(workplace), door))
        async with httpx.AsyncClient(transport=transport, base_url="http://a.example") as client:
            start, spent = time.perf_counter(), _processor()
            answer = await ask(client)
            taken = Taken((time.perf_counter() - start) * 1000, (_processor() - spent) * 1000)
        if answer.status_code != status:
            raise ValueError(answer.text)
        return taken

    return asyncio.run(answered())


def _processor() -> float:
    """Seconds that this process and what it ran have spent."""
    return sum(os.times()[:4])


def _at_door(application: ASGIApp, door: Door) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await application({**scope, SCOPE: door}, receive, send)

    return answer
