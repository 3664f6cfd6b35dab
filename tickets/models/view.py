from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Group


class View(models.Model):
    """A saved list of tickets: conditions, columns, order (Zendesk's view).

    Restriction: a group's, a person's (`owner`), or everyone's when both are empty.
    """

    key = models.SlugField(max_length=60, unique=True, null=True, blank=True)  # noqa: DJ001  stock
    title = models.CharField(max_length=150)
    description = models.CharField(max_length=500, blank=True, default="")
    is_active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE
    )
    conditions = models.JSONField(default=dict)  # {"all": [{field, operator, value}], "any": []}
    columns = ArrayField(models.CharField(max_length=60), default=list)
    sort_by = models.CharField(max_length=60, default="updated")
    sort_order = models.CharField(
        max_length=4, choices=[("asc", "ascending"), ("desc", "descending")], default="desc"
    )
    group_by = models.CharField(max_length=20, blank=True, default="")
    group_order = models.CharField(
        max_length=4, choices=[("asc", "ascending"), ("desc", "descending")], default="asc"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["position", "id"], name="view_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def stamp(self) -> str:
        """Names this state of it: another one after every change."""
        return self.updated_at.isoformat()
