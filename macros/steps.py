"""The notifications every help desk begins with, as a step of the write path.

They are what a new installation's stock triggers will do once triggers exist; until then the rules
stand here: acknowledge a new ticket, mail an agent's public reply to requester and CCs, tell the
requester that the ticket is solved. Machines are never answered (RFC 3834 §2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from django.db.models import Count

from core import clock
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import TicketChange
from tickets.models import (
    Channel,
    Comment,
    Delivery,
    DeliveryKind,
    EventType,
    Participant,
    ParticipantRole,
    Status,
    Ticket,
)

# Until the other channels can send, what is answered goes out by e-mail to whoever has an address.
_SENT_BY = Channel.EMAIL
ACKNOWLEDGEMENTS_A_DAY = 10

_Wanted = tuple[TicketChange, DeliveryDraft]


def notify(changes: Sequence[TicketChange]) -> None:
    """Queue what each change asks for, all in one go, and note it in the audits."""
    wanted = [
        (change, draft)
        for change in changes
        if not change.is_silent
        for draft in _drafts(change)
        if draft.address and draft.recipient.is_active
    ]
    wanted = _within_budget(wanted)
    queue_deliveries(drafts=[draft for _, draft in wanted])
    for change, drafts in _by_change(wanted):
        change.has_deliveries = True
        change.add(
            EventType.NOTIFICATION, drafts[0].kind,
            value={"recipients": [draft.recipient.pk for draft in drafts]},
        )  # fmt: skip


def _drafts(change: TicketChange) -> list[DeliveryDraft]:
    if change.is_release:  # its deliveries were queued with the submit
        return []
    if change.is_creation and not change.actor.is_agent:
        return _acknowledgement(change)
    if change.comment and change.comment.is_public and change.comment.is_from_agent:
        return _reply(change, change.comment)
    return _solved_notice(change) if _was_solved(change) else []


def _acknowledgement(change: TicketChange) -> list[DeliveryDraft]:
    if not (change.may_be_answered and change.ticket.is_public):
        return []
    return _to_requester(change.ticket, DeliveryKind.ACKNOWLEDGEMENT)


def _reply(change: TicketChange, comment: Comment) -> list[DeliveryDraft]:
    ticket = change.ticket
    ccs = Participant.objects.filter(
        ticket=ticket, role=ParticipantRole.CC, is_accepted=True
    ).select_related("user")
    people = [ticket.requester, *(row.user for row in ccs.order_by("id"))]
    return [
        DeliveryDraft(
            ticket=ticket, kind=DeliveryKind.COMMENT, channel=_SENT_BY, recipient=person,
            address=person.email or "", comment=comment,
        )
        for person in people
        if person.pk != comment.author_id
    ]  # fmt: skip


def _solved_notice(change: TicketChange) -> list[DeliveryDraft]:
    if not (change.actor.is_agent and change.ticket.is_public):
        return []
    return _to_requester(change.ticket, DeliveryKind.SOLVED_NOTICE)


def _to_requester(ticket: Ticket, kind: str) -> list[DeliveryDraft]:
    """A notice by mail, for those who wrote by mail or form: nobody else expects one."""
    if ticket.channel not in (Channel.EMAIL, Channel.WEB):
        return []
    person = ticket.requester
    return [
        DeliveryDraft(
            ticket=ticket, kind=kind, channel=_SENT_BY, recipient=person,
            address=person.email or "",
        )
    ]  # fmt: skip


def _was_solved(change: TicketChange) -> bool:
    event = change.changed("status")
    return event is not None and event.value == Status.SOLVED and not change.is_creation


def _within_budget(wanted: list[_Wanted]) -> list[_Wanted]:
    """Leave out acknowledgements beyond ACKNOWLEDGEMENTS_A_DAY an address (attack 9).

    Whoever writes 500 mails in another's name must not make us send that person 500.
    """
    people = {draft.recipient.pk for _, draft in wanted if _is_acknowledgement(draft)}
    if not people:
        return wanted
    recent = Delivery.objects.filter(
        recipient__in=people, kind=DeliveryKind.ACKNOWLEDGEMENT,
        created_at__gt=clock.now() - timedelta(days=1),
    ).values_list("recipient_id")  # fmt: skip
    sent = Counter(dict(recent.annotate(n=Count("*")).order_by()))
    kept = []
    for change, draft in wanted:
        if _is_acknowledgement(draft):
            sent[draft.recipient.pk] += 1
            if sent[draft.recipient.pk] > ACKNOWLEDGEMENTS_A_DAY:
                continue
        kept.append((change, draft))
    return kept


def _is_acknowledgement(draft: DeliveryDraft) -> bool:
    return draft.kind == DeliveryKind.ACKNOWLEDGEMENT


def _by_change(wanted: list[_Wanted]) -> Iterator[tuple[TicketChange, list[DeliveryDraft]]]:
    for _, group in groupby(wanted, key=lambda pair: id(pair[0])):
        pairs = list(group)
        yield pairs[0][0], [draft for _, draft in pairs]
