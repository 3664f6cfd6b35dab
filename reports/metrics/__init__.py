"""What is measured: one file a metric, one definition each (domain-standards.md §5)."""

from reports.metrics.created_tickets import CREATED_TICKETS
from reports.metrics.first_reply import FIRST_REPLY
from reports.metrics.first_resolution import FIRST_RESOLUTION
from reports.metrics.full_resolution import FULL_RESOLUTION
from reports.metrics.metric import Metric
from reports.metrics.reopens import REOPENS
from reports.metrics.solved_tickets import SOLVED_TICKETS

__all__ = [
    "CREATED_TICKETS",
    "FIRST_REPLY",
    "FIRST_RESOLUTION",
    "FULL_RESOLUTION",
    "REOPENS",
    "SOLVED_TICKETS",
    "Metric",
]
