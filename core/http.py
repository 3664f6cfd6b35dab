"""Speaking to programming interfaces of other companies: httpx with limits on everything.

One `Http` for one host: times and sizes are bounded, redirects are not followed, cookies are not
kept. A host that an administrator typed is resolved once and judged (`core.network`); the
connection goes to the judged address, while name and certificate are those of the host.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from httpcore._backends.base import SOCKET_OPTION

from core.network import ForbiddenHost, UnknownHost, refuse_forbidden_host

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 20.0
MAX_ANSWER = 2 * 1024 * 1024  # of JSON; files are asked for with a limit of their own
USER_AGENT = "HelpDesk/1.0"


class HttpError(Exception):
    """No answer that can be used. `has_left`: the request may have reached the other side."""

    def __init__(self, words: str, *, has_left: bool) -> None:
        super().__init__(words)
        self.has_left = has_left


class Http:
    """A client of one base address. Use as a context manager, or close it."""

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        allows_private: bool | None = None,
        seconds: float = WHOLE_SECONDS,
    ) -> None:
        """`allows_private` is None for hosts of our own code and settings, which are not judged;
        for one that a person typed it says whether the company's own network may be used.
        """
        transport = None if allows_private is None else _judging_transport(allows_private)
        self._client = httpx.Client(
            base_url=base_url, transport=transport, follow_redirects=False, trust_env=False,
            timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
            headers={"User-Agent": USER_AGENT, **(headers or {})},
        )  # fmt: skip

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def request(
        self, method: str, url: str, *, max_bytes: int = MAX_ANSWER, **options: Any
    ) -> httpx.Response:
        """The whole answer, whatever its status. Raises HttpError when there is none."""
        try:
            with self._client.stream(method, url, **options) as answer:
                content = bytearray()
                for chunk in answer.iter_bytes():
                    content += chunk
                    if len(content) > max_bytes:
                        host = urlsplit(str(answer.url)).hostname
                        raise HttpError(f"The answer of {host} is too large.", has_left=True)
                answer._content = bytes(content)  # read within the limit; .json() and .text work
                return answer
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise HttpError(f"No connection: {error}", has_left=False) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError) as error:
            raise HttpError(f"Not a usable address: {error}", has_left=False) from error
        except httpx.HTTPError as error:
            words = f"{type(error).__name__}: {error}".rstrip(": ")
            raise HttpError(f"The connection broke: {words}", has_left=True) from error


class _JudgingBackend(httpcore.NetworkBackend):
    """Connects to addresses that were judged, never to the name again (DNS rebinding)."""

    def __init__(self, *, allows_private: bool) -> None:
        self._allows_private = allows_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = refuse_forbidden_host(host, allow_private=self._allows_private)
        except (ForbiddenHost, UnknownHost) as error:
            raise httpcore.ConnectError(str(error)) from error
        return self._sockets.connect_tcp(
            str(addresses[0]), port, timeout, local_address, socket_options
        )


def guarded_transport() -> httpx.HTTPTransport:
    """For client libraries that take one: hosts an administrator typed are judged and pinned."""
    return _judging_transport(settings.NETWORKS_ALLOW_PRIVATE)


def _judging_transport(allows_private: bool) -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False), max_connections=4,
        network_backend=_JudgingBackend(allows_private=allows_private),
    )  # fmt: skip
    return transport
