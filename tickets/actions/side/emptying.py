from __future__ import annotations

from functools import partial

from django.db import transaction

from core.storage import blobs
from tickets.models import (
    SideAttachment,
    SideConversation,
    SideMessage,
    SideParticipant,
    Ticket,
)


def empty_side_conversations(ticket: Ticket) -> None:
    """Take every word and file out of a ticket's side conversations; part of scrubbing it."""
    files = SideAttachment.objects.filter(message__conversation__ticket=ticket)
    for key in files.values_list("key", flat=True):
        transaction.on_commit(partial(blobs.discard, key))
    files.delete()
    SideMessage.objects.filter(conversation__ticket=ticket).update(
        body="", html="", reply_text="", metadata={}, message_id=None, digest=None
    )
    SideParticipant.objects.filter(conversation__ticket=ticket).delete()
    SideConversation.objects.filter(ticket=ticket).update(subject="", preview="", external_ids={})
