"""Reads of this app."""

from reports.selectors.resolution_times import (
    NO_GROUP,
    ReportFilter,
    ResolutionTimes,
    resolution_times,
)

__all__ = ["NO_GROUP", "ReportFilter", "ResolutionTimes", "resolution_times"]
