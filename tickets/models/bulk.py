"""Work on many tickets at once: what was asked, and what became of each ticket."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Channel


class BulkKind(models.TextChoices):
    UPDATE = "update", _("Change")
    MERGE = "merge", _("Merge")
    SPAM = "spam", _("Mark as spam")
    DELETE = "delete", _("Delete")
    RESTORE = "restore", _("Restore")
    UNDO = "undo", _("Undo")


class BulkState(models.TextChoices):
    """Zendesk's words for the state of a job."""

    QUEUED = "queued", _("Waiting")
    WORKING = "working", _("Working")
    COMPLETED = "completed", _("Done")
    FAILED = "failed", _("Failed")

    @classmethod
    def unfinished(cls) -> tuple[BulkState, ...]:
        return (cls.QUEUED, cls.WORKING)


class BulkJob(models.Model):
    """One change of many tickets, carried out in the background in the name of who asked for it.

    `request`: see tickets.bulk.BulkRequest. `undoes` is the job that this one takes back.
    `touched_at`: the last turn it had; jobs take turns.
    """

    kind = models.CharField(max_length=8, choices=BulkKind)
    request = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    state = models.CharField(max_length=9, choices=BulkState, default=BulkState.QUEUED)
    total = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BulkState.values), name="bulk_job_state_is_known"
            )
        ]
        indexes = [
            models.Index(
                fields=["touched_at", "id"], name="bulk_job_unfinished",
                condition=Q(finished_at=None),
            ),
            models.Index(fields=["requested_by", "-id"], name="bulk_job_of_person"),
            models.Index(fields=["created_at"], name="bulk_job_by_time"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} of {self.total} tickets"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class ItemState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    DONE = "done", _("Done")
    UNCHANGED = "unchanged", _("Already so")
    FAILED = "failed", _("Not done")


class BulkItem(models.Model):
    """One ticket of a job. `number` is no foreign key: the row tells of tickets that are gone, too.

    `changed`: {column: [before, after]}, a custom field under `custom_fields_<id>`; it is what undo
    puts back. `why`: the reason why it was not done, or what undo could not take back.
    """

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items")
    number = models.BigIntegerField()
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=ItemState, default=ItemState.QUEUED)
    why = models.CharField(max_length=500, blank=True, default="")
    changed = models.JSONField(default=dict)
    comment_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="bulk_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="bulk_item_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["job", "position"], name="bulk_item_waiting", condition=Q(state="queued")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} of job {self.job_id}"
