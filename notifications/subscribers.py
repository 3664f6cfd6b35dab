from collections.abc import Sequence
from datetime import datetime, timedelta

from core import clock
from core.outbox import Message
from notifications.actions import notify
from notifications.models import Kind, Notification
from tickets.models import BulkJob, Ticket

STALE = timedelta(days=1)  # imports and demo data bring tasks that were due long ago
LONG = timedelta(seconds=15)  # who waited for less has seen the end


def tell_of_bulk(messages: Sequence[Message]) -> None:
    """Tell whoever began a long piece of work that it is done."""
    ids = [message.payload["job"] for message in messages]
    for job in BulkJob.objects.filter(pk__in=ids, finished_at__isnull=False):
        if job.finished_at and job.finished_at - job.created_at >= LONG:
            notify(
                user_ids=[job.requested_by_id], kind=Kind.BULK_DONE,
                data={"job": job.pk, "what": job.kind, "total": job.total},
            )  # fmt: skip


def tell_of_due_tasks(messages: Sequence[Message]) -> None:
    """Tell assignees that a task is due now, if it still is; once, however often it is asked."""
    for message in messages:
        due_at = message.payload["due_at"]
        if clock.now() - datetime.fromisoformat(due_at) > STALE:
            continue
        rows = Ticket.objects.existing().unsolved().filter(due_at=due_at, assignee__isnull=False)
        ticket = rows.filter(pk=message.payload["ticket"]).first()
        if ticket is None or ticket.assignee_id is None:
            continue
        data = {"due_at": due_at}
        told = Notification.objects.filter(
            user=ticket.assignee_id, ticket=ticket, kind=Kind.REMINDER, data=data
        )
        if not told.exists():
            notify(user_ids=[ticket.assignee_id], kind=Kind.REMINDER, ticket=ticket, data=data)
