"""Effects read aloud: the sentences of lists, tests and histories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from macros.effects.registry import effect_named
from macros.models import Webhook
from tickets.conditions.words import Names
from tickets.models import Priority, Status, TicketType

Text = str | Promise
SHOWN = 80  # letters of a text in a sentence

_WHO: dict[str, Text] = {
    "requester": gettext_lazy("the requester"),
    "requester_and_ccs": gettext_lazy("the requester and CCs"),
    "assignee": gettext_lazy("the assignee"),
    "current_user": gettext_lazy("whoever makes the change"),
    "followers": gettext_lazy("the followers"),
}
_LABELS: dict[str, Mapping[str, Text]] = {
    "status": dict(Status.choices), "priority": dict(Priority.choices),
    "type": dict(TicketType.choices),
}  # fmt: skip


def ids_in(effects: Iterable[Mapping[str, Any]]) -> dict[str, set[int]]:
    """What effects mention by id, for tickets.conditions.words.names_in."""
    found: dict[str, set[int]] = {"group": set(), "agent": set(), "schedule": set(), "form": set()}
    kinds = {"group_id": "group", "assignee_id": "agent", "set_schedule": "schedule",
             "ticket_form_id": "form", "cc": "agent", "follower": "agent",
             "send_reply": "agent"}  # fmt: skip
    for item in effects:
        value, what = item.get("value"), kinds.get(str(item.get("field")))
        if isinstance(value, Mapping):
            pairs = (("agent", value.get("who")), ("group", value.get("group_id")))
        else:
            pairs = ((what or "", value), ("", None))
        for kind, pk in pairs:
            if kind and isinstance(pk, int) and not isinstance(pk, bool):
                found[kind].add(pk)
    return found


def words_of_effects(effects: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    """One sentence for each effect. A query for each custom field or webhook that is named."""
    return [_words(str(item.get("field")), item.get("value"), names) for item in effects]


def _words(name: str, value: Any, names: Names) -> str:
    say = _SENTENCES.get(name)
    if say is not None:
        return say(value, names)
    effect = effect_named(name)
    label = str(effect.label) if effect else name
    if value in (None, ""):
        return _("empty %(field)s") % {"field": label}
    return _("set %(field)s to %(value)s") % {"field": label, "value": _plain(value)}


def _labelled(name: str) -> Callable[[Any, Names], str]:
    def say(value: Any, names: Names) -> str:
        field = {"status": _("status"), "priority": _("priority"), "type": _("type")}[name]
        word = str(_LABELS[name].get(value, value or _("none")))
        return _("set the %(field)s to %(value)s") % {"field": field, "value": word}

    return say


def _group(value: Any, names: Names) -> str:
    if value is None:
        return _("take the group off")
    return _("give it to the group %(name)s") % {"name": names.of("group", value)}


def _assignee(value: Any, names: Names) -> str:
    if value is None:
        return _("take the assignee off")
    return _("assign it to %(name)s") % {"name": _who(value, names)}


def _who(value: Any, names: Names) -> str:
    return names.of("agent", value) if isinstance(value, int) else str(_WHO.get(value, value))


def _tags(words: Text) -> Callable[[Any, Names], str]:
    def say(value: Any, names: Names) -> str:
        return str(words) % {"tags": ", ".join(value or []) or "—"}

    return say


def _notice(value: Any, names: Names) -> str:
    return _("mail %(who)s: “%(subject)s”") % {
        "who": _who(value.get("who"), names), "subject": _short(value.get("subject", "")),
    }  # fmt: skip


def _group_notice(value: Any, names: Names) -> str:
    group = value.get("group_id")
    name = _("the ticket's group") if group == "current_group" else names.of("group", group)
    return _("mail %(who)s: “%(subject)s”") % {
        "who": name, "subject": _short(value.get("subject", "")),
    }  # fmt: skip


def _comment(value: Any, names: Names) -> str:
    text = value.get("text", "") if isinstance(value, Mapping) else str(value)
    return _("write the comment “%(text)s”") % {"text": _short(text)}


def _webhook(value: Any, names: Names) -> str:
    row = Webhook.objects.filter(pk=value.get("webhook_id")).first()
    name = row.name if row else _("#%(id)s (deleted)") % {"id": value.get("webhook_id")}
    return _("call the webhook %(name)s") % {"name": name}


def _schedule(value: Any, names: Names) -> str:
    if value is None:
        return _("take the schedule off")
    return _("use the business hours %(name)s") % {"name": names.of("schedule", value)}


def _form(value: Any, names: Names) -> str:
    if value is None:
        return _("take the form off")
    return _("use the form %(name)s") % {"name": names.of("form", value)}


def _snooze(value: Any, names: Names) -> str:
    number = value.get("amount") or 0
    match value.get("until"):
        case "wake":
            return _("wake it")
        case "opening":
            return _("snooze it until the next business hour")
        case "hours":
            words = ngettext("snooze it for %(n)s hour", "snooze it for %(n)s hours", number)
        case "days":
            words = ngettext("snooze it for %(n)s day", "snooze it for %(n)s days", number)
        case _:
            return _("snooze it until the customer replies")
    return words % {"n": number}


def _participant(words: Text) -> Callable[[Any, Names], str]:
    return lambda value, names: str(words) % {"who": _who(value, names)}


def _short(text: str) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else _short(str(value))


_SENTENCES: dict[str, Callable[[Any, Names], str]] = {
    "status": _labelled("status"),
    "priority": _labelled("priority"),
    "type": _labelled("type"),
    "group_id": _group,
    "assignee_id": _assignee,
    "attachments": lambda value, names: (
        ngettext("attach %(n)s file", "attach %(n)s files", len(value)) % {"n": len(value)}
    ),
    "set_tags": _tags(gettext_lazy("replace all tags by %(tags)s")),
    "current_tags": _tags(gettext_lazy("add the tags %(tags)s")),
    "remove_tags": _tags(gettext_lazy("remove the tags %(tags)s")),
    "subject": lambda value, names: _("change the subject to “%(text)s”") % {"text": _short(value)},
    "cc": _participant(gettext_lazy("add %(who)s as CC")),
    "follower": _participant(gettext_lazy("add %(who)s as follower")),
    "comment_value": _comment,
    "comment_value_html": _comment,
    "comment_mode_is_public": lambda value, names: (
        _("make the comment public") if value else _("make the comment internal")
    ),
    "notification_user": _notice,
    "notification_group": _group_notice,
    "send_reply": _participant(gettext_lazy("send the public comment to %(who)s")),
    "notification_webhook": _webhook,
    "satisfaction_score": lambda value, names: _("offer a satisfaction rating"),
    "set_schedule": _schedule,
    "ticket_form_id": _form,
    "snooze": _snooze,
    "route": lambda value, names: _("assign it by routing"),
}
