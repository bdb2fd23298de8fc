"""`sign-in.toml`: what is read, and what is refused with the name of the field."""

from __future__ import annotations

import re

import pytest

from auth_proxy.identity.services import SCOPES, Service
from auth_proxy.sign_in.assembling import SignInSettings
from auth_proxy.sign_in.provider import Settings
from cabinet import sign_in_file
from cabinet.office import NotReadyError
from cabinet.settings import PROGRAM
from cabinet.sign_in_file import read_sign_in_file

SERVICE = """
[[service]]
id = "chat"
title = "Чат"
secret = "0123456789abcdef0123456789abcdef"
redirect = ["https://chat.example/callback"]
after_sign_out = ["https://chat.example/"]
back_channel_logout = "https://chat.example/logout"
scopes = ["openid", "profile"]
"""
PROVIDER = """
[provider]
issuer = "https://keycloak.example/realms/academy"
client_id = "cabinet"
client_secret = "secret"
"""


@pytest.fixture
def write(tmp_path):
    def write(text, mode=0o600):
        file = tmp_path / "sign-in.toml"
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)
        return file

    return write


def complaint(file):
    with pytest.raises(NotReadyError) as caught:
        read_sign_in_file(file)
    return caught.value.key, caught.value.values.get("field")


def test_without_the_file_the_embedded_provider_serves_the_cabinet_alone(tmp_path):
    assert read_sign_in_file(tmp_path / "sign-in.toml") == SignInSettings()


def test_services_of_the_embedded_provider(write):
    public = '[[service]]\nid = "wiki"\ntitle = "Вики"\nredirect = ["http://127.0.0.1:3000/cb"]\n'

    assert read_sign_in_file(write(SERVICE + public)).services == (
        Service(
            id="chat",
            title="Чат",
            secret="0123456789abcdef0123456789abcdef",
            redirect_addresses=("https://chat.example/callback",),
            after_sign_out_addresses=("https://chat.example/",),
            back_channel_logout="https://chat.example/logout",
            scopes=("openid", "profile"),
        ),
        Service(
            id="wiki",
            title="Вики",
            redirect_addresses=("http://127.0.0.1:3000/cb",),
            scopes=SCOPES,
        ),
    )


def test_an_outside_provider(write):
    assert read_sign_in_file(write(PROVIDER)) == SignInSettings(
        provider=Settings(
            issuer="https://keycloak.example/realms/academy",
            client_id="cabinet",
            client_secret="secret",
        )
    )


WRONG = {
    "provider": "provider = 1",
    "provider.issuer": PROVIDER.replace("https://keycloak", "http://keycloak"),
    "provider.client_id": PROVIDER.replace('client_id = "cabinet"', ""),
    "provider.scope": PROVIDER + 'scope = "openid"',
    "service": PROVIDER + SERVICE,
    "services": "services = []",
    "service.id": SERVICE + SERVICE,
    "service[1].id": SERVICE.replace('"chat"', '"cabinet"'),
    "service[1].title": SERVICE.replace('"Чат"', "1"),
    "service[1].secret": SERVICE.replace("0123456789abcdef0123456789abcdef", "short"),
    "service[1].redirect": SERVICE.replace("https://chat.example/callback", "http://chat/"),
    "service[1].back_channel_logout": SERVICE.replace("https://chat.example/logout", "file:///x"),
    "service[1].scopes": SERVICE.replace('"openid", "profile"', '"profile"'),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_named(write, field):
    assert complaint(write(WRONG[field])) == ("sign-in-field", field)


def test_a_file_that_others_can_read_and_one_that_is_no_toml_are_refused(write):
    assert complaint(write(SERVICE, mode=0o640)) == ("sign-in-open", None)
    assert complaint(write("[[service]")) == ("sign-in-toml", None)


def test_every_field_is_described_in_the_documentation():
    page = (PROGRAM / "docs" / "sign-in.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)

    fields = [*sign_in_file.PROVIDER_FIELDS, *sign_in_file.SERVICE_FIELDS, *SCOPES]
    assert sorted(described) == sorted(fields)
