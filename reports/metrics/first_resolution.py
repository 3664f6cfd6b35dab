from django.utils.translation import gettext_lazy as _

from reports.metrics.metric import Metric

FIRST_RESOLUTION = Metric(
    key="first_resolution",
    title=_("First resolution"),
    definition=_(
        "From the creation of the ticket until it was solved for the first time, in calendar time. "
        "It stays as it is when the ticket is reopened, and counts in the span of that first "
        "solution."
    ),
    at_column="first_solved_at",
    seconds_column="first_resolution_seconds",
)
"""First `solved` (or `closed` directly) minus creation, whole seconds; NULL before it.

Zendesk's `first_resolution_time_in_minutes` (domain-standards.md §5).
"""
