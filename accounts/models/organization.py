from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.folded import folded


class Sharing(models.TextChoices):
    """What a customer may do with requests of others in the same company."""

    NONE = "", _("Nothing: everybody sees their own requests")
    VIEW = "view", _("Read them")
    COMMENT = "comment", _("Read and answer them")


class Organization(models.Model):
    """A customer company. People whose address is in one of its domains join it by themselves.

    `sharing`: what all its people may do with each other's requests; User.organization_access is
    the same for one of them.
    """

    name = models.CharField(max_length=200, unique=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    notes = models.TextField(blank=True, default="")
    tags = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    custom_fields = models.JSONField(default=dict, blank=True)  # {key of a PersonField: value}
    sharing = models.CharField(max_length=7, choices=Sharing, blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    folded_name = folded("name", max_length=400)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sharing__in=Sharing.values), name="organization_sharing_is_known"
            )
        ]
        indexes = [
            GinIndex(fields=["domains"], name="organization_domains"),
            GinIndex(fields=["tags"], name="organization_tags"),
            models.Index(fields=["folded_name", "id"], name="organization_in_order"),
            GinIndex(OpClass("folded_name", name="gin_trgm_ops"), name="organization_name_parts"),
        ]

    def __str__(self) -> str:
        return self.name
