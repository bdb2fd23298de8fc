"""`cabinet serve` as it is run: TLS with a certificate of its own, and the port beside."""

from __future__ import annotations

import re
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from messages import catalogue
from tests.auth_proxy.service import Service
from tests.cabinet.certificates import write_certificate

ANYWHERE = "0.0.0.0"  # noqa: S104 - this is what needs TLS
DOORS = """
address = "https://127.0.0.1:{port}"
certificate = "own.pem"
key = "own.key"
operations = "127.0.0.1:{operations}"

[[upstream]]
prefix = "/library/"
address = "{upstream}"
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


class Serving:
    """The program in a process of its own, and what it can be asked."""

    def __init__(self, home, upstream):
        self.home, self.upstream = home, upstream
        self.port, self.operations = free_port(), free_port()
        write_certificate(home)
        text = DOORS.format(port=self.port, operations=self.operations, upstream=upstream)
        (home / "doors.toml").write_text(text, encoding="utf-8")
        self.context = ssl.create_default_context(cafile=home / "own.pem")

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cabinet.command_line", "--home", self.home, "serve",
             "--host", ANYWHERE, "--port", str(self.port)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said = self.process.stdout.readline()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def get(self, path, **headers):
        """Ask over TLS, and believe the certificate only."""
        address = f"https://127.0.0.1:{self.port}"
        with httpx.Client(base_url=address, verify=self.context, trust_env=False) as client:
            return client.get(path, headers=headers)

    def ask_operations(self, path):
        """Ask at the port for those who run the house."""
        return httpx.get(f"http://127.0.0.1:{self.operations}{path}", trust_env=False)

    def raw(self, request):
        """Send bytes without TLS."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(1000)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A home with an academy in it and its public pages built."""
    home = tmp_path_factory.mktemp("serving") / "home"
    for arguments in (("init",), ("build", "--all")):
        command = [sys.executable, "-m", "cabinet.command_line", "--home", home, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture(scope="module")
def serving(made):
    with Service() as service, Serving(made, service.address) as serving:
        assert serving.said.strip(), serving.process.communicate()
        wait_for(lambda: serving.ask_operations("/healthz").status_code == 200)
        wait_for(lambda: serving.get("/").status_code == 200)
        yield serving


def wait_for(answers, seconds=30):
    """Wait until something answers that was just started."""
    until = time.monotonic() + seconds
    while True:
        try:
            if answers():
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_canonical_address_is_named(serving):
    assert f"https://127.0.0.1:{serving.port}" in serving.said


def test_pages_come_over_tls_which_stays_on(serving):
    answer = serving.get("/")
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_cookies_belong_to_this_host_and_to_tls_alone(serving):
    cookies = serving.get("/oauth2/sign-in").headers.get_list("set-cookie")
    assert cookies
    for cookie in cookies:
        assert re.fullmatch(
            r"__Host-\w+=[\w-]*; Path=/; HttpOnly; SameSite=Lax(?:; Max-Age=\d+)?; Secure", cookie
        )


def test_the_other_side_of_a_plain_connection_hears_nothing(serving):
    """A request without TLS, at the port of TLS: no page, no redirect, no cookie."""
    answer = serving.raw(f"GET / HTTP/1.1\r\nhost: 127.0.0.1:{serving.port}\r\n\r\n".encode())
    assert b"HTTP" not in answer


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_is_of_today(serving, version):
    context = ssl.create_default_context(cafile=serving.home / "own.pem")
    context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", serving.port)) as connection,
        context.wrap_socket(connection, server_hostname="127.0.0.1") as secured,
    ):
        name, _, bits = secured.cipher()
    assert bits >= 128
    assert "GCM" in name or "CHACHA20" in name


def test_tls_of_yesterday_is_refused(serving):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", serving.port)) as connection,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(connection)


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1"])
def test_another_host_is_refused_over_tls_too(serving, host):
    answer = serving.get("/", host=host)
    assert (answer.status_code, host in answer.text) == (421, False)


def test_nobody_is_let_through_to_the_service(serving):
    assert serving.get("/library/").status_code == 401
    led = serving.get("/library/", accept="text/html")
    assert led.headers["location"] == "/oauth2/sign-in?return=/library/"


def test_who_runs_the_house_sees_that_it_lives_is_ready_and_what_it_counts(serving):
    assert serving.ask_operations("/readyz").text == "ready\n"
    assert (
        'cabinet_answers_total{area="public",status="200"}'
        in serving.ask_operations("/metrics").text
    )
    for path in ("/healthz", "/readyz", "/metrics"):
        assert serving.get(path).status_code == 404


def test_a_renewed_certificate_is_used_from_the_next_connection_on(serving, tmp_path):
    """Another kind of key too; who is connected already stays so."""
    address = f"https://127.0.0.1:{serving.port}"
    old = serving.context
    write_certificate(tmp_path, key=rsa.generate_private_key(65537, 2048))
    new = ssl.create_default_context(cafile=tmp_path / "own.pem")
    with httpx.Client(base_url=address, verify=old, trust_env=False) as connected:
        assert connected.get("/").status_code == 200
        shutil.copy(tmp_path / "own.pem", serving.home)
        assert serving.get("/").status_code == 200, "the certificate alone is not used"
        shutil.copy(tmp_path / "own.key", serving.home)

        assert connected.get("/").status_code == 200
        serving.context = new
        assert serving.get("/").status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(address, verify=old, trust_env=False)


def test_a_full_disk_is_not_ready_and_lets_nobody_see_anything_until_there_is_room(serving):
    """The kernel refuses every byte that the program would write to a file."""
    wait_for(lambda: serving.get("/c/bbbbbbbbbb/").status_code == 401)
    before = resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        said = serving.ask_operations("/readyz")
        asked = serving.get("/c/cccccccccc/")
    finally:
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, before)

    assert said.status_code == 503
    assert said.text.splitlines()[-1] == "record of access: AuditUnwritableError"
    # Asked from here already, and within the same minute written once.
    assert asked.status_code in (401, 503)
    assert serving.ask_operations("/readyz").text == "ready\n"


def test_on_a_full_disk_nobody_signs_in_and_a_page_of_the_house_says_so(serving):
    address = f"https://127.0.0.1:{serving.port}"
    with httpx.Client(
        base_url=address, verify=serving.context, trust_env=False, follow_redirects=True
    ) as client:
        page = client.get("/oauth2/sign-in", headers={"accept": "text/html"})
        word = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
        form = {"csrf": word, "user_name": "anna", "password": "a wrong password"}
        before = resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            said = client.post(page.url, data=form, headers={"origin": address})
        finally:
            resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, before)

        assert (said.status_code, "<h1>" in said.text) == (503, True)
        assert "cabinet_ledger_unwritable_total 1.0" in serving.ask_operations("/metrics").text
        assert client.post(page.url, data=form, headers={"origin": address}).status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [("/oauth2/", 404), ("/oauth2/nothing", 404), ("/id/nothing", 404), ("/id/token", 405)],
)
def test_what_is_not_there_is_a_page_of_the_house_at_every_door(serving, path, status):
    answer = serving.get(path)
    assert (answer.status_code, "<h1>" in answer.text) == (status, True)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_whoever_stops_it_does_not_wait_and_it_says_nothing_odd(made):
    home = made.with_name("stopped")
    shutil.copytree(made, home)
    with Serving(home, "http://127.0.0.1:1") as serving:
        wait_for(lambda: serving.get("/").status_code == 200)
        serving.process.send_signal(signal.SIGINT)
        printed, _ = serving.process.communicate(timeout=20)
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("doors", "key"),
    [
        (None, "refuse-host"),
        ('address = "https://cabinet.example.org"', "refuse-plain"),
        ('certificate = "own.pem"\nkey = "own.key"', "refuse-host"),
        ('trusted_proxies = ["10.0.0.1"]', "refuse-host"),
        ('trusted_proxies = ["0.0.0.0/0"]\naddress = "https://a.example"', "doors-field"),
    ],
)
def test_nothing_listens_elsewhere_without_an_address_and_tls(desk, doors, key):
    home = desk.root / "home"
    write_certificate(home)
    if doors:
        (home / "doors.toml").write_text(doors, encoding="utf-8")

    for host in (ANYWHERE, "192.0.2.7", "::", "cabinet.example.org"):
        said = {"host": host, "file": str(home / "doors.toml"), "field": "trusted_proxies"}
        complaint = catalogue("ru").text(f"command_line.{key}", **said)
        assert desk.run("serve", "--host", host, "--port", "1") == (2, "", f"{complaint}\n")
