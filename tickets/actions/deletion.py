"""Tickets moved out of sight, brought back, and emptied for good when nobody has missed them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock, outbox
from core.storage import blobs
from tickets import policies
from tickets.actions import bare, columns, pauses
from tickets.actions.finish import finish
from tickets.actions.side.emptying import empty_side_conversations
from tickets.errors import InvalidChange, NotPermitted
from tickets.models import (
    Attachment,
    AuditEvent,
    Comment,
    Delivery,
    EventType,
    MergeRecord,
    Participant,
    SatisfactionRating,
    SearchDocument,
    Ticket,
    TicketLink,
    TimeEntry,
)
from tickets.selectors.deleted import KEPT_FOR

SPAM = "spam"
SCRUBBED_TOPIC = "ticket.scrubbed"
_TELLING = ("subject", "tags", "external_id")  # fields whose values are words of people


@transaction.atomic
def delete_ticket(*, actor: Actor, ticket_id: int) -> Ticket:
    """Move a ticket out of sight; it can be restored. Raises NotPermitted, TicketNotFound."""
    policies.require(actor, Permission.DELETE_TICKETS)
    return _set_deleted(actor, ticket_id, is_deleted=True)


@transaction.atomic
def mark_spam(*, actor: Actor, ticket_id: int, besides: Mapping[str, Any] | None = None) -> Ticket:
    """Move a ticket out of sight because it is spam.

    `besides`: what was done with it, for the audit; whoever takes it back finds it there.

    Raises NotPermitted, TicketNotFound.
    """
    policies.require(actor, Permission.HANDLE_SUSPENDED)
    return _set_deleted(
        actor, ticket_id, is_deleted=True, cause={"reason": SPAM, **(besides or {})}
    )


@transaction.atomic
def restore_ticket(*, actor: Actor, ticket_id: int) -> Ticket:
    """Bring a deleted ticket back as it was.

    Leads restore every ticket, agents what was marked as spam.

    Raises NotPermitted, TicketNotFound (also for what was emptied).
    """
    if not actor.can(Permission.DELETE_TICKETS):
        policies.require(actor, Permission.HANDLE_SUSPENDED)
        if not policies.visible_deleted_tickets(actor).filter(pk=ticket_id).exists():
            raise NotPermitted
    return _set_deleted(actor, ticket_id, is_deleted=False)


def _set_deleted(
    actor: Actor, ticket_id: int, *, is_deleted: bool, cause: dict[str, Any] | None = None
) -> Ticket:
    ticket = policies.lock_visible_ticket(actor, ticket_id, also_deleted=True)
    if ticket.is_deleted == is_deleted:
        return ticket
    now = clock.now()
    change, before = bare.begin(actor, ticket, now)
    change.add(
        EventType.CHANGE, "deleted", previous=ticket.is_deleted, value=is_deleted,
        cause=cause,
    )  # fmt: skip
    ticket.deleted_at = now if is_deleted else None
    ticket.deletion_reason = (cause or {}).get("reason", "")
    ticket.updated_at = now
    if is_deleted:
        pauses.pause_scheduled(change, why="deleted")
    columns.save(ticket, before, now)
    finish([change])
    return ticket


def due_to_be_scrubbed(*, limit: int) -> list[int]:
    """Tickets that have been deleted for KEPT_FOR, the oldest first."""
    due = Ticket.objects.filter(
        deleted_at__lte=clock.now() - KEPT_FOR, scrubbed_at=None, deleted_at__isnull=False
    )
    return list(due.order_by("deleted_at", "id").values_list("pk", flat=True)[:limit])


@transaction.atomic
def scrub_ticket(*, actor: Actor, ticket_id: int) -> None:
    """Empty a deleted ticket of every word; its number, times and figures stay for reports.

    1. Texts, files, recipients' errors, ratings' comments, links and people go.
    2. The audit keeps who did what and when, without values that are words of people.
    3. Other rooms hear of it (SCRUBBED_TOPIC) and empty what they keep: raw mail, calls, runs.

    Raises NotPermitted, TicketNotFound, InvalidChange for one that is not deleted.
    """
    policies.require(actor, Permission.DELETE_TICKETS)
    ticket = policies.lock_visible_ticket(actor, ticket_id, also_deleted=True)
    if not ticket.is_deleted:
        raise InvalidChange("deleted", _("Delete the ticket first; then it can be emptied."))
    _empty_conversation(ticket)
    _empty_audits(ticket)
    _empty_row(ticket)
    outbox.post(SCRUBBED_TOPIC, {"ticket": ticket.pk})


def _empty_conversation(ticket: Ticket) -> None:
    comments = Comment.objects.filter(ticket=ticket)
    files = Attachment.objects.filter(comment__in=comments)
    for key in files.values_list("key", flat=True):
        transaction.on_commit(partial(blobs.discard, key))
    files.delete()
    comments.update(
        body="", html="", reply_text="", metadata={}, message_id=None, digest=None,
        redacted_at=clock.now(),
    )  # fmt: skip
    empty_side_conversations(ticket)
    Delivery.objects.filter(ticket=ticket).update(subject="", body="", error="", address="")
    MergeRecord.objects.filter(source=ticket).delete()
    MergeRecord.objects.filter(target=ticket).delete()
    SatisfactionRating.objects.filter(ticket=ticket).update(comment="")
    SearchDocument.objects.filter(ticket=ticket).delete()
    Participant.objects.filter(ticket=ticket).delete()
    TimeEntry.objects.filter(ticket=ticket).update(note="")
    TicketLink.objects.filter(source=ticket).delete()
    TicketLink.objects.filter(target=ticket).delete()


def _empty_audits(ticket: Ticket) -> None:
    events = AuditEvent.objects.filter(audit__ticket=ticket)
    telling = events.filter(field_name__in=_TELLING) | events.filter(
        field_name__startswith="custom_fields_"
    )
    telling.update(previous_value=None, value=None)
    kept = (EventType.CREATE, EventType.CHANGE, EventType.COMMENT, EventType.SATISFACTION)
    events.exclude(type__in=kept).update(previous_value=None, value=None)
    ticket.audits.update(metadata={})


def _empty_row(ticket: Ticket) -> None:
    now = clock.now()
    ticket.subject = ticket.preview = ticket.recipient = ""
    ticket.tags, ticket.custom_fields, ticket.via_source = [], {}, {}
    ticket.external_id = None
    ticket.scrubbed_at = now
    ticket.generated_at = max(now, ticket.generated_at)
    ticket.version += 1
    ticket.save(
        update_fields=["subject", "preview", "recipient", "tags", "custom_fields", "via_source",
                       "external_id", "scrubbed_at", "generated_at", "version"]
    )  # fmt: skip
