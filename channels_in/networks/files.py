"""Files of networks: fetched within limits as they come in, read from the storage to go out."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.networks.network import OutgoingFile, Refused, Unreachable
from core.fetch import PORTS, CannotFetch, Judge, NotAllowed, fetch
from core.storage import blobs

WEB_PORTS = frozenset(PORTS.values())


class FetchesFiles(Protocol):
    """A client of a network that keeps the files of messages until they are fetched."""

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """The file, at most ATTACHMENT_MAX_BYTES. Raises NetworkErrors; Refused when it is gone."""
        ...

    def close(self) -> None: ...


def max_bytes() -> int:
    return int(settings.ATTACHMENT_MAX_BYTES)


def fetch_public(
    file: RemoteFile, *, judge: Judge | None = None, ports: frozenset[int] = WEB_PORTS
) -> IncomingAttachment:
    """A file at an address that anybody may ask, judged as what a stranger names (attack 44)."""
    try:
        found = fetch(
            file.reference, accept="*/*", max_bytes=max_bytes(), judge=judge, ports=ports
        )  # fmt: skip
    except NotAllowed as error:
        raise Refused(str(error)) from error
    except CannotFetch as error:
        raise Unreachable(str(error)) from error
    kind = found.content_type.partition(";")[0].strip().lower()
    return IncomingAttachment(file.filename or "file", kind or file.content_type, found.content)


def readable(file: OutgoingFile) -> bytes:
    """The bytes of a file that goes out. Raises Refused when they are gone."""
    try:
        return blobs.read(file.key)
    except FileNotFoundError as error:
        raise Refused(f"The file {file.filename} is gone.") from error
