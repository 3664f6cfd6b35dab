"""What hangs on a ticket at all, in one query: so that a page asks only for what is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from core import clock
from tickets.models import Attachment, MergeRecord, Ticket, TicketForm, TicketLink, TimeEntry
from tickets.selectors.merges import UNDO_FOR


@dataclass(frozen=True, slots=True)
class Standing:
    """`seconds` were spent on it; the others say whether there are any."""

    seconds: int
    has_links: bool
    has_merges: bool  # that can be undone
    has_forms: bool  # in the house
    has_files: bool


def standing_of(ticket: Ticket) -> Standing:
    """One query, however much there is."""
    links = TicketLink.objects.filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")))
    merges = MergeRecord.objects.filter(
        Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")),
        undone_at=None, created_at__gt=clock.now() - UNDO_FOR,
    )  # fmt: skip
    spent = (
        TimeEntry.objects.filter(ticket=OuterRef("pk"))
        .values("ticket")
        .annotate(sum=Sum("seconds"))
        .values("sum")
    )
    rows = Ticket.objects.filter(pk=ticket.pk).values_list(
        Coalesce(Subquery(spent, output_field=IntegerField()), 0),
        Exists(links), Exists(merges), Exists(TicketForm.objects.filter(is_active=True)),
        Exists(Attachment.objects.filter(comment__ticket=OuterRef("pk"))),
    )  # fmt: skip
    row = rows.first()
    return Standing(*row) if row else Standing(0, False, False, False, False)
