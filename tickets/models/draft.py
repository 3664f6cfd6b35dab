from __future__ import annotations

from django.conf import settings
from django.db import models

from tickets.models.ticket import Ticket


class ReplyDraftQuerySet(models.QuerySet["ReplyDraft"]):
    def of(self, user_id: int, ticket_id: int | None, place: str = "") -> ReplyDraftQuerySet:
        """A person's one draft in a place of a ticket; for None, on a new ticket."""
        own = self.filter(user_id=user_id, place=place)
        return own.filter(ticket=None) if ticket_id is None else own.filter(ticket_id=ticket_id)


class ReplyDraft(models.Model):
    """What an agent has begun to write on a ticket (or, without one, for a new ticket).

    `place` says where on the ticket: "" is the reply, others are named in tickets.draft_places.

    Nobody else reads it. `html` is sanitised. `extras` is what else the composer holds: the ids of
    uploads, applied macros, fields of a new ticket, the key of the submit. `version` changes with
    each save and never comes back, so that a second window notices that the first went on.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reply_drafts"
    )
    ticket = models.ForeignKey(
        Ticket, null=True, on_delete=models.CASCADE, related_name="reply_drafts"
    )
    place = models.CharField(max_length=40, blank=True, default="")
    is_public = models.BooleanField(default=True)
    html = models.TextField(blank=True, default="")
    preview = models.CharField(max_length=160, blank=True, default="")
    extras = models.JSONField(default=dict, blank=True)
    version = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = ReplyDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "ticket", "place"], name="one_draft_a_place", nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-updated_at"], name="drafts_of_a_person"),
            models.Index(fields=["updated_at"], name="drafts_by_age"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.user_id} on #{self.ticket_id}"
