from django.utils.translation import gettext_lazy as _

from reports.metrics.metric import Metric

REOPENS = Metric(
    key="reopens",
    title=_("Reopens"),
    definition=_(
        "How often the tickets solved in the span had gone from solved back to open before, in all "
        "their life."
    ),
    at_column="solved_at",
)
"""The sum of TicketFact.reopens (steps from done back to unsolved) of the solved tickets."""
