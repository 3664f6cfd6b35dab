"""Writing notifications, and telling the pages and browsers that there are some."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction

from core import clock, outbox
from notifications import choices
from notifications.audience import TOLD_BY_MAIL, Candidate, People
from notifications.models import Kind, Notification
from tickets.models import Comment, Ticket

TOPIC = "notification.created"


def write_notifications(candidates: Sequence[Candidate], people: People) -> None:
    """Insert what these people want to be told; in the transaction of the submit."""
    rows = [row for each in candidates if (row := _row(each, people))]
    _insert(rows)


def _row(candidate: Candidate, people: People) -> Notification | None:
    change = candidate.change
    row = _wanted(people, candidate.user_id, candidate.kind)
    if row is None:
        return None
    comment = change.comment
    row.ticket, row.audit, row.data = change.ticket, change.audit, candidate.data
    row.comment = comment if candidate.kind != Kind.SLA_WARNING else None
    row.actor_id = change.audit.author_id or (comment.author_id if comment else None)
    if candidate.user_id in change.shared.get(TOLD_BY_MAIL, ()):
        row.mail_at = None  # a rule's mail tells them at this moment: the digest need not
    return row


def _wanted(people: People, user_id: int, kind: Kind) -> Notification | None:
    person = people.by_id.get(user_id)
    if person is None:
        return None
    choice = people.choice(user_id)
    if not choices.is_kept(choice, kind):
        return None
    now = clock.now()
    has_push = getattr(person, "has_push", False)
    return Notification(
        user_id=user_id, kind=kind, created_at=now,
        push_at=now if has_push and choices.is_pushed(choice, kind) else None,
        mail_at=choices.mailed_at(choice, kind, person),
    )  # fmt: skip


@transaction.atomic
def notify(
    *,
    user_ids: Collection[int],
    kind: Kind,
    ticket: Ticket | None = None,
    comment: Comment | None = None,
    actor_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Tell people of what no submit of a ticket tells: a side conversation's answer, a reminder, a
    long piece of work that is done. For the house's own parts, in the transaction of what happened.

    Who may not see the ticket is not told; nor is `actor_id` of their own doing.
    """
    people = People(pk for pk in user_ids if pk != actor_id)
    rows = []
    for pk in people.by_id:
        row = _wanted(people, pk, kind) if people.may_see(pk, ticket) else None
        if row is not None:
            row.ticket, row.comment, row.actor_id = ticket, comment, actor_id
            row.data = data or {}
            rows.append(row)
    _insert(rows)


def _insert(rows: Sequence[Notification]) -> None:
    if not rows:
        return
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    say_changed(row.user_id for row in rows)


def say_changed(user_ids: Iterable[int]) -> None:
    """Let the open pages of these people know that their number of unread ones has changed."""
    outbox.post(TOPIC, {"users": sorted(set(user_ids))})
