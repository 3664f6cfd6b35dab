"""Spam as an agent meets it: the ticket goes, and with it what else would bring the next one."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import lift_suspension, suspend_user
from accounts.actor import Actor
from accounts.models import User
from channels_in.actions.senders import block_sender, remove_rule
from channels_in.models import SenderRule
from tickets import policies
from tickets.actions import mark_spam, restore_ticket
from tickets.models import AuditEvent, Ticket


@transaction.atomic
def handle_spam(
    *, actor: Actor, ticket_id: int, suspends: bool = False, blocks: bool = False
) -> Ticket:
    """Mark a ticket as spam; its requester may be suspended, their address blocked.

    What was done besides stands in the audit, so that `not_spam` takes back just that.

    Raises TicketNotFound, NotPermitted, InvalidChange (for an address that cannot be blocked).
    """
    ticket = policies.visible_ticket(actor, ticket_id)
    person, besides = ticket.requester, {}
    if suspends and not person.is_suspended:
        suspend_user(actor=actor, user_id=person.pk, reason=f"Spam: ticket #{ticket_id}")
        besides["suspended"] = person.pk
    if blocks and person.email and not _is_ruled(person.email):
        note = f"Spam: ticket #{ticket_id}"
        besides["blocked"] = block_sender(actor=actor, pattern=person.email, note=note).pk
    return mark_spam(actor=actor, ticket_id=ticket_id, besides=besides)


def _is_ruled(email: str) -> bool:
    return SenderRule.objects.filter(pattern=email).exists()


@transaction.atomic
def not_spam(*, actor: Actor, ticket_id: int) -> Ticket:
    """Bring a ticket back that was marked as spam, with what was done besides.

    Raises TicketNotFound, NotPermitted.
    """
    ticket = restore_ticket(actor=actor, ticket_id=ticket_id)
    event = (
        AuditEvent.objects.filter(audit__ticket=ticket, field_name="deleted", cause__reason="spam")
        .order_by("-audit__created_at", "-id")
        .first()
    )
    cause = event.cause if event else {}
    if (user_id := cause.get("suspended")) and User.objects.filter(pk=user_id).exists():
        lift_suspension(actor=actor, user_id=user_id)
    if rule_id := cause.get("blocked"):
        remove_rule(actor=actor, rule_id=rule_id)
    return ticket
