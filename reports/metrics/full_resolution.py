from django.utils.translation import gettext_lazy as _

from reports.metrics.metric import Metric

FULL_RESOLUTION = Metric(
    key="full_resolution",
    title=_("Full resolution"),
    definition=_(
        "From the creation of the ticket until it was solved for the last time, in calendar time "
        "(nights and weekends count). Closing a ticket directly counts as solving it. A ticket "
        "that was reopened has no full resolution time until it is solved again. It counts in the "
        "span in which that last solution lies."
    ),
    at_column="solved_at",
    seconds_column="full_resolution_seconds",
)
"""Last `solved` minus creation, whole seconds; NULL while the ticket is not done.

Zendesk's `full_resolution_time_in_minutes` (domain-standards.md §5). `solved` to `closed` is no new
solution. Counted at the instant of the last solution.
"""
