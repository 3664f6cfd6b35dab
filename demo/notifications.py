"""What the agents of the demo were told: read off the month, since its events told nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.actor import actor_for
from accounts.models import User
from core import clock
from notifications.actions import mark_all_read, notify
from notifications.models import Kind, Notification
from tickets.models import AuditEvent, Comment, EventType

LATELY = timedelta(days=3)
READ_AFTER = timedelta(hours=20)  # what is older has been read

_Told = tuple[datetime, int, Kind, Comment | AuditEvent]


def tell_agents(now: datetime) -> None:
    """Let everybody have been told of the last days at the time of what happened."""
    agents = list(User.objects.staff())
    for at, user_id, kind, of in sorted(_found(agents, now), key=lambda each: each[:2]):
        with clock.frozen(at):
            _tell(user_id, kind, of)
    for agent in agents:
        old = Notification.objects.filter(user=agent, created_at__lt=now - READ_AFTER)
        if (last := old.order_by("-id").first()) is not None:
            with clock.frozen(now - READ_AFTER):
                mark_all_read(actor=actor_for(agent), up_to=last.pk)


def _tell(user_id: int, kind: Kind, of: Comment | AuditEvent) -> None:
    if isinstance(of, Comment):
        notify(user_ids=[user_id], kind=kind, ticket=of.ticket, comment=of, actor_id=of.author_id)
    else:
        notify(user_ids=[user_id], kind=kind, ticket=of.audit.ticket, actor_id=of.audit.author_id)


def _found(agents: Iterable[User], now: datetime) -> list[_Told]:
    names = {agent.pk: agent.first_name for agent in agents}
    lately = Comment.objects.filter(created_at__gt=now - LATELY).select_related("ticket")
    found: list[_Told] = []
    for comment in lately.order_by("id"):
        if not comment.is_public:
            found += [
                (comment.created_at, pk, Kind.MENTION, comment)
                for pk, name in names.items()
                if name in comment.body
            ]
        elif (
            not comment.is_from_agent
            and comment.ticket.assignee_id
            and comment.created_at > comment.ticket.created_at
        ):
            found.append(
                (comment.created_at, comment.ticket.assignee_id, Kind.CUSTOMER_REPLIED, comment)
            )
    moved = AuditEvent.objects.filter(
        audit__created_at__gt=now - LATELY, type=EventType.CHANGE, field_name="assignee_id"
    ).select_related("audit__ticket")
    found += [
        (event.audit.created_at, event.value, Kind.ASSIGNED, event)
        for event in moved.order_by("id")
        if isinstance(event.value, int)
    ]
    return found
