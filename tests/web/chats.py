"""A chat as the database has it now."""

from __future__ import annotations

from channels_in.models import Chat


def fresh(chat: Chat) -> Chat:
    return Chat.objects.select_related("ticket", "agent", "offered_to").get(pk=chat.pk)
