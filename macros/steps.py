"""The notifications every help desk begins with, as a step of the write path.

They are what a new installation's stock triggers will do once triggers exist; until then the rules
stand here: acknowledge a new ticket, mail an agent's public reply to requester and CCs, tell the
requester that the ticket is solved. Machines are never answered (RFC 3834 §2).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from accounts.models import User
from tickets.actions import queue_deliveries
from tickets.changes import TicketChange
from tickets.models import (
    Channel,
    Comment,
    DeliveryKind,
    EventType,
    Participant,
    ParticipantRole,
    Status,
    Ticket,
)

# Until the other channels can send, what is answered goes out by e-mail to whoever has an address.
_SENT_BY = Channel.EMAIL


def notify(changes: Sequence[TicketChange]) -> None:
    """Queue the deliveries each change asks for and note them as events."""
    for change in changes:
        if change.is_silent:
            continue
        if change.is_creation and not change.actor.is_agent:
            _acknowledge(change)
        elif change.comment and change.comment.is_public and change.comment.is_from_agent:
            _send_reply(change, change.comment)
        elif _was_solved(change):
            _tell_solved(change)


def _acknowledge(change: TicketChange) -> None:
    if change.may_be_answered and change.ticket.is_public and _wrote_by_mail_or_form(change.ticket):
        _queue(change, None, DeliveryKind.ACKNOWLEDGEMENT, [change.ticket.requester])


def _send_reply(change: TicketChange, comment: Comment) -> None:
    ticket = change.ticket
    ccs = Participant.objects.filter(
        ticket=ticket, role=ParticipantRole.CC, is_accepted=True
    ).select_related("user")
    people = [ticket.requester, *(row.user for row in ccs.order_by("id"))]
    others = [person for person in people if person.pk != comment.author_id]
    delay = timedelta(seconds=settings.UNDO_SEND_SECONDS)
    _queue(change, comment, DeliveryKind.COMMENT, others, delay=delay)


def _tell_solved(change: TicketChange) -> None:
    if change.actor.is_agent and change.ticket.is_public and _wrote_by_mail_or_form(change.ticket):
        _queue(change, None, DeliveryKind.SOLVED_NOTICE, [change.ticket.requester])


def _was_solved(change: TicketChange) -> bool:
    event = change.changed("status")
    return event is not None and event.value == Status.SOLVED and not change.is_creation


def _wrote_by_mail_or_form(ticket: Ticket) -> bool:
    return ticket.channel in (Channel.EMAIL, Channel.WEB)


def _queue(
    change: TicketChange,
    comment: Comment | None,
    kind: str,
    people: Sequence[User],
    *,
    delay: timedelta = timedelta(0),
) -> None:
    recipients = [(person, person.email) for person in people if person.email and person.is_active]
    if not recipients:
        return
    queue_deliveries(
        ticket=change.ticket, comment=comment, kind=kind, channel=_SENT_BY, recipients=recipients,
        delay=delay,
    )  # fmt: skip
    change.has_deliveries = True
    change.add(
        EventType.NOTIFICATION, kind, value={"recipients": [person.pk for person, _ in recipients]}
    )
