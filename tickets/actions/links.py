from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions import bare, columns
from tickets.actions.finish import finish
from tickets.errors import InvalidChange
from tickets.models import EventType, LinkKind, Ticket, TicketLink


@transaction.atomic
def link_tickets(
    *, actor: Actor, source_id: int, target_id: int, kind: str = LinkKind.RELATED
) -> TicketLink:
    """Link two tickets the actor can see; both note it. A link that is there already stays.

    Raises TicketNotFound, NotPermitted, InvalidChange.
    """
    policies.require_can_edit(actor)
    if source_id == target_id:
        raise InvalidChange("links", _("A ticket cannot be linked to itself."))
    if kind not in LinkKind.values:
        raise InvalidChange("links", _("There is no such kind of link."))
    source, target = _lock(actor, source_id, target_id)
    link, is_new = TicketLink.objects.get_or_create(
        source_id=source_id, target_id=target_id, kind=kind,
        defaults={"created_at": clock.now()},
    )  # fmt: skip
    if is_new:
        _note(actor, source, kind, added=target.pk)
        _note(actor, target, kind, added=source.pk)
    return link


@transaction.atomic
def unlink_tickets(*, actor: Actor, link_id: int) -> TicketLink | None:
    """Take a link away; None when there is none any more, or the actor may not see both ends.

    Raises TicketNotFound, NotPermitted.
    """
    policies.require_can_edit(actor)
    link = TicketLink.objects.filter(pk=link_id).first()
    if link is None:
        return None
    source, target = _lock(actor, link.source_id, link.target_id)
    link.delete()
    _note(actor, source, link.kind, removed=target.pk)
    _note(actor, target, link.kind, removed=source.pk)
    return link


def _lock(actor: Actor, source_id: int, target_id: int) -> tuple[Ticket, Ticket]:
    """Both tickets in one order of locking: no deadlock."""
    locked = {pk: policies.lock_visible_ticket(actor, pk) for pk in sorted((source_id, target_id))}
    return locked[source_id], locked[target_id]


def _note(
    actor: Actor, ticket: Ticket, kind: str, *, added: int | None = None, removed: int | None = None
) -> None:
    """One submit that says so; nothing of the ticket's own row differs but its version."""
    now = clock.now()
    change, before = bare.begin(actor, ticket, now)
    change.add(EventType.LINK, kind, previous=removed, value=added)
    ticket.updated_at = now
    columns.save(ticket, before, now)
    finish([change])
