from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Device
from tickets.models import Audit, Comment, Ticket


class Kind(models.TextChoices):
    """Why a person is told."""

    MENTION = "mention", _("Somebody mentions you")
    ASSIGNED = "assigned", _("A ticket is assigned to you")
    CUSTOMER_REPLIED = "customer_replied", _("A customer answers on your ticket")
    SLA_WARNING = "sla_warning", _("A promise is about to be broken, or is broken, on your ticket")
    SIDE_REPLY = "side_reply", _("An answer in a side conversation")
    FOLLOWED = "followed", _("Something happens on a ticket that you follow")
    GROUP_ASSIGNED = "group_assigned", _("A ticket comes to one of your groups")
    REMINDER = "reminder", _("A ticket that you put aside comes back, or a task is due")
    BULK_DONE = "bulk_done", _("A long piece of work that you started is done")
    RULE_NOTICE = "rule_notice", _("A trigger or an automation has something to tell you")
    MENTION_UNSEEN = "mention_unseen", _("Somebody you mentioned cannot see the ticket")


# Nobody can choose to miss these.
ALWAYS = (Kind.MENTION, Kind.ASSIGNED, Kind.MENTION_UNSEEN)
# What people have who never chose.
IN_APP = tuple(kind for kind in Kind if kind != Kind.GROUP_ASSIGNED)
BY_PUSH = (
    Kind.MENTION, Kind.ASSIGNED, Kind.CUSTOMER_REPLIED, Kind.SLA_WARNING, Kind.SIDE_REPLY,
    Kind.REMINDER,
)  # fmt: skip
BY_MAIL = (
    Kind.MENTION, Kind.ASSIGNED, Kind.CUSTOMER_REPLIED, Kind.SLA_WARNING, Kind.SIDE_REPLY,
)  # fmt: skip


class Digest(models.TextChoices):
    OFF = "off", _("Never")
    HOURLY = "hourly", _("Every hour")
    DAILY = "daily", _("Once a day")


class RuleMails(models.TextChoices):
    """What becomes of the mails that triggers and automations send to an agent."""

    AT_ONCE = "at_once", _("Mail me at once")
    IN_APP = "in_app", _("Tell me here instead")


class NotificationChoice(models.Model):
    """What one person has chosen; who never chose has the defaults above, and no row.

    `push` and `mail` are within `app`: what is not kept is not sent either.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True,
        related_name="notification_choice",
    )  # fmt: skip
    app = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    push = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    mail = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    digest = models.CharField(max_length=6, choices=Digest, default=Digest.DAILY)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    rule_mails = models.CharField(max_length=8, choices=RuleMails, default=RuleMails.AT_ONCE)
    shows_toasts = models.BooleanField(default=True)
    push_shows_subject = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="digest_hour_is_an_hour")
        ]

    def __str__(self) -> str:
        return f"choices of {self.user_id}"


class Notification(models.Model):
    """One thing that one person is told, written in the transaction in which it happened.

    It holds no words of the ticket: what is shown is read from there, with the reader's rights, so
    that nothing outlives a redaction. `data` has ids and the names of rules. `push_at` and
    `mail_at` say when it is to leave the house; NULL when it is not, or has.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications",
        db_index=False,
    )  # fmt: skip
    kind = models.CharField(max_length=20, choices=Kind)
    ticket = models.ForeignKey(
        Ticket, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    audit = models.ForeignKey(
        Audit, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", db_index=False,
    )  # fmt: skip
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    push_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "user", "kind"], name="notification_once"),
        ]
        indexes = [
            models.Index(
                "user", F("created_at").desc(), F("id").desc(), name="notification_of_user"
            ),
            models.Index(
                "user", "ticket", name="notification_unread", condition=Q(read_at=None),
            ),
            models.Index(
                "push_at", name="notification_push", condition=Q(push_at__isnull=False)
            ),
            models.Index(
                "mail_at", "user", name="notification_mail", condition=Q(mail_at__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class PushSubscription(models.Model):
    """One browser that may be pushed to; it goes with the sign-in of that browser."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=120)  # the browser's public key, base64url
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row

    def __str__(self) -> str:
        return f"push to {self.user_id}"


class DigestMail(models.Model):
    """One mail of one person and period, noted before it is sent: it is never sent twice.

    `ended_at` is NULL while it is being sent, and stays so when the worker died over it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    period_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")
    notifications = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "period_at"], name="digest_once_a_period")
        ]

    def __str__(self) -> str:
        return f"digest of {self.user_id}"
