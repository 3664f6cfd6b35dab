from django.utils.translation import gettext_lazy as _

from reports.metrics.metric import Metric

CREATED_TICKETS = Metric(
    key="created_tickets",
    title=_("Created tickets"),
    definition=_(
        "Tickets that came in during the span, through whichever channel, whatever became of them; "
        "deleted tickets do not count."
    ),
    at_column="created_at",
)
"""The number of tickets with `created_at` in the span; in the heat map by weekday and hour."""
