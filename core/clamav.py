"""A virus scanner that is asked, if there is one: clamd by its INSTREAM command.

CLAMAV_ADDRESS is `host:port` or the path of a Unix socket; empty means that nothing is scanned.
The protocol is that of clamd(8): a command, then pieces with their length before them, then one
line of answer.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator

from django.conf import settings

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 60.0
_PIECE = 64 * 1024
_ANSWER_BYTES = 4096


class ScannerAway(Exception):
    """The scanner cannot be reached, or answers nonsense. Nothing is known of the file."""

    def __init__(self) -> None:
        super().__init__("The virus scanner does not answer.")


class TooLargeToScan(ScannerAway):
    """The file is larger than the scanner takes (StreamMaxLength in clamd.conf)."""

    def __init__(self) -> None:
        Exception.__init__(self, "It is larger than the virus scanner takes.")


def is_on() -> bool:
    return bool(settings.CLAMAV_ADDRESS)


def scan(content: bytes | Iterable[bytes]) -> str:
    """The name of the virus in a file, or nothing when it is clean or no scanner is set.

    Raises ScannerAway, TooLargeToScan.
    """
    if not is_on():
        return ""
    try:
        with _connected() as line:
            answer = _ask(line, content)
    except OSError as error:
        raise ScannerAway from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:200] or "unknown"
    if "size limit exceeded" in answer:
        raise TooLargeToScan
    raise ScannerAway


def _connected() -> socket.socket:
    address = settings.CLAMAV_ADDRESS
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
    else:
        host, _, port = address.rpartition(":")
        try:
            number = int(port)
        except ValueError as error:
            raise ScannerAway from error
        line = socket.create_connection((host.strip("[]"), number), timeout=CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line


def _ask(line: socket.socket, content: bytes | Iterable[bytes]) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in _pieces(content):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it says why before it hangs up: the size limit
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER_BYTES:
        received = line.recv(_ANSWER_BYTES)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _pieces(content: bytes | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        view = memoryview(content)
        yield from (bytes(view[at : at + _PIECE]) for at in range(0, len(view), _PIECE))
        return
    for piece in content:
        if piece:
            yield piece
