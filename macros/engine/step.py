"""One pass of the triggers over each submit.

1. From the top, in order; one trigger's change is seen by the next.
2. After a trigger has changed the ticket the pass begins again; each fires at most once in one
   submit, so the pass ends. Those that did not fire are judged again only when something changed
   that their conditions read.
3. A trigger that fails is undone to its savepoint, noted as an Error event and on the rule, and its
   owner is told. The submit is kept whatever a rule does.
4. Notices are gathered and queued together at the end; so are the notes of what every trigger did.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from accounts.models import User
from core import clock
from macros.effects import plan
from macros.engine.compiled import CompiledTrigger, active_triggers, invalid_triggers
from macros.engine.doing import Outbound, carry_out
from macros.engine.failures import note_failure, note_invalid
from macros.engine.notices import send_notices
from macros.engine.rates import EXPLANATION, too_busy
from macros.models import RuleKind, RuleRun
from macros.runs import FAILED, FIRED, NOT_MET, STOPPED, Result
from macros.values import values_for
from tickets.actions.attempts import attempt
from tickets.changes import TicketChange
from tickets.conditions import Situation, first_unmet
from tickets.models import EventType, Status


def run_triggers(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py. Imports, silent submits and releases run no triggers."""
    judged = [change for change in changes if _is_judged(change)]
    if not judged:
        return
    triggers = active_triggers()
    if invalid := invalid_triggers():
        note_invalid(invalid, judged[0])
    if len(judged) > 1:
        # What texts and conditions name of a ticket: read once for all of them.
        prefetch_related_objects(
            [change.ticket for change in judged], "requester", "assignee", "group", "organization"
        )
    people = _writers(judged)
    busy = too_busy(judged)
    passes = [
        _Pass(change, people.get(_writer(change)), is_busy=change.ticket.pk in busy)
        for change in judged
    ]
    for one in passes:
        one.run(triggers)
    for item, error in send_notices([item for one in passes for item in one.outbound]):
        owner = next(one for one in passes if one.change is item.change)
        owner.fail(next(each for each in triggers if each.id == item.cause["id"]), error)
    RuleRun.objects.bulk_create([one.as_row() for one in passes])


def _is_judged(change: TicketChange) -> bool:
    """A closed ticket runs no triggers; the submit that closes it still does."""
    if change.is_silent or change.is_release or change.is_undo or change.changed("deleted"):
        return False
    return change.ticket.status != Status.CLOSED or change.changed("status") is not None


def _writer(change: TicketChange) -> int | None:
    return change.actor.user_id or (change.comment.author_id if change.comment else None)


def _writers(changes: Sequence[TicketChange]) -> dict[int | None, User]:
    """Who makes the changes; requesters are at hand already."""
    known: dict[int | None, User] = {
        change.ticket.requester_id: change.ticket.requester for change in changes
    }
    asked = {pk for change in changes if (pk := _writer(change)) and pk not in known}
    return known | (User.objects.in_bulk(asked) if asked else {})


class _Pass:
    """The triggers over one submit."""

    def __init__(self, change: TicketChange, user: User | None, *, is_busy: bool) -> None:
        self.change = change
        self.outbound: list[Outbound] = []
        self._user = user
        self._is_busy = is_busy
        self._situation = Situation(
            ticket=change.ticket, actor=change.actor, now=clock.now(), change=change
        )
        self._results: dict[int, Result] = {}
        self._turn = 0  # how often a trigger has changed the ticket
        self._touched: dict[str, int] = {}  # what of it, and in which turn last
        self._judged: dict[int, int] = {}  # in which turn a trigger was judged
        self._values: dict[str, object] | None = None  # of texts, until the ticket changes

    def run(self, triggers: Sequence[CompiledTrigger]) -> None:
        """Until no trigger is left that has not fired and whose conditions hold."""
        waiting, place = list(triggers), 0
        while place < len(waiting):
            trigger = waiting[place]
            try:
                may_fire = self._is_news_to(trigger) and self._holds(trigger)
            except Exception as error:  # noqa: BLE001  the submit is kept whatever a rule does
                del waiting[place]
                self.fail(trigger, error)
                continue
            if not may_fire:
                place += 1
                continue
            del waiting[place]
            if self._fire(trigger):
                place = 0  # the ticket is different: from the top again

    def fail(self, trigger: CompiledTrigger, error: Exception) -> None:
        """Note that a trigger could not be judged or carried out."""
        note_failure(trigger, self.change, error)
        self._note(trigger, FAILED)

    def as_row(self) -> RuleRun:
        """What became of every trigger, to be kept for some days."""
        return RuleRun(
            kind=RuleKind.TRIGGER, ticket=self.change.ticket, audit=self.change.audit,
            results=[result.as_json() for result in self._results.values()],
            created_at=clock.now(),
        )  # fmt: skip

    def _is_news_to(self, trigger: CompiledTrigger) -> bool:
        """Whether it was not judged yet, or something it reads has changed since."""
        judged = self._judged.get(trigger.id)
        if judged is None:
            return True
        return any(self._touched.get(name, -1) > judged for name in trigger.reads)

    def _holds(self, trigger: CompiledTrigger) -> bool:
        self._judged[trigger.id] = self._turn
        unmet = first_unmet(trigger.conditions, self._situation)
        if unmet is None:
            return True
        self._note(trigger, NOT_MET, trigger.number_of(unmet))
        return False

    def _fire(self, trigger: CompiledTrigger) -> bool:
        """Do what it asks for. Returns whether the ticket is different now."""
        if self._is_busy:
            self._stop(trigger)
            return False
        try:
            has_changed = self._carry_out(trigger)
        except Exception as error:  # noqa: BLE001  the submit is kept whatever a rule does
            self.fail(trigger, error)
            return False
        self._note(trigger, FIRED)
        return has_changed

    def _carry_out(self, trigger: CompiledTrigger) -> bool:
        if self._values is None:
            self._values = values_for(self._situation, user=self._user)
        made = plan(trigger.effects, self._situation, self._values)
        if not made.writes:
            # No savepoint: a batch of new tickets that are all acknowledged shall not cost two
            # statements each.
            self.outbound += carry_out(made, self.change, cause=trigger.cause)
            return False
        with attempt(self.change) as tried:
            outbound = carry_out(made, self.change, cause=trigger.cause)
        self.outbound += outbound
        if tried.has_changed:
            self._turn += 1
            self._touched |= dict.fromkeys(tried.touched(), self._turn)
            self._values = None
        return tried.has_changed

    def _stop(self, trigger: CompiledTrigger) -> None:
        """Explained once a submit, however many would have run."""
        if all(result.outcome != STOPPED for result in self._results.values()):
            self.change.add(EventType.ERROR, "rule", value=EXPLANATION, cause=trigger.cause)
        self._note(trigger, STOPPED)

    def _note(self, trigger: CompiledTrigger, outcome: str, unmet: int | None = None) -> None:
        self._results[trigger.id] = Result(trigger.id, trigger.revision, outcome, unmet)
