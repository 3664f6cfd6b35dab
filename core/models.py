"""What must happen outside after a commit, written down inside the transaction."""

from __future__ import annotations

from django.db import models


class OutboxMessage(models.Model):
    """One fact for the subscribers of its topic. The row goes once all of them have taken it."""

    topic = models.CharField(max_length=60)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["available_at", "id"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.topic} {self.payload}"
