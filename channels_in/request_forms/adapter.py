"""Request forms as a channel of the funnel. They are answered by mail (docs/forms.md)."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.addresses import canonical
from accounts.models import IdentityKind
from channels_in.adapters import Arrival, Capabilities, UnreadableMessage
from channels_in.introductions import Introduction
from channels_in.matching import NO_MATCH, Match
from channels_in.messages import Address, Handle, IncomingMessage
from channels_in.models import InboundItem
from channels_in.proof import UNPROVEN, SenderProof
from channels_in.request_forms.fitting import fitted
from channels_in.request_forms.screen import screen
from channels_in.request_forms.submission import Unreadable, unpack
from tickets.actions import mark_failed
from tickets.models import Delivery

__all__ = ["capabilities", "introduce", "match", "parse", "prove", "screen", "send"]

capabilities = Capabilities(has_subject=True)


def parse(raw: bytes, item: InboundItem) -> IncomingMessage:
    """Read a request. Raises UnreadableMessage."""
    try:
        sent = unpack(raw)
    except Unreadable as error:
        raise UnreadableMessage("This is not what a request form stores.") from error
    email = canonical(sent.email)
    return IncomingMessage(
        subject=sent.subject, sender=Address(sent.name, email), text=sent.body,
        author=Handle(IdentityKind.EMAIL, email, sent.name, language=sent.language),
        reply_text=sent.body, attachments=sent.files, form_id=sent.form_id,
        custom_fields=tuple(sent.fields.items()),
    )  # fmt: skip


def prove(arrivals: Sequence[Arrival]) -> list[SenderProof]:
    """Nobody: an address that is typed into a page proves nothing."""
    return [UNPROVEN] * len(arrivals)


def match(arrivals: Sequence[Arrival]) -> list[Match]:
    """Each request opens a ticket; what goes on does so by mail, where it can be proven."""
    return [NO_MATCH] * len(arrivals)


def introduce(arrivals: Sequence[Arrival]) -> list[Introduction]:
    """In the typed address's name, with those values that tickets still take."""
    messages = fitted([arrival.message for arrival in arrivals])
    return [Introduction(message, flags=("typed_address",)) for message in messages]


def send(deliveries: Sequence[Delivery]) -> None:
    """Nothing leaves by a form; what was queued for one all the same says so."""
    for delivery in deliveries:
        mark_failed(delivery=delivery, error="Forms are answered by mail.", is_permanent=True)
