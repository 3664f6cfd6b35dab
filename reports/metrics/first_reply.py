from django.utils.translation import gettext_lazy as _

from reports.metrics.metric import Metric

FIRST_REPLY = Metric(
    key="first_reply",
    title=_("First reply"),
    definition=_(
        "From the creation of the ticket until an agent's first public reply, in calendar time. "
        "Internal notes and automatic acknowledgements do not count. When an agent opened the "
        "ticket with a public message, the next public one counts. It counts in the span in which "
        "the reply was written."
    ),
    at_column="first_reply_at",
    seconds_column="first_reply_seconds",
)
"""First public agent comment minus creation, whole seconds; NULL before it.

When the ticket was opened publicly by an agent: the second public agent comment (Zendesk's
`reply_time_in_minutes`, domain-standards.md §5).
"""
