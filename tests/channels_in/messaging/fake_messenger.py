"""Messenger's and Instagram's Send API and webhooks, as Meta's Messenger Platform has them."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request
from tests.channels_in.messaging.fake_whatsapp import graph_error, signed

TOKEN, PAGE = "EAAG-page-token", "1234500000"


class FakeMessenger:
    """People in `outside_day` wrote more than a day ago, in `outside_week` more than seven."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.uploads: dict[str, bytes] = {}
        self.subscribed = ""
        self.outside_day: set[str] = set()
        self.outside_week: set[str] = set()
        self.limit = 2000
        self._ids = count(1)

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return graph_error(190, "Invalid OAuth access token", status=401)
        path = request.path.removeprefix("/v23.0/").strip("/")
        match (request.method, path):
            case ("GET", "me"):
                return Answer(200, {"id": PAGE, "name": "Nordwind", "username": "nordwind",
                                    "link": "https://facebook.com/nordwind"})  # fmt: skip
            case ("POST", "me/subscribed_apps"):
                self.subscribed = request.form["subscribed_fields"]
                return Answer(200, {"success": True})
            case ("POST", "me/message_attachments"):
                about = json.loads(request.parts()["message"][2])
                assert about["attachment"]["type"] in ("image", "audio", "video", "file")
                key = f"att-{next(self._ids)}"
                self.uploads[key] = request.parts()["filedata"][2]
                return Answer(200, {"attachment_id": key})
            case ("POST", "me/messages"):
                return self._send(request.json)
            case ("GET", person) if person.isdecimal():
                return Answer(200, {"name": "Paula Perez", "username": "paulap", "id": person})
        return graph_error(100, f"Unsupported request: {path}")

    def _send(self, said: dict[str, Any]) -> Answer:
        person, message = said["recipient"]["id"], said["message"]
        is_tagged = said["messaging_type"] == "MESSAGE_TAG" and said.get("tag") == "HUMAN_AGENT"
        assert is_tagged or said["messaging_type"] == "RESPONSE"
        if person in self.outside_week or (person in self.outside_day and not is_tagged):
            return graph_error(
                10, "This message is sent outside of allowed window.", error_subcode=2018278
            )
        if "text" in message and len(message["text"].encode()) > self.limit * 4:
            return graph_error(100, "Length of param message[text] must be less than 2000")
        if "attachment" in message:
            payload = message["attachment"]["payload"]
            assert payload.get("attachment_id") in self.uploads or payload["url"].startswith("http")
        self.sent.append(said)
        return Answer(200, {"recipient_id": person, "message_id": f"m_{next(self._ids)}"})


def posted(*events: dict[str, Any], page: str = PAGE, object: str = "page"):
    """A webhook as Meta posts it: (body, headers)."""
    entry = {"id": page, "time": 1796000000123, "messaging": list(events)}
    body = json.dumps({"object": object, "entry": [entry]}).encode()
    return body, {"x-hub-signature-256": signed(body)}


def event(person: str = "7001", *, page: str = PAGE, **parts: Any) -> dict[str, Any]:
    return {"sender": {"id": person}, "recipient": {"id": page}, "timestamp": 1796000000000,
            **parts}  # fmt: skip
