"""Notifications as their owner reads them: never of a ticket that they may not see any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from accounts.actor import Actor
from accounts.models import User
from core import clock
from core.pages import Keyset, Page, keyset_page
from notifications.models import Kind, Notification, NotificationChoice, RuleMails
from tickets import policies
from tickets.models import Ticket

PAGE_SIZE = 40
ORDER = Keyset("created_at")
# Tabs of the page: all that a reader can filter by.
FILTERS: dict[str, Q] = {
    "all": Q(),
    "unread": Q(read_at=None),
    "mentions": Q(kind=Kind.MENTION),
}


@dataclass(slots=True)
class OfTicket:
    """What a person is told of one ticket, newest first; None for what is about none."""

    ticket: Ticket | None
    rows: list[Notification] = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        return any(row.read_at is None for row in self.rows)


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """The actor's own, as far as they may still see the tickets."""
    visible = policies.visible_tickets(actor)
    return Notification.objects.filter(user=actor.user_id).filter(
        Q(ticket=None) | Q(ticket__in=visible)
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """How many are unread, and the id of the newest of them."""

    count: int
    last_id: int


def unread_of(actor: Actor) -> Unread:
    """Exact; one query that reads the index of unread ones."""
    found = notifications_of(actor).filter(read_at=None).aggregate(n=Count("pk"), last=Max("pk"))
    return Unread(found["n"], found["last"] or 0)


def unread_count(actor: Actor) -> int:
    return unread_of(actor).count


def page_of_notifications(actor: Actor, *, chosen: str, cursor: str = "") -> Page[Notification]:
    """One page, newest first. Raises core.pages.BadCursor."""
    rows = notifications_of(actor).filter(FILTERS.get(chosen, Q())).select_related(*_SHOWN)
    return keyset_page(rows, ORDER, cursor=cursor, size=PAGE_SIZE)


def latest(actor: Actor, *, after: int = 0, size: int = 20, kind: str = "") -> list[Notification]:
    """The newest ones, unread first when asked for all."""
    rows = notifications_of(actor).filter(pk__gt=after).select_related(*_SHOWN)
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        rows = rows.filter(read_at=None)
    return list(rows.order_by("-created_at", "-id")[:size])


_SHOWN = ("ticket", "actor", "comment")


def by_ticket(rows: Iterable[Notification]) -> list[OfTicket]:
    """Grouped, in the order in which each ticket first comes up."""
    found: dict[object, OfTicket] = {}
    for row in rows:
        key = row.ticket_id or ("alone", row.pk)
        found.setdefault(key, OfTicket(row.ticket)).rows.append(row)
    return list(found.values())


def people_named(rows: Iterable[Notification]) -> dict[int, str]:
    """Names of those whom the rows name by id (`data["people"]`): one query at most."""
    ids = {pk for row in rows for pk in row.data.get("people", [])}
    if not ids:
        return {}
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=ids)}


def unread_counts(user_ids: Collection[int]) -> dict[int, int]:
    """Unread ones of several people, for their open pages. Tickets that have been hidden from
    somebody are counted until the page asks for itself.
    """
    rows = Notification.objects.filter(user__in=user_ids, read_at=None)
    counted = rows.values_list("user_id").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(user_ids, 0) | dict(counted)


def people_with_due_digests(now: datetime | None = None) -> list[int]:
    due = Notification.objects.filter(mail_at__lte=now or clock.now())
    return list(due.values_list("user_id", flat=True).distinct().order_by("user_id"))


def without_rule_mails(people: Iterable[User]) -> frozenset[int]:
    """Who of these wants to be told by the app where a rule would mail them."""
    staff = [person.pk for person in people if person.is_staff_member]
    if not staff:
        return frozenset()
    rows = NotificationChoice.objects.filter(user__in=staff, rule_mails=RuleMails.IN_APP)
    return frozenset(rows.values_list("user_id", flat=True))
