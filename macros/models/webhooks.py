"""Addresses of other programs that rules may call, and what became of each call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models import Ticket


class Webhook(models.Model):
    """Where rules send things. Secrets are what core.crypto.seal made (attack 49).

    While a secret is being changed both sign. `failures` counts calls that failed one after the
    other; too many of them open the circuit: nothing is sent before `paused_until`.
    """

    name = models.CharField(max_length=150)
    url = models.CharField(max_length=2000)
    sealed_secret = models.TextField()
    sealed_previous_secret = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="webhook_by_name")]

    def __str__(self) -> str:
        return self.name


class InvocationState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class WebhookInvocation(models.Model):
    """One call: written in the submit that asks for it, sent afterwards, kept for some days.

    `attempts` are `{"at", "status", "ms", "error"}`, the newest last; `cause` names the rule.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="invocations")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="+")
    message_id = models.CharField(max_length=40, unique=True)  # the receiver's key against doubles
    cause = models.JSONField(default=dict)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=InvocationState, default=InvocationState.WAITING)
    attempts = models.JSONField(default=list)
    response = models.TextField(blank=True, default="")  # the beginning of the last answer
    next_attempt_at = models.DateTimeField()  # while sending: when it counts as lost
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="webhook_call_due",
                condition=Q(state__in=("waiting", "sending")),
            ),
            models.Index(fields=["webhook", "-created_at"], name="webhook_call_of_webhook"),
            models.Index(fields=["created_at"], name="webhook_call_by_time"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"call {self.message_id} of webhook {self.webhook_id}"
