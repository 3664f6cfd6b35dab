"""Why a message was suspended or rejected: names for programs, sentences for people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Causes in the manner of Zendesk's suspended queue (domain-standards.md §8)."""

    AUTO_REPLY = "auto_reply", _("Automatic reply that belongs to no ticket")
    BOUNCE = "bounce", _("Delivery report for a message that is not ours")
    EMPTY = "empty", _("The message is empty")
    FEEDBACK_REPORT = "feedback_report", _("Abuse report from a mail provider")
    LOOP = "loop", _("One of our own messages came back")
    NO_SENDER = "no_sender", _("The message does not say who sent it")
    OWN_ADDRESS = "own_address", _("Sent from one of our own support addresses")
    TEST = "test", _("Test message of ours")
    SPAM = "spam", _("Marked as spam by the mail server in front of us")
    UNREADABLE = "unreadable", _("The message is damaged and could not be read")
    DELETED_TICKET = "deleted_ticket", _("Answer to a deleted ticket")
