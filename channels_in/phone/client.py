"""Twilio's voice API, as far as voicemail needs it (twilio.com/docs/voice/api)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.networks.files import fetch_public, max_bytes
from channels_in.networks.network import Outgoing, Refused, Sent, Unreachable
from channels_in.payloads import Payload
from channels_in.sms.client import SmsClient, error_of
from core.http import HttpError

NOT_YET = 404
_RECORDING = re.compile(r"RE[0-9a-f]{32}")


class PhoneClient(SmsClient):
    """The same account, number and login as for text messages; other addresses."""

    def listen_at(self, url: str, secret: str) -> None:
        """Have calls to our number answered by us, and their ends told."""
        number = self._number().text("sid")
        self._ask(
            "POST", f"IncomingPhoneNumbers/{number}.json",
            data={"VoiceUrl": url, "VoiceMethod": "POST",
                  "StatusCallback": f"{url}?stage=status", "StatusCallbackMethod": "POST"},
        )  # fmt: skip

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """A recording by its id. Just after the call it is not there yet: asked for again later."""
        if not _RECORDING.fullmatch(file.reference):
            raise Refused(_("This is no recording of Twilio’s."))
        path = f"Recordings/{file.reference}.mp3"
        try:
            answer = self._http.request("GET", path, auth=self._login, max_bytes=max_bytes())
        except HttpError as error:
            raise Unreachable(str(error)) from error
        if answer.is_redirect:
            place = answer.headers.get("location", "")
            return fetch_public(RemoteFile(place, file.filename, file.content_type))
        if answer.status_code == NOT_YET:
            raise Unreachable(_("The recording is not there yet."))
        if answer.status_code >= 400:
            raise error_of(answer.status_code, Payload(), is_sending=False)
        return IncomingAttachment(file.filename, file.content_type, answer.content)

    def send(self, outgoing: Outgoing) -> Sent:
        raise Refused(_("Calls are answered by calling back, or by mail."))
