from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.audit import Audit
from tickets.models.comment import Comment
from tickets.models.side import SideMessage
from tickets.models.ticket import Channel, Ticket


class DeliveryKind(models.TextChoices):
    COMMENT = "comment", _("Reply")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    SOLVED_NOTICE = "solved_notice", _("Solved notice")
    NOTIFICATION = "notification", _("Notification")
    SIDE_MESSAGE = "side_message", _("Side conversation")


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Bounced")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Not known whether it was sent")
    CANCELLED = "cancelled", _("Cancelled")


class Delivery(models.Model):
    """One message on its way out: a comment (or notice) × a recipient × a channel.

    queued → sending → sent, bounced or failed. A worker that dies between sending and writing that
    down leaves `sending` with a `sent_at`, which becomes `unknown`: it is shown to people, never
    blindly repeated. Without a `sent_at` it was only claimed: it is queued again.

    `audit` is the submit in which it was queued, `cause` the rule that asked for it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="deliveries")
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    side_message = models.ForeignKey(
        SideMessage, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    audit = models.ForeignKey(
        Audit, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    cause = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=16, choices=DeliveryKind)
    channel = models.CharField(max_length=10, choices=Channel)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deliveries"
    )
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=998, blank=True, default="")  # of a rule's notification
    body = models.TextField(blank=True, default="")  # its text, placeholders filled in
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    message_id = models.CharField(max_length=255, null=True, unique=True)  # noqa: DJ001
    provider_id = models.CharField(max_length=255, blank=True, default="")  # the sender's own id
    more_ids = models.JSONField(default=list, blank=True)  # where it left in several messages
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # when it was begun to be handed over, then taken
    delivered_at = models.DateTimeField(null=True)  # at its receiver's, where the network says so
    read_at = models.DateTimeField(null=True)
    url = models.CharField(max_length=500, blank=True, default="")  # where people see it

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "recipient", "channel", "kind"], name="delivery_once"
            ),
            models.UniqueConstraint(
                fields=["side_message", "recipient", "channel"], name="delivery_of_side_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="delivery_due",
                condition=Q(state__in=["queued", "sending"]),
            ),
            models.Index(fields=["ticket", "id"], name="delivery_of_ticket"),
            models.Index(fields=["recipient", "kind", "created_at"], name="delivery_budget"),
            models.Index(
                fields=["provider_id"], name="delivery_of_provider", condition=~Q(provider_id="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} of #{self.ticket_id} to {self.recipient_id}: {self.state}"
