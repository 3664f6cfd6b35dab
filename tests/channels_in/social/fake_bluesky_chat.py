"""Bluesky's chat service behind a PDS (lexicons chat.bsky.convo.*), for one account.

Only what the real server of the tests lacks; requests must carry the session and name the chat
service as the PDS wants it (`atproto-proxy`).
"""

from __future__ import annotations

import base64
import json
import time
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

US, CAROL = "did:plc:ourshop000000000000000000", "did:plc:carol0000000000000000000"
PASSWORD = "app-password"


def token_of(kind: str) -> str:
    """A JWT as a PDS gives it; the library reads when it runs out."""
    parts = ({"typ": "JWT", "alg": "HS256"}, {"sub": US, "exp": int(time.time()) + 7200, "k": kind})
    head = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts]
    return ".".join([*head, "c2ln"])


ACCESS, REFRESH = token_of("access"), token_of("refresh")


def failed(status: int, error: str, words: str) -> Answer:
    return Answer(status, {"error": error, "message": words})


class FakeBlueskyChat:
    def __init__(self) -> None:
        self.log: list[dict[str, Any]] = []
        self.sent: list[tuple[str, str]] = []
        self.has_chat = True
        self._ids = count(1)

    def say(self, text: str, *, sender: str = CAROL) -> None:
        number = next(self._ids)
        message = {
            "$type": "chat.bsky.convo.defs#messageView", "id": f"m{number}", "rev": f"r{number}",
            "text": text, "sender": {"did": sender}, "sentAt": "2026-11-18T12:00:00.000Z",
        }  # fmt: skip
        self.log.append(
            {
                "$type": "chat.bsky.convo.defs#logCreateMessage", "rev": f"{number:04d}",
                "convoId": "convo1", "message": message,
            }
        )  # fmt: skip

    def __call__(self, request: Request) -> Answer:
        method = request.path.removeprefix("/xrpc/")
        session = {"did": US, "handle": "shop.test", "accessJwt": ACCESS, "refreshJwt": REFRESH}
        if method == "com.atproto.server.createSession":
            is_right = request.json["password"] == PASSWORD
            words = "Invalid identifier or password"
            return Answer(200, session) if is_right else failed(401, "AuthRequired", words)
        if request.headers.get("authorization") != f"Bearer {ACCESS}":
            return failed(401, "AuthMissing", "Authentication Required")
        match method:
            case "com.atproto.server.getSession":
                return Answer(200, {"did": US, "handle": "shop.test"})
            case "app.bsky.actor.getProfile":
                return Answer(200, {"did": US, "handle": "shop.test", "displayName": "Shop"})
            case "app.bsky.notification.listNotifications":
                return Answer(200, {"notifications": []})
        if not request.headers.get("atproto-proxy", "").endswith("#bsky_chat"):
            return failed(501, "MethodNotImplemented", method)
        if not self.has_chat:
            return failed(401, "InvalidToken", "Bad token method")
        return self._chat(method, request)

    def _chat(self, method: str, request: Request) -> Answer:
        convo = {
            "id": "convo1", "rev": "r", "muted": False, "unreadCount": 0,
            "members": [{"did": US, "handle": "shop.test"},
                        {"did": CAROL, "handle": "carol.test", "displayName": "Carol"}],
        }  # fmt: skip
        match method:
            case "chat.bsky.convo.getLog":
                since = request.query.get("cursor", "")
                rows = [row for row in self.log if row["rev"] > since]
                latest = self.log[-1]["rev"] if self.log else "0000"
                return Answer(200, {"logs": rows, "cursor": latest})
            case "chat.bsky.convo.getConvo" | "chat.bsky.convo.getConvoForMembers":
                return Answer(200, {"convo": convo})
            case "chat.bsky.convo.sendMessage":
                given = request.json
                self.sent.append((given["convoId"], given["message"]["text"]))
                number = f"s{len(self.sent)}"
                sent = {
                    "id": number, "rev": number, "text": given["message"]["text"],
                    "sender": {"did": US}, "sentAt": "2026-11-18T12:00:00.000Z",
                }  # fmt: skip
                return Answer(200, sent)
        return failed(501, "MethodNotImplemented", method)
