from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class ParticipantRole(models.TextChoices):
    CC = "cc", _("CC")
    FOLLOWER = "follower", _("Follower")


class Participant(models.Model):
    """Somebody besides requester and assignee: a CC gets the replies, a follower reads along
    unseen.

    A person who only turned up (replied without being asked in) is unverified: shown and flagged,
    but sent nothing until an agent accepts them (attacks 1–3).
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(max_length=8, choices=ParticipantRole)
    is_accepted = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "user", "role"], name="participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of #{self.ticket_id}"
