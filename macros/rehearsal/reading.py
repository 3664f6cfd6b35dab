"""The past of a batch of tickets as it lies in the database: ten queries, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, TextField, Value, When

from accounts.actor import Actor, actor_for, system_actor
from accounts.models import Group, Organization, User
from tickets.models import Attachment, Audit, AuditEvent, Channel, Comment, EventType, Ticket

CHUNK = 500  # rows at a time from the server
_REFERENCES = ("requester_id", "assignee_id", "group_id", "organization_id")
_ROW = (
    "ticket_id", "id", "author_id", "channel", "cause", "created_at",
    "events__type", "events__field_name", "events__previous_value", "events__value",
    "events__cause", "events__comment_id", "events__comment__author_id",
    "events__comment__is_public", "events__comment__is_from_agent", "events__comment__send_at",
    "events__comment__created_at", "events__comment__channel", "events__comment__metadata",
    "said", "said_anew", "has_files",
)  # fmt: skip


@dataclass(slots=True)
class Cast:
    """People, groups and organizations that the past names, as they are today."""

    users: dict[int, User]
    groups: dict[int, Group]
    organizations: dict[int, Organization]
    _actors: dict[tuple[int, str], Actor] = field(default_factory=dict)

    def named(self, name: str, pk: int | None) -> Any:
        """What a column such as `group_id` points to; None when it is gone."""
        known: dict[str, dict[int, Any]] = {
            "group_id": self.groups, "organization_id": self.organizations,
        }  # fmt: skip
        return known.get(name, self.users).get(pk or 0)

    def actor_of(self, audit: Audit, comment: Comment | None) -> Actor:
        """Who made a submit, with the rights they have today.

        The mail funnel acts as the system; its comment is the word of the one who wrote.
        """
        user = self.users.get(audit.author_id or 0)
        said = comment is not None and comment.author_id == audit.author_id
        is_handed_in = said and comment is not None and not comment.is_from_agent
        if user is None or (is_handed_in and not _speaks_for_itself(user, audit)):
            return system_actor("The past", channel=audit.channel, **audit.cause)
        key = (user.pk, audit.channel)
        if key not in self._actors:
            self._actors[key] = actor_for(user, channel=audit.channel)
        return self._actors[key]


def _speaks_for_itself(user: User, audit: Audit) -> bool:
    return user.is_customer and audit.channel != Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Submit:
    """One audit with its events in order, and its comment if there is one."""

    audit: Audit
    events: list[AuditEvent]
    comment: Comment | None = None
    has_files: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Tickets as they are now, and what leads back from there.

    `firsts`: by ticket, what each field was before it changed for the first time.
    """

    tickets: dict[int, Ticket]
    firsts: dict[int, dict[str, Any]]
    cast: Cast
    since: int  # the first audit whose texts are wanted
    asks_files: bool = False

    def pasts(self) -> Iterator[tuple[Ticket, Iterator[Submit]]]:
        """Each ticket, the newest first, with its submits in order; rows come in chunks."""
        rows = _rows(list(self.tickets), self.since, asks_files=self.asks_files)
        for ticket_id, own in groupby(rows, key=lambda row: row["ticket_id"]):
            ticket = self.tickets[ticket_id]
            yield ticket, _submits(ticket, own)


def read_batch(ticket_ids: Sequence[int], *, since: int, asks_files: bool = False) -> Batch:
    """Everything but the submits themselves, which `pasts` reads."""
    rows = Ticket.objects.filter(pk__in=ticket_ids).order_by("pk")
    tickets = {ticket.pk: ticket for ticket in rows.with_people()}
    return Batch(tickets, _firsts(ticket_ids), _cast(ticket_ids), since, asks_files)


def _firsts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = (
        AuditEvent.objects.filter(
            audit__ticket__in=ids, type__in=(EventType.CHANGE, EventType.SATISFACTION)
        )
        .order_by("audit__ticket_id", "field_name", "audit_id", "id")
        .distinct("audit__ticket_id", "field_name")
        .values_list("audit__ticket_id", "field_name", "previous_value")
    )
    firsts: dict[int, dict[str, Any]] = {pk: {} for pk in ids}
    for ticket_id, name, previous in rows:
        firsts[ticket_id][name] = previous
    return firsts


def _cast(ids: Sequence[int]) -> Cast:
    audits = Audit.objects.filter(ticket__in=ids, author__isnull=False).order_by()
    people: set[int] = set(audits.values_list("author_id", flat=True).distinct())
    named: dict[str, set[int]] = {name: set() for name in _REFERENCES}
    events = AuditEvent.objects.filter(
        audit__ticket__in=ids, type=EventType.CHANGE, field_name__in=_REFERENCES
    ).order_by()
    for name, *pair in events.values_list("field_name", "previous_value", "value").distinct():
        named[name] |= {pk for pk in pair if pk}
    people |= named["requester_id"] | named["assignee_id"]
    users = User.objects.filter(pk__in=people).prefetch_related("memberships")
    return Cast(
        {user.pk: user for user in users},
        Group.objects.in_bulk(named["group_id"]),
        Organization.objects.in_bulk(named["organization_id"]),
    )


def _rows(ids: Sequence[int], since: int, *, asks_files: bool) -> Iterator[dict[str, Any]]:
    """Audits with their events, one row an event. Texts only of what is replayed: they are long."""
    files = Attachment.objects.filter(comment=OuterRef("events__comment"))
    rows = (
        Audit.objects.filter(ticket__in=ids)
        .annotate(
            said=_text("body", since), said_anew=_text("reply_text", since),
            has_files=Exists(files) if asks_files else Value(False),
        )
        .order_by("-ticket_id", "id", "events__id")
    )  # fmt: skip
    return rows.values(*_ROW).iterator(chunk_size=CHUNK)


def _text(name: str, since: int) -> Case:
    wanted = When(pk__gte=since, events__type=EventType.COMMENT, then=F(f"events__comment__{name}"))
    return Case(wanted, default=Value(""), output_field=TextField())


def _submits(ticket: Ticket, rows: Iterator[dict[str, Any]]) -> Iterator[Submit]:
    for _, own in groupby(rows, key=lambda row: row["id"]):
        yield _submit(ticket, list(own))


def _submit(ticket: Ticket, rows: list[dict[str, Any]]) -> Submit:
    first = rows[0]
    audit = Audit(
        pk=first["id"], ticket=ticket, author_id=first["author_id"], channel=first["channel"],
        cause=first["cause"], created_at=first["created_at"],
    )  # fmt: skip
    events, comment, has_files = [], None, False
    for row in rows:
        if not row["events__type"]:
            continue  # a submit that left nothing but itself
        event = AuditEvent(
            audit=audit, type=row["events__type"], field_name=row["events__field_name"],
            previous_value=row["events__previous_value"], value=row["events__value"],
            cause=row["events__cause"],
        )  # fmt: skip
        if row["events__comment_id"]:
            event.comment = _comment(ticket, row)
            if _is_submits_own(event):
                comment, has_files = event.comment, row["has_files"]
        events.append(event)
    return Submit(audit, events, comment, has_files)


def _is_submits_own(event: AuditEvent) -> bool:
    """Its own comment, or one that was held back and is let go by it."""
    if event.type == EventType.COMMENT:
        return event.cause.get("kind") != "trigger"
    return event.type == EventType.COMMENT_PRIVACY and event.cause.get("reason") == "released"


def _comment(ticket: Ticket, row: dict[str, Any]) -> Comment:
    """The comment as that submit saw it: public or not, on its way or waiting.

    Of one that was held back later it is not known any more when it was to leave.
    """
    at, send_at, metadata = (row["created_at"], row["events__comment__send_at"],
                             row["events__comment__metadata"])  # fmt: skip
    was_public = row["events__comment__is_public"]
    if row["events__type"] == EventType.COMMENT:
        was_public = (row["events__value"] or {}).get("is_public", was_public)
        if metadata.get("was_held"):
            send_at = datetime.max.replace(tzinfo=at.tzinfo)
    return Comment(
        pk=row["events__comment_id"], ticket=ticket, author_id=row["events__comment__author_id"],
        is_public=was_public, is_from_agent=row["events__comment__is_from_agent"],
        channel=row["events__comment__channel"], metadata=metadata,
        created_at=row["events__comment__created_at"], body=row["said"],
        reply_text=row["said_anew"],
        send_at=send_at if send_at and send_at > at else None,
    )  # fmt: skip
