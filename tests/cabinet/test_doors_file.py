"""`doors.toml`: what is read, and every mistake with the name of its field."""

from __future__ import annotations

import pytest

from academy.access import Role
from auth_proxy.upstreams import Upstream
from cabinet.certificate import Certificate
from cabinet.doors_file import FIELDS, UPSTREAM_FIELDS, DoorSettings, read_doors_file
from cabinet.office import NotReadyError
from tests.cabinet.certificates import write_certificate

WHOLE = """
address = "https://cabinet.example.org/"
certificate = "own.pem"
key = "own.key"
trusted_proxies = ["127.0.0.1", "10.0.0.0/24", "2001:db8::/32"]
accelerated = "/_sites/"
operations = "127.0.0.1:9180"

[[upstream]]
prefix = "/library/"
address = "http://127.0.0.1:9000"

[[upstream]]
prefix = "/chat/"
address = "http://[::1]:9001/rooms/"
roles = ["listener", "reviewer"]
largest_body = 2
seconds = 5
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    write_certificate(folder)
    write_certificate(folder, "other")
    write_certificate(folder, "locked", b"a password")
    (folder / "empty.pem").touch()
    return folder


@pytest.fixture
def read(home):
    def read(text):
        file = home / "doors.toml"
        file.write_text(text, encoding="utf-8")
        return read_doors_file(file)

    return read


def complaint(read, text):
    with pytest.raises(NotReadyError) as caught:
        read(text)
    return caught.value.key, caught.value.values.get("field")


def test_without_the_file_the_way_in_is_open_on_this_machine_only(tmp_path):
    settings = read_doors_file(tmp_path / "doors.toml")
    assert (settings, settings.has_tls) == (DoorSettings(), False)


def test_everything_that_can_be_said(read, home):
    assert read(WHOLE) == DoorSettings(
        address="https://cabinet.example.org",
        certificate=Certificate(home / "own.pem", home / "own.key"),
        trusted_proxies=("127.0.0.1", "10.0.0.0/24", "2001:db8::/32"),
        accelerated="/_sites/",
        operations=("127.0.0.1", 9180),
        upstreams=(
            Upstream(prefix="/library/", address="http://127.0.0.1:9000"),
            Upstream(
                prefix="/chat/",
                address="http://[::1]:9001/rooms/",
                roles=frozenset({Role.LISTENER, Role.REVIEWER}),
                largest_body=2 * 1024 * 1024,
                seconds=5,
            ),
        ),
    )
    assert all(f"{name} = " in WHOLE for name in {*FIELDS, *UPSTREAM_FIELDS} - {"upstream"})


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://cabinet.example.org", "https://cabinet.example.org"),
        ("https://cabinet.example.org:8443/", "https://cabinet.example.org:8443"),
        ("https://xn--80ahdri7a.example", "https://xn--80ahdri7a.example"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_the_address_is_kept_as_browsers_name_it(read, address, canonical):
    assert read(f'address = "{address}"').address == canonical


@pytest.mark.parametrize(
    ("listening", "place"),
    [
        ("127.0.0.1:1", ("127.0.0.1", 1)),
        ("0.0.0.0:65535", ("0.0.0.0", 65535)),  # noqa: S104 - it is only read
        ("localhost:9180", ("localhost", 9180)),
        ("[::1]:9180", ("::1", 9180)),
    ],
)
def test_where_operations_may_listen(read, listening, place):
    assert read(f'operations = "{listening}"').operations == place


@pytest.mark.parametrize(
    "value",
    [
        "1", '""', '"cabinet.example.org"', '"http://cabinet.example.org"', '"https://"',
        '"https://Cabinet.example.org"', '"https://кабинет.example"', '"https://a b.example"',
        '"https://cabinet.example.org/cabinet"', '"https://cabinet.example.org/?a"',
        '"https://cabinet.example.org#a"', '"https://user@cabinet.example.org"',
        '"https://cabinet.example.org:443"', '"https://cabinet.example.org:0"',
        '"https://cabinet.example.org:65536"', '"https://cabinet.example.org:https"',
        '"https://cabinet.example.org:"', '"https://[::1"', '"https://[::g]"', '"https://1.2.3"',
        '"https://999.1.1.1"', '"https://.example"', '"//cabinet.example.org"', '["a"]',
    ],
)  # fmt: skip
def test_an_address_that_no_browser_would_name(read, value):
    assert complaint(read, f"address = {value}") == ("doors-field", "address")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('certificate = "own.pem"', "key"),
        ('key = "own.key"', "certificate"),
        ('certificate = "lost.pem"\nkey = "own.key"', "certificate"),
        ('certificate = "own.pem"\nkey = "lost.key"', "key"),
        ('certificate = "own.pem"\nkey = "other.key"', "certificate"),
        ('certificate = "own.key"\nkey = "own.pem"', "certificate"),
        ('certificate = "empty.pem"\nkey = "own.key"', "certificate"),
        ('certificate = "locked.pem"\nkey = "locked.key"', "certificate"),
        ('certificate = "."\nkey = "own.key"', "certificate"),
        ('certificate = 1\nkey = "own.key"', "certificate"),
    ],
)
def test_a_certificate_that_cannot_be_used(read, text, field):
    assert complaint(read, text) == ("doors-field", field)


@pytest.mark.parametrize(
    "value",
    ['"127.0.0.1"', '["proxy.example"]', '["10.0.0.1/8"]', '["0.0.0.0/0"]', '["::/0"]', "[1]",
     '["127.0.0.1", "10.0.0.0/33"]', '[""]'],
)  # fmt: skip
def test_proxies_that_nobody_should_trust(read, value):
    assert complaint(read, f"trusted_proxies = {value}") == ("doors-field", "trusted_proxies")


@pytest.mark.parametrize(
    "value", ['"_sites"', '"/"', '"/_sites"', '"/a/b/"', '"/../"', '"/_sites/ "', "true"]
)
def test_an_internal_address_that_nginx_could_not_keep_inside(read, value):
    assert complaint(read, f"accelerated = {value}") == ("doors-field", "accelerated")


@pytest.mark.parametrize(
    "value",
    ['"9180"', "9180", '":9180"', '"127.0.0.1"', '"127.0.0.1:0"', '"127.0.0.1:65536"',
     '"127.0.0.1:-1"', '"999.1.1.1:9180"', '"1.2.3:9180"', '"metrics.example:9180"', '"::1:9180"',
     '"[::g]:9180"', '"127.0.0.1:9180/"'],
)  # fmt: skip
def test_a_place_where_operations_cannot_listen(read, value):
    assert complaint(read, f"operations = {value}") == ("doors-field", "operations")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(
            ("address", value)
            for value in (
                "1", '""', '"127.0.0.1:9000"', '"https://127.0.0.1:9000"', '"http://"',
                '"http://127.0.0.1:99999"', '"http://127.0.0.1:a"', '"http://["', '"http://[::g]/"',
                '"http://:::"', '"http://user@127.0.0.1"', '"http://127.0.0.1/../a"',
                '"http://127.0.0.1//a"', '"http://127.0.0.1/?a"', '"http://127.0.0.1/%2e"',
                '"http://127.0.0.1/a b"', '"http://999.1.1.1"', '"file:///etc/passwd"',
            )
        ),
        *(("roles", value) for value in ('"listener"', '["chief"]', "[1]", '["Listener"]')),
        *(("largest_body", value) for value in ("0", "-1", "1.5", '"1"', "true")),
        *(("seconds", value) for value in ("0", "-1", "1.5", '"1"', "true", "901")),
        ("prefix", "1"),
        ("longest_seconds", "1"),
    ],
)  # fmt: skip
def test_an_upstream_that_cannot_be_one(read, field, value):
    said = {"prefix": '"/library/"', "address": '"http://127.0.0.1:9000"'} | {field: value}
    lines = "\n".join(f"{name} = {one}" for name, one in said.items())

    assert complaint(read, f"[[upstream]]\n{lines}") == ("doors-field", f"upstream[1].{field}")


@pytest.mark.parametrize("field", ["prefix", "address"])
def test_an_upstream_that_lacks_something(read, field):
    said = {"prefix": '"/library/"', "address": '"http://127.0.0.1:9000"'}
    del said[field]
    lines = "\n".join(f"{name} = {one}" for name, one in said.items())

    assert complaint(read, f"[[upstream]]\n{lines}") == ("doors-field", f"upstream[1].{field}")


@pytest.mark.parametrize(
    "prefixes", [["/c/"], ["/a/b/"], ["library"], ["/a/", "/a/"], ["/metrics/"]]
)
def test_prefixes_that_are_taken(read, prefixes):
    tables = (f'[[upstream]]\nprefix = "{one}"\naddress = "http://a"' for one in prefixes)
    assert complaint(read, "\n".join(tables)) == ("doors-field", "upstream.prefix")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('adress = "https://cabinet.example.org"', "adress"),
        ("upstream = 1", "upstream"),
        ("upstream = [1]", "upstream[1]"),
        ("[upstream]\nprefix = 1", "upstream"),
    ],
)
def test_what_nobody_knows_is_named(read, text, field):
    assert complaint(read, text) == ("doors-field", field)


def test_what_is_no_toml_is_told_as_that(read, home, tmp_path):
    assert complaint(read, "address = https")[0] == "doors-toml"
    (tmp_path / "doors.toml").write_bytes(b"\xff")
    with pytest.raises(NotReadyError, match="doors-toml"):
        read_doors_file(tmp_path / "doors.toml")
    with pytest.raises(NotReadyError, match="doors-toml"):
        read_doors_file(home)
