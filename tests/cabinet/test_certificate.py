"""A certificate that changes while the server runs."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import threading

import pytest

from cabinet.certificate import Certificate, Renewed
from tests.cabinet.certificates import write_certificate

LONG_AGO = 1_000_000_000


@pytest.fixture
def certificate(tmp_path):
    return Certificate(*write_certificate(tmp_path))


def shown(renewed):
    """The certificate that a client is shown in a handshake, without a name."""
    here, there = socket.socketpair()
    there.settimeout(10)

    def answer():
        with renewed.context.wrap_socket(here, server_side=True) as connection:
            connection.recv(1)

    answering = threading.Thread(target=answer)
    answering.start()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with context.wrap_socket(there) as connection:
        found = ssl.DER_cert_to_PEM_cert(connection.getpeercert(binary_form=True))
        connection.send(b".")
    answering.join()
    return found


def age(*files):
    """Have files look as if nobody had touched them for long."""
    for file in files:
        os.utime(file, (LONG_AGO, LONG_AGO))


def test_the_newest_pair_is_shown(certificate, tmp_path):
    renewed = Renewed(certificate)
    first = certificate.chain.read_text()
    assert shown(renewed) == shown(renewed) == first

    write_certificate(tmp_path)
    assert certificate.chain.read_text() != first
    assert shown(renewed) == certificate.chain.read_text()


def test_a_link_that_leads_elsewhere_is_followed(tmp_path):
    """As certbot keeps them: `live/` links to `archive/`."""
    pairs = [write_certificate(tmp_path, name=name) for name in ("one", "two")]
    links = [tmp_path / "live.pem", tmp_path / "live.key"]
    for link, file in zip(links, pairs[0], strict=True):
        link.symlink_to(file)
    renewed = Renewed(Certificate(*links))
    for link, file in zip(links, pairs[1], strict=True):
        link.unlink()
        link.symlink_to(file)

    assert shown(renewed) == pairs[1][0].read_text()


@pytest.mark.parametrize("breaking", ["alone", "cut off", "gone", "under a password"])
def test_what_cannot_be_used_leaves_the_last_pair(certificate, tmp_path, breaking, caplog):
    renewed = Renewed(certificate)
    first = certificate.chain.read_text()
    other = tmp_path / "other"
    other.mkdir()
    match breaking:
        case "alone":
            certificate.chain.write_bytes(write_certificate(other)[0].read_bytes())
        case "cut off":
            certificate.chain.write_text(first[:200])
        case "gone":
            certificate.key.unlink()
        case "under a password":
            write_certificate(tmp_path, password=b"secret")
    assert shown(renewed) == first
    assert caplog.text == "", "somebody may just be writing them"
    if breaking != "gone":
        age(certificate.chain, certificate.key)
        with caplog.at_level(logging.ERROR):
            assert [shown(renewed), shown(renewed)] == [first, first]
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    write_certificate(tmp_path)
    assert shown(renewed) == certificate.chain.read_text() != first
