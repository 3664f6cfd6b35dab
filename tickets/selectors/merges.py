"""Merges that can still be taken back, and what one would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from accounts.actor import Actor
from accounts.models import User
from core import clock
from tickets import policies
from tickets.models import MergeRecord, Participant, ParticipantRole, Ticket

UNDO_FOR = timedelta(days=30)
LIMIT = 50


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do: who comes into CC, and each source's text that goes over."""

    target: Ticket
    sources: list[Ticket]
    new_ccs: list[User] = field(default_factory=list)


def undoable_merges(ticket: Ticket) -> list[MergeRecord]:
    """Merges from or into the ticket that can be undone, the latest first: one query."""
    since = clock.now() - UNDO_FOR
    records = MergeRecord.objects.filter(
        Q(source=ticket) | Q(target=ticket), undone_at=None, created_at__gt=since
    )
    return list(records.select_related("source", "target", "actor").order_by("-id")[:LIMIT])


def merge_plan(actor: Actor, target: Ticket, source_ids: Sequence[int]) -> MergePlan:
    """What merging these tickets into `target` would do, as far as the actor may see them.

    What is closed, or the target itself, is left out. Three queries.
    """
    wanted = [pk for pk in dict.fromkeys(source_ids) if pk != target.pk]
    found = policies.visible_tickets(actor).with_people().in_bulk(wanted)
    sources = [found[pk] for pk in wanted if pk in found and not found[pk].is_closed]
    present = set(
        Participant.objects.filter(ticket=target, role=ParticipantRole.CC).values_list(
            "user_id", flat=True
        )
    )
    rows = Participant.objects.filter(
        ticket__in=sources, role=ParticipantRole.CC, is_accepted=True
    ).select_related("user").order_by("id")  # fmt: skip
    people = {row.user_id: row.user for row in rows}
    people |= {source.requester_id: source.requester for source in sources}
    new = [user for pk, user in people.items() if pk not in present | {target.requester_id}]
    return MergePlan(target, sources, new)
