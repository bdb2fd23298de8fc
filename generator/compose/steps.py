"""Next steps in words: who acts, what is to be done, how long there is, where to do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from academy.next_steps import Actor, NextStep, Step
from academy.portfolio import ItemKind
from generator.compose import desk_places
from generator.compose.context import Context
from generator.compose.places import address

_FILLING = (Step.FILL_ABOUT, Step.FILL_KIND)
_SENT = (Step.ANSWER_RETURN, Step.AWAIT_REVIEW)


def staff_steps(steps: tuple[NextStep, ...]) -> tuple[NextStep, ...]:
    """The steps worth a look by those who answer for the study: their own come first."""
    mine = (step for step in steps if step.step not in _FILLING)
    return tuple(sorted(mine, key=lambda step: step.actor is not Actor.ACADEMY))


@dataclass(frozen=True, slots=True)
class StepWords:
    """The words for the steps on one site."""

    c: Context

    @property
    def nothing(self) -> str:
        """What stands where there is no step."""
        if not self.c.is_owner:
            return self.c.words.text("staff-next-nothing")
        frozen = self.c.dossier.card.is_frozen
        return self.c.words.text("next-finished" if frozen else "next-nothing")

    def who(self, step: NextStep) -> str:
        """Who acts."""
        if self.c.is_owner:
            return self.c.words.text(f"actor-{step.actor.value}")
        return self.c.words.text(f"staff-actor-{step.actor.value}")

    def what(self, step: NextStep) -> str:
        """What a step asks for."""
        words = self.c.words
        if step.step is Step.FILL_KIND:
            return words.count(f"step-fill-{step.subject}", step.count)
        if step.step is Step.AWAIT_VERIFICATION:
            return words.count("step-await_verification", step.count)
        if step.step is Step.AWAIT_REVIEW and not self.c.is_owner:
            return words.text("staff-step-await_review", title=step.title)
        if step.step is Step.GIVE_CONSENT and not self.c.is_owner:
            return words.text("staff-step-give_consent")
        return words.text(f"step-{step.step.value}", title=step.title)

    def when(self, step: NextStep) -> str:
        """By when it is to be done or since when it waits, and how many days that is."""
        words = self.c.words
        if step.due:
            day = words.day(step.due)
            return f"{words.text('due-on', day=day)} · {self._distance(step.due)}"
        if step.since:
            day = words.day(step.since)
            return f"{words.text('waits-since', day=day)} · {self._distance(step.since)}"
        if step.step is Step.AWAIT_VERIFICATION:
            return words.count("verification-within", self.c.academy.policy.verification_days)
        return ""

    def action(self, step: NextStep) -> str:
        """What the button of a step says."""
        if step.step in _FILLING and self.c.may_edit:
            return self.c.words.text(f"add-{step.subject or 'about'}")
        return self.c.words.text(f"step-open-{step.step.value}")

    def address(self, step: NextStep, page: str) -> Markup:
        """Where the button of a step on the page `page` leads."""
        if self.c.may_edit and step.step is Step.FILL_ABOUT:
            return desk_places.about()
        if self.c.may_edit and step.step is Step.FILL_KIND:
            kind = ItemKind(step.subject)
            return desk_places.sections() if kind is ItemKind.ENTRY else desk_places.new(kind)
        if step.step in _SENT:
            if self.c.is_owner:
                return desk_places.sent(step.subject)
            return desk_places.review(self.c.dossier.person, step.subject)
        # Addresses are percent-encoded, so they hold nothing that HTML or Markdown would read.
        return Markup(address(self._place(step), page))  # noqa: S704

    def _place(self, step: NextStep) -> str:
        """Where a step leads on the site: every step has a place to go on from."""
        c = self.c
        items = {item.id: item for item in c.dossier.portfolio.items()} if c.has_portfolio else {}
        if step.step in (Step.COMING_CONTROL, Step.OVERDUE_CONTROL):
            return f"study.md#m-{step.subject}" if c.has_study else "index.md"
        if step.step is Step.GIVE_CONSENT:
            return c.consent_place
        if step.subject in items:
            return c.places.item(items[step.subject])
        if step.step is Step.FILL_KIND and c.has_portfolio:
            kind = ItemKind(step.subject)
            if kind is not ItemKind.ENTRY:
                return c.places.page_of(kind)
        return c.places.overview if c.has_portfolio else "index.md"

    def _distance(self, day: date) -> str:
        """How far a day is from today."""
        days = (day - self.c.today).days
        if days == 0:
            return self.c.words.text("today")
        return self.c.words.count("days-ahead" if days > 0 else "days-ago", abs(days))
