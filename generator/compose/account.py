"""Ways out of a cabinet: the desk, others' portfolios, one's account.

They stand at the end of the navigation as links from the root of the host. Which
there are depends on the projection only, so a site stays the same for all its readers.
"""

from __future__ import annotations

from academy.projection import ProjectionKind
from generator.compose.words import Words
from generator.project import NavEntry

_DESK = ("desk", "/desk/")
_CABINETS = ("cabinets", "/c/")
_PORTFOLIOS = ("portfolios", "/p/")
_ACCESS = ("access", "/oauth2/access")
_SESSIONS = ("sessions", "/oauth2/sessions")
_SIGN_OUT = ("sign-out", "/oauth2/sign-out")

_WAYS = {
    ProjectionKind.OWNER: (("write", "/desk/"), _PORTFOLIOS, _ACCESS, _SESSIONS, _SIGN_OUT),
    ProjectionKind.RESPONSIBLE: (_DESK, _CABINETS, _PORTFOLIOS, _SESSIONS, _SIGN_OUT),
    ProjectionKind.PARTICIPANTS: (_PORTFOLIOS, ("cabinet", "/c/"), _SESSIONS, _SIGN_OUT),
    # Whoever comes by a link has no account, and no place here but this.
    ProjectionKind.SHARE: (),
}


def ways_out(kind: ProjectionKind, words: Words) -> tuple[NavEntry, ...]:
    """The lines that end the navigation of a projection."""
    return tuple(NavEntry(words.text(f"way-{key}"), address) for key, address in _WAYS[kind])
