from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Group
from tickets.models import Channel, Schedule


class ChannelAccount(models.Model):
    """One connected address of ours: a support address, a phone number, a social profile.

    `signature` is a Liquid text that stands beneath each reply from here. `language` is what this
    address speaks to people whose own language is not known.
    """

    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)  # normalised: lower case
    name = models.CharField(max_length=100, blank=True, default="")  # what customers see as sender
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL)
    schedule = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=35, blank=True, default="")  # BCP 47
    signature = models.TextField(blank=True, default="")
    brand_color = models.CharField(max_length=7, blank=True, default="")  # "#1f6feb"; empty: ours
    quotes_history = models.BooleanField(default=False)  # replies carry what was said before
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "address"], name="account_once"),
            models.UniqueConstraint(
                fields=["channel"], condition=Q(is_default=True), name="account_one_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}:{self.address}"


class AgentSignature(models.Model):
    """What an agent signs with from one address, where it is another text than their usual one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_signatures"
    )
    account = models.ForeignKey(
        ChannelAccount, on_delete=models.CASCADE, related_name="agent_signatures"
    )
    text = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "account"], name="agent_signature_once")
        ]

    def __str__(self) -> str:
        return f"signature of {self.user_id} at {self.account_id}"


class SenderRule(models.Model):
    """An address or a domain whose mail is always let through, or never.

    `pattern` is `person@example.com` or `example.com` (its subdomains too), in lower case.
    """

    class Decision(models.TextChoices):
        ALLOW = "allow", _("Always let through")
        BLOCK = "block", _("Always suspend")

    pattern = models.CharField(max_length=254, unique=True)
    decision = models.CharField(max_length=5, choices=Decision)
    note = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision} {self.pattern}"
