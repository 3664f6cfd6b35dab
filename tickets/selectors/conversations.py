"""A ticket's comments, events, participants and history as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.actor import Actor
from accounts.models import User
from tickets import policies
from tickets.models import (
    Attachment,
    Audit,
    AuditEvent,
    Comment,
    Delivery,
    Participant,
    ParticipantRole,
    Ticket,
)


def visible_comments(ticket: Ticket, actor: Actor) -> QuerySet[Comment]:
    """Those the actor may read, with their attachments, unordered."""
    comments = ticket.comments.prefetch_related(
        Prefetch("attachments", Attachment.objects.order_by("id"))
    )
    return comments if policies.may_see_internal(actor) else comments.released()


def visible_comment(actor: Actor, comment_id: int) -> Comment | None:
    """One comment by its number if the actor may read it, with attachments and ticket."""
    comments = Comment.objects if policies.may_see_internal(actor) else Comment.objects.released()
    found = comments.select_related("ticket", "author").filter(pk=comment_id).first()
    if found is None or not policies.visible_tickets(actor).filter(pk=found.ticket_id).exists():
        return None
    return found


def comments_of(ticket: Ticket, actor: Actor) -> list[Comment]:
    """In order of writing, with author, attachments and deliveries: three queries."""
    comments = visible_comments(ticket, actor).select_related("author")
    return list(
        comments.prefetch_related(
            Prefetch("deliveries", Delivery.objects.select_related("recipient").order_by("id")),
        ).order_by("created_at", "id")
    )


def visible_audits(ticket: Ticket, actor: Actor) -> QuerySet[Audit]:
    """For staff only: the ticket's audits with events, comments and attachments, unordered."""
    if not policies.may_see_internal(actor):
        return Audit.objects.none()
    events = AuditEvent.objects.select_related("comment").order_by("id")
    return ticket.audits.select_related("author").prefetch_related(
        Prefetch("events", events), "events__comment__attachments"
    )


def audits_of(ticket: Ticket, actor: Actor) -> list[Audit]:
    """The ticket's audits with their events, oldest first; for staff only."""
    return list(visible_audits(ticket, actor).order_by("created_at", "id"))


def latest_audit_of(ticket: Ticket, actor: Actor) -> Audit | None:
    """The last submit with its events; for staff only."""
    return visible_audits(ticket, actor).order_by("-created_at", "-id").first()


@dataclass(frozen=True, slots=True)
class People:
    ccs: list[Participant]
    followers: list[Participant]


def people_of(ticket: Ticket, actor: Actor) -> People:
    """CCs and followers; followers are hidden from customers."""
    rows = list(ticket.participants.select_related("user").order_by("id"))
    ccs = [row for row in rows if row.role == ParticipantRole.CC]
    if not policies.may_see_internal(actor):
        return People(ccs=[row for row in ccs if row.is_accepted], followers=[])
    return People(ccs=ccs, followers=[row for row in rows if row.role == ParticipantRole.FOLLOWER])


def other_tickets_of(
    requester: User, actor: Actor, *, but: Ticket, limit: int = 10
) -> list[Ticket]:
    """The requester's latest other tickets that the actor may see."""
    return list(
        policies.visible_tickets(actor)
        .filter(requester=requester)
        .exclude(pk=but.pk)
        .order_by("-created_at", "-id")[:limit]
    )
