"""Direct messages of a Facebook page or an Instagram profile: webhooks in, Send API out.

developers.facebook.com/docs/messenger-platform. A free text may be sent for 24 hours after the
customer's latest message, by a person (tag HUMAN_AGENT) for seven days.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from accounts.models import Identity
from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.meta.graph import INSTAGRAM_HOST, Graph, OutsideWindow
from channels_in.meta.parse import message_id_of
from channels_in.meta.webhooks import entries, handshake
from channels_in.models import Connection
from channels_in.networks.files import fetch_public, readable
from channels_in.networks.network import (
    Heard,
    NetworkError,
    Outgoing,
    OutgoingFile,
    Profile,
    Receipt,
    Sent,
    WebhookAnswer,
    WebhookRequest,
)
from channels_in.networks.parts import said_in_parts
from channels_in.payloads import Payload, external_id, stored
from tickets.models import Delivery, DeliveryState

HUMAN_WINDOW = timedelta(days=7)
NAME_SECONDS = 2.0  # of a webhook that are spent on asking for a new person's name
_WATERMARK = 200  # replies at most that one "read until" is noted on


def messages_and_receipts(
    request: WebhookRequest, connection: Connection, *, kind: str
) -> WebhookAnswer:
    """Take a post apart. Raises BadSignature, ValueError."""
    if answer := handshake(request, connection):
        return answer
    own = connection.account.address
    heard: list[Heard] = []
    receipts: list[Receipt] = []
    for entry in entries(request, connection):
        if entry.text("id") != own:
            continue
        for event in entry.each("messaging"):
            if _is_message(event, own):
                heard.append(_heard(event, connection, kind))
            receipts += _receipts(event, connection)
    return WebhookAnswer(messages=heard, receipts=receipts, body="EVENT_RECEIVED")


def _is_message(event: Payload, own: str) -> bool:
    """Whether somebody else says something: no echo of ours, no notice of what was read."""
    said = event.of("message")
    if said.values.get("is_echo") is True or event.of("sender").text("id") in ("", own):
        return False
    if event.of("reaction").text("action") == "unreact":
        return False
    return bool(said or event.of("postback") or event.of("reaction"))


def _heard(event: Payload, connection: Connection, kind: str) -> Heard:
    person = event.of("sender").text("id")
    is_known = Identity.objects.filter(kind=kind, value=person).exists()
    profile = {} if is_known else _profile(person, connection, kind)
    raw = stored(event=event.values, profile=profile)
    return Heard(raw, external_id(message_id_of(event)))


def _profile(person: str, connection: Connection, kind: str) -> dict[str, Any]:
    """What the network calls somebody new; nothing when it does not say so at once."""
    names = "name,username" if kind == "instagram" else "name"
    client = Graph(connection.secret("access_token"), host=_host(connection), seconds=NAME_SECONDS)
    try:
        found = client.get(person, fields=names)
    except NetworkError:
        return {}
    finally:
        client.close()
    return {name: found.text(name)[:200] for name in names.split(",") if found.text(name)}


def _receipts(event: Payload, connection: Connection) -> Iterator[Receipt]:
    mids = event.of("delivery").values.get("mids")
    for mid in mids if isinstance(mids, list) else []:
        if isinstance(mid, str):
            yield Receipt(mid, "delivered")
    read = event.of("read")
    if read.text("mid"):
        yield Receipt(read.text("mid"), "read")
    elif until := read.moment("watermark", per_second=1000):
        rows = Delivery.objects.filter(
            channel=connection.channel, address=event.of("sender").text("id"),
            state=DeliveryState.SENT, sent_at__lte=until,
        ).exclude(provider_id="")  # fmt: skip
        for provider_id in rows.order_by("-id").values_list("provider_id", flat=True)[:_WATERMARK]:
            yield Receipt(provider_id, "read")


def _host(connection: Connection) -> str:
    return INSTAGRAM_HOST if connection.secret("access_token").startswith("IG") else ""


class MessagingClient:
    """The Send API of one page or profile."""

    def __init__(self, connection: Connection, *, names: str, sends_links: bool) -> None:
        """`sends_links`: files go as addresses that the network fetches, not as uploads."""
        self._graph = Graph(connection.secret("access_token"), host=_host(connection))
        self._names = names
        self._sends_links = sends_links

    def close(self) -> None:
        self._graph.close()

    def who_am_i(self) -> Profile:
        me = self._graph.get("me", fields=self._names)
        name = me.text("name") or me.text("username")
        return Profile(address=me.text("user_id") or me.text("id"), name=name, url=me.text("link"))

    def subscribe(self, fields: Sequence[str]) -> None:
        """Have the app told what happens on this page or profile."""
        self._graph.post("me/subscribed_apps", data={"subscribed_fields": ",".join(fields)})

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """The addresses are open to whoever knows them, for a while."""
        return fetch_public(file)

    def send(self, outgoing: Outgoing) -> Sent:
        """The text, then each file: the network knows one thing a message."""
        parts: list[dict[str, Any]] = [{"text": outgoing.text}] if outgoing.text else []
        parts += [{"attachment": self._attachment(file)} for file in outgoing.files]
        person = outgoing.handle.value
        steps = [
            partial(self._say, person, part, outgoing.in_reply_to if at == 0 else "")
            for at, part in enumerate(parts)
        ]
        return Sent(id=said_in_parts(steps), conversation=person)

    def _say(self, person: str, part: dict[str, Any], answered: str) -> str:
        """One message; after a day as a person's, which is allowed for a week."""
        answer = {"recipient": {"id": person}, "message": part, "messaging_type": "RESPONSE"}
        if answered:
            answer["reply_to"] = {"mid": answered}
        try:
            said = self._graph.post("me/messages", json=answer)
        except OutsideWindow:
            tagged = {**answer, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
            said = self._graph.post("me/messages", json=tagged)
        return said.text("message_id")

    def _attachment(self, file: OutgoingFile) -> dict[str, Any]:
        kind = _kind(file.content_type)
        if self._sends_links:
            return {"type": kind, "payload": {"url": file.url}}
        about = {"attachment": {"type": kind, "payload": {"is_reusable": False}}}
        said = self._graph.post(
            "me/message_attachments", is_sending=False, data={"message": json.dumps(about)},
            files={"filedata": (file.filename, readable(file), file.content_type)},
        )  # fmt: skip
        return {"type": kind, "payload": {"attachment_id": said.text("attachment_id")}}


def _kind(content_type: str) -> str:
    kind = content_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "file"
