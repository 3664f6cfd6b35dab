from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from channels_in.models.account import ChannelAccount
from core.crypto import unseal
from tickets.models import Ticket


def new_webhook_key() -> str:
    """Unguessable, and nothing else: a webhook is proven by its signature, not by its address."""
    return secrets.token_urlsafe(24)


class Connection(models.Model):
    """How an account on a network is reached: its settings, its secrets and how it is doing.

    Every account but those of e-mail has one. `settings` are what an administrator typed and may
    read again, `sealed_secrets` is JSON of the rest (core.crypto). `cursor` says how far the
    network has been read; it moves only after what was read is committed here.
    """

    account = models.OneToOneField(
        ChannelAccount, on_delete=models.CASCADE, related_name="connection"
    )
    settings = models.JSONField(default=dict, blank=True)
    sealed_secrets = models.TextField(blank=True, default="")
    webhook_key = models.CharField(max_length=40, unique=True, default=new_webhook_key)
    cursor = models.JSONField(default=dict, blank=True)
    profile_url = models.CharField(max_length=500, blank=True, default="")
    error = models.CharField(max_length=500, blank=True, default="")  # of the latest attempt
    needs_sign_in = models.BooleanField(default=False)  # the network takes our secrets no longer
    failures = models.PositiveIntegerField(default=0)  # in a row
    failed_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)  # nobody knocks before this
    checked_at = models.DateTimeField(null=True)  # the latest visit or post that went well
    sent_at = models.DateTimeField(null=True)
    renew_at = models.DateTimeField(null=True)  # when the sign-in is changed for a new one
    next_poll_at = models.DateTimeField(null=True)  # empty: the network comes to us
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                F("next_poll_at"), name="connection_due",
                condition=models.Q(next_poll_at__isnull=False),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"connection of {self.account_id}"

    @property
    def channel(self) -> str:
        return self.account.channel

    def secret(self, name: str) -> str:
        """One of the secrets, empty when there is none. Raises CannotUnseal."""
        return self.secrets.get(name, "")

    @property
    def secrets(self) -> dict[str, str]:
        """All of them. Raises CannotUnseal."""
        sealed = unseal(self.sealed_secrets)
        return json.loads(sealed) if sealed else {}

    def setting(self, name: str, default: Any = "") -> Any:
        return self.settings.get(name, default)


class ChannelThread(models.Model):
    """Which ticket a conversation on a network belongs to: the latest one it became.

    `person` is whom a private conversation is with; empty for a public thread, where anybody may
    speak. `heard_at` is when the customer last wrote: reply windows count from it.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="threads")
    key = models.CharField(max_length=255)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="threads")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    heard_at = models.DateTimeField(null=True)  # the customer's latest message
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="thread_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}:{self.key} is #{self.ticket_id}"
