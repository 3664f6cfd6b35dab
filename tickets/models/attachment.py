from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tickets.models.comment import Comment


class Attachment(models.Model):
    """A file of a comment. The bytes lie in the storage under `key`, which says nothing of them.

    An upload waits without a comment, owned by whoever sent it, until a submit takes it along.
    """

    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=80, unique=True)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(max_length=255, blank=True, default="")
    is_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], name="attachment_waiting", condition=Q(comment=None)
            )
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_image(self) -> bool:
        """Whether a browser may show it in place. SVG is a program, not a picture."""
        return self.content_type in ("image/png", "image/jpeg", "image/gif", "image/webp")
