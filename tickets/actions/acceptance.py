"""Letting somebody take part who only turned up in a conversation."""

from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions import columns
from tickets.actions.finish import finish
from tickets.actions.pauses import note_privacy
from tickets.changes import TicketChange
from tickets.models import Audit, Comment, Participant, ParticipantRole, Ticket

UNVERIFIED = "unverified_sender"


@transaction.atomic
def accept_participant(*, actor: Actor, ticket_id: int, user_id: int) -> None:
    """Let somebody who turned up take part: from now on they get the replies, and what they wrote
    so far may be read by the customer.

    Raises TicketNotFound, NotPermitted. Accepting twice changes nothing.
    """
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    policies.require_can_edit(actor)
    rows = Participant.objects.filter(ticket=ticket, user_id=user_id, role=ParticipantRole.CC)
    if not rows.filter(is_accepted=False).update(is_accepted=True):
        return
    withheld = Comment.objects.select_for_update().filter(
        ticket=ticket, author_id=user_id, is_public=False, metadata__flags__contains=UNVERIFIED
    )
    _show(actor, ticket, list(withheld.order_by("id")))


def _show(actor: Actor, ticket: Ticket, withheld: list[Comment]) -> None:
    """Make the comments public, each as a release: search and pages learn of it the usual way."""
    now = clock.now()
    audit = Audit.objects.create(
        ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=now,
    )  # fmt: skip
    before = columns.columns_of(ticket)
    ticket.is_public = ticket.is_public or bool(withheld)
    ticket.updated_at = now
    columns.save(ticket, before, now)
    for comment in withheld:
        comment.is_public = True
        comment.metadata["flags"] = [flag for flag in comment.flags if flag != UNVERIFIED]
        comment.save(update_fields=["is_public", "metadata"])
        change = TicketChange(
            ticket=ticket, actor=actor, audit=audit, comment=comment, is_release=True
        )
        note_privacy(change, comment, "accepted")
        finish([change])
    if not withheld:
        finish([TicketChange(ticket=ticket, actor=actor, audit=audit)])
