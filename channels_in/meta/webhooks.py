"""What all webhooks of Meta begin with: the handshake, and the signature of each post."""

from __future__ import annotations

from collections.abc import Iterator

from channels_in import signatures
from channels_in.adapters import UnreadableMessage
from channels_in.models import Connection
from channels_in.networks.network import BadSignature, WebhookAnswer, WebhookRequest
from channels_in.payloads import Payload, payload_of


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
    """The entries of a post that Meta has signed. Raises BadSignature, ValueError."""
    header = request.headers.get("x-hub-signature-256", "")
    if not signatures.is_meta(request.body, header, connection.secret("app_secret")):
        raise BadSignature("The signature is not that of the app.")
    try:
        posted = payload_of(request.body)
    except UnreadableMessage as error:
        raise ValueError(str(error)) from error
    return posted.each("entry")
