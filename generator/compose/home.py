"""The home page: where am I, what is next and who acts, what is new (clauses 3.1, 7.3, 7.5)."""

from __future__ import annotations

from academy.announcement import shown_to
from academy.fill import fill_level
from academy.listener import Status
from academy.next_steps import next_steps
from academy.rating import rating
from academy.results import ModuleProgress, ModuleState
from generator.compose.context import Context
from generator.compose.news import news_lines
from generator.compose.page import make_page
from generator.compose.steps import staff_steps
from generator.project import NavEntry, Page

HOME = "index.md"
_ANNOUNCED = 3

Made = tuple[list[Page], NavEntry]


def home(c: Context) -> Made:
    """Everything at a glance, for the listener and for those who answer for their study."""
    card = c.dossier.card
    title = c.words.text("hello", name=card.addressed_as) if c.is_owner else card.full_name
    shown = shown_to(c.academy.announcements, card, c.at) if c.is_owner else ()
    steps = next_steps(c.dossier, c.progress, c.academy.policy, c.today, is_placed=c.is_placed)
    page = make_page(
        c,
        HOME,
        title,
        "home.md",
        card=card,
        state=_state(c),
        programme=c.academy.programme(card.programme),
        group=c.academy.group(card.group),
        steps=steps if c.is_owner else staff_steps(steps),
        news=news_lines(c, shown[:_ANNOUNCED]),
        news_since=c.today - c.academy.policy.news_span,
        announcements=shown[:_ANNOUNCED],
        more=max(0, len(shown) - _ANNOUNCED),
        fill=fill_level(c.dossier.portfolio, c.academy.policy),
        rating=rating(c.dossier, c.academy.policy, c.today),
        standing=c.dossier.circumstances.standing,
        remarks=len(c.found) if c.is_owner else 0,
    )
    return [page], NavEntry(c.words.text("section-home"), HOME)


def _state(c: Context) -> str:
    """Where the listener is, in one sentence."""
    card = c.dossier.card
    if card.status is not Status.ENROLLED:
        since = c.words.text("since", day=c.words.day(card.status_since))
        text = c.words.text(f"state-{card.status.value}")
        return f"{text} {since}." if card.status_since else f"{text}."
    if c.progress is None or not c.progress.modules:
        return ""
    current = c.progress.current
    return _module_state(c, current) if current else c.words.text("state-all-done")


def _module_state(c: Context, one: ModuleProgress) -> str:
    module = c.words.text("state-module", number=one.number, title=one.module.title)
    match one.state:
        case ModuleState.OVERDUE:
            rest = c.words.text("state-overdue", day=c.words.day(one.due))
        case ModuleState.NOW if one.due:
            control = c.words.name(one.module.control)
            rest = c.words.text("state-now", control=control, day=c.words.day(one.due))
        case ModuleState.AHEAD if one.starts:
            rest = c.words.text("state-ahead", day=c.words.day(one.starts))
        case _:
            return f"{module}."
    return f"{module}. {rest}"
