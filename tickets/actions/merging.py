from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.actions.tickets import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import ParticipantRole, Status, Ticket

MERGE_TAG = "closed_by_merge"


@transaction.atomic
def merge_tickets(*, actor: Actor, source_id: int, target_id: int) -> Ticket:
    """Fold one ticket into another (domain-standards.md §1, "Merge").

    1. The target gets a private note with the source's first text, and its requester and CCs as CC.
    2. The source is tagged, closed with a private note, and from now on points to the target;
       a later reply to it lands there.

    Raises TicketNotFound, NotPermitted, TicketClosed, InvalidChange.
    """
    policies.require(actor, Permission.MERGE_TICKETS)
    if source_id == target_id:
        raise InvalidChange("target", "A ticket cannot be merged into itself.")
    locked = {pk: policies.lock_visible_ticket(actor, pk) for pk in sorted((source_id, target_id))}
    source, target = locked[source_id], locked[target_id]
    for ticket in (source, target):
        if ticket.is_closed:
            raise TicketClosed(ticket.pk)
    update_ticket(
        actor=actor, ticket_id=target.pk, changes=TicketChanges(cc_ids=_joined_ccs(source, target)),
        comment=_note(actor, target, f"Ticket #{source.pk} was merged into this one: "
                      f"“{source.subject}”\n\n{_first_text(source)}"),
    )  # fmt: skip
    update_ticket(
        actor=actor, ticket_id=source.pk,
        changes=TicketChanges(status=Status.CLOSED, tags=(*source.tags, MERGE_TAG)),
        comment=_note(actor, source, f"This ticket was merged into #{target.pk}."),
        is_silent=True,
    )  # fmt: skip
    Ticket.objects.filter(pk=source.pk).update(merged_into=target, generated_at=clock.now())
    target.refresh_from_db()
    return target


def _joined_ccs(source: Ticket, target: Ticket) -> tuple[int, ...]:
    rows = target.participants.model.objects.filter(
        ticket__in=[target, source], role=ParticipantRole.CC, is_accepted=True
    ).order_by("id")
    ids = [*rows.values_list("user_id", flat=True), source.requester_id]
    return tuple(pk for pk in dict.fromkeys(ids) if pk != target.requester_id)


def _first_text(source: Ticket) -> str:
    first = source.comments.public().in_order().first()
    return first.reply_text if first else ""


def _note(actor: Actor, ticket: Ticket, text: str) -> CommentDraft:
    return CommentDraft(
        author_id=actor.user_id or ticket.submitter_id, body=text, is_public=False,
        channel=actor.channel,
    )  # fmt: skip
