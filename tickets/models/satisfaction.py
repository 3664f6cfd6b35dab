from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Score(models.TextChoices):
    UNOFFERED = "unoffered", _("Not offered")
    OFFERED = "offered", _("Offered")
    GOOD = "good", _("Good")
    GOOD_WITH_COMMENT = "goodwithcomment", _("Good, with a comment")
    BAD = "bad", _("Bad")
    BAD_WITH_COMMENT = "badwithcomment", _("Bad, with a comment")


class SatisfactionRating(models.Model):
    """The requester's answer to "how did we do?"; `Ticket.satisfaction` repeats the score for
    lists.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="rating")
    score = models.CharField(max_length=16, choices=Score)
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__in=Score.values), name="score_is_known")
        ]
        indexes = [models.Index(fields=["updated_at"], name="rating_by_time")]

    def __str__(self) -> str:
        return f"{self.score} for #{self.ticket_id}"
