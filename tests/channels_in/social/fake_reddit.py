"""Reddit's API as reddit.com/dev/api and its wiki on OAuth2 have it, for one account."""

from __future__ import annotations

import base64
import re
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

LOGIN = "Basic " + base64.b64encode(b"id:secret").decode()
REFRESH, PASSWORD = "refresh-token", "correct horse"
GIVEN = {
    "client_id": "id", "client_secret": "secret", "username": "u/BrightCart",
    "refresh_token": REFRESH,
}  # fmt: skip
AGENT = re.compile(r"\w+:[\w.-]+:v?[\d.]+ \(by /u/[\w-]+\)")  # "platform:app:version (by /u/name)"


class FakeReddit:
    def __init__(self) -> None:
        self.things: list[dict[str, Any]] = []  # the inbox
        self.subreddits: dict[str, list[dict[str, Any]]] = {"lamps/new": [], "lamps/comments": []}
        self.private: set[str] = set()
        self.comments: list[dict[str, str]] = []
        self.composed: list[dict[str, str]] = []
        self.tokens: set[str] = set()
        self.refresh = REFRESH
        self.remaining = 90.0
        self.errors: list[list[str]] = []  # of the next form
        self._ids = count(1)
        self._seconds = count(1_763_000_000)

    def comment(
        self,
        text: str,
        *,
        author: str = "Carol_C",
        parent: str = "t3_abc",
        kind: str = "post_reply",
    ) -> str:
        number = next(self._ids)
        data = {
            "name": f"t1_{number}", "author": author, "body": text, "parent_id": parent,
            "created_utc": float(next(self._seconds)), "type": kind, "score": 4,
            "context": f"/r/lamps/comments/abc/title/{number}/?context=3", "subject": "post reply",
        }  # fmt: skip
        self.things.append({"kind": "t1", "data": data})
        return data["name"]

    def message(self, text: str, *, author: str = "Carol_C", first: str | None = None) -> str:
        number = next(self._ids)
        data = {
            "name": f"t4_{number}", "author": author, "body": text, "subject": "My order",
            "created_utc": float(next(self._seconds)), "first_message_name": first, "context": "",
            "parent_id": first,
        }  # fmt: skip
        self.things.append({"kind": "t4", "data": data})
        return data["name"]

    def watched(self, text: str, *, author: str | None = "Dora", title: str = "") -> str:
        """A post in r/lamps, or a comment on one when it has no title."""
        number = next(self._ids)
        kind = "t3" if title else "t1"
        data: dict[str, Any] = {
            "name": f"{kind}_{number}", "author": author, "score": 1,
            "created_utc": float(next(self._seconds)),
            "permalink": f"/r/lamps/comments/{number if title else 'abc'}/title/",
        }  # fmt: skip
        data |= (
            {"title": title, "selftext": text, "is_self": True}
            if title
            else {"body": text, "link_id": "t3_abc", "parent_id": "t3_abc"}
        )
        place = "lamps/new" if title else "lamps/comments"
        self.subreddits[place].append({"kind": kind, "data": data})
        return data["name"]

    def __call__(self, request: Request) -> Answer:
        if not AGENT.fullmatch(request.headers.get("user-agent", "")):
            return Answer(429, {"message": "Too Many Requests", "error": 429})
        if (request.method, request.path) == ("POST", "/api/v1/access_token"):
            return self._sign_in(request)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Answer(401, {"message": "Unauthorized", "error": 401})
        answer = self._answer(request)
        answer.headers |= {
            "X-Ratelimit-Used": "10", "X-Ratelimit-Remaining": str(self.remaining),
            "X-Ratelimit-Reset": "540",
        }  # fmt: skip
        return answer

    def _answer(self, request: Request) -> Answer:
        match (request.method, request.path.split("/")[1:]):
            case ("GET", ["api", "v1", "me"]):
                return Answer(200, {"name": "BrightCart"})
            case ("GET", ["message", "inbox"]):
                return _listing(self.things, request.query)
            case ("GET", ["message", "sent"]):
                return _listing([{"kind": "t4", "data": row} for row in self.composed], {})
            case ("GET", ["r", name, _]) if name in self.private:
                return Answer(403, {"message": "Forbidden", "error": 403, "reason": "private"})
            case ("GET", ["r", name, kind]) if f"{name}/{kind}" in self.subreddits:
                return _listing(self.subreddits[f"{name}/{kind}"], request.query)
            case ("POST", ["api", verb]) if request.form.get("api_type") == "json":
                return self._form(verb, request.form)
        return Answer(404, {"message": "Not Found", "error": 404})

    def _form(self, verb: str, form: dict[str, str]) -> Answer:
        if self.errors:
            errors, self.errors = self.errors, []
            return Answer(200, {"json": {"errors": errors, "ratelimit": 178.5}})
        match verb:
            case "comment":
                return self._comment(form)
            case "compose":
                self.composed.append(
                    {
                        "name": f"t4_{next(self._ids)}", "dest": form["to"], "to": form["to"],
                        "subject": form["subject"][:100], "body": form["text"],
                    }
                )  # fmt: skip
                return Answer(200, {"json": {"errors": []}})
            case "editusertext":
                for row in self.comments:
                    if row["name"] == form["thing_id"]:
                        row["text"] = form["text"]
                return Answer(200, {"json": {"errors": []}})
            case "del":
                self.comments = [row for row in self.comments if row["name"] != form["id"]]
                return Answer(200, {})
        return Answer(404, {"message": "Not Found", "error": 404})

    def _sign_in(self, request: Request) -> Answer:
        if request.headers.get("authorization") != LOGIN:
            return Answer(401, {"message": "Unauthorized", "error": 401})
        form = request.form
        wanted = {
            "refresh_token": {"refresh_token": self.refresh},
            "password": {"username": "BrightCart", "password": PASSWORD},
        }.get(form.pop("grant_type", ""))
        if wanted is None:
            return Answer(400, {"error": "unsupported_grant_type"})
        if form != wanted:
            return Answer(200, {"error": "invalid_grant"})
        token = f"access-{next(self._ids)}"
        self.tokens.add(token)
        return Answer(200, {"access_token": token, "expires_in": 86400, "token_type": "bearer"})

    def _comment(self, form: dict[str, str]) -> Answer:
        names = [row["data"]["name"] for rows in self._lists() for row in rows]
        if form["thing_id"] not in [*names, *(row["name"] for row in self.composed)]:
            errors = [["DELETED_COMMENT", "that comment has been deleted", "parent"]]
            return Answer(200, {"json": {"errors": errors}})
        if len(form["text"]) > 10_000:
            return Answer(200, {"json": {"errors": [["TOO_LONG", "this is too long", "text"]]}})
        kind = form["thing_id"][:2].replace("t3", "t1")
        name = f"{kind}_{next(self._ids)}"
        self.comments.append({"name": name, "parent": form["thing_id"], "text": form["text"]})
        data = {"name": name, "permalink": f"/r/lamps/comments/abc/title/{name}/"}
        return Answer(200, {"json": {"errors": [], "data": {"things": [{"data": data}]}}})

    def _lists(self) -> list[list[dict[str, Any]]]:
        return [self.things, *self.subreddits.values()]


def _listing(things: list[dict[str, Any]], query: dict[str, str]) -> Answer:
    """From new to old; `after` is the name of the last thing of the page before."""
    rows = things[::-1]
    names = [row["data"]["name"] for row in rows]
    start = names.index(query["after"]) + 1 if query.get("after") else 0
    page = rows[start : start + min(int(query.get("limit", 25)), 100)]
    more = start + len(page) < len(rows)
    after = page[-1]["data"]["name"] if page and more else None
    return Answer(200, {"kind": "Listing", "data": {"children": page, "after": after}})
