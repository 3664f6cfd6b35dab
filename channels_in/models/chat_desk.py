"""Live chat at the agents' desks: at whom a chat rings, and which colleagues were asked in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_in.models.chat import Chat


class OfferOutcome(models.TextChoices):
    RINGING = "ringing", _("Rings")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    MISSED = "missed", _("Not taken in time")
    WITHDRAWN = "withdrawn", _("Taken by somebody else, or over")


class ChatOffer(models.Model):
    """A chat rang, or rings, at an agent. `asked_by` handed it over; empty: routing did.

    Rows stay: who was asked a moment ago is not asked again at once.
    """

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="offers")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chat_calls"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=OfferOutcome, default=OfferOutcome.RINGING)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chat"], name="chat_rings_at_one", condition=Q(outcome="ringing")
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_at", "id"], name="chat_offer_due", condition=Q(outcome="ringing")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"chat {self.chat_id} at {self.agent_id}: {self.outcome}"


class ChatGuest(models.Model):
    """A colleague who was asked into a chat: invited, then in it (`joined_at`), then gone."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="guests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chat_visits"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chat", "user"], name="chat_guest_once", condition=Q(left_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in chat {self.chat_id}"
