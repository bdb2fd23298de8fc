"""`cabinet serve`: built sites on this machine, and everything that time makes due."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn

from auth_proxy.open_house import Texts, Visitor, open_house
from cabinet.due import Watch
from cabinet.office import Office
from cabinet.parser import Parser
from cabinet.session import OK, WRONG_USE, Session, title
from generator.public import PUBLIC


def add_to(add: Callable[[str], Parser]) -> None:
    """Declare the command."""
    parser = add("serve")
    add_address(parser)
    parser.add_argument("--at", help=parser.words.text("command_line.help-at"))
    parser.set_defaults(run=run)


def add_address(parser: Parser) -> None:
    """Declare where to listen."""
    words = parser.words
    parser.add_argument("--host", default="127.0.0.1", help=words.text("command_line.help-host"))
    parser.add_argument("--port", type=int, default=8080, help=words.text("command_line.help-port"))


def run(session: Session) -> int:
    """Serve until interrupted."""
    host, port = session.arguments.host, session.arguments.port
    if not _is_loopback(host):
        session.warn("refuse-host", host=host)
        return WRONG_USE
    session.office.academy()
    try:
        listening = socket.create_server((host, port))
    except OSError:
        session.warn("port-taken", port=port)
        return WRONG_USE
    with listening:
        session.say("only-loopback")
        with Watch(session):
            session.say("serving", host=host, port=listening.getsockname()[1])
            config = uvicorn.Config(_application(session), log_level="warning", server_header=False)
            uvicorn.Server(config).run(sockets=[listening])
    return OK


def _application(session: Session) -> Callable[..., object]:
    office, words = session.office, session.words
    texts = Texts(
        language=words.language,
        title=words.text("command_line.open-title"),
        notice=words.text("command_line.open-notice"),
        projections={
            name: words.text(f"command_line.projection-{name}")
            for name in ("owner", "responsible", "participants")
        },
    )
    theme = office.workshop.theme.address
    return open_house(
        office.sites, office.home.assets, theme, lambda: _visitors(office), texts, PUBLIC
    )


def _visitors(office: Office) -> list[Visitor]:
    """The listeners that have something built, by name."""
    found = []
    for one in sorted(office.catalogue.listeners(), key=title):
        manifest = office.sites.manifest(one.person)
        if manifest and manifest.projections and one.card:
            shown = tuple(manifest.projections)
            found.append(Visitor(one.person, title(one), one.card.group, shown))
    return found


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
