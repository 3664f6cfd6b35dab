"""Posting replies to a channel that somebody built themselves (docs/custom-channel.md)."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from channels_in import signatures
from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.models import Connection
from channels_in.networks.files import fetch_public, readable
from channels_in.networks.network import (
    Outgoing,
    Profile,
    RateLimited,
    Refused,
    Sent,
    TokenExpired,
    Unreachable,
)
from channels_in.payloads import Payload
from core import clock, fetch

FILES_BYTES = 10 * 1024 * 1024  # of all files of a reply together
ANSWER_BYTES = 64 * 1024
SECONDS = 10.0


class CustomClient:
    def __init__(self, connection: Connection) -> None:
        self._name = str(connection.setting("name"))
        self._url = str(connection.setting("url"))
        self._secret = connection.secret("secret")

    def close(self) -> None:
        """Every post has a connection of its own."""

    def who_am_i(self) -> Profile:
        """Asks the other side with a signed `ping`, where there is one."""
        if self._url:
            self._post({"type": "ping"})
        return Profile(self._name.strip().lower()[:254], self._name)

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        return fetch_public(file)

    def send(self, outgoing: Outgoing) -> Sent:
        """One signed post. `id` is the same at each attempt: who has seen it answers 2xx again."""
        if not self._url:
            raise Refused(_("This channel has no address for replies."))
        if sum(file.size for file in outgoing.files) > FILES_BYTES:
            raise Refused(_("The files are larger than 10 MB together."))
        said = self._post(
            {
                "type": "message", "id": outgoing.key, "conversation": outgoing.conversation,
                "to": {"id": outgoing.handle.value, "name": outgoing.handle.name},
                "text": outgoing.text, "reply_to": outgoing.in_reply_to or None,
                "attachments": [
                    {"filename": file.filename, "content_type": file.content_type,
                     "content": base64.b64encode(readable(file)).decode()}
                    for file in outgoing.files
                ],
            }
        )  # fmt: skip
        return Sent(id=said.text("id")[:255] or outgoing.key, url=said.text("url")[:500])

    def _post(self, event: dict[str, Any]) -> Payload:
        body = json.dumps(event, ensure_ascii=False).encode()
        stamp = str(int(clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json", "User-Agent": "HelpDesk/1.0",
            "X-Desk-Timestamp": stamp,
            "X-Desk-Signature": signatures.custom_signature(body, stamp, self._secret),
        }  # fmt: skip
        try:
            answer = fetch.post(
                self._url, body=body, headers=headers, max_bytes=ANSWER_BYTES, seconds=SECONDS,
                judge=_judge,
            )  # fmt: skip
        except fetch.NotAllowed as error:
            raise Refused(str(error)) from error
        except fetch.CannotFetch as error:
            raise Unreachable(str(error)) from error  # the id makes a second attempt harmless
        return _understood(answer)


def _understood(answer: fetch.Answer) -> Payload:
    words = _("The other side answered with status %(status)d.") % {"status": answer.status}
    try:
        said = Payload(json.loads(answer.content))
    except ValueError:
        said = Payload()
    if 200 <= answer.status < 300:
        return said
    if said.text("error"):
        words = f"{words} “{said.text('error')[:200]}”"
    if answer.status in (401, 403):
        raise TokenExpired(words)
    if answer.status == 429:
        wait = {name.lower(): value for name, value in answer.headers.items()}.get(
            "retry-after", ""
        )
        raise RateLimited(words, retry_after=float(wait) if wait.isdecimal() else 60)
    if answer.status in (408, 409, 425) or answer.status >= 500:
        raise Unreachable(words)
    raise Refused(words)


def _judge(host: str) -> Any:
    return fetch.refuse_forbidden_host(host, allow_private=settings.WEBHOOKS_ON_PRIVATE_NETWORKS)
