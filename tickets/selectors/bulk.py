"""Jobs on many tickets, as whoever asked for them sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Value, When

from accounts.actor import Actor
from tickets import policies
from tickets.errors import JobNotFound
from tickets.models import BulkItem, BulkJob, BulkKind, ItemState, Ticket

SHOWN = 200  # outcomes on one page


@dataclass(frozen=True, slots=True)
class Progress:
    """A job with how far it is."""

    job: BulkJob
    done: int
    unchanged: int
    failed: int

    @property
    def processed(self) -> int:
        return self.done + self.unchanged + self.failed

    @property
    def percent(self) -> int:
        return 100 * self.processed // max(1, self.job.total)


@dataclass(frozen=True, slots=True)
class ItemOfJob:
    """What became of one ticket; `ticket` is None where the reader may not see it (any more)."""

    item: BulkItem
    ticket: Ticket | None


def own_job(actor: Actor, job_id: int) -> BulkJob:
    """A job that this actor asked for. Raises JobNotFound."""
    rows = BulkJob.objects.filter(requested_by=actor.user_id)
    job = rows.select_related("undone_by", "undoes").filter(pk=job_id).first()
    if job is None:
        raise JobNotFound(job_id)
    return job


def own_jobs(actor: Actor) -> list[Progress]:
    """The latest ones, the newest first: two queries."""
    rows = BulkJob.objects.filter(requested_by=actor.user_id)
    return progress_of(rows.select_related("undone_by").order_by("-id")[:50])


def progress_of(jobs: Iterable[BulkJob]) -> list[Progress]:
    """How far jobs are: one query for all of them."""
    found = list(jobs)
    rows = BulkItem.objects.filter(job__in=found).values("job_id", "state")
    counts = {(row["job_id"], row["state"]): row["n"] for row in rows.annotate(n=Count("id"))}
    return [
        Progress(job, *(counts.get((job.pk, state), 0) for state in
                        (ItemState.DONE, ItemState.UNCHANGED, ItemState.FAILED)))
        for job in found
    ]  # fmt: skip


def items_of(job: BulkJob, actor: Actor, *, limit: int = SHOWN) -> list[ItemOfJob]:
    """What became of its tickets, what needs a look first: two queries."""
    failed_first = Case(
        When(state=ItemState.FAILED, then=Value(0)), When(why="", then=Value(2)),
        default=Value(1), output_field=IntegerField(),
    )  # fmt: skip
    items = list(job.items.order_by(failed_first, "position")[:limit])
    shown = policies.visible_tickets(actor)
    is_gone = BulkKind.DELETE in (job.kind, job.undoes.kind if job.undoes else "")
    if is_gone and actor.can("delete_tickets"):
        shown = Ticket.objects.all()
    tickets = shown.in_bulk([item.number for item in items])
    return [ItemOfJob(item, tickets.get(item.number)) for item in items]


def outcomes_of(job: BulkJob) -> list[BulkItem]:
    """Every ticket's outcome so far, in the order given."""
    return list(job.items.exclude(state=ItemState.QUEUED).order_by("position"))
