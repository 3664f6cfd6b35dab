"""Is this value one a ticket can take? Pure but for the field definitions and the audit trail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from accounts.actor import Actor
from accounts.models import Group, Organization, User
from tickets import policies
from tickets.drafts import CommentDraft
from tickets.errors import (
    ChangedMeanwhile,
    ConflictingChange,
    InvalidChange,
    WrittenMeanwhile,
)
from tickets.field_values import clean_value
from tickets.models import (
    AuditEvent,
    EventType,
    Priority,
    Schedule,
    Status,
    Ticket,
    TicketField,
    TicketForm,
    TicketType,
)

SUBJECT_LENGTH = 998
TAG_LENGTH = 80
TAG_LIMIT = 100
_CHOICES = {"status": Status, "type": TicketType, "priority": Priority}
DUE_YEARS = range(1970, 2201)  # what is reckoned with dates must not leave the calendar
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def check_choices(**values: str) -> None:
    """Raise InvalidChange for a status, type or priority that does not exist."""
    for name, value in values.items():
        known = _CHOICES[name].values
        if value not in known and not (value == "" and name != "status"):
            raise InvalidChange(name, f"{value!r} is not a {name}. Use one of: {', '.join(known)}.")


def check_transition(ticket: Ticket, given: dict[str, Any]) -> None:
    """`new` never comes back; a task needs its type for a due date, an incident for a problem."""
    if given.get("status") == Status.NEW and ticket.status != Status.NEW:
        raise InvalidChange("status", "A ticket that has been worked on cannot be new again.")
    kind = given.get("type", ticket.type)
    check_kind(kind, due_at=given.get("due_at"), problem_id=given.get("problem_id"))
    if (external_id := given.get("external_id")) and external_id != ticket.external_id:
        check_external_ids([external_id])


def check_kind(kind: str, *, due_at: datetime | None, problem_id: int | None) -> None:
    """Raise InvalidChange for a due date or a problem on a ticket of another type."""
    if due_at and due_at.year not in DUE_YEARS:
        first, last = DUE_YEARS[0], DUE_YEARS[-1]
        raise InvalidChange("due_at", f"Choose a due date in the years from {first} to {last}.")
    if due_at and kind != TicketType.TASK:
        raise InvalidChange("due_at", "Only tasks have a due date. Set the type to task first.")
    if problem_id and kind != TicketType.INCIDENT:
        raise InvalidChange("problem_id", "Only incidents can be linked to a problem.")


def check_seen(ticket: Ticket, actor: Actor, comment: CommentDraft | None) -> None:
    """Raise WrittenMeanwhile when others wrote since the writer of a comment read the ticket."""
    if comment is None or comment.seen_comment_id is None:
        return
    later = ticket.comments.written_after(comment.seen_comment_id, by_others_than=actor.user_id)
    if ids := list(later.order_by("id").values_list("pk", flat=True)):
        raise WrittenMeanwhile(ids)


def check_external_ids(external_ids: Sequence[str]) -> None:
    """Raise InvalidChange when another ticket has one of these already."""
    if external_ids and Ticket.objects.filter(external_id__in=external_ids).exists():
        raise InvalidChange("external_id", "Another ticket has this external id already.")


def check_references(
    actor: Actor, given: Sequence[Mapping[str, Any]], *, by_rule: bool = False
) -> None:
    """Raise InvalidChange for an id that leads nowhere, or to a ticket the actor may not see.

    A query for each kind of reference that is named at all, however many submits there are: the
    database would say the same only at the commit. The system's own parts name what they have read;
    a rule may name what was deleted after it was written.
    """
    if actor.is_system and not by_rule:
        return
    for names, model in _REFERENCES:
        wanted = {pk: name for name in names for values in given for pk in _ids(values.get(name))}
        if not wanted:
            continue
        known = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        for pk, name in wanted.items():
            if pk not in known:
                raise InvalidChange(name, f"There is no {model._meta.verbose_name} {pk}.")
    _check_linked_tickets(actor, given)


def _check_linked_tickets(actor: Actor, given: Sequence[Mapping[str, Any]]) -> None:
    problems = {pk for values in given for pk in _ids(values.get("problem_id"))}
    sources = {pk for values in given for pk in _ids(values.get("followup_source_id"))}
    if not problems | sources:
        return
    visible = policies.visible_tickets(actor).filter(pk__in=problems | sources)
    seen = {ticket.pk: ticket for ticket in visible.only("type", "status")}
    for pk in problems:
        if pk not in seen or seen[pk].type != TicketType.PROBLEM:
            raise InvalidChange("problem_id", f"Ticket {pk} is not a problem.")
    for pk in sources:
        if pk not in seen or not seen[pk].is_closed:
            raise InvalidChange("followup_source_id", f"Ticket {pk} is not a closed ticket.")


_REFERENCES: tuple[tuple[tuple[str, ...], type[Model]], ...] = (
    (("group_id",), Group),
    (("organization_id",), Organization),
    (("schedule_id",), Schedule),
    (("form_id",), TicketForm),
    (("requester_id", "submitter_id", "cc_ids", "follower_ids"), User),
)


def _ids(value: int | Sequence[int] | None) -> Sequence[int]:
    if value is None:
        return ()
    return (value,) if isinstance(value, int) else value


def check_version(ticket: Ticket, expected: int | None, given: dict[str, Any]) -> None:
    """Raise ConflictingChange when a field in `given` was changed since version `expected`.

    Changes to other fields are no conflict: two people may work on one ticket.
    """
    if expected is None or expected >= ticket.version:
        return
    since = ticket.version - expected
    # Every submit makes one audit and one version, so the last `since` audits are what was missed.
    audits = ticket.audits.order_by("-created_at", "-id").values_list("id", flat=True)[:since]
    events = (
        AuditEvent.objects.filter(audit_id__in=list(audits), type=EventType.CHANGE)
        .select_related("audit__author")
        .order_by("id")
    )
    meanwhile = [
        ChangedMeanwhile(
            author=str(event.audit.author or "The system"), field=event.field_name,
            previous=event.previous_value, value=event.value,
        )
        for event in events
        if _is_same_field(event.field_name, given)
        and event.value != plain(given.get(event.field_name))
    ]  # fmt: skip
    if meanwhile:
        raise ConflictingChange(ticket.version, meanwhile)


def _is_same_field(name: str, given: dict[str, Any]) -> bool:
    if name.startswith("custom_fields_"):
        return name.removeprefix("custom_fields_") in (given.get("custom_fields") or {})
    return name in given


def clean_subject(subject: str) -> str:
    """One line without control characters, at most 998 letters (attack 46)."""
    return _CONTROL.sub(" ", subject).strip()[:SUBJECT_LENGTH]


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Lower case, blanks as underscores, no doubles, order kept. Raises InvalidChange past 100."""
    clean = (re.sub(r"[\s,;\x00]+", "_", tag.strip().lower()).strip("_") for tag in tags)
    unique = list(dict.fromkeys(tag[:TAG_LENGTH] for tag in clean if tag))
    if len(unique) > TAG_LIMIT:
        raise InvalidChange("tags", f"A ticket can have at most {TAG_LIMIT} tags.")
    return unique


def clean_custom_fields(values: dict[str, Any]) -> dict[str, Any]:
    """Values by field id (as text), each checked against its field. Raises InvalidChange."""
    if not values:
        return {}
    fields = {str(f.pk): f for f in TicketField.objects.filter(pk__in=_as_ids(values))}
    return {key: _clean(fields.get(str(key)), key, value) for key, value in values.items()}


def _clean(field: TicketField | None, key: str, value: Any) -> Any:
    if field is None:
        raise InvalidChange(f"custom_fields_{key}", f"There is no ticket field {key}.")
    return clean_value(field, value)


def _as_ids(values: dict[str, Any]) -> list[int]:
    return [int(key) for key in values if str(key).isdecimal()]


def plain(value: Any) -> Any:
    """A column's value as it stands in an event's JSON."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
