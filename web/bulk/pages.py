"""Changing many tickets at once: the forms, the jobs, how far they are, taking them back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import NotPermitted
from accounts.models import Group, User
from accounts.roles import Permission
from accounts.teams import teams
from macros.errors import RuleGone
from macros.models import Macro
from macros.selectors.macros import LIMIT, categories_of, usable_macros
from tickets import policies
from tickets.actions import begin_bulk, stop_bulk, undo_bulk
from tickets.bulk import LIMIT as MOST
from tickets.bulk import BulkRequest
from tickets.errors import InvalidChange, TicketNotFound, TooManyJobs
from tickets.models import BulkJob, BulkKind, Priority, Status, TicketField, TicketType
from tickets.selectors.bulk import SHOWN, Progress, items_of, own_job, own_jobs, progress_of
from web.access import SignedInRequest, workspace
from web.bulk.inputs import KEEP, KINDS, ids_in, request_in
from web.bulk.words import headline_of, steps_of, title_of

SHOWN_IN_MERGE = 20
STATUSES = [(value, Status(value).label) for value in ("open", "pending", "hold", "solved")]


@require_http_methods(["GET", "POST"])
@workspace(Permission.COMMENT_INTERNALLY)
def index(request: SignedInRequest) -> HttpResponse:
    """Own jobs; a POST begins one (`what`, `ids` and what the form of `what` asks for)."""
    if request.method == "POST":
        return _begin(request)
    jobs = [(each, title_of(each.job), headline_of(each)) for each in own_jobs(request.actor)]
    return render(request, "agent/bulk/index.html", {"jobs": jobs})


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def form(request: SignedInRequest, what: str) -> HttpResponse:
    """The form that asks what is to become of the chosen tickets (`?ids=`), for a dialog."""
    if what not in KINDS:
        raise Http404
    ids = ids_in(request.GET)
    context = {
        "what": what,
        "count": len(ids),
        "most": MOST,
        "keep": KEEP,
        **_offers(request, what),
    }
    if what == "merge":
        shown = policies.visible_tickets(request.actor).filter(pk__in=ids[:SHOWN_IN_MERGE])
        context["tickets"] = shown.select_related("requester").order_by("id")
    return render(request, "agent/bulk/_form.html", context)


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def show(request: SignedInRequest, job_id: int) -> HttpResponse:
    """How far a job is, and what became of each ticket."""
    job = own_job(request.actor, job_id)
    context = {
        **_facts(progress_of([job])[0]), "steps": steps_of(job, _names(job)),
        "items": items_of(job, request.actor), "shown": SHOWN,
    }  # fmt: skip
    return render(request, "agent/bulk/show.html", context)


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def pill(request: SignedInRequest, job_id: int) -> HttpResponse:
    """The same in a line, for the foot of every page."""
    job = own_job(request.actor, job_id)
    return render(request, "agent/bulk/_pill.html", _facts(progress_of([job])[0]))


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def undo(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Take a job back, as a job of its own."""
    try:
        job = undo_bulk(actor=request.actor, job_id=job_id)
    except (InvalidChange, TooManyJobs) as error:
        return JsonResponse({"error": str(error)}, status=409)
    return _began(request, job)


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def stop(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Leave alone what has not had its turn."""
    stop_bulk(actor=request.actor, job_id=job_id)
    return redirect("bulk:show", job_id)


def _begin(request: SignedInRequest) -> HttpResponse:
    what = request.POST.get("what", "")
    status = 422
    try:
        if what not in KINDS:
            raise InvalidChange("what", "There is no such change.")
        job = begin_bulk(
            actor=request.actor, kind=KINDS[what], ticket_ids=ids_in(request.POST),
            request=request_in(request, what),
        )  # fmt: skip
        return _began(request, job)
    except TooManyJobs as error:
        message, status = str(error), 409
    except NotPermitted as error:
        message, status = str(error), 403
    except (InvalidChange, RuleGone, TicketNotFound) as error:
        message = str(error)
    return JsonResponse({"error": message}, status=status)


def _began(request: SignedInRequest, job: BulkJob) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"job": job.pk, "url": reverse("bulk:show", args=[job.pk])}, status=201)
    return redirect("bulk:show", job.pk)


def _offers(request: SignedInRequest, what: str) -> dict[str, Any]:
    """What there is to choose from in a form."""
    match what:
        case "edit":
            fields = TicketField.objects.filter(is_active=True).order_by("position", "id")
            return {
                "statuses": STATUSES, "priorities": Priority.choices, "types": TicketType.choices,
                "teams": teams(), "fields": list(fields), "me": _own_seat(request),
                "focus": request.GET.get("focus", ""),
            }  # fmt: skip
        case "reply":
            may_reply = request.actor.can(Permission.REPLY_PUBLICLY)
            return {"statuses": STATUSES, "may_reply": may_reply}
        case "macro":
            return {"categories": categories_of(list(usable_macros(request.actor)[:LIMIT]))}
    return {}


def _own_seat(request: SignedInRequest) -> str:
    """The reader in one of their groups, as the assignee list writes it; empty for none."""
    mine = min(request.actor.group_ids, default=None)
    return f"{mine}/{request.actor.user_id}" if mine else ""


def _facts(progress: Progress) -> dict[str, Any]:
    job = progress.job
    undone_by = getattr(job, "undone_by", None)
    return {
        "job": job, "progress": progress, "title": title_of(job), "undone_by": undone_by,
        "headline": headline_of(progress),
        "may_undo": job.is_finished and job.kind != BulkKind.UNDO
        and progress.done > 0 and undone_by is None,
    }  # fmt: skip


def _names(job: BulkJob) -> dict[str, dict[int, str]]:
    """Of what the job's request names: at most four queries."""
    fields = BulkRequest.from_json(job.request).fields
    wanted: dict[str, tuple[Any, str, list[Any]]] = {
        "groups": (Group.objects, "name", [fields.get("group_id")]),
        "people": (User.objects, "name", [fields.get("assignee_id")]),
        "macros": (Macro.objects, "title", [job.request.get("macro_id")]),
        "fields": (TicketField.objects, "title", list(fields.get("custom_fields", ()))),
    }
    found = {}
    for name, (rows, column, ids) in wanted.items():
        known = [pk for pk in ids if pk]
        found[name] = dict(rows.filter(pk__in=known).values_list("pk", column)) if known else {}
    return found
