"""What customers are asked besides subject and message: the fields of a ticket form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from tickets.models import Audience, TicketForm
from tickets.selectors.forms import customer_fields, rules_for
from web.fields.inputs import Questions, form_inputs
from web.fields.reading import Answers, read_answers


@dataclass(frozen=True, slots=True)
class Asking:
    """The fields to fill in, and what was answered so far."""

    questions: Questions
    answers: Answers


def chosen_form(values: QueryDict, offered: Sequence[TicketForm]) -> TicketForm | None:
    """The form that an address or a posted request names; the only one where there is one."""
    named = next((form for form in offered if str(form.pk) == values.get("form")), None)
    return named or (offered[0] if len(offered) == 1 else None)


def ask_customers(
    form: TicketForm | None, sent: QueryDict | None, *, has_fields: bool = True
) -> Asking:
    """The fields of a form (of none: all that customers see); `sent` is None before it is sent."""
    fields = customer_fields(form) if has_fields else []
    rules = rules_for(form.pk if form else None, Audience.CUSTOMERS)
    answers = read_answers(sent or QueryDict(), fields, rules, requires=sent is not None)
    always = {field.pk for field in fields if field.is_required_of_customers}
    questions = form_inputs(
        fields, rules, values=answers.written, errors=answers.errors,
        required=always | answers.ask.required,
    )  # fmt: skip
    return Asking(questions, answers)
