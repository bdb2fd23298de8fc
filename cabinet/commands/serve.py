"""`cabinet serve`: the way in, and everything that time makes due."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address

from cabinet.doors import make_doors
from cabinet.doors_file import DoorSettings, read_doors_file
from cabinet.due import Watch
from cabinet.http_server import make_server, settle
from cabinet.office import NotReadyError
from cabinet.parser import Parser
from cabinet.session import OK, WRONG_USE, Session


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
    """Serve until interrupted. A demo that others can reach is served by `cabinet demo` only."""
    is_open = read_doors_file(session.home.doors).address is not None
    if is_open and session.home.demo_mark.exists():
        session.warn("refuse-demo")
        return WRONG_USE
    return serve_until_stopped(session)


def serve_until_stopped(session: Session, greet: Callable[[str], None] | None = None) -> int:
    """Serve until interrupted; `greet` is told the address before it begins."""
    host, port = session.arguments.host, session.arguments.port
    settings = read_doors_file(session.home.doors)
    if not may_listen(session, host, settings):
        return WRONG_USE
    session.office.academy()
    with ExitStack() as stack:
        try:
            listening = stack.enter_context(_listening(host, port))
        except OSError:
            session.warn("port-taken", port=port)
            return WRONG_USE
        address = settings.address or _own_address(host, listening.getsockname()[1])
        stack.enter_context(Watch(session))
        doors = make_doors(session, settings, address)
        if settings.operations is not None:
            stack.enter_context(_beside(doors.operations, *settings.operations))
        session.say("serving", address=address)
        if greet is not None:
            greet(address)
        settle()
        make_server(doors.application, settings.certificate).run(sockets=[listening])
    return OK


def may_listen(session: Session, host: str, settings: DoorSettings) -> bool:
    """Refuse, in words, what would let passwords and pages travel in the open."""
    if settings.address is None:
        if is_loopback(host) and not settings.has_tls:
            return True
        session.warn("refuse-host", host=host, file=session.home.doors)
        return False
    if not settings.has_tls:
        session.warn("refuse-plain", file=session.home.doors)
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


@contextmanager
def _beside(application: Callable[..., object], host: str, port: int) -> Iterator[None]:
    """Serve an application in a thread, for those who run the house."""
    try:
        listening = _listening(host, port)
    except OSError:
        raise NotReadyError("port-taken", port=str(port)) from None
    with listening:
        server = make_server(application)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listening]}, name="operations", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
