from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization


class PeopleEventKind(models.TextChoices):
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    IDENTITY_ADDED = "identity_added", _("Address added")
    IDENTITY_REMOVED = "identity_removed", _("Address removed")
    IDENTITY_CHANGED = "identity_changed", _("Address changed")
    MERGED = "merged", _("Merged")
    UNMERGED = "unmerged", _("Merge undone")
    SUSPENDED = "suspended", _("Suspended")
    RELEASED = "released", _("Suspension lifted")


class PeopleEvent(models.Model):
    """One thing that somebody changed about a person or an organization. Append only."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="people_events"
    )
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.CASCADE, related_name="people_events"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, choices=PeopleEventKind)
    field_name = models.CharField(max_length=80, blank=True, default="")
    previous_value = models.JSONField(null=True)
    value = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(organization=None), name="people_event_of_one"
            ),
        ]
        indexes = [
            models.Index("person", F("id").desc(), name="people_event_of_person"),
            models.Index("organization", F("id").desc(), name="people_event_of_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.field_name}"


class PersonMerge(models.Model):
    """Two people who turned out to be one, with everything that undoing it needs.

    `before` has the columns and identities of both as they were, `moved` the ids of what other
    rooms moved, by the name of the table.
    """

    winner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges_won"
    )
    loser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges_lost"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.JSONField()
    after = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(winner=F("loser")), name="merge_of_two_people"),
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at=None), name="merge_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} into {self.winner_id}"
