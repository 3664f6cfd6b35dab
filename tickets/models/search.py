from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from tickets.models.ticket import Ticket


class SearchDocument(models.Model):
    """What full-text search knows of a ticket. Written in the ticket's own transaction.

    A table of its own, so that a growing conversation does not rewrite the ticket's row.
    `everything` also has the internal notes; who may not read them searches `public` (attack 29).
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    public = SearchVectorField()
    everything = SearchVectorField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["public"], name="search_public"),
            GinIndex(fields=["everything"], name="search_everything"),
        ]

    def __str__(self) -> str:
        return f"search document of #{self.ticket_id}"
