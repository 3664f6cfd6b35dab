"""A rule that fails: noted on the ticket and on the rule, its owner told once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from macros.actions.triggers import mark_failing
from macros.engine.compiled import CompiledTrigger, InvalidTrigger
from macros.models import Trigger
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import TicketChange
from tickets.errors import TicketError
from tickets.models import Channel, DeliveryKind, EventType

logger = logging.getLogger(__name__)

TOLD_AT_MOST = 10  # administrators, where there is no owner any more


def note_failure(trigger: CompiledTrigger, change: TicketChange, error: Exception) -> None:
    """Write the failure down. The owner hears of it when it begins, not at every ticket."""
    words = _words(error)
    change.add(EventType.ERROR, "rule", value=words, cause=trigger.cause)
    if mark_failing(trigger_id=trigger.id, error=words):
        _tell(trigger.title, trigger.owner_id, words, change)


def note_invalid(triggers: Sequence[InvalidTrigger], change: TicketChange) -> None:
    """Mark triggers that cannot be judged at all; one query when that is done already.

    The ticket's audit is spared: they have nothing to do with this ticket.
    """
    unmarked = Trigger.objects.filter(pk__in=[trigger.id for trigger in triggers], error="")
    ids = set(unmarked.values_list("pk", flat=True))
    for trigger in triggers:
        if trigger.id in ids and mark_failing(trigger_id=trigger.id, error=trigger.why):
            _tell(trigger.title, trigger.owner_id, trigger.why, change)


def _words(error: Exception) -> str:
    """What people may read of an error; what nobody foresaw stands in the log."""
    if isinstance(error, TicketError):
        return str(error)[:500]
    logger.error("trigger.failed", exc_info=error)
    return "It failed in a way that nobody foresaw. The log of the server says more."


def _tell(title: str, owner_id: int | None, words: str, change: TicketChange) -> None:
    number = change.ticket.pk
    body = (
        f"The trigger “{title}” does not work: {words}\n\n"
        f"It was noticed on ticket #{number}, which was kept as it is. Open the trigger, correct "
        "it and save it; until then it is left out wherever it fails."
    )
    subject = f"A trigger does not work: {title}"
    queue_deliveries(
        drafts=[
            DeliveryDraft(
                ticket=change.ticket, kind=DeliveryKind.NOTIFICATION, channel=Channel.EMAIL,
                recipient=person, address=person.email or "", subject=subject, body=body,
            )
            for person in _people_to_tell(owner_id)
        ]
    )  # fmt: skip
    change.has_deliveries = True


def _people_to_tell(owner_id: int | None) -> list[User]:
    """The owner; administrators when they have left or may no longer change rules."""
    may_change = [role for role, may in PERMISSIONS.items() if Permission.MANAGE_RULES in may]
    people: Any = User.objects.filter(is_active=True).exclude(email=None).exclude(email="")
    owner = people.filter(pk=owner_id, role__in=may_change)
    admins = people.filter(role=Role.ADMIN).order_by("id")
    return list(owner) or list(admins[:TOLD_AT_MOST])
