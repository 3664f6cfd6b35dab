"""Giving out what waits, and taking back what those who went offline have not answered."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from accounts.actor import Actor
from macros.actions.queue import note_turns, note_why
from macros.models import (
    AgentStatus,
    Availability,
    RoutingMode,
    RoutingSetting,
    RuleKind,
    WaitingTicket,
)
from macros.routing.choosing import (
    Choice,
    cause_of,
    choose,
    effective_mode,
    note_served,
)
from macros.routing.kinds import Kind, kind_of
from macros.routing.needs import ROUTING, needed_by, skill_needs
from macros.routing.ringing import ringing
from macros.routing.team import Team, hold_team, team_of
from tickets.actions import Submit, update_ticket, update_together
from tickets.drafts import TicketChanges
from tickets.errors import TicketError
from tickets.models import Comment, Priority, Status, Ticket
from tickets.models.ticket import TicketQuerySet

logger = logging.getLogger(__name__)

TURN = 200  # tickets given out in one run of the task
LOOKED_AT = 1_000  # of one group in one run: the first of its queue
TOGETHER = 25  # in one transaction, while which nobody else gives out tickets of the group
PATIENCE = 5_000  # milliseconds; a worker may wait for others
RANK = Case(
    *[
        When(ticket__priority=priority, then=Value(rank))
        for rank, priority in enumerate((Priority.URGENT, Priority.HIGH, Priority.NORMAL, "",
                                         Priority.LOW))
    ],
    output_field=IntegerField(),
)  # fmt: skip
_LOOKING = Q(
    deleted_at=None,
    assignee=None,
    status__in=(Status.NEW, Status.OPEN),
    group_id=F("waiting__group"),
)


def route_waiting() -> int:
    """Give out what waits, group by group, by priority and then by the time queued.

    First the tickets of those who went offline come back. Returns how many were given out; at
    least TURN means that there may be more.
    """
    take_back_from_absent()
    groups = WaitingTicket.objects.order_by("group_id").values_list("group_id", flat=True)
    given = 0
    for group_id in list(groups.distinct()):
        given += _route_group(group_id, most=TURN - given)
        if given >= TURN:
            break
    return given


def _route_group(group_id: int, *, most: int) -> int:
    team = team_of(group_id)
    if team is None or not team.has_room():
        note_why(group_id, _why_nobody(team))
        return 0
    rows = WaitingTicket.objects.filter(group_id=group_id).annotate(rank=RANK)
    waiting = rows.order_by("rank", "queued_at", "ticket_id").values_list("ticket_id", flat=True)
    ids = list(waiting[:LOOKED_AT])
    given = 0
    for start in range(0, len(ids), TOGETHER):
        done = _route_some(group_id, ids[start : start + TOGETHER])
        if done is None:
            break
        given += done
        if given >= most:
            break
    return given


def _why_nobody(team: Team | None) -> str:
    if team is None:
        return "The group is switched off."
    if not any(seat.is_online for seat in team.seats):
        return f"Nobody in {team.name} is online."
    return f"Everybody online in {team.name} has all they can."


@transaction.atomic
def _route_some(group_id: int, ticket_ids: Sequence[int]) -> int | None:
    """Give out these tickets as far as agents have room. None when there is no use in going on.

    Tickets are locked first, as in every submit, then the team; tickets in another hand are left to
    the next run.
    """
    looking = Ticket.objects.filter(_LOOKING, pk__in=ticket_ids, waiting__group_id=group_id)
    locked = looking.select_for_update(of=("self",), no_key=True, skip_locked=True)
    tickets = locked.in_bulk()
    if not tickets:
        return 0
    if not hold_team(group_id, patience=PATIENCE):
        return None
    team = team_of(group_id)
    if team is None or not team.has_room():
        return None
    submits, rings = _choices(team, [tickets[pk] for pk in ticket_ids if pk in tickets])
    given = _give_out(team.group_id, submits) if submits else 0
    return given + sum(_ring(group_id, ticket, choice) for ticket, choice in rings)


def _choices(
    team: Team, tickets: Sequence[Ticket]
) -> tuple[list[Submit], list[tuple[Ticket, Choice]]]:
    """Who gets which of the tickets, and at whom some ring, in their order; why the others wait is
    kept.
    """
    needs = skill_needs() if effective_mode(team) == RoutingMode.SKILLS else []
    rows = WaitingTicket.objects.filter(pk__in=[ticket.pk for ticket in tickets])
    queued = dict(rows.values_list("pk", "queued_at"))
    channels = ringing().CHANNELS
    calls = ringing().calls_of([ticket.pk for ticket in tickets if ticket.channel in channels])
    submits: list[Submit] = []
    rings: list[tuple[Ticket, Choice]] = []
    left: dict[str, list[int]] = defaultdict(list)
    for ticket in tickets:
        call = calls.get(ticket.pk)
        if ticket.pk not in queued or (call and call.is_ringing):
            continue
        kind = Kind.EMAILS if ticket.channel in channels and not call else kind_of(ticket.channel)
        needed = needed_by(ticket, needs, queued_at=queued[ticket.pk])
        choice = choose(team, kind, needed, asked=call.asked if call else ())
        if choice.seat is None:
            left[choice.why].append(ticket.pk)
            continue
        if call:
            rings.append((ticket, choice))
        else:
            changes = TicketChanges(assignee_id=choice.seat.user_id)
            submits.append(Submit(ticket, _because(cause_of(team, choice)), changes))
        note_served(team, choice.seat, kind)
    for why, ids in left.items():
        note_why(team.group_id, why, ticket_ids=ids)
    note_turns(team)
    return submits, rings


def _ring(group_id: int, ticket: Ticket, choice: Choice) -> bool:
    """Let it ring at the agent; it stays in the queue until somebody takes it."""
    seat = choice.seat
    if seat is None:
        return False
    try:
        ringing().ring(actor=ROUTING, ticket_id=ticket.pk, user_id=seat.user_id)
    except TicketError as error:
        logger.warning("routing.refused", extra={"ticket": ticket.pk, "why": str(error)})
        return False
    note_why(group_id, f"It rings at {seat.name}.", ticket_ids=[ticket.pk])
    return True


def _give_out(group_id: int, submits: Sequence[Submit]) -> int:
    """Should one be refused, they are given out one by one. Returns how many were."""
    try:
        update_together(submits=submits)
    except TicketError:
        return sum(_give_one(group_id, submit) for submit in submits)
    return len(submits)


def _give_one(group_id: int, submit: Submit) -> bool:
    try:
        update_together(submits=[submit])
    except TicketError as error:
        logger.warning("routing.refused", extra={"ticket": submit.ticket.pk, "why": str(error)})
        note_why(group_id, str(error), ticket_ids=[submit.ticket.pk])
        return False
    return True


def take_back_from_absent() -> int:
    """Put into the queue what people who went offline left unanswered, where the group wants that.

    A ticket stays theirs once they have answered the customer's last message. Returns how many
    came back.
    """
    count = 0
    for status in AgentStatus.objects.filter(hands_back=True).select_related("user"):
        if status.state == Availability.OFFLINE:
            for ticket_id in list(_unanswered(status.user_id).values_list("pk", flat=True)):
                count += _take_back(ticket_id, status)
        AgentStatus.objects.filter(pk=status.pk, since=status.since).update(hands_back=False)
    return count


@transaction.atomic
def _take_back(ticket_id: int, status: AgentStatus) -> bool:
    rows = _unanswered(status.user_id).filter(pk=ticket_id)
    ticket = rows.select_for_update(of=("self",), no_key=True).select_related("group").first()
    if ticket is None or ticket.group is None:
        return False  # answered or moved meanwhile
    cause = {
        "kind": RuleKind.ROUTING.value, "id": ticket.group_id,
        "title": f"Back to the queue of {ticket.group.name}",
        "why": f"{status.user.display_name} went offline before answering the last message",
    }  # fmt: skip
    update_ticket(
        actor=_because(cause), ticket_id=ticket_id, changes=TicketChanges(assignee_id=None)
    )
    return True


def _unanswered(user_id: int) -> TicketQuerySet:
    """Open tickets of an agent in groups that reassign, answered by nobody since the customer."""
    groups = RoutingSetting.objects.filter(reassigns_on_offline=True).exclude(mode=RoutingMode.OFF)
    answers = Comment.objects.filter(
        ticket=OuterRef("pk"), is_public=True, is_from_agent=True,
        created_at__gte=OuterRef("requester_updated_at"),
    )  # fmt: skip
    return (
        Ticket.objects.existing()
        .filter(assignee_id=user_id, status=Status.OPEN, group__in=groups.values("group"))
        .filter(requester_updated_at__isnull=False)
        .exclude(Exists(answers))
        .order_by("pk")
    )


def _because(cause: Mapping[str, Any]) -> Actor:
    return ROUTING.on("system", **cause)
