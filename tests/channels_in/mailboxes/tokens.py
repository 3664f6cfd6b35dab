"""A token server with TLS (RFC 6749 §6), and the tokeninfo address at which dovecot asks."""

from __future__ import annotations

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.channels_in.mailboxes.certificates import Certificates


class TokenServer:
    """Hands out `token-<user>-<n>`; `valid` holds those that mail servers accept.

    A refresh token is the user's name; those in `revoked` are refused.
    """

    def __init__(self, certificates: Certificates) -> None:
        self.valid: dict[str, str] = {}
        self.revoked: set[str] = set()
        self.asked: list[dict[str, str]] = []
        self.lifetime = 3600
        self.rotates = False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.server)
        self._tokens = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._tokens.socket = context.wrap_socket(self._tokens.socket, server_side=True)
        self._infos = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"https://localhost:{self._tokens.server_port}/token"

    @property
    def tokeninfo(self) -> str:
        return f"http://127.0.0.1:{self._infos.server_port}/tokeninfo"

    def start(self) -> None:
        for server in (self._tokens, self._infos):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        for server in (self._tokens, self._infos):
            server.shutdown()
            server.server_close()

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.asked.append(form)
        user = form["refresh_token"].partition("/")[0]
        if form["refresh_token"] in self.revoked:
            return 400, {"error": "invalid_grant", "error_description": "Token has been revoked."}
        token = f"token-{user}-{len(self.asked)}"
        self.valid[token] = user
        answer: dict[str, object] = {"access_token": token, "expires_in": self.lifetime}
        if self.rotates:
            self.revoked.add(form["refresh_token"])
            answer["refresh_token"] = f"{user}/{len(self.asked)}"
        return 200, answer

    def info(self, token: str) -> tuple[int, dict[str, object]]:
        if token in self.valid:
            return 200, {"email": self.valid[token], "active": "true"}
        return 401, {"error": "invalid_token"}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._answer(*outer.token({k: v[0] for k, v in parse_qs(body).items()}))

            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                self._answer(*outer.info(query.get("access_token", [""])[0]))

            def _answer(self, status: int, answer: dict[str, object]) -> None:
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing: it would be in the tests' output."""

        return Handler
