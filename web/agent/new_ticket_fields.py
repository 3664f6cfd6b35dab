"""The form choice and the custom fields of a ticket that is being opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets.models import Audience, Status, TicketForm
from tickets.selectors.forms import (
    active_fields,
    active_forms,
    fields_of_form,
    missing_fields,
    rules_for,
)
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.fields.inputs import Questions, form_inputs
from web.fields.reading import read_answers


@dataclass(frozen=True, slots=True)
class NewFields:
    """`forms` to choose among, the chosen one, its fields as they are written, and their values."""

    forms: list[TicketForm]
    form_id: int | None
    questions: Questions
    values: dict[str, Any] = field(default_factory=dict)
    has_errors: bool = False

    @property
    def has_usual_form(self) -> bool:
        """Whether a ticket without a choice gets a form all the same."""
        return any(form.is_default for form in self.forms)


@require_POST
@workspace(Permission.EDIT_TICKETS)
def show(request: SignedInRequest) -> HttpResponse:
    """The fields of another form; what was written in those that both have stays."""
    context = {"fields": fields_from(request.POST, is_sent=False)}
    return render(request, "agent/tickets/_new_fields.html", context)


def fields_from(form: QueryDict, *, is_sent: bool = True) -> NewFields:
    """What was written into the fields of the form that was chosen, with what is wrong with it.

    Before it is sent nothing is wrong yet. What solving needs is asked of a ticket that is solved.
    """
    forms = active_forms()
    form_id = _known(as_id(form.get("form", "")), forms)
    fields = active_fields() if form_id is None else fields_of_form(form_id)
    answers = read_answers(form, fields, rules_for(form_id, Audience.AGENTS))
    errors = dict(answers.errors) if is_sent else {}
    if is_sent and form.get("status") == Status.SOLVED:
        for each in missing_fields(form_id, fields, answers.values):
            errors.setdefault(str(each.pk), _("Fill this in before you solve the ticket."))
    questions = _questions(form_id, fields, answers.written, errors, answers.ask.required)
    return NewFields(forms, form_id, questions, answers.values, bool(errors))


def fresh_fields(form_id: int | None, values: dict[str, Any]) -> NewFields:
    """A page that begins: with a form and values of another ticket, or with the usual form."""
    forms = active_forms()
    usual = next((form.pk for form in forms if form.is_default), None)
    form_id = _known(form_id, forms) or usual
    fields = active_fields() if form_id is None else fields_of_form(form_id)
    return NewFields(forms, form_id, _questions(form_id, fields, values, {}, ()))


def _known(form_id: int | None, forms: list[TicketForm]) -> int | None:
    return form_id if any(form.pk == form_id for form in forms) else None


def _questions(
    form_id: int | None, fields: Any, values: Any, errors: Any, required: Any
) -> Questions:
    needed = {each.pk for each in fields if each.is_required_to_solve} | set(required)
    rules = rules_for(form_id, Audience.AGENTS)
    return form_inputs(fields, rules, values=values, errors=errors, needed_to_solve=needed)
