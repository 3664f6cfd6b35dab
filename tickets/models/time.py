from django.conf import settings
from django.db import models
from django.db.models import Q

from tickets.models.comment import Comment
from tickets.models.ticket import Ticket


class TimeEntry(models.Model):
    """Time that somebody worked on a ticket: counted by the page, or written by hand.

    `visit` names the page that counted it, so that no more is taken than has passed since that page
    was opened. `comment` is what was submitted with it, if anything was said.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="time_entries")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="time_entries"
    )
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.SET_NULL, related_name="time_entries"
    )
    seconds = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    note = models.CharField(max_length=255, blank=True, default="")
    is_automatic = models.BooleanField(default=True)
    visit = models.CharField(max_length=32, blank=True, default="")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "started_at"], name="time_of_person"),
            models.Index(fields=["visit"], name="time_of_visit", condition=~Q(visit="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds__gt=0, seconds__lte=24 * 3600), name="time_within_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seconds} s on #{self.ticket_id}"
