"""Built sites under the headers they are really served with, and without a sign-in.

`/c/` shows the owner's sites, `/r/` those for the responsible, `/p/` those for participants,
`/s/` those of share links: by the listener and not by the secret of a link, one for each.
"""

from __future__ import annotations

from academy.identifiers import is_person_id
from auth_proxy.asking import Asking
from auth_proxy.headers import IMMUTABLE, PAGE, PERSONAL
from auth_proxy.paths import canonical
from auth_proxy.replies import Moved, Replies, Reply, find, media_type
from auth_proxy.sending import always, send_reply
from auth_proxy.shelf import Shelf

PROJECTIONS = {"c": "owner", "r": "responsible", "p": "participants", "s": "share"}


class OpenHouse:
    """An application that shows everything to anyone."""

    def __init__(self, sites, assets, public):
        self._replies = Replies(Shelf(sites))
        self._assets, self._public = assets, public

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            asking = Asking(scope, receive)
            await send_reply(asking, self._reply(asking), send, always)

    def _reply(self, asking):
        path = canonical(asking.raw_path) or "/nothing"
        first, _, rest = path[1:].partition("/")
        if first == "assets":
            body = (self._assets / rest).read_bytes()
            kind = (b"content-type", media_type(rest).encode())
            return Reply(200, (*PAGE, IMMUTABLE, kind, _length(body)), body)
        person, projection = self._public, self._public
        if first in PROJECTIONS:
            person, _, rest = rest.partition("/")
            projection = PROJECTIONS[first]
        else:
            rest = path[1:]
        known = is_person_id(person) or person == self._public
        build = self._replies.shelf.build(person) if known else None
        if build and projection == "share":
            projection = next((one for one in build.projections if one.startswith("share-")), "")
        found = find(build, projection, rest) if build else None
        if isinstance(found, Moved):
            place = (b"location", f"{path}/".encode())
            return Reply(308, (*PAGE, PERSONAL, place, _length(b"")))
        if build is None or found is None:
            return Reply(404, (*PAGE, PERSONAL, _length(b"404")), b"404")
        return self._replies.reply(asking, build, found, (PERSONAL,))


def _length(body):
    return (b"content-length", str(len(body)).encode())
