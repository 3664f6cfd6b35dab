from __future__ import annotations

from django.conf import settings
from django.db import models

from tickets.models.comment import Comment
from tickets.models.ticket import Ticket


class ReadMark(models.Model):
    """How far an agent has read a ticket: up to `comment`, which was written at `read_until`.

    `read_until` is kept beside it, so that a list compares it with the ticket's own
    `latest_comment_at` without looking at any comment. Without a mark nothing was read.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks"
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="read_marks")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="+")
    read_until = models.DateTimeField()
    at = models.DateTimeField()  # when the page was in front

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "ticket"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read #{self.ticket_id}"
