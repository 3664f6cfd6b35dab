"""The WhatsApp Cloud API as Meta documents it (Graph API v23), strict about what it is given."""

from __future__ import annotations

import hashlib
import hmac
import json
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

TOKEN, SECRET, VERIFY = "EAAG-token", "app-secret", "verify-me"
NUMBER_ID, BUSINESS_ID, NUMBER = "106540352242922", "102290129340398", "15550783881"
TEMPLATE = {
    "name": "order_update", "language": "en_US", "status": "APPROVED", "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Your order {{1}}"},
        {"type": "BODY", "text": "Hello {{1}}, your {{2}} is on its way."},
        {"type": "FOOTER", "text": "Nordwind"},
        {"type": "BUTTONS", "buttons": [
            {"type": "QUICK_REPLY", "text": "Thanks"},
            {"type": "URL", "text": "Track", "url": "https://example.com/track/{{1}}"},
        ]},
    ],
}  # fmt: skip
PICTURE_TEMPLATE = {
    "name": "picture", "language": "de", "status": "APPROVED",
    "components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hi"}],
}  # fmt: skip


def graph_error(code: int, message: str, *, status: int = 400, details: str = "", **more: Any):
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code,
             "fbtrace_id": "Az8or2yhqkZfEZ-", **more}  # fmt: skip
    if details:
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    return Answer(status, {"error": error})


class FakeWhatsApp:
    """Numbers in `outside` wrote more than a day ago: only templates reach them."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.media: dict[str, tuple[bytes, str]] = {}
        self.outside: set[str] = set()
        self.listens_at: dict[str, Any] = {}
        self.base = ""
        self.numbers = {NUMBER_ID}
        self._ids = count(1)

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return graph_error(190, "Error validating access token: Session has expired",
                               status=401, error_subcode=463)  # fmt: skip
        if request.path.startswith("/bytes/"):
            content, _kind = self.media[request.path.removeprefix("/bytes/")]
            return Answer(200, content)
        path = request.path.removeprefix("/v23.0/").strip("/")
        match (request.method, path):
            case ("GET", p) if p == NUMBER_ID:
                return Answer(200, {"id": NUMBER_ID, "verified_name": "Nordwind",
                                    "display_phone_number": "+1 555-078-3881"})  # fmt: skip
            case ("POST", p) if p == NUMBER_ID:
                self.listens_at = request.json["webhook_configuration"]
                return Answer(200, {"success": True})
            case ("POST", p) if p == f"{BUSINESS_ID}/subscribed_apps":
                return Answer(200, {"success": True})
            case ("GET", p) if p == f"{BUSINESS_ID}/message_templates":
                return self._templates(request)
            case ("POST", p) if p == f"{NUMBER_ID}/media":
                return self._upload(request)
            case ("POST", p) if p.removesuffix("/messages") in self.numbers:
                return self._send(request.json)
            case ("GET", p) if p in self.media:
                content, kind = self.media[p]
                return Answer(200, {
                    "messaging_product": "whatsapp", "url": f"{self.base}/bytes/{p}",
                    "mime_type": kind, "sha256": hashlib.sha256(content).hexdigest(),
                    "file_size": len(content), "id": p,
                })  # fmt: skip
        return graph_error(100, f"Unsupported request to {path}", error_subcode=33)

    def _templates(self, request: Request) -> Answer:
        """Two pages, as cursors go."""
        if request.query.get("after") == "two":
            return Answer(200, {"data": [PICTURE_TEMPLATE], "paging": {"cursors": {}}})
        paging = {"cursors": {"before": "one", "after": "two"}, "next": "https://graph…"}
        return Answer(200, {"data": [TEMPLATE], "paging": paging})

    def _upload(self, request: Request) -> Answer:
        parts = request.parts()
        assert parts["messaging_product"][2] == b"whatsapp"
        name, kind, content = parts["file"]
        assert name
        key = f"media-{next(self._ids)}"
        self.media[key] = (content, kind)
        return Answer(200, {"id": key})

    def _send(self, said: dict[str, Any]) -> Answer:
        assert said["messaging_product"] == "whatsapp"
        assert said["recipient_type"] == "individual"
        assert said["to"].isdecimal()
        kind = said["type"]
        if said["to"] in self.outside and kind != "template":
            return graph_error(131047, "Re-engagement message",
                               details="Message failed to send because more than 24 hours have "
                               "passed since the customer last replied.")  # fmt: skip
        if kind == "text" and not 1 <= len(said["text"]["body"]) <= 4096:
            return graph_error(100, "Param text['body'] must be at most 4096 characters long.")
        if kind in ("image", "video", "audio", "document") and said[kind]["id"] not in self.media:
            return graph_error(131053, "Media upload error")
        if kind == "audio":
            assert "caption" not in said["audio"]
        if kind == "template" and said["template"]["name"] != TEMPLATE["name"]:
            return graph_error(132001, "Template name does not exist in the translation",
                               status=404)  # fmt: skip
        if kind == "template":
            counts = {part["type"]: len(part["parameters"])
                      for part in said["template"].get("components", ())}  # fmt: skip
            if counts != {"header": 1, "body": 2, "button": 1}:
                return graph_error(
                    132000, "Number of parameters does not match the expected number"
                )
        self.sent.append(said)
        key = f"wamid.HBgL{next(self._ids):060}"
        return Answer(200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": said["to"], "wa_id": said["to"]}], "messages": [{"id": key}],
        })  # fmt: skip


def posted(value: dict[str, Any], *, number_id: str = NUMBER_ID, field: str = "messages"):
    """A webhook as Meta posts it: (body, headers)."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": NUMBER, "phone_number_id": number_id}, **value,
    }  # fmt: skip
    body = json.dumps(
        {"object": "whatsapp_business_account",
         "entry": [{"id": BUSINESS_ID, "changes": [{"value": value, "field": field}]}]}
    ).encode()  # fmt: skip
    return body, {"x-hub-signature-256": signed(body)}


def signed(body: bytes, secret: str = SECRET) -> str:
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def message(kind: str, part: Any, *, key: str = "wamid.1", sender: str = "16505551234", **more):
    """A `value` with one message of a customer."""
    said = {"from": sender, "id": key, "timestamp": "1796000000", "type": kind, kind: part, **more}
    contact = {"profile": {"name": "Kerry Fisher"}, "wa_id": sender}
    return {"contacts": [contact], "messages": [said]}


def status(key: str, state: str, **more: Any) -> dict[str, Any]:
    return {"statuses": [{"id": key, "status": state, "timestamp": "1796000001",
                          "recipient_id": "16505551234", **more}]}  # fmt: skip
