from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Organization(models.Model):
    """A customer company. People whose address is in one of its domains join it by themselves."""

    name = models.CharField(max_length=200, unique=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    notes = models.TextField(blank=True, default="")
    tags = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["domains"], name="organization_domains")]

    def __str__(self) -> str:
        return self.name
