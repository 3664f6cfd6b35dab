"""A ticket's history: who changed what when, narrowed to a field, a person, rules or a kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from macros.explain import RuleRef
from macros.models import RuleKind
from tickets import policies
from tickets.conditions.custom import PREFIX
from tickets.models import Audit, AuditEvent, EventType, TicketField
from tickets.selectors.history import (
    BY_RULES,
    BY_SYSTEM,
    KINDS,
    HistoryFilter,
    fields_in,
    history_of,
    people_in,
)
from web.access import SignedInRequest, workspace
from web.agent.deed_words import together_words
from web.agent.event_words import Names, names_in, value_words, words_of
from web.agent.numbers import as_id

Text = str | Promise

FIELDS: dict[str, Text] = {
    "subject": gettext_lazy("Subject"),
    "status": gettext_lazy("Status"),
    "priority": gettext_lazy("Priority"),
    "type": gettext_lazy("Type"),
    "requester_id": gettext_lazy("Requester"),
    "organization_id": gettext_lazy("Organization"),
    "group_id": gettext_lazy("Group"),
    "assignee_id": gettext_lazy("Assignee"),
    "tags": gettext_lazy("Tags"),
    "cc_ids": gettext_lazy("CC"),
    "follower_ids": gettext_lazy("Followers"),
    "problem_id": gettext_lazy("Problem"),
    "due_at": gettext_lazy("Due"),
    "form_id": gettext_lazy("Form"),
    "snoozed_until": gettext_lazy("Snooze"),
    "external_id": gettext_lazy("External id"),
    "schedule_id": gettext_lazy("Schedule"),
    "send_at": gettext_lazy("Scheduled reply"),
    "deleted": gettext_lazy("Deleted"),
}
KIND_WORDS: dict[str, Text] = {
    "change": gettext_lazy("Changes of properties"),
    "message": gettext_lazy("Messages"),
    "people": gettext_lazy("CC and followers"),
    "mail": gettext_lazy("Notifications"),
    "sla": gettext_lazy("SLA"),
    "links": gettext_lazy("Links and merges"),
    "time": gettext_lazy("Time spent"),
    "error": gettext_lazy("Errors"),
}
_VALUED = ("status", "priority", "type", "group_id", "assignee_id", "requester_id",
           "organization_id", "external_id", "subject")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing of a submit: a field with before and after, or words. `rule` names who did it."""

    label: str = ""
    before: str = ""
    after: str = ""
    words: str = ""
    rule: str = ""
    is_first: bool = False  # what the ticket began with


@dataclass(frozen=True, slots=True)
class Row:
    audit: Audit
    who: str
    changes: list[Changed]
    together: str = ""

    @property
    def at(self) -> datetime:
        return self.audit.created_at


@require_GET
@workspace()
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """A page of the history; a constant number of queries."""
    ticket = policies.visible_ticket(request.actor, number)
    asked = asked_from(request.GET)
    history = history_of(ticket, request.actor, asked, cursor=request.GET.get("cursor", ""))
    fields = list(TicketField.objects.order_by("position", "id"))
    events = [event for audit in history.audits for event in audit.events.all()]
    names = names_in(events, fields, with_first=True)
    titles = {f"{PREFIX}{field.pk}": field.title for field in fields}
    context = {
        "ticket": ticket, "page": history.page, "asked": asked,
        "rows": [row for audit in history.audits if (row := _row(audit, names, titles)).changes],
        "fields": _choices(ticket, titles), "people": people_in(ticket),
        "kinds": KIND_WORDS.items(),
    }  # fmt: skip
    return render(request, "agent/tickets/operations/history.html", context)


def asked_from(query: QueryDict) -> HistoryFilter:
    """The filter of an address; what is unknown narrows nothing (attack 30)."""
    field, who, kind = query.get("field", ""), query.get("who", ""), query.get("kind", "")
    is_own = field.startswith(PREFIX) and as_id(field.removeprefix(PREFIX)) is not None
    return HistoryFilter(
        field=field if field in FIELDS or is_own else "",
        who=who if who in (BY_RULES, BY_SYSTEM) else as_id(who) or "",
        kind=kind if kind in KINDS else "",
    )


def _choices(ticket: Any, titles: dict[str, str]) -> list[tuple[str, str]]:
    """The fields that were ever changed on the ticket, with their names."""
    known = {name: str(words) for name, words in FIELDS.items()} | titles
    return sorted(
        ((name, known[name]) for name in fields_in(ticket) if name in known),
        key=lambda choice: choice[1].casefold(),
    )


def _row(audit: Audit, names: Names, titles: dict[str, str]) -> Row:
    own = _rule(audit.cause)
    who = own or (str(audit.author) if audit.author else _("The system"))
    changes = []
    for event in audit.events.all():
        changed = _changed(event, names, titles)
        if changed.words or changed.label:
            changes.append(changed)
    return Row(audit, who, changes, together_words(audit))


def _changed(event: AuditEvent, names: Names, titles: dict[str, str]) -> Changed:
    rule, name = _rule(event.cause), event.field_name
    if event.type in (EventType.CHANGE, EventType.CREATE) and (name in _VALUED or name in titles):
        before, after = (value_words(name, value, names) for value in _both(event))
        label, is_first = str(FIELDS.get(name) or titles[name]), event.type == EventType.CREATE
        return Changed(label, before, after, rule=rule, is_first=is_first)
    if event.type == EventType.COMMENT:
        is_public = (event.value or {}).get("is_public")
        return Changed(words=_("wrote a public message") if is_public else _("wrote a note"),
                       rule=rule)  # fmt: skip
    return Changed(words=", ".join(words_of([event], names)), rule=rule)


def _both(event: AuditEvent) -> tuple[Any, Any]:
    return event.previous_value, event.value


def _rule(cause: dict[str, Any]) -> str:
    rule = RuleRef.of(cause)
    return rule.words if rule and rule.kind != RuleKind.MACRO else ""
