"""Direct messages of a Facebook page or an Instagram profile: webhooks in, Send API out.

developers.facebook.com/docs/messenger-platform. A free text may be sent for 24 hours after the
customer's latest message, by a person (tag HUMAN_AGENT) for seven days.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Identity
from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.meta.graph import Graph, OutsideWindow
from channels_in.meta.lookups import host_of, looked_up
from channels_in.meta.parse import message_id_of
from channels_in.models import Connection
from channels_in.networks.files import fetch_public, readable
from channels_in.networks.network import (
    Heard,
    NetworkError,
    Outgoing,
    OutgoingFile,
    Profile,
    Receipt,
    Refused,
    Sent,
)
from channels_in.networks.parts import said_in_parts
from channels_in.payloads import Payload, external_id, stored
from tickets.models import Delivery, DeliveryState

HUMAN_WINDOW = timedelta(days=7)
_WATERMARK = 200  # replies at most that one "read until" is noted on


def messages_and_receipts(
    entries: Iterable[Payload], connection: Connection, *, kind: str
) -> tuple[list[Heard], list[Receipt]]:
    """What is said, and what became of what we said, in the entries of one account."""
    heard: list[Heard] = []
    receipts: list[Receipt] = []
    for entry in entries:
        for event in entry.each("messaging"):
            if _is_message(event, connection.account.address):
                heard.append(_heard(event, connection, kind))
            receipts += _receipts(event, connection)
    return heard, receipts


def _is_message(event: Payload, own: str) -> bool:
    """Whether something is said, by them or by us outside the help desk: no notice of what was
    read, and no echo of what we know to have sent.
    """
    said = event.of("message")
    if said.values.get("is_echo") is True:
        mid = said.text("mid")
        return bool(mid) and not Delivery.objects.filter(provider_id=mid).exists()
    if event.of("sender").text("id") in ("", own):
        return False
    if event.of("reaction").text("action") == "unreact":
        return False
    return bool(said or event.of("postback") or event.of("reaction"))


def _heard(event: Payload, connection: Connection, kind: str) -> Heard:
    person = event.of("sender").text("id")
    is_echo = event.of("message").values.get("is_echo") is True
    is_known = is_echo or Identity.objects.filter(kind=kind, value=person).exists()
    profile = {} if is_known else _profile(person, connection, kind)
    raw = stored(event=event.values, profile=profile)
    return Heard(raw, external_id(message_id_of(event)))


def _profile(person: str, connection: Connection, kind: str) -> dict[str, Any]:
    """What the network calls somebody new; nothing when it does not say so at once."""
    names = "name,username" if kind == "instagram" else "name"
    try:
        found = looked_up(connection, person, names)
    except NetworkError:
        return {}
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


class MessagingClient:
    """The Send API of one page or profile."""

    def __init__(
        self, connection: Connection, *, names: str, sends_links: bool, has_metadata: bool
    ) -> None:
        """`sends_links`: files go as addresses that the network fetches, not as uploads.
        `has_metadata`: what we give along with a message comes back with its echo.
        """
        self._graph = Graph(connection.secret("access_token"), host=host_of(connection))
        self.connection = connection
        self._names = names
        self._sends_links = sends_links
        self._has_metadata = has_metadata

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
        if self._has_metadata and outgoing.key:
            parts = [{**part, "metadata": outgoing.key} for part in parts]
        person = outgoing.handle.value
        steps = [
            partial(self._say, person, part, outgoing.in_reply_to if at == 0 else "")
            for at, part in enumerate(parts)
        ]
        return said_in_parts(steps, conversation=person)

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


def reply_in_private(graph: Graph, outgoing: Outgoing) -> Sent:
    """The one message that a comment may be answered with in private, within seven days ("Private
    Replies"). Meta says as whom the person will answer.
    """
    if outgoing.files:
        raise Refused(_("The first private answer to a comment carries no files."))
    said = graph.post(
        "me/messages",
        json={
            "recipient": {"comment_id": outgoing.in_reply_to},
            "message": {"text": outgoing.text}, "messaging_type": "RESPONSE",
        },
    )  # fmt: skip
    return Sent(said.text("message_id"), conversation=said.text("recipient_id"))


def _kind(content_type: str) -> str:
    kind = content_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "file"
