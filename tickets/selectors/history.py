"""The history of a ticket: its submits, narrowed to a field, a person, a rule or a kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from accounts.actor import Actor
from accounts.models import User
from core.pages import Keyset, Page, keyset_page
from tickets import policies
from tickets.models import Audit, AuditEvent, EventType, Ticket

SIZE = 40
ORDER = Keyset("created_at")
# What people call kinds of events.
KINDS: dict[str, Q] = {
    "change": Q(type__in=[EventType.CHANGE, EventType.CREATE]),
    "message": Q(type__in=[EventType.COMMENT, EventType.COMMENT_PRIVACY]),
    "people": Q(type__in=[EventType.CC, EventType.FOLLOWER]),
    "mail": Q(type=EventType.NOTIFICATION),
    "sla": Q(type__in=[EventType.SLA_TARGET, EventType.SLA_WARNING, EventType.SLA_BREACH]),
    "links": Q(type__in=[EventType.LINK, EventType.MERGE, EventType.UNMERGE]),
    "time": Q(type=EventType.TIME),
    "error": Q(type=EventType.ERROR),
}
BY_RULES, BY_SYSTEM = "rules", "system"


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What the history is narrowed to; empty values narrow nothing.

    `who` is a person's id, BY_RULES or BY_SYSTEM; `field` a column's name, or `custom_fields_<id>`.
    """

    field: str = ""
    who: int | str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.field or self.who or self.kind)

    @property
    def events(self) -> Q:
        """What an event has to be; events of others in the same submit are not shown."""
        wanted = Q(field_name=self.field) if self.field else Q()
        if self.kind:
            wanted &= KINDS[self.kind]
        if self.who == BY_RULES:
            wanted &= _BY_RULE
        elif self.who:
            wanted &= ~_BY_OWN_RULE
        return wanted


_BY_OWN_RULE = Q(cause__has_key="kind") & ~Q(cause__kind="macro")
_BY_RULE = _BY_OWN_RULE | (Q(audit__cause__has_key="kind") & ~Q(audit__cause__kind="macro"))


@dataclass(frozen=True, slots=True)
class History:
    audits: list[Audit]
    page: Page[Audit]


def history_of(ticket: Ticket, actor: Actor, asked: HistoryFilter, *, cursor: str = "") -> History:
    """A page of submits with those of their events that were asked for, the newest first.

    Two queries, however long the history is. Raises BadCursor.
    """
    audits: QuerySet[Audit] = ticket.audits.select_related("author")
    if not policies.may_see_internal(actor):
        audits = audits.none()
    if asked.who == BY_SYSTEM:
        audits = audits.filter(author=None)
    elif isinstance(asked.who, int):
        audits = audits.filter(author_id=asked.who)
    if not asked.is_empty:
        wanted = AuditEvent.objects.filter(asked.events, audit=OuterRef("pk"))
        audits = audits.filter(Exists(wanted))
    page = keyset_page(audits, ORDER, cursor=cursor, size=SIZE)
    events = AuditEvent.objects.filter(asked.events).order_by("id")
    prefetch_related_objects(page.rows, Prefetch("events", events))
    return History(page.rows, page)


def people_in(ticket: Ticket) -> list[User]:
    """Whoever has changed the ticket, by name: one query."""
    authors = ticket.audits.exclude(author=None).values("author_id").distinct()
    return list(User.objects.filter(pk__in=authors).order_by("name", "id"))


def fields_in(ticket: Ticket) -> list[str]:
    """The names of what has ever been changed on the ticket: one query."""
    names = AuditEvent.objects.filter(
        audit__ticket=ticket, type__in=[EventType.CHANGE, EventType.CC, EventType.FOLLOWER]
    )
    return list(names.values_list("field_name", flat=True).distinct().order_by("field_name"))
