"""The nginx of docs/operations.md in front: what it is told to send, and what it never sends."""

from __future__ import annotations

import re
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from auth_proxy.forwarded import TrustedProxies
from benchmarks.doors import AS_MYSELF, started
from cabinet.settings import PROGRAM
from tests.auth_proxy.village import ANNA, BORIS, CLARA, LARGE, PNG, Village

SITE = "cabinet.example.org"
PICTURE = "portfolio/works/sad/plan.png"
AROUND = """
{as_myself} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  types {{ }} default_type application/octet-stream;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {server}
}}
"""


def certificate(folder: Path) -> str:
    """A certificate for the site, and the lines that name it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SITE)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(SITE)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "site.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "site.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return f"ssl_certificate {folder}/site.pem; ssl_certificate_key {folder}/site.key;"


def documented(folder: Path, village: Village, port: int) -> str:
    """The block of the documentation, with the places of this machine in it."""
    page = (PROGRAM / "docs" / "operations.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```nginx\n(upstream .*?)```", page, re.DOTALL)
    for written, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("# ssl_certificate …; ssl_certificate_key …;", certificate(folder)),
        ("127.0.0.1:8080", f"127.0.0.1:{village.server.port}"),
        ("/srv/cabinet/var/sites/", f"{village.sites.root}/"),
    ):
        assert block.count(written) == 1
        block = block.replace(written, here)
    return block


class Front:
    """An nginx in front of a village."""

    def __init__(self, village: Village, port: int, folder: Path) -> None:
        self.village, self.port = village, port
        self._trust = ssl.create_default_context(cafile=str(folder / "site.pem"))

    def ask(self, path, account=None, method="GET", **headers):
        """Ask the site, signed in or not; names of headers are written with underscores."""
        if account is not None:
            headers["cookie"] = self.village.cookie(self.village.session(account))
        with httpx.Client(verify=self._trust, trust_env=False, timeout=20) as client:
            return client.request(
                method,
                f"https://127.0.0.1:{self.port}{path}",
                headers={"host": SITE}
                | {name.replace("_", "-"): value for name, value in headers.items()},
                extensions={"sni_hostname": SITE},
            )

    def ask_behind(self, path, account):
        """Ask as nginx does, to see what it is told."""
        return self.village.get(
            account,
            path,
            headers={"host": SITE, "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"},
        )


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    folder = tmp_path_factory.mktemp("front")
    with (
        Village(
            folder / "home",
            address=f"https://{SITE}",
            proxies=TrustedProxies(["127.0.0.1"]),
            accelerated="/_sites/",
        ) as village,
        socket.create_server(("127.0.0.1", 0)) as listening,
    ):
        port = listening.getsockname()[1]
        settings = folder / "nginx.conf"
        server = documented(folder, village, port)
        settings.write_text(
            AROUND.format(as_myself=AS_MYSELF, folder=folder, server=server), encoding="utf-8"
        )
        with started(settings, listening):
            yield Front(village, port, folder)


HEADERS = (
    "content-type", "cache-control", "content-security-policy", "x-content-type-options",
    "referrer-policy", "x-frame-options", "cross-origin-opener-policy",
    "cross-origin-resource-policy", "permissions-policy", "strict-transport-security",
)  # fmt: skip


def test_nginx_sends_what_it_is_told_to_with_every_header_of_ours(front):
    path = f"/c/{ANNA}/{PICTURE}"
    told = front.ask_behind(path, ANNA)
    assert told.headers["x-accel-redirect"].startswith(f"/_sites/{ANNA}/objects/")
    assert (told.content, told.headers["content-length"]) == (b"", "0")

    sent = front.ask(path, ANNA)
    assert (sent.status_code, sent.content) == (200, PNG)
    assert "x-accel-redirect" not in sent.headers
    assert sent.headers["server"].startswith("nginx")
    for name in HEADERS:
        assert sent.headers.get_list(name) == told.headers.get_list(name), name


def test_connections_between_nginx_and_us_are_kept(front):
    for _ in range(3):
        front.ask(f"/c/{ANNA}/{PICTURE}", ANNA)
    time.sleep(0.2)  # As long as it takes at most to notice that a connection was closed.

    assert len(front.village.server.connections) >= 1


def test_pages_come_compressed_as_they_were_prepared(front):
    page = front.ask(f"/c/{ANNA}/", ANNA, accept_encoding="gzip")
    assert (page.status_code, page.headers["content-encoding"]) == (200, "gzip")
    assert f"owner {ANNA}" in page.text


def test_conditions_and_ranges_hold(front):
    path = f"/c/{ANNA}/{PICTURE}"
    tag = front.ask(path, ANNA).headers["etag"]
    assert front.ask(path, ANNA, if_none_match=tag).status_code == 304
    part = front.ask(path, ANNA, range="bytes=8-19")
    assert (part.status_code, part.content) == (206, PNG[8:20])
    head = front.ask(path, ANNA, "HEAD")
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(PNG)))


def test_large_files_stay_with_us_so_that_they_can_be_cut_off(front):
    path = f"/c/{ANNA}/portfolio/works/sad/film.bin"
    assert "x-accel-redirect" not in front.ask_behind(path, ANNA).headers
    assert front.ask(path, ANNA).content == LARGE


def test_whoever_may_not_look_gets_nothing_by_any_way(front):
    manifest = front.village.sites.manifest(ANNA)
    stored = manifest.projections["owner"][PICTURE]
    inside = f"/_sites/{ANNA}/objects/{stored.digest}"
    for path, account, status in (
        (f"/c/{ANNA}/{PICTURE}", None, 401),
        (f"/c/{ANNA}/{PICTURE}", BORIS, 404),
        (inside, None, 404),
        (inside, ANNA, 404),
        (f"/_sites/{ANNA}/manifest.json", ANNA, 404),
        ("/_sites/../../cabinet.db", ANNA, 404),
        (f"/%5fsites/{ANNA}/objects/{stored.digest}", ANNA, 404),
    ):
        answer = front.ask(path, account)
        assert (answer.status_code, PNG in answer.content) == (status, False), path


def test_every_look_is_written_down_with_the_address_that_nginx_has_seen(front):
    front.ask(f"/c/{ANNA}/study/", ANNA, x_forwarded_for="203.0.113.9", x_forwarded_proto="http")

    *_, last = front.village.ledger.audit.query()
    assert (last.entry.path, last.entry.how) == ("study/index.html", "127.0.0.1")


def test_the_first_request_after_a_block_is_refused(front):
    path = f"/c/{CLARA}/{PICTURE}"
    cookie = front.village.cookie(front.village.session("s-office"))
    assert front.ask(path, cookie=cookie).status_code == 200
    tag = front.ask(path, cookie=cookie).headers["etag"]
    front.village.ledger.accounts.block("s-office", front.village.clock())

    assert front.ask(path, cookie=cookie).status_code == 401
    assert front.ask(path, cookie=cookie, if_none_match=tag).status_code == 401
