"""The placeholders of texts, with what each stands for, in the order of their importance."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from macros.models import DynamicContent
from macros.values import FIELD
from tickets.models import TicketField

TEXTS_LIMIT = 200  # of dynamic content in the list

_MEANINGS: dict[str, str | Promise] = {
    "ticket.id": _("the ticket's number"),
    "ticket.title": _("its subject"),
    "ticket.url": _("its address for the customer"),
    "ticket.agent_url": _("its address for agents"),
    "ticket.latest_public_comment": _("the latest public message"),
    "ticket.status": _("its status"),
    "ticket.priority": _("its priority"),
    "ticket.ticket_type": _("its type"),
    "ticket.tags": _("its tags"),
    "ticket.created_at": _("when it was made"),
    "ticket.group.name": _("its group"),
    "ticket.organization.name": _("the requester's organization"),
    "ticket.requester.name": _("the requester's name"),
    "ticket.requester.first_name": _("the requester's first name"),
    "ticket.requester.email": _("the requester's address"),
    "ticket.assignee.name": _("the assignee's name"),
    "ticket.assignee.first_name": _("the assignee's first name"),
    "ticket.assignee.email": _("the assignee's address"),
    "current_user.name": _("who makes the change"),
    "current_user.signature": _("their signature"),
    "satisfaction.rating_url": _("where the answer is rated"),
    "site.name": _("the help desk's name"),
    "site.url": _("the help desk's address"),
}


def placeholders(*, with_dynamic: bool = False) -> list[tuple[str, str]]:
    """`{{ticket.id}}` and its meaning, for the list to insert from; custom fields too.

    With `with_dynamic` the texts in several languages, which cannot name each other.
    """
    fields = TicketField.objects.filter(is_active=True).order_by("position", "id")
    own = {f"ticket.{FIELD}{pk}": title for pk, title in fields.values_list("pk", "title")}
    texts = DynamicContent.objects.order_by("name", "id").values_list("placeholder", "name")
    named = {f"dc.{name}": words for name, words in texts[:TEXTS_LIMIT]} if with_dynamic else {}
    return [
        (f"{{{{{name}}}}}", str(meaning))
        for name, meaning in [*_MEANINGS.items(), *own.items(), *named.items()]
    ]
