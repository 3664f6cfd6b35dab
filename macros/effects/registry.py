"""Every effect a rule may have, where it may be used and what values it takes (allowlist)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Group, User
from core import liquid
from core.text import storable
from macros.models import Webhook
from tickets.actions.checks import clean_custom_fields
from tickets.conditions.custom import PREFIX
from tickets.conditions.grammar import shown
from tickets.errors import InvalidChange, TicketError
from tickets.models import Priority, Schedule, Status, TicketField, TicketForm, TicketType

EFFECTS_LIMIT = 50
TEXT_LIMIT = liquid.TEMPLATE_LENGTH
TAGS_LIMIT = 100
FILES_LIMIT = 10


class InvalidEffect(TicketError):
    """An effect that cannot be carried out; the message says which and what would be right."""


class Shape(Enum):
    """What the value of an effect looks like, for the builder and for checking it."""

    CHOICE = "choice"
    GROUP = "group"
    AGENT = "agent"  # an id, current_user, or empty for nobody
    SCHEDULE = "schedule"
    FORM = "form"
    SNOOZE = "snooze"  # {"until": reply|opening|hours|days|wake, "amount": a number or None}
    PEOPLE = "people"  # one id, or a role's name
    TAGS = "tags"
    TEXT = "text"  # Liquid
    COMMENT = "comment"  # {"mode": set|append|prepend, "text": Liquid}
    NOTICE = "notice"  # {"who", "subject", "body"}
    GROUP_NOTICE = "group_notice"  # {"group_id", "subject", "body"}
    WEBHOOK = "webhook"  # {"webhook_id", "body"}
    FLAG = "flag"
    FILES = "files"  # ids of the macro's files
    CUSTOM = "custom"  # as the custom field is
    NONE = "none"


AMOUNTS = {"hours": 24 * 365, "days": 365}  # of a snooze, at most

TRIGGERS = frozenset({"trigger"})
RULES = frozenset({"trigger", "automation"})
MACROS = frozenset({"macro"})
ALL = RULES | MACROS


@dataclass(frozen=True, slots=True)
class Effect:
    """`name` is Zendesk's, `kinds` the rules it is for; `elsewhere` says why not in others."""

    name: str
    label: str | Promise
    shape: Shape
    kinds: frozenset[str] = ALL
    choices: tuple[str, ...] = ()
    elsewhere: str = ""


_EFFECTS = (
    Effect("status", _("Status"), Shape.CHOICE,
           choices=tuple(s for s in Status.values if s != Status.NEW)),
    Effect("priority", _("Priority"), Shape.CHOICE, choices=("", *Priority.values)),
    Effect("type", _("Type"), Shape.CHOICE, choices=("", *TicketType.values)),
    Effect("group_id", _("Group"), Shape.GROUP),
    Effect("assignee_id", _("Assignee"), Shape.AGENT),
    Effect("set_tags", _("Set tags"), Shape.TAGS),
    Effect("current_tags", _("Add tags"), Shape.TAGS),
    Effect("remove_tags", _("Remove tags"), Shape.TAGS),
    Effect("subject", _("Subject"), Shape.TEXT),
    Effect("cc", _("Add CC"), Shape.PEOPLE),
    Effect("follower", _("Add follower"), Shape.PEOPLE),
    Effect("comment_value", _("Comment"), Shape.COMMENT),
    Effect("comment_value_html", _("Comment (rich text)"), Shape.COMMENT),
    Effect("comment_mode_is_public", _("Comment is public"), Shape.FLAG),
    Effect("attachments", _("Attach files"), Shape.FILES, MACROS),
    Effect("notification_user", _("Notify by mail"), Shape.NOTICE, RULES),
    Effect("notification_group", _("Notify a group by mail"), Shape.GROUP_NOTICE, RULES),
    Effect("send_reply", _("Send the public comment"), Shape.PEOPLE, TRIGGERS,
           elsewhere="Only a trigger has a comment to send; notify people by mail instead."),
    Effect("notification_webhook", _("Call a webhook"), Shape.WEBHOOK, RULES),
    Effect("satisfaction_score", _("Offer a satisfaction rating"), Shape.NONE, RULES),
    Effect("set_schedule", _("Set the schedule"), Shape.SCHEDULE, RULES),
    Effect("ticket_form_id", _("Form"), Shape.FORM),
    Effect("snooze", _("Snooze"), Shape.SNOOZE, choices=("reply", "opening", *AMOUNTS, "wake")),
    Effect("route", _("Assign by routing"), Shape.NONE, RULES),
)  # fmt: skip
EFFECTS = {effect.name: effect for effect in _EFFECTS}

NOTICE_ROLES = (
    "requester", "requester_and_ccs", "assignee", "current_user", "followers",
)  # fmt: skip


SINGLE_ROLES = ("requester", "assignee", "current_user")


def effect_named(name: str) -> Effect | None:
    """An effect by name; `custom_fields_<id>` for each custom field that exists."""
    if not name.startswith(PREFIX):
        return EFFECTS.get(name)
    key = name.removeprefix(PREFIX)
    found = _id_in(key)
    row = TicketField.objects.filter(pk=found).first() if found is not None else None
    return Effect(name, row.title, Shape.CUSTOM) if row else None


def _id_in(value: Any) -> int | None:
    """A database id (at most 18 digits, so that it always fits), or None for anything else."""
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def parse_effects(raw: Any, kind: str) -> list[dict[str, Any]]:
    """Effects as they come from JSON, checked. Raises InvalidEffect with a sentence.

    Whatever an effect names has to exist now; when it is deleted later, the rule is marked.
    """
    if not isinstance(raw, list) or len(raw) > EFFECTS_LIMIT:
        raise InvalidEffect(f"A rule has a list of at most {EFFECTS_LIMIT} actions.")
    return [_parse_one(item, kind) for item in raw]


def _parse_one(item: Any, kind: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise InvalidEffect("An action must be an object with field and value.")
    effect = effect_named(str(item.get("field")))
    if effect is None or kind not in effect.kinds:
        why = f" {effect.elsewhere}" if effect and effect.elsewhere else ""
        raise InvalidEffect(f"There is no action {shown(item.get('field'))} here.{why}")
    return {"field": effect.name, "value": _CHECKS[effect.shape](effect, item.get("value"))}


def _choice(effect: Effect, value: Any) -> str:
    value = "" if value is None else value
    if value not in effect.choices:
        allowed = ", ".join(choice or "(empty)" for choice in effect.choices)
        raise InvalidEffect(f"{effect.label} can be {allowed}, not {shown(value)}.")
    return str(value)


def _existing(model: Any, what: str) -> Callable[[Effect, Any], int | None]:
    def check(effect: Effect, value: Any) -> int | None:
        if value in ("", None):
            return None
        found = _id_in(value)
        if found is None or not model.filter(pk=found).exists():
            raise InvalidEffect(f"{effect.label}: choose {what} from the list.")
        return found

    return check


def _agent(effect: Effect, value: Any) -> int | str | None:
    if value in ("current_user", "requester"):
        return str(value)
    return _existing(User.objects.assignable(), "an agent")(effect, value)


def _people(effect: Effect, value: Any) -> int | str:
    if value in (SINGLE_ROLES if effect.name in ("cc", "follower") else NOTICE_ROLES):
        return str(value)
    found = _existing(User.objects, "a person")(effect, value)
    if found is None:
        raise InvalidEffect(f"{effect.label}: choose a person.")
    return found


def _tags(effect: Effect, value: Any) -> list[str]:
    tags = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise InvalidEffect(f"{effect.label} needs one or more tags.")
    if effect.name != "set_tags" and not tags:
        raise InvalidEffect(f"{effect.label} needs one or more tags.")
    if len(tags) > TAGS_LIMIT:
        raise InvalidEffect(f"{effect.label}: at most {TAGS_LIMIT} tags.")
    return [storable(tag).lower()[:80] for tag in tags]


def _text(effect: Effect, value: Any) -> str:
    clean = storable(value) if isinstance(value, str) else ""
    if not clean.strip() or len(clean) > TEXT_LIMIT:
        raise InvalidEffect(f"{effect.label} needs a text of at most {TEXT_LIMIT:,} letters.")
    return clean


def _comment(effect: Effect, value: Any) -> dict[str, str]:
    value = {"mode": "append", "text": value} if isinstance(value, str) else value
    if not isinstance(value, dict) or value.get("mode", "append") not in (
        "set", "append", "prepend",
    ):  # fmt: skip
        raise InvalidEffect(f"{effect.label}: set, append or prepend a text.")
    return {"mode": value.get("mode", "append"), "text": _text(effect, value.get("text"))}


def _notice(effect: Effect, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidEffect(f"{effect.label} needs who, subject and body.")
    return {
        "who": _people(effect, value.get("who")),
        "subject": _text(effect, value.get("subject")),
        "body": _text(effect, value.get("body")),
    }


def _group_notice(effect: Effect, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidEffect(f"{effect.label} needs a group, a subject and a text.")
    group = value.get("group_id")
    if group != "current_group":
        group = _existing(Group.objects, "a group")(effect, group)
        if group is None:
            raise InvalidEffect(f"{effect.label}: choose a group.")
    return {
        "group_id": group,
        "subject": _text(effect, value.get("subject")),
        "body": _text(effect, value.get("body")),
    }


def _webhook(effect: Effect, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidEffect(f"{effect.label}: choose a webhook.")
    webhook_id = _existing(Webhook.objects, "a webhook")(effect, value.get("webhook_id"))
    body = value.get("body") or ""
    if webhook_id is None or not isinstance(body, str) or len(body) > TEXT_LIMIT:
        raise InvalidEffect(f"{effect.label}: choose a webhook, and a text or none.")
    return {"webhook_id": webhook_id, "body": storable(body)}


def _snooze(effect: Effect, value: Any) -> dict[str, Any]:
    until = value.get("until") if isinstance(value, dict) else value
    if until not in effect.choices:
        allowed = ", ".join(effect.choices)
        raise InvalidEffect(f"{effect.label} can be until {allowed}, not {shown(until)}.")
    most = AMOUNTS.get(until)
    if most is None:
        return {"until": until, "amount": None}
    amount = _id_in(value.get("amount")) if isinstance(value, dict) else None
    if amount is None or not 1 <= amount <= most:
        raise InvalidEffect(f"{effect.label}: write a number of {until} from 1 to {most:,}.")
    return {"until": until, "amount": amount}


def _flag(effect: Effect, value: Any) -> bool:
    if value not in (True, False, "true", "false", "1", "0", 1, 0):
        raise InvalidEffect(f"{effect.label} is true or false.")
    return value in (True, "true", "1", 1)


def _files(effect: Effect, value: Any) -> list[int]:
    """Whose files they are is checked by the macro's action, which knows the macro."""
    ids = value if isinstance(value, list) else [value]
    found = [pk for each in ids if (pk := _id_in(each)) is not None]
    if len(found) < len(ids) or len(ids) > FILES_LIMIT:
        raise InvalidEffect(f"{effect.label}: at most {FILES_LIMIT} files.")
    return found


def _custom(effect: Effect, value: Any) -> Any:
    """As the custom field's type wants it, now and again when it is set: fields change."""
    if value is not None and not isinstance(value, str | int | float | bool):
        raise InvalidEffect(f"{effect.label} needs a single value.")
    value = storable(value)[:TEXT_LIMIT] if isinstance(value, str) else value
    try:
        clean_custom_fields({effect.name.removeprefix(PREFIX): value})
    except InvalidChange as error:
        raise InvalidEffect(f"{effect.label}: {error}") from error
    return value


def _none(effect: Effect, value: Any) -> None:
    return None


_CHECKS: dict[Shape, Callable[[Effect, Any], Any]] = {
    Shape.CHOICE: _choice,
    Shape.GROUP: _existing(Group.objects, "a group"),
    Shape.AGENT: _agent,
    Shape.SCHEDULE: _existing(Schedule.objects, "a schedule"),
    Shape.FORM: _existing(TicketForm.objects, "a form"),
    Shape.SNOOZE: _snooze,
    Shape.PEOPLE: _people,
    Shape.TAGS: _tags,
    Shape.TEXT: _text,
    Shape.COMMENT: _comment,
    Shape.NOTICE: _notice,
    Shape.GROUP_NOTICE: _group_notice,
    Shape.WEBHOOK: _webhook,
    Shape.FLAG: _flag,
    Shape.FILES: _files,
    Shape.CUSTOM: _custom,
    Shape.NONE: _none,
}


def labels_of(effects: Sequence[dict[str, Any]]) -> list[str]:
    """The effects' names for people, in order."""
    found = (effect_named(str(item.get("field"))) for item in effects)
    return [str(effect.label) for effect in found if effect]
