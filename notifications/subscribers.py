from collections.abc import Sequence
from datetime import timedelta

from core.outbox import Message
from notifications.actions import notify
from notifications.models import Kind
from tickets.models import BulkJob

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
