from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.comment import Comment
from tickets.models.ticket import Channel, Ticket


class Audit(models.Model):
    """One submit: who, when, by which way and because of what. Its events say what changed."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="audits")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    cause = models.JSONField(default=dict, blank=True)  # {"rule": …, "item": …}: why, in data
    metadata = models.JSONField(default=dict, blank=True)  # {"system": {"ip": …, "client": …}}
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ticket", "created_at", "id"], name="audit_in_order")]

    def __str__(self) -> str:
        return f"audit {self.pk} of #{self.ticket_id}"


class EventType(models.TextChoices):
    """Zendesk's event types (ticket audit events reference), as far as they happen here."""

    CREATE = "Create", _("Created with")
    CHANGE = "Change", _("Changed")
    COMMENT = "Comment", _("Comment")
    COMMENT_PRIVACY = "CommentPrivacyChange", _("Comment shown or hidden")
    COMMENT_REDACTION = "CommentRedactionEvent", _("Comment redacted")
    ATTACHMENT_REDACTION = "AttachmentRedactionEvent", _("Attachment redacted")
    FIELD_REDACTION = "FieldRedactionEvent", _("Field redacted")
    SPLIT = "Split", _("Split")
    CC = "Cc", _("CC changed")
    FOLLOWER = "FollowerChange", _("Followers changed")
    NOTIFICATION = "Notification", _("Notification")
    SATISFACTION = "SatisfactionRating", _("Satisfaction")
    RECOVERY = "SuspendedTicketRecovery", _("Recovered from the suspended queue")
    MERGE = "Merge", _("Merged")
    UNMERGE = "MergeUndone", _("Merge undone")
    LINK = "TicketLink", _("Links changed")
    TIME = "TimeSpent", _("Time spent")
    SLA_TARGET = "SlaTargetChange", _("SLA policy changed")
    SLA_WARNING = "SlaWarning", _("SLA warning")
    SLA_BREACH = "SlaBreach", _("SLA breach")
    AGENT_MACRO = "AgentMacroReference", _("Macro applied")
    SIDE_CREATED = "CollabThreadCreated", _("Side conversation begun")
    SIDE_REPLY = "CollabThreadReply", _("Message in a side conversation")
    SIDE_TAKEN_BACK = "CollabThreadReplyTakenBack", _("Message in a side conversation taken back")
    SIDE_CLOSED = "CollabThreadClosed", _("Side conversation closed")
    SIDE_REOPENED = "CollabThreadReopened", _("Side conversation reopened")
    ERROR = "Error", _("Error")


class AuditEvent(models.Model):
    """One thing that changed in a submit. Append only."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="events")
    type = models.CharField(max_length=30, choices=EventType)
    field_name = models.CharField(max_length=60, blank=True, default="")
    previous_value = models.JSONField(null=True)
    value = models.JSONField(null=True)
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.CASCADE, related_name="audit_events"
    )
    cause = models.JSONField(default=dict, blank=True)  # when it differs from the audit's

    def __str__(self) -> str:
        return f"{self.type} {self.field_name}"
