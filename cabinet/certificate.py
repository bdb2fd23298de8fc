"""A TLS certificate of our own: taken up anew when its files change, while the server runs.

Certificates are renewed every few weeks by programs that know nothing of this one. Each
handshake looks at the files; connections that are there already go on as they are.
"""

from __future__ import annotations

import logging
import ssl
import time
from dataclasses import dataclass
from pathlib import Path

LOG = logging.getLogger("cabinet.doors")

_SETTLED_NANOSECONDS = 2_000_000_000

Stamp = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files of a TLS certificate and its key, in PEM."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """Read both. Raises `OSError` when they cannot be read or do not belong together."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # A key under a password would have somebody asked for it.
        context.load_cert_chain(self.chain, self.key, password=str)
        return context

    def is_usable(self) -> bool:
        """Tell whether both can be read and belong together."""
        try:
            self.context()
        except OSError:
            return False
        return True

    def stamp(self) -> Stamp:
        """What tells one state of the files from another. Raises `OSError` when one is gone."""
        found = (file.stat() for file in (self.chain, self.key))
        return tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in found)


class Renewed:
    """Gives each handshake the newest certificate that can be used.

    A certificate alone without its key, as in the middle of a renewal, leaves the last pair.
    """

    def __init__(self, certificate: Certificate) -> None:
        """Raises `OSError` when the pair cannot be used from the beginning."""
        self._certificate = certificate
        self._stamp = certificate.stamp()
        self._newest = certificate.context()
        self.context = certificate.context()
        """What a server is given; the certificate in it is that of the start."""
        self.context.sni_callback = self._choose

    def _choose(self, connection: ssl.SSLObject, _name: str, _context: ssl.SSLContext) -> None:
        """Called by every handshake, whether a name is asked for or not."""
        self._look()
        connection.context = self._newest

    def _look(self) -> None:
        try:
            stamp = self._certificate.stamp()
            if stamp == self._stamp:
                return
            self._newest = self._certificate.context()
        except OSError as error:
            self._refuse(error)
        else:
            self._stamp = stamp
            LOG.info("the certificate was renewed")

    def _refuse(self, error: OSError) -> None:
        """Say once what is wrong with the files, and not while they are being written."""
        try:
            stamp = self._certificate.stamp()
        except OSError:
            return  # Between two files there may be none.
        if time.time_ns() - max(changed for *_, changed in stamp) > _SETTLED_NANOSECONDS:
            self._stamp = stamp
            LOG.error("the renewed certificate cannot be used: %s", error)
