"""The Telegram Bot API as core.telegram.org/bots/api has it, for one bot."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

TOKEN = "123456789:AAtest-token"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Nordwind", "username": "NordwindBot"}


def failed(code: int, words: str, **parameters: Any) -> Answer:
    said = {"ok": False, "error_code": code, "description": words}
    if parameters:
        said["parameters"] = parameters
    return Answer(code, said)


class FakeTelegram:
    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}
        self.blocked_by: set[str] = set()
        self._ids = count(100)

    def __call__(self, request: Request) -> Answer:
        if request.path.startswith(f"/file/bot{TOKEN}/"):
            return Answer(200, self.files[request.path.rpartition("/")[2]])
        if not request.path.startswith("/bot"):
            return failed(404, "Not Found")
        token, _, method = request.path.removeprefix("/bot").partition("/")
        if token != TOKEN:
            return failed(401, "Unauthorized")
        is_form = request.headers["content-type"].startswith("multipart/form-data")
        asked = (
            {name: content.decode() if not file else (file, kind, content)
             for name, (file, kind, content) in request.parts().items()}
            if is_form else request.json
        )  # fmt: skip
        return getattr(self, method)(asked)

    def getMe(self, _asked: dict[str, Any]) -> Answer:
        return Answer(200, {"ok": True, "result": BOT})

    def setWebhook(self, asked: dict[str, Any]) -> Answer:
        if not asked["url"].startswith("https://"):
            return failed(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        secret = asked["secret_token"]
        assert 1 <= len(secret) <= 256
        assert all(letter.isalnum() or letter in "_-" for letter in secret)
        self.webhook = asked
        return Answer(200, {"ok": True, "result": True})

    def deleteWebhook(self, _asked: dict[str, Any]) -> Answer:
        self.webhook = {}
        return Answer(200, {"ok": True, "result": True})

    def getUpdates(self, asked: dict[str, Any]) -> Answer:
        if self.webhook:
            return failed(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = asked.get("offset", 0)
        self.updates = [row for row in self.updates if row["update_id"] >= offset]
        return Answer(200, {"ok": True, "result": self.updates[: asked.get("limit", 100)]})

    def getFile(self, asked: dict[str, Any]) -> Answer:
        key = asked["file_id"]
        if key not in self.files:
            return failed(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return Answer(200, {"ok": True, "result": {
            "file_id": key, "file_unique_id": key, "file_size": len(self.files[key]),
            "file_path": f"photos/{key}",
        }})  # fmt: skip

    def sendMessage(self, asked: dict[str, Any]) -> Answer:
        if len(asked["text"]) > 4096:
            return failed(400, "Bad Request: message is too long")
        return self._said("sendMessage", asked)

    def _hand(self, method: str, asked: dict[str, Any], field: str) -> Answer:
        assert isinstance(asked[field], tuple)
        if len(asked.get("caption", "")) > 1024:
            return failed(400, "Bad Request: message caption is too long")
        return self._said(method, asked)

    def sendPhoto(self, asked: dict[str, Any]) -> Answer:
        return self._hand("sendPhoto", asked, "photo")

    def sendDocument(self, asked: dict[str, Any]) -> Answer:
        return self._hand("sendDocument", asked, "document")

    def sendVoice(self, asked: dict[str, Any]) -> Answer:
        return self._hand("sendVoice", asked, "voice")

    def _said(self, method: str, asked: dict[str, Any]) -> Answer:
        chat = str(asked["chat_id"])
        if chat in self.blocked_by:
            return failed(403, "Forbidden: bot was blocked by the user")
        if isinstance(asked.get("reply_parameters"), str):
            asked["reply_parameters"] = json.loads(asked["reply_parameters"])
        self.sent.append({"method": method, **asked})
        result = {"message_id": next(self._ids), "date": 1796000000,
                  "chat": {"id": int(chat), "type": "private"}}  # fmt: skip
        return Answer(200, {"ok": True, "result": result})


def update(
    number: int, *, kind: str = "message", sender: int = 777, **parts: Any
) -> dict[str, Any]:
    """An update with a message of Vera."""
    person = {"id": sender, "is_bot": False, "first_name": "Vera", "last_name": "Vogel",
              "username": "veravogel", "language_code": "de"}  # fmt: skip
    said = {"message_id": number, "from": person, "date": 1796000000,
            "chat": {"id": sender, "type": "private", "first_name": "Vera"}, **parts}  # fmt: skip
    return {"update_id": 9000 + number, kind: said}
