from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class LinkKind(models.TextChoices):
    PARENT = "parent", _("Parent of")
    RELATED = "related", _("Related to")
    DUPLICATE = "duplicate", _("Duplicate of")


class TicketLink(models.Model):
    """A link that people made: parent and child, duplicate of, or simply related.

    Problem and incident, follow-up and merge are columns of the ticket, since lists filter on them.
    """

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=10, choices=LinkKind)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_to_another"),
        ]

    def __str__(self) -> str:
        return f"#{self.source_id} {self.kind} #{self.target_id}"
