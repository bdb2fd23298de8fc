"""The screens of the desk in the demo: who sees each, and where.

The documentation shows a picture of every one, and a test opens every one behind the real door.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PICTURES = Path(__file__).parents[1] / "docs" / "pictures" / "desk"

OLGA, NIKOLAY = "AL-2026-0011", "AL-2026-0012"
"""The listener who signs in, and one whose work waits for a review."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: the name of its picture, the account that sees it, its address, what it is."""

    name: str
    account: str
    path: str
    title: str

    @property
    def is_on_a_phone(self) -> bool:
        """Whether the picture shows a phone: those of listeners do."""
        return self.account in ("listener", "participant")

    def address(self, people: dict[str, str]) -> str:
        """Its address below the root; `people` gives ids of persons by those of the records."""
        return self.path.format(olga=people[OLGA], nikolay=people[NIKOLAY])


_WORK = "works.dvor-na-solnechnoy"
_SENT = "/desk/review/{nikolay}/1/"

SCREENS = (
    Screen("mine", "listener", "/desk/mine/", "Whose turn it is, and everything there is"),
    Screen("add-work", "listener", "/desk/add/works/", "A new work: photographs, two questions"),
    Screen("add-goal", "listener", "/desk/add/goals/", "A new goal"),
    Screen("edit", "listener", f"/desk/edit/{_WORK}/", "Writing"),
    Screen("look", "listener", f"/desk/look/{_WORK}/", "How it will look"),
    Screen(
        "settle", "listener", "/desk/settle/works.poliv-na-sklone/", "One item changed in two ways"
    ),
    Screen("send", "listener", f"/desk/send/{_WORK}/", "Sending, when there is nothing new"),
    Screen("sent", "listener", "/desk/sent/1/", "What became of it"),
    Screen("sections", "listener", "/desk/sections/", "Own sections and the headline"),
    Screen("order", "listener", "/desk/order/works/", "Order"),
    Screen("reviews", "listener", f"/desk/reviews/{_WORK}/", "Reviews of a work, and answers"),
    Screen("links", "listener", "/desk/links/", "Links for outside readers"),
    Screen("files", "listener", "/desk/files/", "Files"),
    Screen("file", "listener", "/desk/files/about.md", "A file and its history"),
    Screen("tokens", "listener", "/desk/tokens/", "Tokens for Git"),
    Screen("report", "listener", "/desk/report/study/", "An error in data of the academy"),
    Screen(
        "review-of",
        "participant",
        "/desk/review-of/{nikolay}/works.drenazh-u-sosedki/",
        "A review by a participant",
    ),
    Screen("queue", "reviewer", "/desk/review/", "What waits for a review"),
    Screen("submission", "reviewer", _SENT, "A submission"),
    Screen(
        "suggest",
        "reviewer",
        f"{_SENT}suggest/works.dorozhka-vdol-drenazha/",
        "Other wording for the author",
    ),
    Screen("people", "reviewer", "/desk/people/", "Listeners of one's groups"),
    Screen("story", "reviewer", "/desk/people/{nikolay}/", "A listener's whole story"),
    Screen("verify", "verifier", "/desk/verify/", "What waits for verification"),
    Screen("verifying", "verifier", f"/desk/verify/{{olga}}/{_WORK}/", "Verification of an item"),
    Screen("reports", "registrar", "/desk/reports/", "Errors that listeners report"),
    Screen("accounts", "registrar", "/desk/accounts/", "Accounts"),
    Screen("account", "registrar", "/desk/accounts/{olga}/", "An account"),
    Screen("consents", "registrar", "/desk/people/{olga}/consents/", "Consents"),
    Screen("announcements", "registrar", "/desk/announcements/", "Announcements"),
    Screen(
        "announcement", "registrar", "/desk/content/edit/announcements/new.md", "A new announcement"
    ),
    Screen("content", "registrar", "/desk/content/", "The academy's own content"),
    Screen(
        "content-edit",
        "registrar",
        "/desk/content/edit/programmes/landscape-design.yml",
        "A file of the academy",
    ),
    Screen(
        "content-sent",
        "registrar",
        "/desk/content/sent/1/",
        "A change that waits for a second person",
    ),
    Screen("import", "registrar", "/desk/import/", "Exports of the records"),
    Screen("overview", "auditor", "/desk/people/", "All listeners, to look at only"),
)
