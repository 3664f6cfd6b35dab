"""What rules made of updates, whether they fired or not: on one ticket, or of one rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from core import clock
from core.pages import Keyset, Page, cursor_at, keyset_page
from macros.actions.rules import require_may_edit
from macros.explain.answers import Submit
from macros.explain.history import Story
from macros.explain.rulebook import RuleBook, RuleRef
from macros.explain.updates import by_rule, did
from macros.models import RuleKind, RuleRun
from macros.runs import FAILED, FIRED, NOT_MET, STOPPED, Result, result_of, results_of
from tickets.models import Audit, Ticket
from tickets.policies import visible_tickets

UPDATES = 10  # of a ticket, on one page
ROWS = 50  # of a rule, on one page
LOOKED_AT = 1_000  # updates that are looked through for one page
_NEWEST_FIRST = Keyset("created_at")

OUTCOMES: dict[str, str | Promise] = {
    FIRED: gettext_lazy("Fired"),
    NOT_MET: gettext_lazy("Did not fire"),
    FAILED: gettext_lazy("Failed"),
    STOPPED: gettext_lazy("Stopped"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one rule. `unmet` is the condition that decided against it.

    `did` is what it changed and sent; `held` the conditions that were true.
    """

    rule: RuleRef
    outcome: str
    unmet: str = ""
    did: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(OUTCOMES.get(self.outcome, self.outcome))


@dataclass(frozen=True, slots=True)
class TicketRun:
    """The rules of one kind on one update; `submit` is None for a moment at which none ran.

    `not_fired` counts those that are not in `judged`.
    """

    id: int
    kind: str
    at: datetime
    submit: Submit | None
    judged: list[Judged]
    not_fired: int


@dataclass(frozen=True, slots=True)
class RunOfRule:
    """One rule on one update of a ticket that the reader may see."""

    run_id: int
    at: datetime
    ticket: Ticket
    judged: Judged


@dataclass(frozen=True, slots=True)
class RunsOfRule:
    """A page of them; `hidden` are on tickets that the reader may not see.

    `counts` are the outcomes within the updates looked through, by letter; `until` is the oldest.
    """

    rows: list[RunOfRule]
    next_cursor: str | None
    counts: Mapping[str, int]
    hidden: int
    looked_at: int
    until: datetime | None


def kept_since() -> datetime:
    """Runs before this moment are gone."""
    return clock.now() - timedelta(days=settings.RULE_RUNS_DAYS)


def runs_of_ticket(ticket: Ticket, *, cursor: str = "") -> tuple[list[TicketRun], Page[RuleRun]]:
    """The newest updates with what fired, failed or was stopped; the rest is counted.

    The caller has checked that the reader may see the ticket. Raises BadCursor.
    """
    page = keyset_page(_runs(ticket), _NEWEST_FIRST, cursor=cursor, size=UPDATES)
    results = {run.pk: _results(run) for run in page.rows}
    told = {
        pk: [ref for ref, result in both if result.outcome != NOT_MET]
        for pk, both in results.items()
    }
    story = _story(page.rows, [ref for refs in told.values() for ref in refs])
    return [
        _ticket_run(run, story, [pair for pair in results[run.pk] if pair[1].outcome != NOT_MET],
                    not_fired=len(results[run.pk]) - len(told[run.pk]))
        for run in page.rows
    ], page  # fmt: skip


def whole_run(ticket: Ticket, run_id: int) -> TicketRun | None:
    """What every rule made of one update; None when it is not kept (any more)."""
    run = _runs(ticket).filter(pk=run_id).first()
    if run is None:
        return None
    results = _results(run)
    return _ticket_run(run, _story([run], [ref for ref, _ in results]), results, not_fired=0)


def runs_of_rule(
    actor: Actor, kind: RuleKind, rule_id: int, *, outcome: str = "", cursor: str = ""
) -> RunsOfRule:
    """The newest evaluations of a rule, perhaps of one outcome; LOOKED_AT updates a page at most.

    Raises NotPermitted, BadCursor.
    """
    require_may_edit(actor)
    window = keyset_page(_window(kind), _NEWEST_FIRST, cursor=cursor, size=LOOKED_AT)
    found = _results_of(rule_id, window.rows)
    wanted = [(run, each) for run, each in found if outcome in ("", each.outcome)]
    shown = wanted[:ROWS]
    more = cursor_at(_NEWEST_FIRST, shown[-1][0]) if len(wanted) > ROWS else window.next_cursor
    tickets = visible_tickets(actor).in_bulk({run.ticket_id for run, _ in shown})
    refs = [RuleRef(kind.value, rule_id, "", each.revision) for _, each in shown]
    book = RuleBook(refs)
    rows = [
        RunOfRule(run.pk, run.created_at, tickets[run.ticket_id], _judged(ref, each, book))
        for ref, (run, each) in zip(refs, shown, strict=True)
        if run.ticket_id in tickets
    ]
    return RunsOfRule(
        rows=rows, next_cursor=more, counts=Counter(each.outcome for _, each in found),
        hidden=len(shown) - len(rows), looked_at=len(window.rows),
        until=window.rows[-1].created_at if window.rows else None,
    )  # fmt: skip


def _runs(ticket: Ticket) -> QuerySet[RuleRun]:
    return RuleRun.objects.filter(ticket=ticket).select_related("audit__author")


def _window(kind: RuleKind) -> QuerySet[RuleRun]:
    return RuleRun.objects.filter(kind=kind, created_at__gt=kept_since())


def _results_of(rule_id: int, runs: Sequence[RuleRun]) -> list[tuple[RuleRun, Result]]:
    """The rule's own result of each run that has one."""
    both = ((run, result_of(run, rule_id)) for run in runs)
    return [(run, result) for run, result in both if result]


def _results(run: RuleRun) -> list[tuple[RuleRef, Result]]:
    return [(RuleRef(run.kind, each.rule_id, "", each.revision), each) for each in results_of(run)]


def _story(runs: Iterable[RuleRun], refs: Sequence[RuleRef]) -> Story:
    audits: dict[int, Audit] = {run.audit.pk: run.audit for run in runs if run.audit}
    return Story(audits.values(), rules=refs)


def _ticket_run(
    run: RuleRun, story: Story, results: Sequence[tuple[RuleRef, Result]], *, not_fired: int
) -> TicketRun:
    doings = _doings(story, run)
    return TicketRun(
        id=run.pk, kind=run.kind, at=run.created_at, not_fired=not_fired,
        submit=story.submit(run.audit) if run.audit else None,
        judged=[
            _judged(ref, each, story.book, doings.get(each.rule_id, [])) for ref, each in results
        ],
    )  # fmt: skip


def _doings(story: Story, run: RuleRun) -> dict[int, list[str]]:
    """What the rules of this kind did in the update, by rule."""
    if run.audit is None:
        return {}
    found: dict[int, list[str]] = {}
    for rule, events in by_rule(story, run.audit.pk):
        asked = rule.asked_by or rule
        if asked.kind == run.kind:
            found.setdefault(asked.id, []).extend(did(story, events))
    return found


def _judged(ref: RuleRef, result: Result, book: RuleBook, doings: Sequence[str] = ()) -> Judged:
    named = replace(ref, title=book.title(ref))
    if result.outcome == NOT_MET:
        return Judged(named, result.outcome, unmet=book.condition(ref, result.unmet))
    return Judged(named, result.outcome, did=list(doings), held=book.held(ref))
