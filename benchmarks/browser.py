"""As much of a browser as a benchmark needs: one connection, cookies, the sign-in form."""

from __future__ import annotations

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.house import PASSWORD


class Visitor:
    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def sign_in(self, email: str) -> None:
        page = self.get("/sign-in/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("The sign-in page has no form.")
        form = {"csrfmiddlewaretoken": token[1].decode(), "email": email, "password": PASSWORD}
        self._request("POST", "/sign-in/", urlencode(form))

    def get(self, path: str) -> bytes:
        """The body; raises for anything but 200."""
        return self._request("GET", path)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _request(self, method: str, path: str, body: str | None = None) -> bytes:
        headers = {"Cookie": self.cookie, "Host": "localhost"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self._cookies[name] = morsel.value
        if response.status not in (200, 302, 303):
            raise RuntimeError(f"{method} {path} answered {response.status}: {content[:300]!r}")
        if method == "GET" and response.status != 200:
            raise RuntimeError(f"{path} led elsewhere: {response.headers.get('Location')}")
        return content
