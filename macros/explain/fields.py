"""Why a property has its value, why a tag is there: rule by rule, update by update, backwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from macros.explain.answers import Answer, Link
from macros.explain.history import LOOKED_AT, Story, is_longer, latest_events
from macros.explain.waiting import waiting_facts
from macros.explain.words import Known, known_field, moment, titles_of, value_words
from tickets.conditions.custom import PREFIX
from tickets.models import Audit, AuditEvent, EventType, Participant, ParticipantRole, Ticket

LINKS = 5  # changes of one property that an answer goes back
_LISTS = {"cc_ids": ParticipantRole.CC, "follower_ids": ParticipantRole.FOLLOWER}


def why_field(ticket: Ticket, name: str) -> Answer | None:
    """Why a property is as it is, by its name in events: `priority`, `custom_fields_12`, `cc_ids`.

    None when there is no such property. The caller has checked that the reader may see the ticket.
    """
    key = name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""
    known = known_field(name, titles_of([key]) if key else {})
    if known is None or name == "tags":
        return None
    which = Q(field_name__in=[name, "custom_fields"] if key else [name])
    found = latest_events(ticket, which, limit=LINKS + 2)
    events = [each for each in found if _is_about(each, name, key)][: LINKS + 1]
    present = _present(ticket, name, key, events)
    ids = {pk for pk in _listed(present) if isinstance(pk, int)}
    story = Story(_audits(events[:LINKS]), more=events, ids={known.refers_to: ids} if ids else None)
    links = [story.link(event) for event in events[:LINKS]]
    value = value_words(known, present, story.book.names)
    facts = waiting_facts(ticket) if name == "assignee_id" and present is None else []
    return Answer(
        title=_("Why is %(field)s “%(value)s”?") % {"field": known.label, "value": value},
        headline=_headline(ticket, known, value, events, links, present),
        links=links, facts=facts, notes=_notes(ticket, events),
    )  # fmt: skip


def why_tag(ticket: Ticket, tag: str) -> Answer:
    """Who or what put a tag there, or took it off."""
    here, was_here = Q(value__contains=[tag]), Q(previous_value__contains=[tag])
    which = Q(field_name="tags") & ((here & ~was_here) | (was_here & ~here))
    events = latest_events(ticket, which, limit=LINKS + 1)
    story = Story(_audits(events[:LINKS]), more=events)
    links = [story.link(event, _tag_change(event, tag)) for event in events[:LINKS]]
    title = _("Why the tag “%(tag)s”?") % {"tag": tag}
    return Answer(title, _tag_headline(ticket, tag, events, links), links,
                  notes=_notes(ticket, events))  # fmt: skip


def _tag_headline(
    ticket: Ticket, tag: str, events: Sequence[AuditEvent], links: Sequence[Link]
) -> str:
    is_there = tag in ticket.tags
    if not links and not is_there:
        return _("This ticket never had the tag “%(tag)s”.") % {"tag": tag}
    if not links or is_there != (tag in (events[0].value or [])):
        return _unknown(_("the tag “%(tag)s”") % {"tag": tag})
    words = (
        _("The tag “%(what)s” is there because %(who)s added it on %(when)s, %(clause)s.")
        if is_there
        else _("The tag “%(what)s” is gone because %(who)s took it off on %(when)s, %(clause)s.")
    )
    return _filled(words, links[0], what=tag)


def _headline(
    ticket: Ticket, known: Known, value: str, events: Sequence[AuditEvent],
    links: Sequence[Link], present: Any,
) -> str:  # fmt: skip
    label = str(known.label)
    if not links and present in (None, "", []):
        return _("%(field)s is empty: nobody and no rule has set it.") % {"field": label}
    if not links or _is_odd(known, events[0], present):
        return _unknown(label)
    if events[0].type == EventType.CREATE and links[0].rule is None:
        words = _("%(field)s is “%(what)s” since the beginning, %(when)s, %(clause)s.")
    elif known.is_list:
        words = _("%(field)s: %(what)s, since %(who)s changed it on %(when)s, %(clause)s.")
    else:
        words = _("%(field)s is “%(what)s” because %(who)s set it on %(when)s, %(clause)s.")
    return _filled(words, links[0], field=label, what=value)


def _filled(words: str, link: Link, **values: str) -> str:
    """`who` is the rule, or whoever made the submit."""
    submit = link.submit
    who = link.rule.words if link.rule else submit.who
    return words % {"who": who, "when": moment(submit.at), "clause": submit.clause, **values}


def _unknown(what: str) -> str:
    return _("How %(what)s came to be as it is does not stand in the history that is kept.") % {
        "what": what
    }


def _notes(ticket: Ticket, events: Sequence[AuditEvent]) -> list[str]:
    """What the answer leaves out."""
    if len(events) > LINKS:
        return [_("Earlier changes are left out; the history of the ticket has them.")]
    if is_longer(ticket) and not any(event.type == EventType.CREATE for event in events):
        return [
            _("Only the newest %(n)s updates were looked through; it may have changed before.")
            % {"n": f"{LOOKED_AT:,}"}
        ]
    return []


def _is_about(event: AuditEvent, name: str, key: str) -> bool:
    """A new ticket's custom fields stand in one event: take this field's value out of it."""
    if not key or event.field_name == name:
        return True
    values = event.value if isinstance(event.value, dict) else {}
    if key not in values:
        return False
    event.field_name, event.value = name, values[key]
    return True


def _present(ticket: Ticket, name: str, key: str, events: Sequence[AuditEvent]) -> Any:
    """The value as it is now, as events write it."""
    if key:
        return ticket.custom_fields.get(key)
    if name in _LISTS:
        rows = Participant.objects.filter(ticket=ticket, role=_LISTS[name], is_accepted=True)
        return list(rows.order_by("id").values_list("user_id", flat=True))
    if name == "sla_policy":
        return events[0].value if events else None
    value = getattr(ticket, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _is_odd(known: Known, event: AuditEvent, present: Any) -> bool:
    """Whether the value is not what the history says; lists hold people who were never chosen."""
    return not known.is_list and not known.is_moment and (event.value or None) != (present or None)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _audits(events: Iterable[AuditEvent]) -> list[Audit]:
    return list({event.audit_id: event.audit for event in events}.values())


def _tag_change(event: AuditEvent, tag: str) -> str:
    is_added = tag in (event.value or [])
    return (_("added the tag “%(tag)s”") if is_added else _("took the tag “%(tag)s” off")) % {
        "tag": tag
    }
