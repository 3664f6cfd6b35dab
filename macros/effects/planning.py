"""What checked effects come to on one ticket, in order; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from core import html, liquid
from macros.content import with_content
from macros.effects.call_bodies import call_body
from macros.effects.plan import Notice, Plan, TextChange, WebhookCall
from macros.effects.registry import InvalidEffect
from tickets.conditions import Situation
from tickets.conditions.business import schedule_of
from tickets.conditions.custom import PREFIX
from tickets.models import UNTIL_REPLY, ParticipantRole, Ticket
from tickets.schedules import next_opening

Values = Mapping[str, object]


def _filled(template: str, values: Values, *, html: bool) -> str:
    try:
        return liquid.fill(template, values, html=html)
    except liquid.BrokenText as error:
        raise InvalidEffect(str(error)) from error


def plan(effects: Sequence[dict[str, Any]], situation: Situation, values: Values) -> Plan:
    """The plan of effects that `parse_effects` has let through. Raises InvalidEffect.

    `values` fill the placeholders of texts (macros.placeholders). A later effect sees what an
    earlier one asked for: adding a tag after setting tags adds it to the set ones.
    """
    made = Plan()
    if "dc" not in values:
        values = _with_content(effects, situation, values)
    for item in effects:
        name, value = str(item["field"]), item.get("value")
        if name.startswith(PREFIX):
            key = name.removeprefix(PREFIX)
            made.fields.setdefault("custom_fields", {})[key] = value
            continue
        if name not in _PLANNERS:
            raise InvalidEffect(f"There is no action {name!r} any more.")
        _PLANNERS[name](made, value, situation, values)
    return made


def _with_content(
    effects: Sequence[Mapping[str, Any]], situation: Situation, values: Values
) -> Values:
    try:
        return with_content(effects, situation.ticket, values)
    except liquid.BrokenText as error:
        raise InvalidEffect(str(error)) from error


def _field(name: str, column: str = "") -> Callable[[Plan, Any, Situation, Values], None]:
    def put(made: Plan, value: Any, situation: Situation, values: Values) -> None:
        made.fields[column or name] = value

    return put


def _assignee(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    if value == "current_user":
        value = situation.actor.user_id if situation.actor.is_agent else None
        if value is None:
            return
    elif value == "requester":
        requester = situation.ticket.requester
        if requester.is_customer:
            return
        value = requester.pk
    made.fields["assignee_id"] = value


def _tags(change: str) -> Callable[[Plan, Any, Situation, Values], None]:
    def put(made: Plan, value: Any, situation: Situation, values: Values) -> None:
        present = list(made.fields.get("tags", situation.ticket.tags))
        if change == "set":
            present = list(value)
        elif change == "add":
            present += [tag for tag in value if tag not in present]
        else:
            present = [tag for tag in present if tag not in value]
        made.fields["tags"] = tuple(present)

    return put


def _subject(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    made.fields["subject"] = _filled(value, values, html=False)


def _participant(list_name: str, role: str) -> Callable[[Plan, Any, Situation, Values], None]:
    def put(made: Plan, value: Any, situation: Situation, values: Values) -> None:
        person = _person(value, situation)
        if person is None:
            return
        present = made.fields.get(list_name)
        if present is None:
            present = _participants(situation.ticket, role)
        made.fields[list_name] = tuple(dict.fromkeys((*present, person)))

    return put


def _participants(ticket: Ticket, role: str) -> tuple[int, ...]:
    """One query, none where a ticket's `participants` are prefetched, or it is not made yet."""
    if ticket.pk is None:
        return ()
    rows = sorted(ticket.participants.all(), key=lambda row: row.pk)
    return tuple(row.user_id for row in rows if row.role == role and row.is_accepted)


def _person(value: Any, situation: Situation) -> int | None:
    roles = {
        "requester": situation.ticket.requester_id,
        "assignee": situation.ticket.assignee_id,
        "current_user": situation.actor.user_id,
    }
    return roles.get(value) if isinstance(value, str) else int(value)


def _comment(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    made.texts.append(TextChange(_filled(value["text"], values, html=False), value["mode"]))


def _comment_html(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    text = html.sanitize(_filled(value["text"], values, html=True))
    made.texts.append(TextChange(text, value["mode"], is_html=True))


def _is_public(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    made.is_public = bool(value)


def _attachments(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    made.file_ids += value


def _notice(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    who = value["who"]
    subject, body = _rendered(value, values)
    is_role = isinstance(who, str)
    made.notices.append(
        Notice(who if is_role else "user", subject, body, user_id=None if is_role else who)
    )


def _group_notice(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    group = value["group_id"]
    group = situation.ticket.group_id if group == "current_group" else group
    if group is not None:
        subject, body = _rendered(value, values)
        made.notices.append(Notice("group", subject, body, group_id=group))


def _rendered(value: Mapping[str, Any], values: Values) -> tuple[str, str]:
    """Subject, on one line, and body."""
    subject = _filled(value["subject"], values, html=False)
    return " ".join(subject.split()), _filled(value["body"], values, html=False)


def _send_reply(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    who = value if isinstance(value, str) else "user"
    user_id = None if isinstance(value, str) else value
    made.notices.append(Notice(who=who, user_id=user_id, is_reply=True))


def _webhook(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    body = call_body(value["body"], values, _filled)
    made.webhooks.append(WebhookCall(webhook_id=value["webhook_id"], body=body))


def _offer_rating(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    made.offers_rating = True


def _snooze(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    """Until the customer replies, the house opens, or some time has passed.

    While the house is open "until it opens" is now: the ticket stays awake.
    """
    now, until = situation.now, value["until"]
    if until == "wake":
        made.fields["snoozed_until"] = None
    elif until == "reply":
        made.fields["snoozed_until"] = UNTIL_REPLY
    elif until != "opening":
        made.fields["snoozed_until"] = now + timedelta(**{until: value["amount"]})
    else:
        schedule = schedule_of(made.fields.get("schedule_id", situation.ticket.schedule_id))
        opening = next_opening(schedule, now) if schedule else now
        if opening is None:
            raise InvalidEffect("These business hours have no hour in which the house is open.")
        if opening > now:
            made.fields["snoozed_until"] = opening


def _route(made: Plan, value: Any, situation: Situation, values: Values) -> None:
    made.routes = True


_PLANNERS: dict[str, Callable[[Plan, Any, Situation, Values], None]] = {
    "status": _field("status"),
    "priority": _field("priority"),
    "type": _field("type"),
    "group_id": _field("group_id"),
    "assignee_id": _assignee,
    "set_tags": _tags("set"),
    "current_tags": _tags("add"),
    "remove_tags": _tags("remove"),
    "subject": _subject,
    "cc": _participant("cc_ids", ParticipantRole.CC),
    "follower": _participant("follower_ids", ParticipantRole.FOLLOWER),
    "comment_value": _comment,
    "comment_value_html": _comment_html,
    "comment_mode_is_public": _is_public,
    "attachments": _attachments,
    "notification_user": _notice,
    "notification_group": _group_notice,
    "send_reply": _send_reply,
    "notification_webhook": _webhook,
    "satisfaction_score": _offer_rating,
    "set_schedule": _field("set_schedule", "schedule_id"),
    "ticket_form_id": _field("ticket_form_id", "form_id"),
    "snooze": _snooze,
    "route": _route,
}
