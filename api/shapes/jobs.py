"""Jobs on many tickets as Zendesk's job_status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tickets.models import BulkItem, BulkJob, BulkKind, ItemState
from tickets.selectors.bulk import Progress

_TYPES = {
    BulkKind.UPDATE: "Bulk Update Ticket", BulkKind.DELETE: "Bulk Delete Ticket",
    BulkKind.RESTORE: "Bulk Restore Ticket", BulkKind.MERGE: "Ticket Merge",
    BulkKind.SPAM: "Bulk Mark as Spam", BulkKind.UNDO: "Bulk Undo",
}  # fmt: skip
_ACTIONS = {BulkKind.DELETE: "delete", BulkKind.SPAM: "delete"}
_DONE = {BulkKind.DELETE: "Deleted", BulkKind.SPAM: "Deleted"}


def job_shape(progress: Progress, results: Sequence[BulkItem], base: str) -> dict[str, Any]:
    job = progress.job
    return {
        "id": str(job.pk),
        "job_type": _TYPES[BulkKind(job.kind)],
        "url": f"{base}/job_statuses/{job.pk}.json",
        "total": job.total,
        "progress": progress.processed,
        "status": job.state,
        "message": None,
        "results": [_result(job, item) for item in results] or None,
    }


def _result(job: BulkJob, item: BulkItem) -> dict[str, Any]:
    result = {"id": item.number, "index": item.position}
    if item.state == ItemState.FAILED:
        return {**result, "error": "TicketUpdateFailed", "details": item.why, "success": False}
    return {
        **result, "action": _ACTIONS.get(BulkKind(job.kind), "update"), "success": True,
        "status": _DONE.get(BulkKind(job.kind), "Updated"),
    }  # fmt: skip
