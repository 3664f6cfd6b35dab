from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F


class Device(models.Model):
    """A browser in which somebody of the staff is signed in: the session that it holds.

    It is made when they sign in, renewed at most once a minute while they work, and gone when the
    session ends.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices", db_index=False
    )
    session_key = models.CharField(max_length=40, unique=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    ip = models.GenericIPAddressField(null=True, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("user", F("seen_at").desc(), name="device_of_user")]

    def __str__(self) -> str:
        return f"device of {self.user_id}"
