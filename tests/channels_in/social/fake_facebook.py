"""The parts of Meta's Graph API that a page's comments need, and the webhooks it posts."""

from __future__ import annotations

import hashlib
import hmac
import json
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

PAGE, TOKEN, SECRET = "200", "page-token", "app-secret"


def failed(status: int, code: int, words: str) -> Answer:
    error = {"message": words, "code": code, "type": "OAuthException", "fbtrace_id": "x"}
    return Answer(status, {"error": error})


class FakeFacebook:
    def __init__(self) -> None:
        self.things: dict[str, dict[str, str]] = {"200_1": {"message": "our post"}}
        self.likes: list[str] = []
        self.private: list[dict[str, Any]] = []
        self.subscribed = ""
        self.written: dict[str, dict[str, Any]] = {}  # what others wrote elsewhere, by id
        self._ids = count(10)

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return failed(400, 190, "Error validating access token")
        path = request.path.split("/")[2:]  # behind the version
        match (request.method, path):
            case ("GET", ["me"]):
                return Answer(200, {"id": PAGE, "name": "BrightCart", "link": "https://fb/page"})
            case ("POST", ["me", "messages"]):
                self.private.append(request.json)
                number = f"m_{len(self.private)}"
                return Answer(200, {"recipient_id": "psid-1", "message_id": number})
            case ("POST", ["me", "subscribed_apps"]):
                self.subscribed = request.form["subscribed_fields"]
                return Answer(200, {"success": True})
            case ("GET", [number]) if number.startswith("psid"):
                return Answer(200, {"id": number, "name": "Carol"})
            case ("GET", [number]) if number in self.written:
                assert request.query["fields"] == "from{id,name},message,permalink_url"
                return Answer(200, self.written[number])
            case ("POST", ["me", "feed"]):
                return self._make(f"{PAGE}_{next(self._ids)}", request.form["message"])
            case ("POST", [number, "comments"]) if number in self.things:
                return self._make(f"200_1_{next(self._ids)}", request.form["message"], number)
            case ("POST", [number, "likes"]) if number in self.things:
                self.likes.append(number)
                return Answer(200, {"success": True})
            case ("POST", [number]) if number in self.things:
                self.things[number]["message"] = request.form["message"]
                return Answer(200, {"success": True})
            case ("DELETE", [number]) if number in self.things:
                del self.things[number]
                return Answer(200, {"success": True})
        return failed(400, 100, "Unsupported request: the object does not exist")

    def _make(self, number: str, text: str, parent: str = "") -> Answer:
        self.things[number] = {"message": text, "parent": parent}
        return Answer(200, {"id": number})

    def comment(self, text: str, *, author: str = "carol", number: str = "", verb: str = "add",
                parent: str = "200_1", page: str = PAGE) -> bytes:  # fmt: skip
        """A webhook of a comment beneath our post 200_1."""
        number = number or f"200_1_{next(self._ids)}"
        self.things.setdefault(number, {"message": text})
        value = {
            "item": "comment", "verb": verb, "comment_id": number, "post_id": "200_1",
            "parent_id": parent, "message": text, "created_time": 1_763_000_000,
            "from": {"id": f"u-{author}", "name": author.title()},
        }  # fmt: skip
        entry = {"id": page, "time": 1_763_000_000, "changes": [{"field": "feed", "value": value}]}
        return json.dumps({"object": "page", "entry": [entry]}).encode()

    def message(self, text: str, *, author: str = "psid-1", mid: str = "m_in_1") -> bytes:
        """A webhook of a message by Messenger."""
        event = {"sender": {"id": author}, "recipient": {"id": PAGE},
                 "timestamp": 1_763_000_000_000, "message": {"mid": mid, "text": text}}  # fmt: skip
        entry = {"id": PAGE, "time": 1_763_000_000, "messaging": [event]}
        return json.dumps({"object": "page", "entry": [entry]}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"HTTP_X_HUB_SIGNATURE_256": f"sha256={mac}"}
