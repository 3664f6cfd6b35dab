from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from tickets.models.ticket import Channel, Ticket


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> CommentQuerySet:
        return self.filter(is_public=True)

    def released(self) -> CommentQuerySet:
        """Public, and not waiting for the moment it is to be sent."""
        return self.public().filter(Q(send_at=None) | Q(send_at__lte=clock.now()))

    def written_after(self, comment_id: int, *, by_others_than: int | None) -> CommentQuerySet:
        """Comments that came after one, without those of the person who asks."""
        return self.filter(pk__gt=comment_id).exclude(author_id=by_others_than)

    def in_order(self) -> CommentQuerySet:
        return self.order_by("created_at", "id")


class Comment(models.Model):
    """What somebody wrote on a ticket. Appended only; the text changes by redaction alone.

    `body` is the whole readable text, `html` the sanitised form of it (empty when there was only
    text), `reply_text` what remains without quoted history: what people read first.
    `message_id` is the mail's own, without brackets; missing ones are NULL and match nothing.
    `digest` recognises a message that comes a second time by another way.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    is_public = models.BooleanField(default=True)
    is_from_agent = models.BooleanField(default=False)  # the company's word, by rights at that time
    body = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    reply_text = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel)
    message_id = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001
    digest = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001
    metadata = models.JSONField(default=dict, blank=True)  # {"system": {}, "flags": [], …}
    created_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True)
    send_at = models.DateTimeField(null=True)  # a reply that leaves, and is read, only from then on

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "created_at", "id"], name="comment_in_order"),
            models.Index(
                fields=["message_id"], name="comment_message_id",
                condition=Q(message_id__isnull=False),
            ),
            models.Index(fields=["author", "created_at"], name="comment_of_author"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="comment_message_once"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on #{self.ticket_id}"

    @property
    def has_quoted_text(self) -> bool:
        return bool(self.reply_text) and self.reply_text.strip() != self.body.strip()

    @property
    def waits(self) -> str:
        """Why a reply has not left: "undo" (it can be taken back), "scheduled", or empty."""
        return self.metadata.get("waits", "")

    @property
    def flags(self) -> list[str]:
        return self.metadata.get("flags", [])
