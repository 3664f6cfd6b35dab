from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Channel, Ticket


class SideKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    CHILD_TICKET = "child_ticket", _("Child ticket")


class SideState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class SideConversation(models.Model):
    """What colleagues settle with somebody else about a ticket; its customer never reads any of it.

    Nothing of it lies in a table that customers are answered from: neither comments nor attachments
    nor search documents. Written only by tickets.actions. `uuid` is its name to the outside;
    `reopens_ticket`: a reply reopens the ticket when that waits or is solved. Of a `child` only the
    link lies here, its messages are the other ticket's.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="side_conversations")
    kind = models.CharField(max_length=12, choices=SideKind, default=SideKind.EMAIL)
    child = models.OneToOneField(
        Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="side_parent"
    )
    subject = models.CharField(max_length=998, blank=True, default="")
    preview = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=6, choices=SideState, default=SideState.OPEN)
    reopens_ticket = models.BooleanField(default=True)
    external_ids = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    state_updated_at = models.DateTimeField()
    message_added_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)  # the latest word of the other side

    class Meta:
        indexes = [
            models.Index(
                "ticket", F("message_added_at").desc(), F("id").desc(), name="side_of_ticket"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SideKind.values), name="side_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SideState.values), name="side_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"side conversation {self.uuid} of #{self.ticket_id}"

    @property
    def is_open(self) -> bool:
        return self.state == SideState.OPEN

    @property
    def is_child(self) -> bool:
        return self.kind == SideKind.CHILD_TICKET


class SideParticipant(models.Model):
    """Somebody whom colleagues have written to in a side conversation: their word is expected."""

    conversation = models.ForeignKey(
        SideConversation, on_delete=models.CASCADE, related_name="participants"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="side_participant_once")
        ]

    def __str__(self) -> str:
        return self.address


class SideMessage(models.Model):
    """One message of a side conversation; the columns mean what a Comment's mean."""

    conversation = models.ForeignKey(
        SideConversation, on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_ours = models.BooleanField(default=False)
    body = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    reply_text = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel)
    message_id = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)  # noqa: DJ001
    metadata = models.JSONField(default=dict, blank=True)  # {"to": […], "flags": […], …}
    created_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True)  # until then it can be taken back

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "created_at", "id"], name="side_message_in_order"),
            models.Index(
                fields=["message_id"], name="side_message_id", condition=Q(message_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"side message {self.pk}"

    @property
    def flags(self) -> list[str]:
        return self.metadata.get("flags", [])

    @property
    def has_quoted_text(self) -> bool:
        return bool(self.reply_text) and self.reply_text.strip() != self.body.strip()


class SideAttachment(models.Model):
    """A file of a side message, apart from those of comments."""

    message = models.ForeignKey(SideMessage, on_delete=models.CASCADE, related_name="attachments")
    key = models.CharField(max_length=80, unique=True)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(max_length=255, blank=True, default="")
    is_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.filename

    @property
    def is_image(self) -> bool:
        """As of an Attachment."""
        return self.content_type in ("image/png", "image/jpeg", "image/gif", "image/webp")


class SideEventType(models.TextChoices):
    """Zendesk's kinds of side conversation events."""

    CREATE = "create", _("Began")
    REPLY = "reply", _("Wrote")
    UPDATE = "update", _("Changed")


class SideEvent(models.Model):
    """What happened in a side conversation, in order. Append only."""

    conversation = models.ForeignKey(
        SideConversation, on_delete=models.CASCADE, related_name="events"
    )
    type = models.CharField(max_length=6, choices=SideEventType)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.OneToOneField(
        SideMessage, null=True, on_delete=models.CASCADE, related_name="event"
    )
    updates = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "created_at", "id"], name="side_event_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.type} in side conversation {self.conversation_id}"


class SideRead(models.Model):
    """Up to when somebody has read a side conversation."""

    conversation = models.ForeignKey(
        SideConversation, on_delete=models.CASCADE, related_name="reads"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="side_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.conversation_id}"
