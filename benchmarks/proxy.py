"""Gated pages per second: ours, ours behind nginx, nginx asking ours, and a plain Starlette app.

    python -m benchmarks.proxy [seconds] [rounds]

Every way checks the session; every one of ours makes a durable record of each access before
the first byte leaves. All run in one go, in turns, on the same machine as the client: what
counts are the ratios. Needs nginx and wrk.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.gated_site import COOKIE, PAGE, PERSON, prepare, signed

CONNECTIONS = 64
ROUNDS = 5
SECONDS = 5

_NGINX = """
daemon off; worker_processes 1; pid {home}/nginx-{name}.pid; error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off; default_type text/html; sendfile on; tcp_nopush on;
  client_body_temp_path {home}/b-{name}; proxy_temp_path {home}/p-{name};
  fastcgi_temp_path {home}/f-{name}; uwsgi_temp_path {home}/u-{name};
  scgi_temp_path {home}/s-{name};
  upstream door {{ server 127.0.0.1:{behind}; keepalive 64; }}
  server {{
    listen 127.0.0.1:{port};
    {locations}
  }}
}}
"""
_TO_DOOR = """
      proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host 127.0.0.1:{port};
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto http;
"""
_ACCELERATED = """
    location / {{ proxy_pass http://door; {to_door} }}
    location /_sites/ {{ internal; alias {home}/sites/; }}
"""
_ASKING = """
    location / {{ auth_request /_ask; root {home}/plain; index index.html; }}
    location = /_ask {{ internal; {to_door}
      proxy_pass http://door$request_uri; proxy_method HEAD;
      proxy_pass_request_body off; proxy_set_header Content-Length ""; }}
"""


def main(seconds: int = SECONDS, rounds: int = ROUNDS) -> None:
    """Measure, and print a table in Markdown."""
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder, ExitStack() as stack:
        home = Path(folder)
        home.chmod(0o755)  # The workers of nginx may be somebody else.
        token = prepare(home)
        ours, plain = f"{COOKIE}{token}", f"session={signed(token)}"
        places = {
            "FileResponse, signed cookie, no record": (stack.enter_context(plain_app(home)), plain),
            "ours": (stack.enter_context(alone(home)), ours),
            "nginx `auth_request` to ours": (stack.enter_context(asking(home)), ours),
            "ours behind nginx, `X-Accel-Redirect`": (stack.enter_context(accelerated(home)), ours),
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in places}
        for _ in range(rounds):
            for name, (port, cookie) in places.items():
                found[name].append(measured(port, cookie, seconds))
        print(table(found))


def measured(port: int, cookie: str, seconds: int) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds."""
    address = f"http://127.0.0.1:{port}/c/{PERSON}/"
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-H", f"Cookie: {cookie}",
         address],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(done.stdout)
    rate = re.search(r"Requests/sec: +([0-9.]+)", done.stdout)
    slow = re.search(r"99% +([0-9.]+)(us|ms|s)", done.stdout)
    sent = re.search(r"([0-9]+) requests in .*, ([0-9.]+)(MB|GB) read", done.stdout)
    if rate is None or slow is None or sent is None:
        raise SystemExit(done.stdout)
    size = float(sent[2]) * {"MB": 2**20, "GB": 2**30}[sent[3]] / int(sent[1])
    if size < len(PAGE) * 0.95:
        raise SystemExit(f"{size} bytes an answer are no page")
    return float(rate[1]), float(slow[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[slow[2]]


def table(found: dict[str, list[tuple[float, float]]]) -> str:
    """The medians."""
    medians = {
        name: (median(rate for rate, _ in runs), median(slow for _, slow in runs))
        for name, runs in found.items()
    }
    slowest = medians["FileResponse, signed cookie, no record"][0]
    lines = ["| way | pages a second | p99 | to FileResponse |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {rate:,.0f} | {slow:.1f} ms | {rate / slowest:.1f} × |"
        for name, (rate, slow) in medians.items()
    ]
    ask = medians["nginx `auth_request` to ours"][0]
    behind = medians["ours behind nginx, `X-Accel-Redirect`"][0]
    return "\n".join([*lines, "", f"Behind nginx: {behind / ask:.2f} × `auth_request`."])


@contextmanager
def plain_app(home: Path) -> Iterator[int]:
    """The application that is compared with."""
    with server("plain", home, None) as port:
        yield port


@contextmanager
def alone(home: Path) -> Iterator[int]:
    """Ours."""
    with server("alone", home, None) as port:
        yield port


@contextmanager
def asking(home: Path) -> Iterator[int]:
    """Nginx with the files, and ours to be asked about each."""
    with nginx(home, "asking", "alone", _ASKING) as port:
        yield port


@contextmanager
def accelerated(home: Path) -> Iterator[int]:
    """Ours, and nginx in front to send what ours says."""
    with nginx(home, "accelerated", "accelerated", _ACCELERATED) as port:
        yield port


@contextmanager
def nginx(home: Path, name: str, kind: str, locations: str) -> Iterator[int]:
    """One of nginx with one of ours behind it."""
    port = free_port()
    with server(kind, home, port) as behind:
        values = {"home": home, "name": name, "port": port, "behind": behind}
        told = locations.format(to_door=_TO_DOOR.format(port=port), **values)
        settings = home / f"{name}.conf"
        settings.write_text(_NGINX.format(locations=told, **values), encoding="utf-8")
        with subprocess.Popen(["nginx", "-c", settings]) as process:
            try:
                wait_for(port)
                yield port
            finally:
                process.terminate()


@contextmanager
def server(kind: str, home: Path, known_as: int | None) -> Iterator[int]:
    """A server of `gated_site` in a process of its own."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        port = listening.getsockname()[1]
        number = str(listening.fileno())
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.gated_site", kind, str(home), number,
             str(known_as or port)],
            pass_fds=[listening.fileno()],
        ) as process:  # fmt: skip
            try:
                wait_for(port)
                yield port
            finally:
                process.terminate()


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody answers."""
    for _ in range(400):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /rules/ HTTP/1.0\r\n\r\n")
                if connection.recv(1):
                    return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nobody answers on port {port}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
