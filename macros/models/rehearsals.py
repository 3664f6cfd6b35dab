"""Rules tried on the past: what was asked, how far it is, what came out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from macros.models.rules import RuleKind


class Rehearsal(models.Model):
    """A draft of a rule replayed over what has happened to tickets; kept for some hours.

    This row is all that a rehearsal writes. `definition` is the draft, as revisions keep it;
    `rule_id` the rule that it would change, if there is one; `form` what was typed, so that editing
    can go on. Replayed are the updates from `first_audit_id` to `last_audit_id` (`since`: when the
    first of them was), ticket by ticket, the newest first; tickets from `through` on are done, so
    that a crash costs one batch. `total` and `done` count updates; of automations tickets.
    `result`: see macros.rehearsal.tally.
    """

    kind = models.CharField(max_length=12, choices=RuleKind)
    rule_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=150)
    definition = models.JSONField()
    form = models.TextField(blank=True, default="")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    first_audit_id = models.BigIntegerField()
    last_audit_id = models.BigIntegerField()
    since = models.DateTimeField()
    through = models.BigIntegerField(null=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True, default="")
    is_cancelled = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="rehearsal_unfinished", condition=Q(finished_at=None)),
            models.Index(fields=["created_at"], name="rehearsal_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.done} of {self.total}"
