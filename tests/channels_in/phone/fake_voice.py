"""Twilio's voice side as twilio.com/docs/voice has it: what is posted to us, what is kept there."""

from __future__ import annotations

from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request
from tests.channels_in.messaging.fake_twilio import LOGIN, NUMBER, SID, failed

CALLER, CALL = "+4915112345678", "CA" + "c" * 32
RECORDING = "RE" + "d" * 32
RECORDINGS = f"/2010-04-01/Accounts/{SID}/Recordings/"


class FakeVoice:
    """`pending`: how often a recording is asked for before it is there."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.sound, self.pending = b"ID3 a voice", 0

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != LOGIN:
            return failed(401, 20003, "Authenticate")
        if request.path.startswith(RECORDINGS):
            return self._recording(request.path)
        path = request.path.removeprefix(f"/2010-04-01/Accounts/{SID}")
        match (request.method, path):
            case ("GET", "/IncomingPhoneNumbers.json"):
                is_ours = request.query.get("PhoneNumber") == NUMBER
                rows = [{"sid": "PN1", "phone_number": NUMBER, "friendly_name": "Desk"}]
                return Answer(200, {"incoming_phone_numbers": rows if is_ours else []})
            case ("POST", "/IncomingPhoneNumbers/PN1.json"):
                self.settings = request.form
                return Answer(200, {"sid": "PN1"})
        return failed(404, 20404, "The requested resource was not found")

    def _recording(self, path: str) -> Answer:
        assert path == f"{RECORDINGS}{RECORDING}.mp3"
        if self.pending:
            self.pending -= 1
            return failed(404, 20404, "The requested resource was not found")
        return Answer(200, self.sound)


def call(**more: Any) -> dict[str, str]:
    """What Twilio sends with every request about a call (voice/twiml, "Request parameters")."""
    return {"CallSid": CALL, "AccountSid": SID, "From": CALLER, "To": NUMBER, "CallStatus":
            "ringing", "ApiVersion": "2010-04-01", "Direction": "inbound", **more}  # fmt: skip


def recorded(seconds: int = 42, **more: Any) -> dict[str, str]:
    url = f"https://api.twilio.com{RECORDINGS}{RECORDING}"
    fields = {"CallStatus": "completed", "RecordingUrl": url, "RecordingSid": RECORDING,
              "RecordingDuration": str(seconds), "Digits": "hangup"}  # fmt: skip
    return call(**fields | more)


def transcribed(text: str) -> dict[str, str]:
    return call(TranscriptionSid="TR" + "e" * 32, TranscriptionText=text, RecordingSid=RECORDING,
                TranscriptionStatus="completed", CallStatus="completed")  # fmt: skip


def ended(**more: Any) -> dict[str, str]:
    return call(CallStatus="completed", CallDuration="12", Timestamp="Mon, 30 Nov 2026", **more)
