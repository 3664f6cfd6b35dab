"""What the API has to remember by itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tickets.models import Ticket


class IdempotencyKey(models.Model):
    """A ticket written under a client's key: the same request again answers it again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="idempotency_keys"
    )
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)  # SHA-256 of the body's values
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["user", "created_at"], name="idempotency_key_by_age")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
