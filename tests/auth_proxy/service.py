"""Another service of the academy behind the door: a real one, whose every byte the test decides."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

PLAIN = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello"


class Service:
    """Listens on loopback; remembers what it is asked, and answers as it is told.

    `says` is the bytes of the answer, or a function that is given the
    connection once the whole request is there.
    """

    def __init__(self, says=PLAIN):
        self.says = says
        self.heard = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._listen, daemon=True)]

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_):
        # Closing alone does not wake a thread that waits for the next connection.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(10)

    @property
    def asked(self):
        """The last request: its first line, its headers as a list of pairs, its body."""
        head, _, body = self.heard[-1].partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = [line.split(": ", 1) for line in lines]
        return first, [(name.lower(), value) for name, value in headers], body

    def _listen(self):
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection):
        with connection, suppress(OSError):
            connection.settimeout(20)
            if request := _whole_request(connection):
                self.heard.append(request)
                if callable(self.says):
                    self.says(connection)
                else:
                    connection.sendall(self.says)


def _whole_request(connection):
    got = b""
    while not _is_whole(got):
        piece = connection.recv(65536)
        if not piece:
            return b""
        got += piece
    return got


def _is_whole(got):
    head, blank, body = got.partition(b"\r\n\r\n")
    if not blank:
        return False
    lines = head.lower().split(b"\r\n")
    if b"transfer-encoding: chunked" in lines:
        return body.endswith(b"0\r\n\r\n")
    lengths = [int(line[15:]) for line in lines if line.startswith(b"content-length:")]
    return len(body) >= (lengths or [0])[0]


def head(status, *headers):
    """The head of an answer after which the connection ends."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "connection: close", "", ""]).encode()


def request(town, account, first, *headers, body=b""):
    """A request byte by byte, signed in."""
    lines = [
        f"{first} HTTP/1.1",
        f"host: {town.address[7:]}",
        f"cookie: {town.cookie(town.session(account))}",
        "connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def told(service):
    """The identity headers that arrived, with everything that could be taken for one."""
    return {
        name: value
        for name, value in service.asked[1]
        if any(word in name for word in ("cabinet", "forwarded", "user", "remote", "auth"))
        and name != "user-agent"
    }
