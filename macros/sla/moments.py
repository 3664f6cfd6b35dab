"""What happened on tickets, as the metrics want it: the present submit, or a whole history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core import clock
from macros.sla.metrics import AGENT, END_USER, LIGHT_AGENT, Moment
from tickets.changes import TicketChange
from tickets.models import AuditEvent, EventType, Ticket

_TRACKED = ("status", "schedule_id", "deleted")


def roles_of_openers(changes: Sequence[TicketChange]) -> dict[int, str]:
    """The roles of staff who open tickets; one query when there are any."""
    ids = {
        change.comment.author_id for change in changes
        if change.is_creation and change.comment and change.comment.is_from_agent
    }  # fmt: skip
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "role")) if ids else {}


def moment_of(change: TicketChange, *, schedule_id: int | None, roles: Mapping[int, str]) -> Moment:
    """The present submit. A reply that still waits is none yet; a rule's comment answers nobody."""
    ticket, comment = change.ticket, change.comment
    if comment and comment.is_public and change.public_comment is None:
        comment = None
    # An agent's first message that waited to be sent still opens the ticket.
    opens = (
        change.is_release and comment is not None and comment.created_at == ticket.created_at
    )  # fmt: skip
    return Moment(
        at=change.audit.created_at.timestamp(), status=ticket.status,
        schedule_id=schedule_id or ticket.schedule_id,
        comment_by=_by(comment.is_from_agent, roles.get(comment.author_id)) if comment else "",
        is_public=bool(comment and comment.is_public),
        by_requester=bool(comment and comment.author_id == ticket.requester_id),
        is_creation=change.is_creation or opens, for_end_user=ticket.requester.is_customer,
        is_deleted=ticket.is_deleted, is_undo=change.is_undo,
    )  # fmt: skip


def histories(
    tickets: Sequence[Ticket], *, schedule_id: Mapping[int, int | None],
    present: Mapping[int, TicketChange],
) -> dict[int, list[Moment]]:  # fmt: skip
    """Everything that happened on these tickets before the present submits, oldest first.

    `schedule_id`: of the policy that each ticket falls under. Two queries, however many tickets.
    """
    ids = [ticket.pk for ticket in tickets]
    happened: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)  # ticket, audit: facts
    changes = AuditEvent.objects.filter(
        audit__ticket_id__in=ids, type=EventType.CHANGE, field_name__in=_TRACKED
    ).order_by("audit__created_at", "id")
    begins: dict[int, dict[str, Any]] = {ticket.pk: _as_it_is(ticket) for ticket in tickets}
    seen: set[tuple[int, str]] = set()

    def begin(ticket_id: int, name: str, previous: Any) -> None:
        if (ticket_id, name) not in seen:
            seen.add((ticket_id, name))
            begins[ticket_id][name] = previous

    for row in changes.values("audit_id", "audit__ticket_id", "audit__created_at", "field_name",
                              "previous_value", "value"):  # fmt: skip
        ticket_id = row["audit__ticket_id"]
        begin(ticket_id, row["field_name"], row["previous_value"])
        facts = happened[ticket_id].setdefault(row["audit_id"], {"at": row["audit__created_at"]})
        facts[row["field_name"]] = row["value"]
    for ticket_id, change in present.items():
        for event in change.events:
            if event.type == EventType.CHANGE and event.field_name in _TRACKED:
                begin(ticket_id, event.field_name, event.previous_value)
    own = {change.audit.pk for change in present.values()}
    _add_comments(ids, happened, own)
    return {
        ticket.pk: _told(ticket, happened[ticket.pk], begins[ticket.pk], schedule_id[ticket.pk])
        for ticket in tickets
    }


def _as_it_is(ticket: Ticket) -> dict[str, Any]:
    return {"status": ticket.status, "schedule_id": ticket.schedule_id,
            "deleted": ticket.is_deleted}  # fmt: skip


def _add_comments(
    ids: Sequence[int], happened: dict[int, dict[int, dict[str, Any]]], own: set[int]
) -> None:
    """Comments that people wrote, each when customers could read it."""
    rows = AuditEvent.objects.filter(
        audit__ticket_id__in=ids, type=EventType.COMMENT, cause={}
    ).exclude(audit_id__in=own)
    now = clock.now()
    for row in rows.values("audit_id", "audit__ticket_id", "audit__created_at",
                           "comment__is_public", "comment__is_from_agent", "comment__send_at",
                           "comment__author_id", "comment__author__role"):  # fmt: skip
        ticket_id, send_at = row["audit__ticket_id"], row["comment__send_at"]
        key, at = row["audit_id"], row["audit__created_at"]
        if row["comment__is_public"] and send_at and send_at > at:
            if send_at > now:
                continue
            key, at = -key, send_at  # a moment of its own
        facts = happened[ticket_id].setdefault(key, {"at": at})
        facts["comment"] = row


def _told(
    ticket: Ticket, happened: Mapping[int, dict[str, Any]], begin: dict[str, Any],
    schedule_id: int | None,
) -> list[Moment]:  # fmt: skip
    stands, moments = dict(begin), []
    told = sorted(happened.items(), key=lambda item: (item[1]["at"], abs(item[0])))
    if not told or told[0][1]["at"] > ticket.created_at:
        told.insert(0, (0, {"at": ticket.created_at}))
    for number, (_, facts) in enumerate(told):
        stands |= {name: facts[name] for name in _TRACKED if name in facts}
        row = facts.get("comment")
        moments.append(
            Moment(
                at=facts["at"].timestamp(), status=stands["status"],
                schedule_id=schedule_id or stands["schedule_id"],
                comment_by=_by(row["comment__is_from_agent"], row["comment__author__role"])
                if row else "",
                is_public=bool(row and row["comment__is_public"]),
                by_requester=bool(row and row["comment__author_id"] == ticket.requester_id),
                is_creation=number == 0, for_end_user=ticket.requester.is_customer,
                is_deleted=bool(stands["deleted"]),
            )
        )  # fmt: skip
    return moments


def _by(is_from_agent: bool, role: str | None) -> str:
    if not is_from_agent:
        return END_USER
    return LIGHT_AGENT if role == Role.LIGHT_AGENT else AGENT
