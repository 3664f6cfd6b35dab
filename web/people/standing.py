"""Suspending a customer, and letting them in again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import lift_suspension, suspend_user
from accounts.roles import Permission
from web.access import SignedInRequest, workspace
from web.people.access import person_for
from web.people.editing import profile_answer


@require_POST
@workspace(Permission.EDIT_PEOPLE)
def suspend(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = person_for(request.actor, person_id)
    reason = request.POST.get("reason", "")
    suspend_user(actor=request.actor, user_id=person.pk, reason=reason)
    if not request.htmx:
        messages.success(request, _("%(name)s is suspended") % {"name": person.display_name})
    return profile_answer(request, person_id)


@require_POST
@workspace(Permission.EDIT_PEOPLE)
def release(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = person_for(request.actor, person_id)
    lift_suspension(actor=request.actor, user_id=person.pk)
    return profile_answer(request, person_id)
