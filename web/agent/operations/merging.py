"""Merging tickets into one: found, looked at, done, and taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Permission
from tickets import policies
from tickets.actions import MergeWords, Unmerged, merge_into, undo_merge
from tickets.errors import InvalidChange, TicketClosed, TicketNotFound
from tickets.models import MergeRecord, Ticket
from tickets.selectors.merges import MergePlan, merge_plan
from tickets.selectors.search import search_tickets
from tickets.selectors.similar import possible_duplicates
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id, as_ids
from web.agent.operations.answers import dialog, done

FOUND = 8
TEXT_LENGTH = 20_000


@require_http_methods(["GET", "POST"])
@workspace(Permission.MERGE_TICKETS)
def merge(request: SignedInRequest, number: int) -> HttpResponse:
    """Choose what to merge and which way; or, posted, merge and lead to what they became."""
    ticket = policies.visible_ticket(request.actor, number)
    error = ""
    if request.method == "POST":
        try:
            target = _merge(request, ticket)
            words = _("Merged into #%(n)d. You can undo it for 30 days.") % {"n": target.pk}
            return done(request, number, words, go=reverse("ticket", args=[target.pk]))
        except (InvalidChange, TicketClosed, TicketNotFound) as refused:
            error = str(refused)
    context = {
        "ticket": ticket, "error": error, "plan": _plan(request, ticket), "way": _way(request),
        "words": request.POST, "suggested": possible_duplicates(ticket, request.actor),
    }  # fmt: skip
    return dialog(
        request, "agent/tickets/operations/merge.html", context, status=422 if error else 200
    )


@require_GET
@workspace(Permission.MERGE_TICKETS)
def preview(request: SignedInRequest, number: int) -> HttpResponse:
    """What merging those chosen so far would do."""
    ticket = policies.visible_ticket(request.actor, number)
    context = {"ticket": ticket, "plan": _plan(request, ticket), "way": _way(request)}
    return render(request, "agent/tickets/operations/_merge_plan.html", context)


@require_GET
@workspace(Permission.MERGE_TICKETS)
def candidates(request: SignedInRequest, number: int) -> HttpResponse:
    """Unsolved or solved tickets that fit the words, for choosing."""
    ticket = policies.visible_ticket(request.actor, number)
    typed = request.GET.get("q", "").strip()
    found = search_tickets(typed, request.actor)[: FOUND * 2] if typed else []
    rows = [one for one in found if one.pk != ticket.pk and not one.is_closed][:FOUND]
    context = {
        "ticket": ticket,
        "tickets": rows,
        "typed": typed,
        "chosen": as_ids(request.GET.getlist("with")),
    }
    return render(request, "agent/tickets/operations/_merge_found.html", context)


@require_http_methods(["GET", "POST"])
@workspace(Permission.MERGE_TICKETS)
def undo(request: SignedInRequest, merge_id: int) -> HttpResponse:
    """What undoing does; or, posted, the ticket is there again."""
    record = get_object_or_404(MergeRecord.objects.select_related("source", "target"), pk=merge_id)
    source = policies.visible_ticket(request.actor, record.source_id)
    policies.visible_ticket(request.actor, record.target_id)
    error = ""
    if request.method == "POST":
        try:
            undone = undo_merge(actor=request.actor, merge_id=merge_id)
            go = reverse("ticket", args=[source.pk])
            return done(request, source.pk, words_of(undone), go=go)
        except InvalidChange as refused:
            error = str(refused)
    context = {"record": record, "ticket": source, "error": error}
    return dialog(
        request, "agent/tickets/operations/undo_merge.html", context, status=422 if error else 200
    )


def words_of(undone: Unmerged) -> str:
    """What became of it, and what was left where it is."""
    parts = [_("#%(n)d is as it was before the merge.") % {"n": undone.source.pk}]
    if undone.stayed:
        count = len(undone.stayed)
        words = ngettext(
            "%(count)d message that came in since stayed in #%(n)d.",
            "%(count)d messages that came in since stayed in #%(n)d.", count,
        )  # fmt: skip
        parts.append(words % {"count": count, "n": undone.target.pk})
    if undone.kept_ccs:
        parts.append(_("Who wrote there since, or was put into CC since, stays in CC."))
    if undone.is_told:
        parts.append(_("The requester has been told of the merge; you may want to write to them."))
    return " ".join(parts)


def _way(request: SignedInRequest) -> str:
    """ "in": the others go into this ticket; "out": this one goes into the other."""
    way = request.POST.get("way") or request.GET.get("way") or "in"
    return "out" if way == "out" else "in"


def _chosen(request: SignedInRequest) -> list[int]:
    values = request.POST if request.method == "POST" else request.GET
    typed = as_id(values.get("q", "").strip().lstrip("#"))
    return as_ids(values.getlist("with")) or ([typed] if typed else [])


def _plan(request: SignedInRequest, ticket: Ticket) -> MergePlan | None:
    chosen = _chosen(request)
    if not chosen:
        return None
    if _way(request) == "in":
        return merge_plan(request.actor, ticket, chosen)
    try:
        target = policies.visible_ticket(request.actor, chosen[0])
    except TicketNotFound:
        return None
    return merge_plan(request.actor, target, [ticket.pk])


def _merge(request: SignedInRequest, ticket: Ticket) -> Ticket:
    chosen = _chosen(request)
    words = MergeWords(
        note=request.POST.get("note", "")[:TEXT_LENGTH],
        to_requesters=request.POST.get("told", "")[:TEXT_LENGTH] if "tell" in request.POST else "",
    )
    if _way(request) == "in":
        return merge_into(
            actor=request.actor, target_id=ticket.pk, source_ids=chosen, words=words
        )  # fmt: skip
    if len(chosen) != 1:
        raise InvalidChange("target", _("Choose the one ticket that this one goes into."))
    return merge_into(
        actor=request.actor, target_id=chosen[0], source_ids=[ticket.pk], words=words
    )  # fmt: skip
