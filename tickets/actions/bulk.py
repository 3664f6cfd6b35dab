"""Jobs on many tickets: asked for at a door, carried out by a worker, taken back as another job.

Each ticket is a transaction of its own that holds the change and its outcome: a worker that is
killed leaves whole tickets behind, and who goes on finds the rest. Other rooms say how one ticket
is changed (`Perform`), since macros live above this one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from core import clock, locks, outbox
from tickets import policies
from tickets.actions import assignment, checks
from tickets.bulk import FIELDS, JOB_LIMIT, LIMIT, TEXT_LENGTH, BulkRequest
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange, JobNotFound, TicketError, TooManyJobs
from tickets.models import BulkItem, BulkJob, BulkKind, BulkState, ItemState, Status

logger = logging.getLogger(__name__)

TOPIC, FINISHED = "bulk.begun", "bulk.finished"
SLICE = 20  # tickets of one job before another job has its turn
_UNFORESEEN = "It failed in a way that nobody foresaw. The log of the server says more."
_STOPPED = "Stopped before its turn."
_NEEDED = {
    BulkKind.MERGE: Permission.MERGE_TICKETS,
    BulkKind.DELETE: Permission.DELETE_TICKETS,
    BulkKind.RESTORE: Permission.HANDLE_SUSPENDED,  # leads all, others what was marked as spam
    BulkKind.SPAM: Permission.HANDLE_SUSPENDED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one ticket. `why` says what was left over."""

    changed: dict[str, list[object]]
    comment_id: int | None = None
    why: str = ""


Perform = Callable[[BulkJob, BulkItem], Outcome]


@transaction.atomic
def begin_bulk(
    *, actor: Actor, kind: BulkKind, ticket_ids: Sequence[int], request: BulkRequest | None = None
) -> BulkJob:
    """Ask for one change of many tickets, at most LIMIT. The worker does it right after the commit.

    What nobody could do is refused here; what the actor may do with each single ticket is judged
    when its turn comes.

    Raises NotPermitted, TicketNotFound (for what to merge into), InvalidChange, TooManyJobs.
    """
    request = request or BulkRequest()
    numbers = [pk for pk in dict.fromkeys(ticket_ids) if pk != request.target]
    if not numbers:
        raise InvalidChange("ids", "Choose at least one ticket.")
    if len(numbers) > LIMIT:
        raise InvalidChange("ids", f"At most {LIMIT:,} tickets can be changed in one go.")
    _require(actor, kind, request)
    job = _create(actor, kind, request, total=len(numbers))
    BulkItem.objects.bulk_create(
        BulkItem(job=job, number=number, position=place) for place, number in enumerate(numbers)
    )
    return job


@transaction.atomic
def undo_bulk(*, actor: Actor, job_id: int) -> BulkJob:
    """Take back an own job that is finished; a job itself. Asked twice, it is the same job.

    Raises JobNotFound, InvalidChange, TooManyJobs.
    """
    job = BulkJob.objects.select_for_update().filter(pk=job_id, requested_by=actor.user_id).first()
    if job is None:
        raise JobNotFound(job_id)
    if made := BulkJob.objects.filter(undoes=job).first():
        return made
    if not job.is_finished or job.kind == BulkKind.UNDO:
        raise InvalidChange("job", "Only a change that is finished can be undone.")
    done = list(job.items.filter(state=ItemState.DONE).order_by("-position"))
    if not done:
        raise InvalidChange("job", "Nothing was changed, so there is nothing to undo.")
    undo = _create(actor, BulkKind.UNDO, BulkRequest(), total=len(done), undoes=job)
    BulkItem.objects.bulk_create(
        BulkItem(job=undo, number=item.number, position=place, changed=item.changed,
                 comment_id=item.comment_id)
        for place, item in enumerate(done)
    )  # fmt: skip
    return undo


@transaction.atomic
def stop_bulk(*, actor: Actor, job_id: int) -> None:
    """Leave the tickets of an own job alone that have not had their turn. Raises JobNotFound."""
    job = BulkJob.objects.filter(pk=job_id, requested_by=actor.user_id).first()
    if job is None:
        raise JobNotFound(job_id)
    rows = BulkItem.objects.select_for_update(skip_locked=True).filter(job=job)
    waiting = list(rows.filter(state=ItemState.QUEUED).values_list("pk", flat=True))
    BulkItem.objects.filter(pk__in=waiting).update(state=ItemState.FAILED, why=_STOPPED)
    _finish(job)


def run_slice(*, perform: Perform) -> bool:
    """Do some tickets of the job that has waited longest for a turn. Returns whether any was done.

    Raises OperationalError when the database could not go on: what was not done is done later.
    """
    with transaction.atomic():
        rows = BulkJob.objects.filter(finished_at=None).select_for_update(skip_locked=True)
        job = rows.order_by(F("touched_at").asc(nulls_first=True), "id").first()
        if job is None:
            return False
        job.state, job.touched_at = BulkState.WORKING, clock.now()
        job.save(update_fields=["state", "touched_at"])
    for done in range(SLICE):
        if not _run_one(job, perform):
            return _finish(job) or done > 0
    return True


def expire_bulk() -> None:
    """Forget jobs older than BULK_JOB_DAYS; the tickets' audits stay."""
    oldest = clock.now() - timedelta(days=settings.BULK_JOB_DAYS)
    BulkJob.objects.filter(created_at__lt=oldest).delete()


def _create(
    actor: Actor, kind: BulkKind, request: BulkRequest, *, total: int, undoes: BulkJob | None = None
) -> BulkJob:
    if actor.user_id is None:
        raise NotPermitted("Only people change many tickets in one go.")
    locks.hold(["bulk jobs"])  # counted and added by one at a time
    if BulkJob.objects.filter(finished_at=None).count() >= JOB_LIMIT:
        raise TooManyJobs
    job = BulkJob.objects.create(
        kind=kind, request=request.as_json(), requested_by_id=actor.user_id, total=total,
        channel=actor.channel, undoes=undoes, created_at=clock.now(),
    )  # fmt: skip
    outbox.post(TOPIC, {"job": job.pk})
    return job


def _require(actor: Actor, kind: BulkKind, request: BulkRequest) -> None:
    """Raise what no ticket could be spared: a missing right, a value that does not exist."""
    policies.require(actor, _NEEDED.get(kind, Permission.COMMENT_INTERNALLY))
    if kind == BulkKind.SPAM and request.suspends:
        policies.require(actor, Permission.EDIT_PEOPLE)
    if kind == BulkKind.MERGE:
        target = policies.visible_ticket(actor, request.target or 0)
        if target.is_closed:
            raise InvalidChange("target", "A closed ticket takes no others in. Choose another one.")
    if kind != BulkKind.UPDATE:
        return
    if request.is_empty:
        raise InvalidChange("changes", "Choose what is to become of the tickets.")
    if request.writes and request.is_public and not actor.can(Permission.REPLY_PUBLICLY):
        raise NotPermitted("You may write internal notes, but not answer customers.")
    if len(request.text) > TEXT_LENGTH or len(request.html) > TEXT_LENGTH:
        raise InvalidChange("text", "This is too long. Shorten it.")
    _check_fields(actor, request)


def _check_fields(actor: Actor, request: BulkRequest) -> None:
    given = TicketChanges(**request.fields).given()
    if not given.keys() <= set(FIELDS):
        raise InvalidChange("changes", "One of these cannot be changed on many tickets at once.")
    if given or request.add_tags or request.remove_tags:
        policies.require_can_edit(actor)
    checks.check_choices(**{n: given[n] for n in ("status", "type", "priority") if n in given})
    if given.get("status") == Status.NEW:
        raise InvalidChange("status", "A ticket that has been worked on cannot be new again.")
    checks.check_references(actor, [given])
    assignee_id = given.get("assignee_id")
    if assignee_id and not assignment.groups_of({assignee_id}):
        raise InvalidChange("assignee_id", "Choose an active agent who is in a group.")
    checks.clean_custom_fields(given.get("custom_fields") or {})
    checks.clean_tags(request.add_tags)


@transaction.atomic
def _run_one(job: BulkJob, perform: Perform) -> bool:
    """One ticket with its outcome. Returns whether there was any left."""
    rows = BulkItem.objects.filter(job=job, state=ItemState.QUEUED)
    item = rows.order_by("position").select_for_update(skip_locked=True).first()
    if item is None:
        return False
    try:
        with transaction.atomic():
            outcome = perform(job, item)
    except (TicketError, NotPermitted) as error:
        item.state, item.why = ItemState.FAILED, str(error)[:500]
    except OperationalError:
        raise
    except Exception:
        logger.exception("bulk.failed", extra={"job": job.pk, "ticket": item.number})
        item.state, item.why = ItemState.FAILED, _UNFORESEEN
    else:
        _note(job, item, outcome)
    item.save(update_fields=["state", "why", "changed", "comment_id"])
    return True


def _note(job: BulkJob, item: BulkItem, outcome: Outcome) -> None:
    has_done = bool(outcome.changed or outcome.comment_id or job.kind == BulkKind.UNDO)
    item.state = ItemState.DONE if has_done else ItemState.UNCHANGED
    item.why = outcome.why[:500]
    item.changed, item.comment_id = outcome.changed, outcome.comment_id


def _finish(job: BulkJob) -> bool:
    """Close a job of which nothing is left to do; another worker may still hold its last ticket."""
    if job.items.filter(state=ItemState.QUEUED).exists():
        return False
    is_failed = not job.items.exclude(state=ItemState.FAILED).exists()
    state = BulkState.FAILED if is_failed else BulkState.COMPLETED
    rows = BulkJob.objects.filter(pk=job.pk, finished_at=None)
    with transaction.atomic():
        is_ours = rows.update(state=state, finished_at=clock.now()) > 0
        if is_ours:
            outbox.post(FINISHED, {"job": job.pk})
    return is_ours
