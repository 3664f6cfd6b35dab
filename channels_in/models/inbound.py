from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_in.models.account import ChannelAccount
from tickets.models import Channel, Comment, Ticket


class Fate(models.TextChoices):
    """What became of a received message; every one has a fate that people can see."""

    PENDING = "pending", _("Waiting to be processed")
    COMMENT = "comment", _("Became a comment")
    DUPLICATE = "duplicate", _("Received before")
    BOUNCE = "bounce", _("Delivery report, noted on the reply")
    SUSPENDED = "suspended", _("Suspended")
    REJECTED = "rejected", _("Rejected")
    DELETED = "deleted", _("Deleted from the suspended queue")
    FAILED = "failed", _("Failed; will be tried again")
    STREAM = "stream", _("Kept in the social stream")


class InboundItem(models.Model):
    """A message exactly as it came, stored before it was acknowledged (architecture.md, "The way
    in").

    `external_id` is the network's id or the SHA-256 of the bytes: delivered twice, it is one row.
    Small messages lie in `raw`, so that receiving is one insert; large ones in the storage
    (`raw_key`).
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="items")
    external_id = models.CharField(max_length=80)
    raw = models.BinaryField(null=True)
    raw_key = models.CharField(max_length=80, blank=True, default="")
    size = models.PositiveBigIntegerField()
    envelope = models.JSONField(default=dict)  # {"from": …, "to": […], "peer": …, "via": "smtp"}
    received_at = models.DateTimeField()
    fate = models.CharField(max_length=10, choices=Fate, default=Fate.PENDING)
    reason = models.CharField(
        max_length=40, blank=True, default=""
    )  # a name of channels_in.reasons
    detail = models.CharField(max_length=500, blank=True, default="")
    sender = models.CharField(
        max_length=254, blank=True, default=""
    )  # for lists of suspended items
    subject = models.CharField(max_length=998, blank=True, default="")
    preview = models.CharField(max_length=300, blank=True, default="")
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.SET_NULL, related_name="inbound_items"
    )
    ticket = models.ForeignKey(
        Ticket, null=True, on_delete=models.SET_NULL, related_name="inbound_items"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "external_id"], name="inbound_item_once"),
            models.CheckConstraint(
                condition=Q(raw__isnull=False) | ~Q(raw_key=""), name="inbound_item_keeps_raw"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="inbound_item_due",
                condition=Q(fate__in=["pending", "failed"]),
            ),
            models.Index(
                fields=["-received_at", "-id"], name="inbound_item_suspended",
                condition=Q(fate="suspended"),
            ),
            models.Index(fields=["received_at"], name="inbound_item_by_time"),
            models.Index(fields=["account", "-received_at"], name="inbound_item_of_account"),
            models.Index(fields=["sender", "-received_at"], name="inbound_item_of_sender"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"inbound item {self.pk} ({self.fate})"


class AwaitedMessage(models.Model):
    """The id of a message that was answered before it came (mail is fetched in any order).

    When it comes, it belongs to the ticket that the answer opened.
    """

    channel = models.CharField(max_length=10, choices=Channel)
    message_id = models.CharField(max_length=255)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "message_id"], name="awaited_message_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="awaited_message_by_time")]

    def __str__(self) -> str:
        return self.message_id
