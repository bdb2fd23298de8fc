"""Applications served for real: by the server of the product, on a free port of loopback."""

from __future__ import annotations

import socket
import threading
import time

from cabinet.http_server import make_server


class Server:
    """An application in a thread, for as long as it is entered."""

    def __init__(self, application, listening=None):
        self.socket = listening or socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"
        self._server = make_server(application)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )

    def __enter__(self):
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_):
        self._server.should_exit = True
        self._thread.join()
        self.socket.close()

    @property
    def connections(self):
        """The connections that are open now."""
        return self._server.server_state.connections

    def connect(self):
        """A connection of one's own."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


def everything(connection):
    """All that comes until the other side closes."""
    pieces = []
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)
