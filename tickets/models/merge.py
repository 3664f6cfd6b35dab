from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tickets.models.ticket import Ticket


class MergeRecord(models.Model):
    """One ticket folded into another, with all that is needed to take it back.

    `before` are the source's columns as they were. `cc_ids` are the people who came into the
    target's CC by it; `note_ids` the comments it wrote on both. Undone rows are kept.
    """

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges_away")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges_in")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.JSONField()
    cc_ids = models.JSONField(default=list)
    note_ids = models.JSONField(default=list)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="merge_into_another"),
            models.UniqueConstraint(
                fields=["source"], name="merge_once", condition=Q(undone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.source_id} into #{self.target_id}"
