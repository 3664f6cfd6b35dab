"""A site of somebody else, on another origin, whose policy lets nothing in but the desk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POLICY = "default-src 'none'; script-src {desk}; frame-src {desk}; connect-src {desk}"
PAGE = """<!doctype html><html lang="en"><title>{path}</title><h1>The shop</h1>
<p><a id="next" href="/other">Another page</a></p>
<script src="{desk}/chat/widget.js" data-widget="{key}" {more} async></script></html>"""


@contextlib.contextmanager
def foreign_shop(desk: str, key: str) -> Iterator[str]:
    """The origin of a shop whose every page carries the one line of the widget, in Arabic with
    `?ar`.
    """

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            language = 'data-language="ar"' if "?ar" in self.path else ""
            body = PAGE.format(desk=desk, key=key, more=language, path=self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(desk=desk))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
