"""Twilio's Programmable Messaging as twilio.com/docs/messaging/api has it, for one account."""

from __future__ import annotations

import base64
import hashlib
import hmac
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.channels_in.messaging.fake_server import Answer, Request

SID, TOKEN, NUMBER = "AC" + "a" * 32, "auth-token", "+15550001111"
LOGIN = "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()


def failed(status: int, code: int, words: str, **headers: str) -> Answer:
    body = {"code": code, "message": words, "status": status,
            "more_info": f"https://www.twilio.com/docs/errors/{code}"}  # fmt: skip
    return Answer(status, body, headers)


class FakeTwilio:
    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.media: dict[str, bytes] = {}
        self.opted_out: set[str] = set()
        self.posts_to = ""
        self._ids = count(1)

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != LOGIN:
            return failed(401, 20003, "Authenticate")
        if request.path.startswith("/media/"):
            return Answer(200, self.media[request.path.removeprefix("/media/")])
        path = request.path.removeprefix(f"/2010-04-01/Accounts/{SID}")
        match (request.method, path):
            case ("GET", ".json"):
                return Answer(200, {"sid": SID, "friendly_name": "Nordwind", "status": "active"})
            case ("GET", "/IncomingPhoneNumbers.json"):
                wanted = request.query.get("PhoneNumber")
                rows = [{"sid": "PN1", "phone_number": NUMBER, "friendly_name": "Desk"}]
                found = rows if wanted == NUMBER else []
                return Answer(200, {"incoming_phone_numbers": found})
            case ("POST", "/IncomingPhoneNumbers/PN1.json"):
                self.posts_to = request.form["SmsUrl"]
                return Answer(200, {"sid": "PN1"})
            case ("POST", "/Messages.json"):
                return self._send(request.form)
        return failed(404, 20404, "The requested resource was not found")

    def _send(self, form: dict[str, str]) -> Answer:
        assert form["From"] == NUMBER
        assert form["StatusCallback"].startswith("http")
        if not form["To"].startswith("+"):
            return failed(400, 21211, "The 'To' number is not a valid phone number.")
        if form["To"] in self.opted_out:
            return failed(400, 21610, "Attempt to send to unsubscribed recipient")
        if len(form["Body"]) > 1600:
            return failed(400, 21617, "The concatenated message body exceeds the 1600 limit")
        self.sent.append(form)
        sid = f"SM{next(self._ids):032x}"
        return Answer(201, {"sid": sid, "status": "queued", "num_segments": "1"})


def posted(url: str, fields: dict[str, Any], *, token: str = TOKEN) -> tuple[bytes, dict[str, str]]:
    """A form as Twilio posts it to `url`: (body, headers)."""
    text = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    mac = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return urlencode(fields).encode(), {
        "x-twilio-signature": base64.b64encode(mac).decode(),
        "content-type": "application/x-www-form-urlencoded",
    }


def message(text: str, *, key: str = "SM1", sender: str = "+4915112345678", **more: str):
    """The fields of a message to our number."""
    return {"MessageSid": key, "SmsSid": key, "AccountSid": SID, "From": sender, "To": NUMBER,
            "Body": text, "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received",
            "ApiVersion": "2010-04-01", **more}  # fmt: skip
