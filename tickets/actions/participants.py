from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from accounts.models import User
from core import clock
from tickets.changes import TicketChange
from tickets.drafts import TicketDraft
from tickets.errors import InvalidChange
from tickets.models import EventType, Participant, ParticipantRole, Ticket

CC_LIMIT = 48  # Zendesk's, so that imports fit both ways

_ROLES = {
    "cc_ids": (ParticipantRole.CC, EventType.CC),
    "follower_ids": (ParticipantRole.FOLLOWER, EventType.FOLLOWER),
}


LISTS = tuple(_ROLES)


def add_first(pairs: Sequence[tuple[TicketChange, TicketDraft]]) -> None:
    """The CCs and followers a ticket begins with; part of creating it."""
    rows = []
    for change, draft in pairs:
        for name, (role, event) in _ROLES.items():
            ids = _clean(name, getattr(draft, name), change.ticket)
            if not ids:
                continue
            change.add(event, name, value=ids)
            at = change.audit.created_at
            rows += [
                Participant(ticket=change.ticket, user_id=pk, role=role, created_at=at)
                for pk in ids
            ]
    Participant.objects.bulk_create(rows)


def replace(change: TicketChange, given: Mapping[str, Sequence[int]], now: datetime) -> None:
    """Make the lists in `given` the ticket's CCs or followers; part of a submit."""
    for name, wanted in given.items():
        role, event = _ROLES[name]
        ids = _clean(name, wanted, change.ticket)
        rows = Participant.objects.filter(ticket=change.ticket, role=role)
        present = list(rows.order_by("id").values_list("user_id", flat=True))
        if sorted(present) == sorted(ids):
            continue
        rows.exclude(user_id__in=ids).delete()
        Participant.objects.bulk_create(
            Participant(ticket=change.ticket, user_id=pk, role=role, created_at=now)
            for pk in ids
            if pk not in present
        )
        change.add(event, name, previous=present, value=ids)


def _clean(name: str, ids: Sequence[int], ticket: Ticket) -> list[int]:
    unique = [pk for pk in dict.fromkeys(ids) if pk != ticket.requester_id]
    if name == "cc_ids" and len(unique) > CC_LIMIT:
        raise InvalidChange("cc_ids", f"A ticket can have at most {CC_LIMIT} people in CC.")
    if name == "follower_ids" and unique:
        staff = User.objects.staff().filter(pk__in=unique).count()
        if staff != len(unique):
            raise InvalidChange("follower_ids", "Only agents can follow a ticket.")
    return unique


def add_unverified_participant(*, ticket: Ticket, user: User) -> Participant:
    """Note somebody who turned up in a conversation; they get nothing until accepted."""
    participant, _ = Participant.objects.get_or_create(
        ticket=ticket, user=user, role=ParticipantRole.CC,
        defaults={"is_accepted": False, "created_at": clock.now()},
    )  # fmt: skip
    return participant
