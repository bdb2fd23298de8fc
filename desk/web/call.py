"""One request as the screens of the desk see it: who asks, what for, with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from academy.access import Role, Rule, Visitor
from academy.door import Door
from administration.clerk import Clerk
from desk.people import Names
from desk.shelf import Shelf
from desk.web.pages import Words
from desk.web.submitted import Submitted
from desk.workplace import Workplace
from messages import LANGUAGES

SEE_OTHER = 303

_NAMES = {"ru": "По-русски", "en": "In English"}
"""How a language is offered to those who read no other."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the desk in its menu."""

    key: str
    address: str
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that was let in: `params` are parts of its address, `query` what follows it.

    `origin` is the address of the academy as the visitor's browser knows it.
    """

    workplace: Workplace
    door: Door
    visitor: Visitor
    words: Words
    at: datetime
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Submitted = field(default_factory=Submitted)
    places: tuple[Place, ...] = ()
    origin: str = ""

    def clerk(self, role: Role, rule: Rule) -> Clerk:
        """The visitor as who acts in the administration, in one of their roles."""
        return Clerk(
            account=self.visitor.account, role=role.value, how=self.door.how, rule=rule.value
        )

    def shelf(self, person: str = "") -> Shelf:
        """The portfolio of a person; the visitor's own without one."""
        return Shelf(self.workplace, person or self.visitor.account)

    @property
    def names(self) -> Names:
        """Who accounts are, in words for people."""
        unknown = self.words.text("a-participant")
        return Names(self.workplace.academy(), self.workplace.people, unknown)

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """Answer with a page."""
        site = {
            "academy": self.workplace.academy().short_name,
            "theme": self.workplace.theme,
            "csrf": self.door.csrf,
            "places": self.places,
            "has_cabinet": Role.LISTENER in self.visitor.roles,
            "is_signed_in": bool(self.visitor.account),
            "other_language": self._other_language(),
        }
        said = self.query.get("said", "")
        known = said if self.words.has(f"said-{said}") else ""
        html = self.workplace.pages.render(
            template, self.words, {"site": site, "said": known, "failed": status >= 400, **values}
        )
        return Response(html, status_code=status, media_type="text/html")

    def _other_language(self) -> dict[str, str] | None:
        """The way to the same page in the other language, unless it would lose what is typed."""
        if self.form.fields:
            return None
        code = next(one for one in LANGUAGES if one != self.words.language)
        query = {**self.query, "lang": code}
        return {"code": code, "name": _NAMES[code], "address": f"{self.path}?{urlencode(query)}"}

    def go(self, address: str, said: str = "", at: str = "", **query: str) -> Response:
        """Answer with another address, so that loading the page again repeats nothing."""
        asked = {**({"said": said} if said else {}), **query}
        query_text = f"?{urlencode(asked)}" if asked else ""
        place = f"#{at}" if at else ""
        return RedirectResponse(f"{address}{query_text}{place}", status_code=SEE_OTHER)
