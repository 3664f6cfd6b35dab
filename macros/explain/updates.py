"""One update of a ticket: who made it, and what each rule did in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from macros.explain.answers import Answer, Link
from macros.explain.history import Story
from macros.explain.rulebook import RuleRef
from macros.explain.words import event_words, moment
from tickets.models import AuditEvent, Ticket


def why_update(ticket: Ticket, audit_id: int) -> Answer | None:
    """What rules made of a submit, in the order in which they did; None for no submit of its own.

    The caller has checked that the reader may see the ticket.
    """
    audit = ticket.audits.select_related("author").filter(pk=audit_id).first()
    if audit is None:
        return None
    story = Story([audit])
    submit = story.submit(audit)
    links = [
        Link(
            what=did(story, events), submit=submit, rule=rule, held=story.held(rule),
            earlier=story.earlier(rule, events[0]),
        )
        for rule, events in by_rule(story, audit.pk)
    ]  # fmt: skip
    facts = [] if links else [_("No rule changed anything in this update, or sent a mail.")]
    headline = _("%(words)s on %(when)s.") % {"words": submit.words, "when": moment(submit.at)}
    return Answer(_("What rules did in this update"), headline, links, facts=facts)


def by_rule(story: Story, audit_id: int) -> list[tuple[RuleRef, list[AuditEvent]]]:
    """The events of each rule, rules in the order of their first one."""
    found: dict[RuleRef, list[AuditEvent]] = {}
    for event in story.events[audit_id]:
        if rule := story.rule_of(event):
            found.setdefault(rule, []).append(event)
    return list(found.items())


def did(story: Story, events: Iterable[AuditEvent]) -> list[str]:
    """What a rule did, one phrase an event."""
    words = (event_words(event, story.titles, story.book.names) for event in events)
    return [each for each in words if each]
