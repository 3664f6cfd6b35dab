"""The listener's certificate for STARTTLS: read again when its files change."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path

logger = logging.getLogger(__name__)


class Certificate:
    """A certificate chain and its key in two PEM files (one file may hold both).

    Certificates are renewed every few weeks by other programs. `context()` looks at the files for
    each connection (two `stat` calls) and reads them anew when they are not the same any more.
    """

    def __init__(self, cert: str, key: str) -> None:
        self._files = (Path(cert), Path(key or cert)) if cert else ()
        self._context: ssl.SSLContext | None = None
        self._seen: list[tuple[int, int, int]] = []

    def context(self) -> ssl.SSLContext | None:
        """What to speak TLS with, or None when there is no usable certificate.

        While the new files cannot be used (a renewal writes one after the other) the certificate
        that was read last stays in use.
        """
        if not self._files:
            return None
        try:
            present = [_state(path) for path in self._files]
            if present != self._seen:
                self._context = _load(*self._files)
                self._seen = present
                logger.info("smtp.certificate_read")
        except OSError as error:  # ssl.SSLError is one: no such file, not a key, not a pair
            logger.error("smtp.certificate_unusable", extra={"why": type(error).__name__})
        return self._context


def _state(path: Path) -> tuple[int, int, int]:
    seen = path.stat()
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def _load(cert: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # RFC 8996
    context.load_cert_chain(cert, key)
    return context
