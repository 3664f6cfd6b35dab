"""A rule that fails: noted on the ticket and on the rule, its owner told once."""

from __future__ import annotations

from accounts.models import User
from macros.actions.triggers import mark_failing
from macros.engine.compiled import CompiledTrigger
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import TicketChange
from tickets.models import Channel, DeliveryKind, EventType


def note_failure(trigger: CompiledTrigger, change: TicketChange, error: Exception) -> None:
    """Write the failure down. The owner hears of it when it begins, not at every ticket."""
    words = str(error)[:500]
    change.add(EventType.ERROR, "rule", value=words, cause=trigger.cause)
    began = mark_failing(trigger_id=trigger.id, error=words)
    owner = User.objects.filter(pk=trigger.owner_id, is_active=True).first() if began else None
    if owner and owner.email:
        body = (
            f"The trigger “{trigger.title}” could not be carried out on ticket "
            f"#{change.ticket.pk}: {words}\n\nThe ticket was kept as it is. "
            "Open the trigger, correct it and save it; until then it is skipped where it fails."
        )
        queue_deliveries(
            drafts=[
                DeliveryDraft(
                    ticket=change.ticket, kind=DeliveryKind.NOTIFICATION, channel=Channel.EMAIL,
                    recipient=owner, address=owner.email, body=body,
                    subject=f"A trigger does not work: {trigger.title}",
                )
            ]
        )  # fmt: skip
        change.has_deliveries = True
