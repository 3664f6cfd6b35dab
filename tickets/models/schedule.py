from __future__ import annotations

from django.db import models


class Schedule(models.Model):
    """Business hours in a time zone, in the shape of Zendesk's schedules.

    `intervals` are `[start, end]` in minutes since Sunday 00:00 local time, in order and apart;
    `holidays` are `{"name", "start_date", "end_date"}` with ISO dates, both ends included. The
    public holidays of `country` (ISO 3166-1, two letters) and of its `subdivision` (ISO 3166-2,
    the part after the country) come on top, in every year (tickets.public_holidays).
    """

    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64)  # IANA name
    intervals = models.JSONField(default=list)
    holidays = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True, default="")
    subdivision = models.CharField(max_length=12, blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
