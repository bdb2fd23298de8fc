"""The ways to hand out a page that `benchmarks.proxy` compares, each with processes of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NGINX = shutil.which("nginx", path=f"{os.defpath}:/usr/sbin:/sbin:{os.environ['PATH']}") or "nginx"
"""The program, which stands where only administrators look on some systems."""

AS_MYSELF = "user root root;" if os.getuid() == 0 else ""
"""Started by root, nginx would work as somebody who cannot read the folder of a benchmark."""

_SETTINGS = """
{as_myself} daemon off; worker_processes 1; pid {home}/nginx-{name}.pid; error_log stderr crit;
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
_FOR_WHOM = """
      proxy_set_header Host 127.0.0.1:{port};
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto http;
"""
_KEPT = """
      proxy_http_version 1.1; proxy_set_header Connection "";
"""
ACCELERATED = f"""
    location / {{{{ proxy_pass http://door; {_KEPT}{_FOR_WHOM} }}}}
    location /_sites/ {{{{ internal; alias {{home}}/sites/; }}}}
"""
_ASKING = f"""
    location / {{{{ auth_request /_ask; root {{home}}/plain; SENDING }}}}
    location = /_ask {{{{ internal; KEPT {_FOR_WHOM}
      proxy_pass http://door$request_uri; proxy_method HEAD;
      proxy_pass_request_body off; proxy_set_header Content-Length ""; }}}}
"""
ASKING = _ASKING.replace("SENDING", "try_files ${{uri}}index.html =404;").replace("KEPT", _KEPT)
"""One question a page, connections kept."""

ASKING_AS_USUAL = _ASKING.replace("SENDING", "index index.html;").replace("KEPT", "")
"""A connection for each question, and two questions a page: `index` begins the request anew."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where something answers, and the processes that it takes."""

    port: int
    processes: tuple[int, ...]


@contextmanager
def nginx(home: Path, name: str, kind: str, locations: str) -> Iterator[Door]:
    """One of nginx with one of ours behind it."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        port = listening.getsockname()[1]
        with server(kind, home, port) as behind:
            values = {"home": home, "name": name, "port": port, "behind": behind.port}
            values["as_myself"] = AS_MYSELF
            told = locations.format(**values)
            settings = home / f"{name}.conf"
            settings.write_text(_SETTINGS.format(locations=told, **values), encoding="utf-8")
            with started(settings, listening) as process:
                _wait_for(port)
                yield Door(port, (process.pid, *behind.processes))


@contextmanager
def started(settings: Path, listening: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """An nginx on a socket that listens already, handed over as to its successor.

    So nobody can take the port between its choice and its use.
    """
    number = listening.fileno()
    with subprocess.Popen(
        [NGINX, "-c", settings],
        pass_fds=[number],
        env={**os.environ, "NGINX": f"{number};"},
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def server(kind: str, home: Path, known_as: int | None = None) -> Iterator[Door]:
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
                _wait_for(port)
                yield Door(port, (process.pid,))
            finally:
                process.terminate()


def processor_seconds(processes: tuple[int, ...]) -> float:
    """Own and system's time of processes and of the children they have now."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            line = file.read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        fields = line[line.rindex(")") + 2 :].split()
        if int(file.parent.name) in processes or int(fields[1]) in processes:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait_for(port: int) -> None:
    for _ in range(400):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /rules/ HTTP/1.0\r\n\r\n")
                if connection.recv(1):
                    return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nobody answers on port {port}")
