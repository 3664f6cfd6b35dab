"""Reddit's API as reddit.com/dev/api has it, for one account."""

from __future__ import annotations

import base64
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

LOGIN = "Basic " + base64.b64encode(b"id:secret").decode()
REFRESH = "refresh-token"


class FakeReddit:
    def __init__(self) -> None:
        self.things: list[dict[str, Any]] = []
        self.comments: list[dict[str, str]] = []
        self.composed: list[dict[str, str]] = []
        self.tokens: set[str] = set()
        self.refresh = REFRESH
        self._ids = count(1)
        self._seconds = count(1_763_000_000)

    def comment(self, text: str, *, author: str = "Carol_C", parent: str = "t3_post") -> str:
        number = next(self._ids)
        data = {
            "name": f"t1_{number}", "author": author, "body": text, "parent_id": parent,
            "created_utc": float(next(self._seconds)), "type": "post_reply", "score": 4,
            "context": f"/r/lamps/comments/abc/title/{number}/?context=3", "subject": "post reply",
        }  # fmt: skip
        self.things.append({"kind": "t1", "data": data})
        return data["name"]

    def message(self, text: str, *, author: str = "Carol_C") -> str:
        number = next(self._ids)
        data = {
            "name": f"t4_{number}", "author": author, "body": text, "subject": "My order",
            "created_utc": float(next(self._seconds)), "first_message_name": None, "context": "",
            "parent_id": None,
        }  # fmt: skip
        self.things.append({"kind": "t4", "data": data})
        return data["name"]

    def __call__(self, request: Request) -> Answer:
        if (request.method, request.path) == ("POST", "/api/v1/access_token"):
            return self._sign_in(request)
        if "helpdesk" not in request.headers.get("user-agent", ""):
            return Answer(429, {"message": "Too Many Requests", "error": 429})
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Answer(401, {"message": "Unauthorized", "error": 401})
        match (request.method, request.path):
            case ("GET", "/api/v1/me"):
                return Answer(200, {"name": "BrightCart"})
            case ("GET", "/message/inbox"):
                return self._inbox(request.query)
            case ("POST", "/api/comment"):
                return self._comment(request.form)
            case ("POST", "/api/compose"):
                self.composed.append(request.form)
                return Answer(200, {"json": {"errors": []}})
            case ("POST", "/api/editusertext"):
                for row in self.comments:
                    if row["name"] == request.form["thing_id"]:
                        row["text"] = request.form["text"]
                return Answer(200, {"json": {"errors": []}})
            case ("POST", "/api/del"):
                self.comments = [r for r in self.comments if r["name"] != request.form["id"]]
                return Answer(200, {})
        return Answer(404, {"message": "Not Found", "error": 404})

    def _sign_in(self, request: Request) -> Answer:
        if request.headers.get("authorization") != LOGIN:
            return Answer(401, {"message": "Unauthorized", "error": 401})
        if request.form.get("refresh_token") != self.refresh:
            return Answer(400, {"error": "invalid_grant"})
        token = f"access-{next(self._ids)}"
        self.tokens.add(token)
        return Answer(200, {"access_token": token, "expires_in": 86400, "token_type": "bearer"})

    def _inbox(self, query: dict[str, str]) -> Answer:
        rows = self.things[::-1]
        names = [row["data"]["name"] for row in rows]
        start = names.index(query["after"]) + 1 if query.get("after") else 0
        page = rows[start : start + int(query["limit"])]
        more = start + len(page) < len(rows)
        after = page[-1]["data"]["name"] if page and more else None
        return Answer(200, {"kind": "Listing", "data": {"children": page, "after": after}})

    def _comment(self, form: dict[str, str]) -> Answer:
        if form["thing_id"] not in [row["data"]["name"] for row in self.things]:
            errors = [["DELETED_COMMENT", "that comment has been deleted", "parent"]]
            return Answer(200, {"json": {"errors": errors}})
        name = f"t1_{next(self._ids)}"
        self.comments.append({"name": name, "parent": form["thing_id"], "text": form["text"]})
        data = {"name": name, "permalink": f"/r/lamps/comments/abc/title/{name}/"}
        return Answer(200, {"json": {"errors": [], "data": {"things": [{"data": data}]}}})
