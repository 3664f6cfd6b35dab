"""What a ticket costs its agent: an e-mail, a chat or a call, by the channel it came in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models import Channel


class Kind(models.TextChoices):
    EMAILS = "emails", _("E-mails")
    CHATS = "chats", _("Chats")
    CALLS = "calls", _("Calls")


_CHATS = (Channel.CHAT, Channel.MESSENGER, Channel.WHATSAPP, Channel.TELEGRAM, Channel.SMS)


def kind_of(channel: str) -> Kind:
    """Whatever can wait for an answer counts as e-mail, web forms and public posts too."""
    if channel == Channel.PHONE:
        return Kind.CALLS
    return Kind.CHATS if channel in _CHATS else Kind.EMAILS
