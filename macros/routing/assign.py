"""Assigning within a submit: what a trigger's effect `route` does."""

from __future__ import annotations

from typing import Any

from core import clock
from macros.actions.queue import note_turns, put_into_queue
from macros.models import RoutingMode
from macros.routing.choosing import (
    Choice,
    can_be_routed,
    cause_of,
    choose,
    effective_mode,
    note_served,
)
from macros.routing.kinds import kind_of
from macros.routing.needs import needed_by, skill_needs
from macros.routing.ringing import ringing
from macros.routing.team import Team, hold_team, team_of
from tickets.actions.within import change_within
from tickets.changes import TicketChange
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Ticket

PATIENCE = 400  # milliseconds that a submit waits for others who give out tickets of the group


def route(change: TicketChange, *, cause: dict[str, Any]) -> int | None:
    """Assign the ticket to an agent of its group; returns whom, or None when nobody is free.

    Then, or when the group is busy being routed, the ticket waits in the queue, as does what rings.
    A ticket that has an assignee or is done is left alone. `cause` is the rule that asks. Raises
    InvalidChange without a group.
    """
    ticket = change.ticket
    if not can_be_routed(ticket):
        return None
    if ticket.group_id is None:
        raise InvalidChange("group_id", "Routing needs a group: set one in this rule or before it.")
    if ticket.channel in ringing().CHANNELS:
        put_into_queue([ticket])  # it rings before it is given
        return None
    team, choice = _choice(ticket)
    if team is None or choice.seat is None:
        put_into_queue([ticket], why=choice.why)
        return None
    changes = TicketChanges(assignee_id=choice.seat.user_id)
    change_within(change, changes, cause=cause_of(team, choice, asked_by=cause))
    note_served(team, choice.seat, kind_of(ticket.channel))
    note_turns(team)
    return choice.seat.user_id


def _choice(ticket: Ticket) -> tuple[Team | None, Choice]:
    group_id = ticket.group_id or 0
    if not hold_team(group_id, patience=PATIENCE):
        return None, Choice(None, "The group was just being given other tickets.")
    team = team_of(group_id)
    if team is None:
        return None, Choice(None, "The group is switched off.")
    needs = skill_needs() if effective_mode(team) == RoutingMode.SKILLS else []
    needed = needed_by(ticket, needs, queued_at=clock.now())
    return team, choose(team, kind_of(ticket.channel), needed)
