"""The bin: deleted tickets that can be brought back, with who deleted them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actor import Actor
from accounts.models import User
from core.pages import Keyset, Page, keyset_page
from tickets import policies
from tickets.models import AuditEvent, Ticket

KEPT_FOR = timedelta(days=30)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Deleted:
    """`emptied_at`: when nothing of it can be brought back any more."""

    ticket: Ticket
    by: User | None
    emptied_at: datetime


@dataclass(frozen=True, slots=True)
class DeletedPage:
    rows: list[Deleted]
    page: Page[Ticket]


def deleted_page(actor: Actor, *, cursor: str = "") -> DeletedPage:
    """A page of what the actor may bring back: two queries. Raises BadCursor."""
    tickets = policies.visible_deleted_tickets(actor).select_related("requester")
    page = keyset_page(tickets, Keyset("deleted_at"), cursor=cursor, size=SIZE)
    events = (
        AuditEvent.objects.filter(audit__ticket__in=page.rows, field_name="deleted")
        .select_related("audit__author")
        .order_by("audit__ticket_id", "-id")
        .distinct("audit__ticket_id")
    )
    by = {event.audit.ticket_id: event.audit.author for event in events}
    rows = [
        Deleted(ticket, by.get(ticket.pk), ticket.deleted_at + KEPT_FOR)
        for ticket in page.rows
        if ticket.deleted_at
    ]
    return DeletedPage(rows, page)
