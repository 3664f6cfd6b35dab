"""An assignee implies a group, an assignment ends `new`, a reply takes the ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.actor import Actor
from accounts.models import Membership, User
from accounts.roles import ASSIGNABLE, Permission
from tickets.errors import InvalidChange
from tickets.models import Status, Ticket


def complete_new(tickets: Sequence[Ticket]) -> None:
    """Fill in group and status of new tickets that were given an assignee."""
    assigned = [ticket for ticket in tickets if ticket.assignee_id]
    if not assigned:
        return
    groups = groups_of({ticket.assignee_id for ticket in assigned if ticket.assignee_id})
    for ticket in assigned:
        _fit_group(ticket, groups)
        ticket.assigned_at = ticket.initially_assigned_at = ticket.created_at
        if ticket.status == Status.NEW:
            ticket.status = Status.OPEN


def complete(
    ticket: Ticket, before: dict[str, Any], actor: Actor, given: dict[str, Any],
    *, groups: Mapping[int, list[int]] | None = None,
) -> None:  # fmt: skip
    """Bring assignee, group and status of a changed ticket in line with each other.

    `groups`: those of the agents in question (`groups_of`), for who has them at hand.

    - Whoever solves an unassigned ticket, or moves it on from `new`, becomes its assignee.
    - Moving a ticket to a group its assignee is not in takes it off them.
    - An assignee outside the ticket's group brings their default group along.
    """
    leaves_new = before["status"] == Status.NEW and ticket.status != Status.NEW
    solves = ticket.status == Status.SOLVED and before["status"] != Status.SOLVED
    if ticket.assignee_id is None and (leaves_new or solves) and "assignee_id" not in given:
        ticket.assignee_id = _who_takes_it(actor)
    if ticket.assignee_id is None:
        return
    if ticket.assignee_id == before["assignee_id"] and ticket.group_id == before["group_id"]:
        return
    if groups is None or ticket.assignee_id not in groups:
        groups = groups_of({ticket.assignee_id})
    if "group_id" in given and "assignee_id" not in given:
        if ticket.group_id not in groups.get(ticket.assignee_id, []):
            ticket.assignee_id = None
    else:
        _fit_group(ticket, groups)
    if ticket.assignee_id and ticket.status == Status.NEW:
        ticket.status = Status.OPEN


def _who_takes_it(actor: Actor) -> int | None:
    may = actor.user_id and not actor.is_system and actor.can(Permission.REPLY_PUBLICLY)
    return actor.user_id if may and actor.group_ids else None


def _fit_group(ticket: Ticket, groups: Mapping[int, list[int]]) -> None:
    own = groups.get(ticket.assignee_id or 0, [])
    if ticket.group_id in own:
        return
    if not own:
        raise InvalidChange(
            "assignee_id", "Tickets can only be assigned to active agents who are in a group."
        )
    ticket.group_id = own[0]


def groups_of(user_ids: set[int]) -> dict[int, list[int]]:
    """Group ids of active agents, the default group first."""
    agents = User.objects.filter(pk__in=user_ids, role__in=ASSIGNABLE, is_active=True)
    rows = (
        Membership.objects.filter(user__in=agents)
        .order_by("-is_default", "group_id")
        .values_list("user_id", "group_id")
    )
    groups: dict[int, list[int]] = {}
    for user_id, group_id in rows:
        groups.setdefault(user_id, []).append(group_id)
    return groups
