"""A demo academy of a test's own, served exactly as `cabinet serve` puts it together."""

from __future__ import annotations

import shutil
import socket
from argparse import Namespace
from contextlib import contextmanager

from auth_proxy.identity.passwords import Passwords
from cabinet.commands.demo import MOMENT
from cabinet.demo_people import add_accounts
from cabinet.doors import make_doors
from cabinet.doors_file import DoorSettings
from cabinet.session import Session
from cabinet.settings import Home
from messages import catalogue
from tests.serving import Server


@contextmanager
def served_academy(demo, folder):
    """Copy the demo into `folder`, make its accounts, and serve it; gives session and address."""
    shutil.copytree(demo.home.root, folder / "home")
    arguments = Namespace(at=MOMENT.isoformat(), jobs=1, json=False)
    session = Session(Home(folder / "home"), catalogue("ru"), arguments)
    session.office.reconcile(MOMENT)
    add_accounts(session.office, Passwords().digest_now, MOMENT)
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with Server(make_doors(session, DoorSettings(), address).application, listening):
        yield session, address
    session.close()
