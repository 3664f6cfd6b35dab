"""E-mail as a channel of the funnel: its parts put together."""

from __future__ import annotations

from channels_in.adapters import Capabilities, UnreadableMessage
from channels_in.email import parse as mail
from channels_in.email.authentication import prove
from channels_in.email.filters import screen
from channels_in.email.introductions import introduce
from channels_in.email.send import send
from channels_in.email.threads import match
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem

__all__ = ["capabilities", "introduce", "match", "parse", "prove", "screen", "send"]

capabilities = Capabilities(has_rich_text=True, has_subject=True)


def parse(raw: bytes, item: InboundItem) -> IncomingMessage:
    """Read a mail. Raises UnreadableMessage."""
    try:
        return mail.parse(raw)
    except mail.UnreadableMail as error:
        raise UnreadableMessage(str(error)) from error
