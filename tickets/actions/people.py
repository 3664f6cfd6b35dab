"""Merging people: what hangs on them moves to the one who stays, and back when it is undone.

Requesters and authors are changed in place, without an audit on each ticket: the people's history
says it once. `generated_at` moves, so that exports see it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts.actions import join_people, keep_moved, part_people
from accounts.actor import Actor
from accounts.models import PersonMerge
from core import clock
from tickets.models import (
    Audit,
    Comment,
    Delivery,
    Participant,
    ParticipantRole,
    SideEvent,
    SideMessage,
    SideParticipant,
    Ticket,
)

# Each column that names a person, by the name under which the ids of its rows are kept.
_COLUMNS: dict[str, tuple[type[models.Model], str]] = {
    "requested": (Ticket, "requester"),
    "submitted": (Ticket, "submitter"),
    "comments": (Comment, "author"),
    "audits": (Audit, "author"),
    "side_messages": (SideMessage, "author"),
    "side_events": (SideEvent, "user"),
}


@transaction.atomic
def merge_people(
    *,
    actor: Actor,
    winner_id: int,
    loser_id: int,
    keeps_losers_name: bool = False,
    accepts_unverified: bool = False,
) -> PersonMerge:
    """Make two customers one: tickets, messages, CCs and mails of the loser become the winner's.

    Errors: see accounts.actions.join_people.
    """
    merge = join_people(
        actor=actor, winner_id=winner_id, loser_id=loser_id,
        keeps_losers_name=keeps_losers_name, accepts_unverified=accepts_unverified,
    )  # fmt: skip
    moved: dict[str, Any] = {
        name: _hand_over(model, column, loser_id, winner_id)
        for name, (model, column) in _COLUMNS.items()
    }
    moved |= _move_participants(loser_id, winner_id)
    moved["deliveries"] = _move_deliveries(loser_id, winner_id)
    moved["side_participants"] = _move_side_participants(loser_id, winner_id)
    _touch(moved)
    keep_moved(merge=merge, moved=moved)
    return merge


@transaction.atomic
def unmerge_people(*, actor: Actor, merge_id: int) -> PersonMerge:
    """Undo it: whatever moved goes back; what came since stays with the winner.

    Errors: see accounts.actions.part_people.
    """
    merge = part_people(actor=actor, merge_id=merge_id)
    moved = merge.moved
    for name, (model, column) in _COLUMNS.items():
        ids = moved.get(name, [])
        rows = model._default_manager.filter(pk__in=ids, **{column: merge.winner_id})
        rows.update(**{column: merge.loser_id})
    _restore_participants(merge)
    Delivery.objects.filter(pk__in=moved["deliveries"], recipient=merge.winner_id).update(
        recipient=merge.loser_id
    )
    SideParticipant.objects.filter(
        pk__in=moved.get("side_participants", []), user=merge.winner_id
    ).update(user=merge.loser_id)
    _touch(moved)
    return merge


def _hand_over(model: type[models.Model], column: str, old: int, new: int) -> list[int]:
    ids = list(model._default_manager.filter(**{column: old}).values_list("pk", flat=True))
    model._default_manager.filter(pk__in=ids).update(**{column: new})
    return ids


def _move_participants(old: int, new: int) -> dict[str, Any]:
    """CCs that would stand twice, or beside themselves as the requester, go; the rest moves."""
    own = {(row.ticket_id, row.role): row for row in Participant.objects.filter(user=new)}
    # The tickets have their new requester already.
    asked = set(
        Ticket.objects.filter(requester=new, participants__user__in=[old, new])
        .values_list("pk", flat=True)
        .distinct()
    )
    moving, dropped, accepted = [], [], []
    for row in Participant.objects.filter(user=old).order_by("id"):
        twin = own.get((row.ticket_id, row.role))
        is_requester = row.ticket_id in asked and row.role == ParticipantRole.CC
        if twin is None and not is_requester:
            moving.append(row.pk)
            continue
        dropped.append(row)
        if twin and row.is_accepted and not twin.is_accepted:
            accepted.append(twin.pk)
    dropped += [
        row for row in own.values() if row.ticket_id in asked and row.role == ParticipantRole.CC
    ]
    Participant.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    Participant.objects.filter(pk__in=moving).update(user=new)
    Participant.objects.filter(pk__in=accepted).update(is_accepted=True)
    return {
        "participants": moving,
        "dropped": [_as_values(row) for row in dropped],
        "accepted": accepted,
    }


def _as_values(row: Participant) -> dict[str, Any]:
    return {
        "id": row.pk, "ticket_id": row.ticket_id, "user_id": row.user_id, "role": row.role,
        "is_accepted": row.is_accepted, "created_at": row.created_at.isoformat(),
    }  # fmt: skip


def _restore_participants(merge: PersonMerge) -> None:
    moved = merge.moved
    Participant.objects.filter(pk__in=moved["participants"], user=merge.winner_id).update(
        user=merge.loser_id
    )
    Participant.objects.filter(pk__in=moved["accepted"]).update(is_accepted=False)
    still = Ticket.objects.in_bulk({row["ticket_id"] for row in moved["dropped"]})
    Participant.objects.bulk_create(
        [
            Participant(**{**row, "created_at": datetime.fromisoformat(row["created_at"])})
            for row in moved["dropped"]
            if row["ticket_id"] in still
        ],
        ignore_conflicts=True,
    )


def _move_deliveries(old: int, new: int) -> list[int]:
    """Mails on their way or gone; one that both got of the same comment stays where it is."""
    both = Delivery.objects.filter(
        recipient=new, comment=models.OuterRef("comment"), channel=models.OuterRef("channel"),
        kind=models.OuterRef("kind"),
    )  # fmt: skip
    rows = Delivery.objects.filter(recipient=old).exclude(models.Exists(both))
    ids = list(rows.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=ids).update(recipient=new)
    return ids


def _move_side_participants(old: int, new: int) -> list[int]:
    """Where both take part in a side conversation, the winner's row is enough."""
    both = SideParticipant.objects.filter(user=new, conversation=models.OuterRef("conversation"))
    rows = SideParticipant.objects.filter(user=old).exclude(models.Exists(both))
    ids = list(rows.values_list("pk", flat=True))
    SideParticipant.objects.filter(pk__in=ids).update(user=new)
    return ids


def _touch(moved: dict[str, Any]) -> None:
    Ticket.objects.filter(pk__in=moved["requested"]).update(generated_at=clock.now())
