"""Who may see numbers, and of which tickets: never of more than they may open."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission


@dataclass(frozen=True, slots=True)
class Scope:
    """The tickets an actor's reports may count; None leaves a side open."""

    group_ids: list[int] | None = None
    assignee_id: int | None = None


def require_can_view_reports(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may see reports."""
    if not actor.can(Permission.VIEW_REPORTS):
        raise NotPermitted("Reports are for team leads and administrators.")


def scope_of(actor: Actor) -> Scope:
    """Whose tickets a report may count. Raises NotPermitted."""
    require_can_view_reports(actor)
    return visible_scope(actor)


def visible_scope(actor: Actor) -> Scope:
    """The same tickets as tickets.policies.visible_tickets, in terms of facts (attack 29)."""
    if actor.is_system or actor.ticket_access == "all":
        return Scope()
    if actor.ticket_access == "groups":
        return Scope(group_ids=sorted(actor.group_ids), assignee_id=actor.user_id)
    return Scope(group_ids=[], assignee_id=actor.user_id)
