"""Attack 44: what a stranger's address may make us fetch. Only a local server is ever asked."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core import fetch as fetching
from core import network
from core.fetch import CannotFetch, Fetched, fetch
from core.network import ForbiddenHost

LOOPBACK = [ipaddress.ip_address("127.0.0.1")]
BODY = b"\x89PNG\r\n\x1a\n" + b"p" * 50


class Server(ThreadingHTTPServer):
    """Answers by path, and remembers what it was asked and with which headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class Answers(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/")
        getattr(self, f"say_{name}", self.say_picture)()

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client has gone, as it should
            super().handle()

    def log_message(self, *_args: object) -> None:
        pass

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def say_picture(self) -> None:
        headers = {
            "Content-Type": "text/html",
            "Content-Length": str(len(BODY)),
            "Set-Cookie": "a=1",
        }
        self.answer(200, headers, BODY)

    def say_loop(self) -> None:
        self.answer(302, {"Location": "/loop"})

    def say_to(self) -> None:
        self.answer(302, {"Location": self.path.partition("?")[2]})

    def say_claims_much(self) -> None:
        self.answer(200, {"Content-Length": "999999999"})

    def say_endless(self) -> None:
        self.answer(200, {})
        while True:
            self.wfile.write(b"x" * 65536)

    def say_slow(self) -> None:
        self.answer(200, {"Content-Length": "100000"})
        self._drip()

    def say_slow_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        self._drip()

    def say_short(self) -> None:
        self.answer(200, {"Content-Length": "500"}, b"x")

    def say_packed(self) -> None:
        self.answer(200, {"Content-Encoding": "gzip"}, b"\x1f\x8b")

    def say_gone(self) -> None:
        self.answer(410, {})

    def _drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.05)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def get(server: Server, path: str, **how: object) -> Fetched:
    """Fetch `pictures.example` from the local server, which a test's own judge lets through."""

    def judge(host: str) -> list[network.Address]:
        return LOOPBACK if host == "pictures.example" else fetching._public_only(host)

    given = {
        "accept": "image/*", "max_bytes": 1_000_000, "judge": judge,
        "ports": frozenset({80, 443, server.port}), **how,
    }  # fmt: skip
    return fetch(f"http://pictures.example:{server.port}{path}", **given)


def test_a_picture_is_fetched_without_saying_for_whom(server):
    fetched = get(server, "/picture?a=1&b=ü")
    assert fetched.content == BODY
    path, headers = server.asked[0]
    assert path == "/picture?a=1&b=%C3%BC"
    assert headers == {
        "Host": f"pictures.example:{server.port}", "User-Agent": fetching.USER_AGENT,
        "Accept": "image/*", "Accept-Encoding": "identity", "Connection": "close",
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/",
        "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1%25lo]/", "http://10.0.0.1/", "http://１２７.０.０.１/", "http://224.0.0.1/",
        "http://127.0.0.1:80#@pictures.example/", "http://pictures.example@127.0.0.1/",
        "https://127.0.0.1/", "http://localhost./", "http://[::]/", "http://192.168.0.1:443/",
        "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "ftp://example.com/",
        "dict://localhost:11211/", "data:text/html,x", "javascript:alert(1)", "//example.com/", "",
        "http://", "http:///x", "http://example.com:22/", "http://example.com:6379/",
        "http://example.com:99999/", "http://u:p@example.com/", "http://exam ple.com/",
        "http://example.com/\r\nX: y", "http://example.com\\@127.0.0.1/", "http://[::1",
        "http://example.com/" + "x" * 5000, "http://" + "a" * 300 + ".example/",
    ],
)  # fmt: skip
def test_what_is_not_public_web_is_never_connected_to(monkeypatch, url):
    def connect(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(CannotFetch):
        fetch(url, accept="*/*", max_bytes=100)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/",
        "//127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://2130706433/",
    ],
)  # fmt: skip
def test_a_redirect_is_judged_like_the_first_address(server, target):
    with pytest.raises(CannotFetch):
        get(server, f"/to?{target}")
    assert len(server.asked) == 1


def test_a_redirect_to_an_allowed_place_is_followed_three_times(server):
    assert get(server, "/to?/to?/to?/picture").content == BODY
    with pytest.raises(CannotFetch, match="redirects too often"):
        get(server, "/loop")
    assert len(server.asked) == 4 + 4


def test_a_name_that_changes_its_address_is_asked_once_and_pinned(server, monkeypatch):
    """DNS rebinding: public when judged, private when connected to."""
    answers = ["93.184.215.14", "127.0.0.1"]
    connected: list[str] = []

    def resolve(*_args: object, **_kwargs: object) -> list[object]:
        return [(0, 0, 0, "", (answers.pop(0), 0))]

    def connect(address: tuple[str, int], **_kwargs: object) -> None:
        connected.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(CannotFetch):
        fetch("http://rebind.example/", accept="*/*", max_bytes=100)
    assert connected == ["93.184.215.14"]
    assert answers == ["127.0.0.1"]


def test_a_name_with_a_private_address_beside_a_public_one_is_refused(monkeypatch):
    both = [(0, 0, 0, "", (address, 0)) for address in ("93.184.215.14", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: both)
    with pytest.raises(CannotFetch, match="must not be used"):
        fetch("http://both.example/", accept="*/*", max_bytes=100)


@pytest.mark.parametrize("path", ["/claims_much", "/endless"])
def test_a_body_without_end_is_not_read_to_its_end(server, path):
    with pytest.raises(CannotFetch, match="too large"):
        get(server, path)


@pytest.mark.parametrize("path", ["/slow", "/slow_header"])
def test_a_server_that_drips_is_cut_off(server, monkeypatch, path):
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.4)
    began = time.monotonic()
    with pytest.raises(CannotFetch):
        get(server, path)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("path", ["/short", "/packed", "/gone"])
def test_a_broken_answer_is_none(server, path):
    with pytest.raises(CannotFetch):
        get(server, path)


def test_an_encrypted_address_becomes_an_open_one_for_pictures_alone(monkeypatch):
    hops: list[str] = []

    def answer(parts, *_args):  # type: ignore[no-untyped-def]
        hops.append(parts.scheme)
        return "http://pictures.example/" if parts.scheme == "https" else Fetched("", BODY, "")

    monkeypatch.setattr(fetching, "_reach", answer)
    assert (
        fetch("https://a.example/", accept="*/*", max_bytes=9, may_downgrade=True).content == BODY
    )
    with pytest.raises(CannotFetch, match="unencrypted"):
        fetch("https://a.example/", accept="*/*", max_bytes=9)
    assert hops == ["https", "http", "https"]


def test_a_certificate_must_be_the_hosts_own(server):
    """TLS to a server that has none for this name fails; nothing is asked in the clear instead."""
    with pytest.raises(CannotFetch):
        fetch(
            f"https://pictures.example:{server.port}/", accept="*/*", max_bytes=9,
            judge=lambda _host: LOOPBACK, ports=frozenset({server.port}),
        )  # fmt: skip
    assert server.asked == []


def test_a_mailbox_host_is_judged_too():
    with pytest.raises(ForbiddenHost):
        network.refuse_forbidden_host("169.254.169.254", allow_private=True)
