"""A ticket's history, read in bounds: the newest submits, and all that happened in a few of them.

A ticket of ten thousand submits costs no more than one of a thousand: only the newest LOOKED_AT are
looked through, by the index on (ticket, created_at, id), and their events by the index on audit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from macros.explain.answers import Earlier, Link, Submit
from macros.explain.rulebook import RuleBook, RuleRef
from macros.explain.submits import sentences, who_made
from macros.explain.words import change_words, event_words, ids_in, titles_of_fields
from macros.models import RuleKind, RuleRun
from tickets.models import Audit, AuditEvent, EventType, Ticket

LOOKED_AT = 1_000  # the newest submits of a ticket
EVENTS = 2_000  # of the submits that are told; one that has more is told in part


def newest_submits(ticket: Ticket) -> QuerySet[Audit, Any]:
    """The ids of the submits that are looked through."""
    return ticket.audits.order_by("-created_at", "-id").values("pk")[:LOOKED_AT]


def is_longer(ticket: Ticket) -> bool:
    """Whether there are older submits than those that are looked through."""
    rows = ticket.audits.order_by("-created_at", "-id").values("pk")
    return bool(rows[LOOKED_AT : LOOKED_AT + 1])


def latest_events(ticket: Ticket, which: Q, *, limit: int) -> list[AuditEvent]:
    """The newest events of the newest submits that `which` chooses, newest first: one query."""
    rows = AuditEvent.objects.filter(which, audit__in=newest_submits(ticket))
    rows = rows.select_related("audit__author")
    return list(rows.order_by("-audit__created_at", "-audit_id", "-id")[:limit])


class Story:
    """Some submits of a ticket with all their events, and the rules that had a hand in them."""

    def __init__(
        self, audits: Iterable[Audit], *, more: Sequence[AuditEvent] = (),
        rules: Sequence[RuleRef] = (), ids: dict[str, set[int]] | None = None,
    ) -> None:  # fmt: skip
        """A fixed number of queries: events, runs, custom fields, revisions, names."""
        self.audits = {audit.pk: audit for audit in audits}
        self.events = self._events()
        every = [event for events in self.events.values() for event in events]
        self.titles = titles_of_fields([*every, *more])
        refs = [ref for event in every if (ref := self.rule_of(event))]
        refs += [ref for audit in self.audits.values() if (ref := RuleRef.of(audit.cause))]
        refs += [*rules, *(ref.asked_by for ref in refs if ref.asked_by)]
        mentioned = ids_in([*every, *more])
        for what, pks in (ids or {}).items():
            mentioned.setdefault(what, set()).update(pks)
        self.book = RuleBook(refs, mentioned)
        rows = RuleRun.objects.filter(audit__in=self.audits, kind=RuleKind.TRIGGER)
        self._runs = dict(rows.values_list("audit_id", "pk")) if self.audits else {}

    def _events(self) -> dict[int, list[AuditEvent]]:
        found: dict[int, list[AuditEvent]] = defaultdict(list)
        if self.audits:
            rows = AuditEvent.objects.filter(audit__in=self.audits).select_related("comment")
            for event in rows.order_by("audit_id", "id")[:EVENTS]:
                event.audit = self.audits[event.audit_id]
                found[event.audit_id].append(event)
        return found

    def rule_of(self, event: AuditEvent) -> RuleRef | None:
        """The rule behind an event: its own, else that of the whole submit."""
        return RuleRef.of(event.cause) or RuleRef.of(event.audit.cause)

    def link(self, event: AuditEvent, what: str = "") -> Link:
        """One event with the rule behind it, and what led to that within the same submit."""
        rule = self.rule_of(event)
        words = what or event_words(event, self.titles, self.book.names)
        return Link(
            what=[words], submit=self.submit(event.audit), rule=rule, held=self.held(rule),
            earlier=self.earlier(rule, event),
        )  # fmt: skip

    def held(self, rule: RuleRef | None) -> list[str]:
        """The conditions under which a rule acted; those of the trigger that wanted routing."""
        asked = rule.asked_by if rule and rule.asked_by else rule
        return self.book.held(asked) if asked else []

    def earlier(self, rule: RuleRef | None, event: AuditEvent) -> list[Earlier]:
        """Back through the submit: what the rule's conditions read, and had been changed in it.

        What an earlier rule changed leads on to what that rule had read.
        """
        if rule is None or not rule.is_trigger:
            return []
        wanted, found = set(self.book.reads(rule)), []
        before = [each for each in self.events[event.audit_id] if each.pk < event.pk]
        for each in reversed(before):
            by = self.rule_of(each)
            if by != rule and (made := self._change(each, wanted)):
                found.append(made)
                wanted |= self.book.reads(by) if by else set()
        return found

    def own_changes(self, rule: RuleRef, audit: Audit) -> list[Earlier]:
        """What of the submit itself the rule's conditions read.

        For mails: they are noted at the end of a submit, so that the order does not say which rules
        had run before.
        """
        wanted = set(self.book.reads(rule))
        own = [each for each in self.events[audit.pk] if self.rule_of(each) is None]
        return [made for each in own if (made := self._change(each, wanted))]

    def _change(self, event: AuditEvent, wanted: Container[str]) -> Earlier | None:
        name = "cc" if event.type == EventType.CC else event.field_name
        if name not in wanted or event.type == EventType.CREATE:
            return None
        words = change_words(event, self.titles, self.book.names)
        return Earlier(self.rule_of(event), words) if words else None

    def submit(self, audit: Audit) -> Submit:
        """Who made it, in a sentence."""
        words, clause = sentences(audit, self.events[audit.pk])
        return Submit(
            audit_id=audit.pk, at=audit.created_at, who=who_made(audit), words=words, clause=clause,
            by=RuleRef.of(audit.cause), run_id=self._runs.get(audit.pk),
        )  # fmt: skip
