"""Taking words out of a whole ticket for good: of its messages, its subject, its fields."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import policies
from tickets.actions import redact_words
from tickets.errors import InvalidChange
from tickets.models import FieldType, Ticket, TicketField
from web.access import SignedInRequest, workspace
from web.agent.operations.answers import dialog, done

_TEXTS = (FieldType.TEXT, FieldType.TEXTAREA, FieldType.REGEXP)


@dataclass(frozen=True, slots=True)
class Value:
    """A field with its text, which can be chosen as a whole."""

    title: str
    text: str


@require_http_methods(["GET", "POST"])
@workspace()
def redact(request: SignedInRequest, number: int) -> HttpResponse:
    """Choose the words; then they are gone."""
    ticket = policies.visible_ticket(request.actor, number)
    if not policies.may_redact(request.actor):
        raise policies.NotPermitted(_("Redacting is for team leads and administrators."))
    texts = [text for text in request.POST.getlist("text") if text.strip()]
    error = ""
    if request.method == "POST":
        try:
            if "confirmed" not in request.POST:
                raise InvalidChange("confirmed", _("Confirm that this is to be gone for good."))
            redact_words(actor=request.actor, ticket_id=number, texts=texts)
            return done(request, number, _("The words are gone."))
        except InvalidChange as refused:
            error = str(refused)
    values = _values(ticket)
    known = {value.text for value in values}
    context = {"ticket": ticket, "values": values, "texts": texts, "error": error,
               "typed": [text for text in texts if text not in known]}  # fmt: skip
    return dialog(
        request, "agent/tickets/operations/redact.html", context, status=422 if error else 200
    )


def _values(ticket: Ticket) -> list[Value]:
    """What stands in the ticket's fields as text."""
    fields = TicketField.objects.filter(type__in=_TEXTS).order_by("position", "id")
    texts = {field.title: ticket.custom_fields.get(str(field.pk)) for field in fields}
    own = [Value(title, text) for title, text in texts.items() if isinstance(text, str) and text]
    return [*([Value(_("Subject"), ticket.subject)] if ticket.subject else []), *own]
