from django.utils.translation import gettext_lazy as _

from reports.metrics.metric import Metric

SOLVED_TICKETS = Metric(
    key="solved_tickets",
    title=_("Solved tickets"),
    definition=_(
        "Tickets whose last solution lies in the span and that are solved or closed now. A ticket "
        "counts once, however often it was solved; deleted tickets do not count."
    ),
    at_column="solved_at",
)
"""The number of tickets with `solved_at` in the span: those with a full resolution time."""
