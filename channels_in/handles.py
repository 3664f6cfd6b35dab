"""Who wrote a message, as a kind and a value by which people are known, whatever the channel."""

from __future__ import annotations

from accounts.addresses import canonical
from accounts.models import IdentityKind
from channels_in.messages import Handle, IncomingMessage


def handle_of(message: IncomingMessage) -> Handle | None:
    """The author's handle; a mail's is its sender's address."""
    if message.author or not message.sender:
        return message.author
    return Handle(IdentityKind.EMAIL, canonical(message.sender.email), message.sender.name)


def key_of(handle: Handle) -> tuple[str, str]:
    """What the person is looked up by."""
    return str(handle.kind), handle.value


def mail_key(email: str) -> tuple[str, str]:
    return str(IdentityKind.EMAIL), email
