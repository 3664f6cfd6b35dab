"""Many tickets at once: `update_many`, `destroy_many`, and the jobs that carry it out."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from api.bodies import Values, read_body
from api.doors import base_of, staff_of
from api.errors import BadParameter
from api.inputs.jobs import ManyChangesInput
from api.shapes.jobs import job_shape
from core.html import sanitize
from tickets.actions import begin_bulk
from tickets.bulk import FIELDS, BulkRequest
from tickets.errors import InvalidChange
from tickets.models import BulkJob, BulkKind
from tickets.selectors.bulk import outcomes_of, own_job, own_jobs, progress_of

MANY = 100
_EMPTIED = ("type", "priority", "subject", "status")  # texts: null empties them
_LEFT_ASIDE = ("requester", "requester_id", "collaborator_ids", "email_ccs", "followers",
               "external_id", "safe_update")  # fmt: skip


def update_many(request: Request) -> Response:
    """The same change on each of `ids`, at most 100, carried out in the background."""
    actor = staff_of(request)
    ids = _ids(request)
    values = read_body(request, "ticket", ManyChangesInput)
    job = begin_bulk(
        actor=actor, kind=BulkKind.UPDATE, ticket_ids=ids, request=_changes(values)
    )  # fmt: skip
    return _answer(request, actor, job)


def destroy_many(request: Request) -> Response:
    """Delete each of `ids`, at most 100; they can be restored."""
    actor = staff_of(request)
    job = begin_bulk(actor=actor, kind=BulkKind.DELETE, ticket_ids=_ids(request))
    return _answer(request, actor, job)


def index(request: Request) -> Response:
    """The jobs that the token's person asked for, the newest first."""
    base = base_of(request)
    shapes = [job_shape(each, [], base) for each in own_jobs(staff_of(request))]
    return Response({"job_statuses": shapes, "next_page": None, "previous_page": None})


def show(request: Request, job_id: int) -> Response:
    actor = staff_of(request)
    return _answer(request, actor, own_job(actor, job_id))


def show_many(request: Request) -> Response:
    """Those of `ids` that are the person's own."""
    actor, ids, base = staff_of(request), _ids(request), base_of(request)
    mine = [each for each in own_jobs(actor) if each.job.pk in ids]
    return Response({"job_statuses": [job_shape(e, outcomes_of(e.job), base) for e in mine]})


def _answer(request: Request, actor: Actor, job: BulkJob) -> Response:
    shape = job_shape(progress_of([job])[0], outcomes_of(job), base_of(request))
    return Response({"job_status": shape})


def _ids(request: Request) -> list[int]:
    parts = [part.strip() for part in request.query_params.get("ids", "").split(",")]
    ids = [part for part in parts if part]
    if not 0 < len(ids) <= MANY or not all(pk.isdecimal() and len(pk) < 19 for pk in ids):
        raise BadParameter(f"ids must be 1 to {MANY} numbers with commas between them.")
    return [int(pk) for pk in ids]


def _changes(values: Values) -> BulkRequest:
    """Raises InvalidChange for what differs from ticket to ticket."""
    if wrong := [name for name in _LEFT_ASIDE if values.get(name)]:
        raise InvalidChange(wrong[0], "This cannot be changed on many tickets at once.")
    fields = {name: values[name] for name in FIELDS if name in values}
    fields |= {name: fields[name] or "" for name in _EMPTIED if name in fields}
    if "custom_fields" in fields:
        fields["custom_fields"] = {str(i["id"]): i["value"] for i in fields["custom_fields"]}
    if "tags" in fields:
        fields["tags"] = tuple(fields["tags"])
    comment = values.get("comment", {})
    if comment.get("uploads"):
        raise InvalidChange("comment", "Files cannot be attached to many tickets at once.")
    return BulkRequest(
        fields=fields, add_tags=tuple(values.get("additional_tags", ())),
        remove_tags=tuple(values.get("remove_tags", ())),
        text=comment.get("body", ""), html=sanitize(comment.get("html_body", "")),
        is_public=comment.get("public", True),
    )  # fmt: skip
