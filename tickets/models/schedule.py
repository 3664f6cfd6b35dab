from __future__ import annotations

from django.db import models


class Schedule(models.Model):
    """Business hours in a time zone, in the shape of Zendesk's schedules.

    `intervals` are `[start, end]` in minutes since Sunday 00:00 local time, in order and apart;
    `holidays` are `{"name", "start_date", "end_date"}` with ISO dates, both ends included.
    """

    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64)  # IANA name
    intervals = models.JSONField(default=list)
    holidays = models.JSONField(default=list)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
