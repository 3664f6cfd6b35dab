"""Asking an address that a stranger has named (attack 44).

The host is resolved once and judged by `core.network`; the connection goes to the address that was
judged, while name and certificate are those of the host (no second look-up, so no DNS rebinding).
Redirects are followed by hand and judged alike. No cookies, no referrer, nothing of the reader.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from typing import TypeVar
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from core.network import (
    Address,
    ForbiddenHost,
    UnknownHost,
    ascii_name,
    refuse_forbidden_host,
)

CONNECT_SECONDS = 3.0
WHOLE_SECONDS = 10.0
MAX_REDIRECTS = 3
MAX_ADDRESS = 4_000  # letters of a URL
PORTS = {"http": 80, "https": 443}
USER_AGENT = "Mozilla/5.0 (compatible; HelpDeskFetcher/1.0)"
_CHUNK = 32 * 1024
_TRIES = 2  # addresses of one host
_REDIRECTS = {301, 302, 303, 307, 308}

Judge = Callable[[str], Sequence[Address]]
_Said = TypeVar("_Said")


class CannotFetch(Exception):
    """Nothing was got; the sentence says why and can be shown."""


class NotAllowed(CannotFetch):
    """The address is none that may be asked; it will not be later either."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where the content came from after redirects; `content_type` what its server says."""

    url: str
    content: bytes
    content_type: str


def fetch(
    url: str,
    *,
    accept: str,
    max_bytes: int,
    may_downgrade: bool = False,
    judge: Judge | None = None,
    ports: frozenset[int] = frozenset(PORTS.values()),
) -> Fetched:
    """GET an http or https address, at most `max_bytes` within WHOLE_SECONDS. Raises CannotFetch.

    `may_downgrade` follows a redirect from https to http. `judge` (host → addresses that may be
    used, or ForbiddenHost) and `ports` are for hosts that an administrator has allowed, and tests.
    """
    ends_at = time.monotonic() + WHOLE_SECONDS
    request = _Request("GET", {"User-Agent": USER_AGENT, "Accept": accept})
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(url, ports)
        ask = partial(_get, request=request, parts=parts, max_bytes=max_bytes, ends_at=ends_at)
        answer = _reach(parts, judge or _public_only, ends_at, ask)
        if isinstance(answer, Fetched):
            return answer
        target = urljoin(url, answer)
        if (
            parts.scheme == "https"
            and not target.lower().startswith("https:")
            and not may_downgrade
        ):
            raise CannotFetch("The server redirects to an unencrypted address.")
        url = target
    raise CannotFetch("The server redirects too often.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to a POST, whatever its status; `content` is the beginning of it."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    max_bytes: int,
    seconds: float = WHOLE_SECONDS,
    judge: Judge | None = None,
    ports: frozenset[int] | None = None,
) -> Answer:
    """POST to an http or https address and read at most `max_bytes` of the answer.

    Redirects are not followed: a body is meant for the address that was entered. All ports may be
    used unless `ports` says otherwise; `judge` as in `fetch`. Raises CannotFetch, NotAllowed.
    """
    ends_at = time.monotonic() + seconds
    request = _Request("POST", headers, body)
    parts = _checked(url, ports)
    ask = partial(_post, request=request, parts=parts, max_bytes=max_bytes)
    return _reach(parts, judge or _public_only, ends_at, ask)


@dataclass(frozen=True, slots=True)
class _Request:
    verb: str
    headers: Mapping[str, str]
    body: bytes | None = None


def _public_only(host: str) -> Sequence[Address]:
    return refuse_forbidden_host(host, allow_private=False)


def _checked(url: str, ports: frozenset[int] | None) -> SplitResult:
    """The parts of an address that may be asked for at all."""
    if len(url) > MAX_ADDRESS or any(ord(letter) < 33 for letter in url) or "\\" in url:
        raise NotAllowed("This is no web address.")
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as error:
        raise NotAllowed("This is no web address.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotAllowed("Only http and https addresses can be fetched.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("Addresses with a user name cannot be fetched.")
    if ports is not None and port not in ports:
        raise NotAllowed("Only the usual ports of the web can be used.")
    return parts


def _reach(
    parts: SplitResult, judge: Judge, ends_at: float, ask: Callable[[HTTPConnection, str], _Said]
) -> _Said:
    """What `ask` makes of a connection to the host's judged addresses."""
    try:
        name = ascii_name(parts.hostname or "")
        addresses = judge(name)
    except ForbiddenHost as error:
        raise NotAllowed(str(error)) from error
    except UnknownHost as error:
        raise CannotFetch(str(error)) from error
    last: Exception | None = None
    for address in addresses[:_TRIES]:
        try:
            with _connected(parts, name, address, ends_at) as connection:
                return ask(connection, name)
        except (HTTPException, OSError, ValueError) as error:
            last = error
    raise CannotFetch("The server did not answer as it should.") from last


@contextlib.contextmanager
def _connected(
    parts: SplitResult, name: str, address: Address, ends_at: float
) -> Iterator[HTTPConnection]:
    """A connection to the judged address, cut when the time is over.

    A server that sends one byte a second never runs into a time limit of single reads.
    """
    left = ends_at - time.monotonic()
    if left <= 0:
        raise CannotFetch("The server is too slow.")
    port = parts.port or PORTS[parts.scheme]
    line = socket.create_connection((str(address), port), timeout=min(CONNECT_SECONDS, left))
    handle = line.dup()  # stays valid when TLS takes the socket over
    guard = Timer(max(ends_at - time.monotonic(), 0), _cut, [handle])
    guard.daemon = True
    guard.start()
    try:
        if parts.scheme == "https":
            # The certificate must be the host's, not the address's.
            line = _certificates().wrap_socket(line, server_hostname=name)
        line.settimeout(left)
        connection = HTTPConnection(name, port)
        connection.sock = line
        yield connection
    finally:
        guard.cancel()
        handle.close()
        line.close()


def _cut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _ask(
    connection: HTTPConnection, request: _Request, parts: SplitResult, name: str
) -> HTTPResponse:
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*[]")
    query = quote(parts.query, safe="/%:=&~+!$,;'@()*[]?")
    host = f"[{name}]" if ":" in name else name
    connection.putrequest(
        request.verb, f"{path}?{query}" if query else path,
        skip_host=True, skip_accept_encoding=True,
    )  # fmt: skip
    connection.putheader("Host", f"{host}:{parts.port}" if parts.port else host)
    for key, value in request.headers.items():
        connection.putheader(key, value)
    if request.body is not None:
        connection.putheader("Content-Length", str(len(request.body)))
    connection.putheader("Accept-Encoding", "identity")
    connection.putheader("Connection", "close")
    connection.endheaders(request.body)
    return connection.getresponse()


def _get(
    connection: HTTPConnection,
    name: str,
    *,
    request: _Request,
    parts: SplitResult,
    max_bytes: int,
    ends_at: float,
) -> Fetched | str:
    """The content, or the address that a redirect names."""
    answer = _ask(connection, request, parts, name)
    location = answer.headers.get("Location", "")
    if answer.status in _REDIRECTS and location:
        return location
    if answer.status != 200:
        raise CannotFetch(f"The server answered with {answer.status}.")
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise CannotFetch("The server sends compressed content, which was not asked for.")
    content = _read(answer, max_bytes, ends_at)
    return Fetched(parts.geturl(), content, answer.headers.get("Content-Type", ""))


def _post(
    connection: HTTPConnection, name: str, *, request: _Request, parts: SplitResult, max_bytes: int
) -> Answer:
    answer = _ask(connection, request, parts, name)
    content = b""
    # The status has said it all: a body that stalls or breaks off changes nothing.
    with contextlib.suppress(HTTPException, OSError, ValueError):
        content = answer.read(max_bytes)
    return Answer(answer.status, dict(answer.headers.items()), content)


def _read(answer: HTTPResponse, max_bytes: int, ends_at: float) -> bytes:
    """The body in pieces, so that neither its size nor its time is the server's choice."""
    claimed = answer.length  # None when the server does not say
    if claimed is not None and claimed > max_bytes:
        raise CannotFetch("The file is too large.")
    content = bytearray()
    while piece := answer.read1(_CHUNK):
        content += piece
        if len(content) > max_bytes:
            raise CannotFetch("The file is too large.")
    if time.monotonic() > ends_at:
        raise CannotFetch("The server is too slow.")
    if claimed is not None and len(content) != claimed:
        raise CannotFetch("The server broke off.")
    return bytes(content)
