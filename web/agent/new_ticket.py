"""Opening a ticket for a customer."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import find_or_create_customers
from accounts.roles import Permission
from accounts.selectors import search_users
from accounts.teams import teams
from macros.actions import create_with_macros
from tickets import policies
from tickets.actions import discard_reply_draft
from tickets.draft_places import FOLLOW_UP, REPLY
from tickets.drafts import TicketDraft
from tickets.errors import InvalidChange
from tickets.models import Comment, Priority, Status, Ticket, TicketType
from tickets.selectors.drafts import my_draft
from web.access import SignedInRequest, workspace
from web.agent.applied import applied_in
from web.agent.comments import comment_from
from web.agent.new_ticket_fields import NewFields, fields_from, fresh_fields
from web.agent.numbers import as_id
from web.agent.property_changes import assignment_from
from web.agent.recipients import addresses_from, cc_ids_of
from web.agent.ticket_page import SUBMIT_STATUSES
from web.composer.drafts import shape
from web.composer.parts import urls_of_new


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_TICKETS)
def create(request: SignedInRequest) -> HttpResponse:
    """The form, and what comes of it; a mistake brings the form back with everything in it."""
    if request.method == "GET":
        return _form(request, _prefilled(request))
    try:
        fields = fields_from(request.POST)
        if fields.has_errors:
            return _form(request, _sent(request), fields=fields, status=422)
        draft = _draft(request, fields)
        if (twin := _made_before(draft)) is not None:
            return redirect("ticket", twin.pk)
        with transaction.atomic():
            ticket = create_with_macros(
                actor=request.actor, draft=draft, applied=applied_in(request.POST.getlist("macro"))
            )
            source_id = draft.followup_source_id
            discard_reply_draft(actor=request.actor, ticket_id=source_id, place=_place(source_id))
    except InvalidChange as error:
        return _form(request, _sent(request), fields=fields, error=error, status=422)
    except IntegrityError:
        if (twin := _made_before(draft)) is None:
            raise
        return redirect("ticket", twin.pk)
    messages.success(request, _("Ticket #%(number)s was created") % {"number": ticket.pk})
    return redirect("ticket", ticket.pk)


def _sent(request: SignedInRequest) -> dict[str, Any]:
    """What was written, for the page that brings it back."""
    return {**request.POST.dict(), "ccs": [*request.POST.getlist("cc"), _typed(request)]}


def _draft(request: SignedInRequest, fields: NewFields) -> TicketDraft:
    comment = comment_from(request)
    if comment is None:
        raise InvalidChange("body", _("Write the first message."))
    subject = request.POST.get("subject", "").strip()
    if not subject:
        raise InvalidChange("subject", _("Write a subject: it is what people see in every list."))
    assignment = assignment_from(request.POST.get("assignment", ""))
    usual = Status.NEW if assignment.assignee_id is None else Status.OPEN
    return TicketDraft(
        subject=subject,
        comment=comment,
        requester_id=requester_id_from(request),
        submitter_id=request.actor.user_id,
        status=request.POST.get("status") or usual,
        type=request.POST.get("type", ""),
        priority=request.POST.get("priority", ""),
        tags=tuple(request.POST.get("tags", "").replace(",", " ").split()),
        followup_source_id=_followed_id(request),
        cc_ids=cc_ids_of(addresses_from([*request.POST.getlist("cc"), _typed(request)])),
        group_id=assignment.group_id,
        assignee_id=assignment.assignee_id,
        form_id=fields.form_id,
        custom_fields=fields.values,
    )


def _typed(request: SignedInRequest) -> str:
    return request.POST.get("cc_typed", "")


def _followed_id(request: SignedInRequest) -> int | None:
    """The ticket this one follows. Raises TicketNotFound when the person may not see it."""
    number = as_id(request.POST.get("followup", ""))
    return policies.visible_ticket(request.actor, number).pk if number is not None else None


def requester_id_from(request: SignedInRequest) -> int:
    """The person with this address, made when unknown; or the only one of this name."""
    text = request.POST.get("requester", "").strip()
    name = request.POST.get("requester_name", "").strip()[:200]
    try:
        validate_email(text)
    except ValidationError as error:
        matches = list(search_users(text, request.actor)[:2])
        if len(matches) == 1:
            return matches[0].pk
        raise InvalidChange(
            "requester", _("Write the customer's e-mail address, or choose a person from the list.")
        ) from error
    return find_or_create_customers(names_by_email={text.lower(): name})[text.lower()].pk


def _made_before(draft: TicketDraft) -> Ticket | None:
    """The ticket of the same form sent twice."""
    if draft.comment.digest is None:
        return None
    comment = Comment.objects.filter(digest=draft.comment.digest).select_related("ticket").first()
    return comment.ticket if comment else None


def _prefilled(request: SignedInRequest) -> dict[str, Any]:
    """A follow-up begins with its source's requester and subject, a customer's with themselves."""
    number = as_id(request.GET.get("followup", ""))
    if number is None:
        return {"requester": request.GET.get("requester", "")[:254]}
    source = policies.visible_ticket(request.actor, number)
    return {
        "followup": str(source.pk),
        "requester": source.requester.email or source.requester.display_name,
        "subject": source.subject,
        "tags": " ".join(source.tags),
        "form_id": source.form_id,
        "custom_fields": source.custom_fields,
    }


def _kept_draft(request: SignedInRequest, values: dict[str, Any]) -> dict[str, str]:
    """Where the form's draft lies, and what is in it; what comes back with a mistake is newer."""
    source_id = as_id(str(values.get("followup") or ""))
    place = _place(source_id)
    url = reverse("composer:draft")
    if source_id:
        url = reverse("composer:draft_at", args=[source_id, place])
    begun = None if values.get("body") else shape(my_draft(request.actor, source_id, place))
    return {"draft_url": url, "draft_json": json.dumps(begun)}


def _place(source_id: int | None) -> str:
    """Where the draft lies: a follow-up's is kept with the ticket that it follows."""
    return FOLLOW_UP if source_id else REPLY


def _form(
    request: SignedInRequest,
    values: dict[str, Any],
    *,
    fields: NewFields | None = None,
    error: InvalidChange | None = None,
    status: int = 200,
) -> HttpResponse:
    if fields is None:
        fields = fresh_fields(values.get("form_id"), values.get("custom_fields", {}))
    context = {
        "composer_urls": urls_of_new(values),
        **_kept_draft(request, values),
        "values": values,
        "error": error,
        "beside": ("requester", "subject"),
        "fields": fields,
        "teams": teams(),
        "priorities": Priority.choices,
        "types": TicketType.choices,
        "statuses": SUBMIT_STATUSES,
    }
    return render(request, "agent/tickets/new.html", context, status=status)
