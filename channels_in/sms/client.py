"""Text messages by Twilio's Programmable Messaging (twilio.com/docs/messaging/api)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.models import Connection
from channels_in.networks.files import fetch_public, max_bytes
from channels_in.networks.listening import webhook_url
from channels_in.networks.network import (
    NetworkError,
    Outgoing,
    Profile,
    RateLimited,
    Refused,
    Sent,
    TokenExpired,
    Uncertain,
    Unreachable,
)
from channels_in.payloads import Payload
from core.http import Http, HttpError

HOST = "https://api.twilio.com"
VERSION = "2010-04-01"
MEDIA_HOST = "twilio.com"

# twilio.com/docs/api/errors: those that people meet, in words that help.
WORDS = {
    21211: _("This is no number that a text message can be sent to."),
    21408: _("Twilio may not send to this country yet: allow it under Geo permissions."),
    21610: _("The customer has answered STOP: they get no text messages from this number until "
             "they write START."),
    21612: _("This number cannot be reached from ours."),
    21614: _("This is no mobile number."),
    21617: _("The text is longer than 1600 characters."),
    30003: _("The phone is switched off or out of reach."),
    30004: _("The customer’s carrier or phone blocks our number."),
    30005: _("This number does not exist, or not any more."),
    30006: _("This is a landline, or its carrier takes no text messages."),
    30007: _("The carrier filtered the message as unwanted."),
    30008: _("The carrier gave no reason."),
    30034: _("The number is not registered for messages to the United States (A2P 10DLC)."),
}  # fmt: skip
_SIGN_IN = {20003, 20005, 20008, 20101, 20103, 20104}


class SmsClient:
    def __init__(self, connection: Connection) -> None:
        self._sid = str(connection.setting("account_sid"))
        self._sender = str(connection.setting("sender"))
        self._callback = webhook_url(connection)
        self._login = (self._sid, connection.secret("auth_token"))
        self._http = Http(f"{HOST}/{VERSION}/Accounts/{self._sid}")

    def close(self) -> None:
        self._http.close()

    def who_am_i(self) -> Profile:
        """The number, if it is one of this account's; a messaging service by its own id."""
        if not self._sender.startswith("+"):
            account = self._ask("GET", f"{HOST}/{VERSION}/Accounts/{self._sid}.json")
            return Profile(self._sender.lower(), account.text("friendly_name"))
        row = self._number()
        return Profile(row.text("phone_number"), row.text("friendly_name"))

    def listen_at(self, url: str, secret: str) -> None:
        """Have messages to our number posted to `url`. A messaging service has its own setting."""
        if self._sender.startswith("+"):
            number = self._number().text("sid")
            self._ask(
                "POST", f"IncomingPhoneNumbers/{number}.json",
                data={"SmsUrl": url, "SmsMethod": "POST"},
            )  # fmt: skip

    def _number(self) -> Payload:
        wanted = {"PhoneNumber": self._sender}
        found = self._ask("GET", "IncomingPhoneNumbers.json", params=wanted)
        row = found.first("incoming_phone_numbers")
        if not row:
            raise Refused(
                _now("%(number)s is no number of this account.") % {"number": self._sender}
            )
        return row

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """Twilio wants to be asked with our login and leads to an address that anybody may ask."""
        host = urlsplit(file.reference).hostname or ""
        if host != MEDIA_HOST and not host.endswith(f".{MEDIA_HOST}"):
            raise Refused(_now("The file does not lie with Twilio."))
        try:
            answer = self._http.request(
                "GET", file.reference, auth=self._login, max_bytes=max_bytes()
            )
        except HttpError as error:
            raise Unreachable(str(error)) from error
        if answer.is_redirect:
            target = RemoteFile(
                answer.headers.get("location", ""), file.filename, file.content_type
            )
            return fetch_public(target)
        if answer.status_code >= 400:
            raise error_of(answer.status_code, Payload(), is_sending=False)
        return IncomingAttachment(file.filename, file.content_type, answer.content)

    def send(self, outgoing: Outgoing) -> Sent:
        """What becomes of it is told to our webhook."""
        sender = "From" if self._sender.startswith("+") else "MessagingServiceSid"
        said = self._ask(
            "POST", "Messages.json", is_sending=True,
            data={"To": outgoing.handle.value, sender: self._sender, "Body": outgoing.text,
                  "StatusCallback": self._callback},
        )  # fmt: skip
        return Sent(id=said.text("sid"), conversation=outgoing.handle.value)

    def _ask(self, method: str, path: str, *, is_sending: bool = False, **options: Any) -> Payload:
        try:
            answer = self._http.request(method, path, auth=self._login, **options)
        except HttpError as error:
            kind = Uncertain if is_sending and error.has_left else Unreachable
            raise kind(str(error)) from error
        try:
            said = Payload(answer.json())
        except ValueError:
            said = Payload()
        if answer.status_code >= 400:
            wait = answer.headers.get("retry-after", "")
            raise error_of(answer.status_code, said, is_sending=is_sending, wait=wait)
        return said


def error_of(status: int, said: Payload, *, is_sending: bool, wait: str = "") -> NetworkError:
    """What an answer of Twilio means."""
    code = said.number("code") or 0
    words = words_of(code, said.text("message"))
    if status == 401 or code in _SIGN_IN:
        return TokenExpired(words)
    if status == 429:
        return RateLimited(words, retry_after=float(wait) if wait.isdecimal() else 60)
    if status >= 500:
        return Uncertain(words) if is_sending else Unreachable(words)
    return Refused(words)


def words_of(code: int, message: str = "") -> str:
    """A sentence with Twilio's number, which is what its documentation is searched by."""
    words = str(WORDS.get(code) or message or _now("Twilio gave no reason."))
    return f"{words} ({code})" if code else words
