"""What anyone may have: the academy's public pages, and the assets of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auth_proxy.addresses import Address
from auth_proxy.answers import Refusals, with_slash
from auth_proxy.asking import Asking, Send
from auth_proxy.conditions import encoding_of, has_match
from auth_proxy.headers import IMMUTABLE, PAGE, REVALIDATED, Headers
from auth_proxy.replies import Moved, Replies, Reply, find, media_type
from auth_proxy.sending import always, send_reply
from sites.compressed import ENCODINGS, is_compressible, variants


@dataclass(frozen=True, slots=True)
class PublicPages:
    """The academy's own pages; `name` is the one they are built under."""

    name: str
    replies: Replies
    refusals: Refusals

    async def answer(self, asking: Asking, address: Address, send: Send) -> int:
        """Answer with a public page; gives the status."""
        build = self.replies.shelf.build(self.name)
        found = find(build, self.name, address.rest) if build else None
        if isinstance(found, Moved):
            return await with_slash(asking, send)
        if build is None or found is None:
            return await self.refusals.send(asking, send, 404)
        reply = self.replies.reply(asking, build, found, (REVALIDATED,))
        await send_reply(asking, reply, send, always)
        return reply.status


class Assets:
    """The assets of every theme there is, held in memory in every encoding that pays.

    Pages of an earlier build name an earlier theme, so all of them are served.
    """

    def __init__(self, folder: Path, refusals: Refusals) -> None:
        self._folder, self._refusals = folder, refusals
        self._assets = {
            file.relative_to(folder).as_posix(): _prepared(file)
            for file in folder.rglob("*")
            if file.is_file() and not file.is_symlink()
        }

    async def answer(self, asking: Asking, address: Address, send: Send) -> int:
        """Answer with an asset; gives the status."""
        prepared = self._assets.get(address.rest)
        if prepared is None:
            return await self._refusals.send(asking, send, 404)
        reply = _reply(asking, address.rest, prepared)
        await send_reply(asking, reply, send, always)
        return reply.status


def _prepared(file: Path) -> dict[str, bytes]:
    """A file in every encoding; under "" as it is."""
    content = file.read_bytes()
    smaller = variants(content) if is_compressible(file.name, len(content)) else {}
    return {"": content, **smaller}


def _reply(asking: Asking, name: str, prepared: dict[str, bytes]) -> Reply:
    wanted = asking.headers.get(b"accept-encoding")
    encoding = encoding_of(wanted, [one for one in ENCODINGS if one in prepared]) or ""
    # The address names the content, so the address is its tag as well.
    tag = f'"{name.partition("/")[0]}-{encoding}"'.encode()
    headers: Headers = (*PAGE, IMMUTABLE, (b"etag", tag), (b"vary", b"accept-encoding"))
    if has_match(asking.headers.get(b"if-none-match"), tag.strip(b'"')):
        return Reply(304, headers)
    body = prepared[encoding]
    headers = (*headers, (b"content-type", media_type(name).encode()))
    if encoding:
        headers = (*headers, (b"content-encoding", encoding.encode()))
    return Reply(200, (*headers, (b"content-length", str(len(body)).encode())), body)
