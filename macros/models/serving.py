"""Serve-next: which ticket was handed to whom, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models import Ticket, View


class ServedOutcome(models.TextChoices):
    HELD = "", _("Being worked on")
    DONE = "done", _("Submitted")
    SKIPPED = "skipped", _("Skipped")
    LEFT = "left", _("Left")
    EXPIRED = "expired", _("Fell asleep")


class ServedTicket(models.Model):
    """A ticket handed to an agent by "Serve next". While it is held nobody else is handed it.

    `session` is one stretch of being served: what was handed out in it does not come again unless
    the customer has written since.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(View, null=True, on_delete=models.SET_NULL, related_name="+")
    session = models.CharField(max_length=32)
    outcome = models.CharField(
        max_length=7, choices=ServedOutcome, default=ServedOutcome.HELD, blank=True
    )
    reason = models.CharField(max_length=200, blank=True, default="")
    served_at = models.DateTimeField()
    held_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], name="served_ticket_once", condition=Q(outcome="")
            ),
            models.UniqueConstraint(
                fields=["user"], name="served_user_once", condition=Q(outcome="")
            ),
        ]
        indexes = [
            models.Index(fields=["held_until"], name="served_held", condition=Q(outcome="")),
            models.Index(fields=["user", "ticket", "served_at"], name="served_to_user"),
            models.Index(
                fields=["ticket", "-served_at"], name="served_skipped",
                condition=Q(outcome="skipped"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.ticket_id} handed to {self.user_id}"
