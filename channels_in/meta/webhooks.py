"""What all webhooks of Meta begin with: the handshake, and the signature of each post."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from channels_in import signatures
from channels_in.adapters import UnreadableMessage
from channels_in.models import Connection
from channels_in.networks.network import (
    Addressee,
    BadSignature,
    WebhookAnswer,
    WebhookRequest,
)
from channels_in.payloads import Payload, payload_of
from tickets.models import Channel


def handshake(request: WebhookRequest, connection: Connection) -> WebhookAnswer | None:
    """The answer to Meta's question whether this address is ours; None for anything but a GET.

    Raises BadSignature when the token is not the one that was made for this account.
    """
    if request.method != "GET":
        return None
    given = request.query.get("hub.verify_token", "")
    is_asked = request.query.get("hub.mode") == "subscribe"
    if not (is_asked and signatures.is_secret(given, connection.secret("verify_token"))):
        raise BadSignature("The verify token is another one.")
    return WebhookAnswer(body=request.query.get("hub.challenge", "")[:200])


def entries(request: WebhookRequest, connection: Connection) -> Iterator[Payload]:
    """The entries of a post that the app of this account has signed. Raises BadSignature,
    ValueError.
    """
    header = request.headers.get("x-hub-signature-256", "")
    if not signatures.is_meta(request.body, header, connection.secret("app_secret")):
        raise BadSignature("The signature is not that of the app.")
    return _posted(request.body).each("entry")


def addressees(body: bytes) -> list[Addressee]:
    """Whom a post is for. Pages have two networks here, what is said in private and in public."""
    posted = _posted(body)
    found: dict[Addressee, None] = {}
    for entry in posted.each("entry"):
        found |= dict.fromkeys(_READERS.get(posted.text("object"), _nobody)(entry))
    return list(found)


def _of_page(entry: Payload) -> Iterator[Addressee]:
    number = entry.text("id")
    if number and next(entry.each("messaging"), None):
        yield Addressee(str(Channel.MESSENGER), number, number)
    if number and next(entry.each("changes"), None):
        yield Addressee(str(Channel.FACEBOOK), number, number)


def _of_instagram(entry: Payload) -> Iterator[Addressee]:
    if number := entry.text("id"):
        yield Addressee(str(Channel.INSTAGRAM), number, number)


def _of_whatsapp(entry: Payload) -> Iterator[Addressee]:
    for change in entry.each("changes"):
        about = change.of("value").of("metadata")
        if number := about.text("phone_number_id"):
            shown = about.text("display_phone_number").lstrip("+")
            yield Addressee(str(Channel.WHATSAPP), number, f"+{shown}" if shown else number)


def _nobody(entry: Payload) -> Iterator[Addressee]:
    return iter(())


_READERS: Mapping[str, Callable[[Payload], Iterator[Addressee]]] = {
    "page": _of_page,
    "instagram": _of_instagram,
    "whatsapp_business_account": _of_whatsapp,
}


def _posted(body: bytes) -> Payload:
    try:
        return payload_of(body)
    except UnreadableMessage as error:
        raise ValueError(str(error)) from error
