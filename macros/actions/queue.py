"""The routing queue's own rows: what waits, why, and whose turn it was."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from core import clock
from core.nudge import nudge
from macros.models import AgentTurn, RoutingMode, RoutingSetting, WaitingTicket
from macros.routing.team import Team
from tickets.models import Ticket

ROUTE_TASK = "macros.tasks.route_waiting"


def follow_changes(*, waits: Sequence[Ticket], left: Sequence[Ticket], frees: bool) -> None:
    """Bring the queue in line with tickets that have just changed, in their transaction.

    `waits`: look for an agent; `left`: do not any more; `frees`: some agent may have room now.
    A queued ticket that comes into another group begins to wait anew.
    """
    if left:
        WaitingTicket.objects.filter(ticket__in=left).delete()
    if waits:
        groups = {ticket.group_id for ticket in waits}
        routed = RoutingSetting.objects.exclude(mode=RoutingMode.OFF).filter(group__in=groups)
        with_mode = set(routed.values_list("group_id", flat=True))
        _drop_moved(waits)
        put_into_queue([ticket for ticket in waits if ticket.group_id in with_mode])
    if frees and WaitingTicket.objects.exists():
        wake()


def put_into_queue(tickets: Sequence[Ticket], *, why: str = "") -> None:
    """Let tickets wait for an agent of their group; those that do already keep their place."""
    if not tickets:
        return
    now = clock.now()
    WaitingTicket.objects.bulk_create(
        [
            WaitingTicket(ticket=ticket, group_id=ticket.group_id, queued_at=now, why=why[:200])
            for ticket in tickets
            if ticket.group_id
        ],
        ignore_conflicts=True,
    )
    wake()


def wake() -> None:
    """Have the queue looked at once the transaction is through."""
    transaction.on_commit(lambda: nudge(ROUTE_TASK))


def note_turns(team: Team) -> None:
    """Keep who was served since the team was read; its lock is held. Two queries."""
    served = [seat for seat in team.seats if seat.turn > team.turns_before]
    if not served:
        return
    now = clock.now()
    RoutingSetting.objects.bulk_create(
        [
            RoutingSetting(
                group_id=team.group_id, turns=team.turns, mode=RoutingMode.OFF, updated_at=now
            )
        ],
        update_conflicts=True, unique_fields=["group"], update_fields=["turns"],
    )  # fmt: skip
    AgentTurn.objects.bulk_create(
        [
            AgentTurn(
                setting_id=team.group_id, user_id=seat.user_id, turn=seat.turn, served_at=now
            )
            for seat in served
        ],
        update_conflicts=True, unique_fields=["setting", "user"],
        update_fields=["turn", "served_at"],
    )  # fmt: skip


def note_why(group_id: int, why: str, *, ticket_ids: Sequence[int] | None = None) -> None:
    """Keep why tickets of a group still wait: these ones, or all."""
    rows = WaitingTicket.objects.filter(group_id=group_id).exclude(why=why[:200])
    if ticket_ids is not None:
        rows = rows.filter(pk__in=ticket_ids)
    rows.update(why=why[:200])


def _drop_moved(tickets: Sequence[Ticket]) -> None:
    """Take tickets out of the queues of groups that they are no longer in."""
    moved = Q()
    for ticket in tickets:
        moved |= Q(ticket=ticket) & ~Q(group_id=ticket.group_id)
    WaitingTicket.objects.filter(moved).delete()
