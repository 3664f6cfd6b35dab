"""A ticket's place in the queue of its group."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from macros.actions.routing import RANK
from macros.explain.words import moment
from macros.models import WaitingTicket
from tickets.models import Ticket


def waiting_facts(ticket: Ticket) -> list[str]:
    """Its place among the tickets that wait for an agent of its group, and why it does."""
    rows = WaitingTicket.objects.annotate(rank=RANK)
    mine = rows.select_related("group").filter(ticket=ticket).first()
    if mine is None:
        return []
    rank = mine.rank
    earlier = Q(queued_at=mine.queued_at, ticket_id__lt=mine.ticket_id)
    ahead = Q(rank__lt=rank) | Q(rank=rank) & (Q(queued_at__lt=mine.queued_at) | earlier)
    queue = rows.filter(group=mine.group)
    facts = [
        _(
            "It has waited for an agent of %(group)s since %(when)s: number %(n)d of %(total)d, "
            "by priority and then by the time it has waited."
        )
        % {
            "group": mine.group.name, "when": moment(mine.queued_at),
            "n": queue.filter(ahead).count() + 1, "total": queue.count(),
        }
    ]  # fmt: skip
    return [*facts, mine.why] if mine.why else facts
