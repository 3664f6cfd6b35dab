from __future__ import annotations

from django.db import models
from django.db.models import Q

from tickets.models import Ticket

# What every list of facts is filtered by besides its instant: kept in the indexes, so that a report
# reads an index and not the table.
_FILTERS = ["channel", "group_id"]


class TicketFact(models.Model):
    """What reports count about a ticket, one row each, written in the ticket's own transaction.

    Durations are whole seconds of calendar time, NULL until both ends have happened
    (definitions: reports/metrics). `group_id`, `assignee_id`, `channel` repeat the ticket's present
    values. Deleted tickets keep their facts, which count nowhere until the ticket is restored.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="fact"
    )
    created_at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    group_id = models.BigIntegerField(null=True)
    assignee_id = models.BigIntegerField(null=True)
    is_deleted = models.BooleanField(default=False)
    first_reply_at = models.DateTimeField(null=True)
    first_solved_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)  # the last time
    first_reply_seconds = models.PositiveIntegerField(null=True)
    first_resolution_seconds = models.PositiveIntegerField(null=True)
    full_resolution_seconds = models.PositiveIntegerField(null=True)
    public_agent_comments = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)
    reopens = models.PositiveIntegerField(default=0)
    assignee_stations = models.PositiveIntegerField(default=0)
    group_stations = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["solved_at"], name="fact_solved",
                include=["full_resolution_seconds", "reopens", *_FILTERS],
                condition=Q(is_deleted=False, solved_at__isnull=False),
            ),
            models.Index(
                fields=["first_solved_at"], name="fact_first_solved",
                include=["first_resolution_seconds", *_FILTERS],
                condition=Q(is_deleted=False, first_solved_at__isnull=False),
            ),
            models.Index(
                fields=["first_reply_at"], name="fact_first_reply",
                include=["first_reply_seconds", *_FILTERS],
                condition=Q(is_deleted=False, first_reply_at__isnull=False),
            ),
            models.Index(
                fields=["reopened_at"], name="fact_reopened", include=_FILTERS,
                condition=Q(is_deleted=False, reopened_at__isnull=False),
            ),
            models.Index(
                fields=["created_at"], name="fact_created", include=_FILTERS,
                condition=Q(is_deleted=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"facts of #{self.ticket_id}"
