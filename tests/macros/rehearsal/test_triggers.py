"""A trigger that ran is found where it ran; a draft is judged as it would have been."""

from __future__ import annotations

from typing import Any

import pytest

from core import clock
from macros.actions.rules import definition_of
from macros.models import RuleKind, RuleRun, Trigger
from macros.rehearsal.past import walk
from macros.rehearsal.reading import read_batch
from macros.rehearsal.running import read_only
from macros.rehearsal.tally import Tally
from macros.rehearsal.triggers import TriggerRehearsal
from macros.runs import FIRED, results_of


class Everything(Tally):
    """Keeps an example of every firing."""

    @property
    def wants_examples(self) -> bool:
        return True

    def offer(self, example: dict[str, Any]) -> bool:
        self.examples.append(example)
        return True

    def has_example_of(self, ticket_id: int) -> bool:
        return False


def rehearsed(rule: Trigger, *tickets: Any, rule_id: int | None = None) -> Tally:
    tally = Everything()
    with read_only():
        player = TriggerRehearsal(definition_of(rule), rule_id, 0, tally)
        batch = read_batch([t.pk for t in tickets], since=0, asks_files=player.asks_files)
        for ticket, updates in walk(batch):
            player.take(ticket, updates)
        player.flush()
    return tally


@pytest.mark.parametrize("seed", range(8))
def test_each_trigger_is_found_at_the_submits_at_which_it_ran(story, seed):
    told = story(100 + seed, submits=30)
    ran: dict[int, set[int]] = {}
    for run in RuleRun.objects.filter(ticket=told.ticket, kind=RuleKind.TRIGGER):
        for result in results_of(run):
            if result.outcome == FIRED:
                ran.setdefault(result.rule_id, set()).add(run.audit_id)

    assert ran
    for rule in Trigger.objects.filter(is_active=True):
        with clock.frozen(told.ends_at):
            found = rehearsed(rule, told.ticket, rule_id=rule.pk)
        assert {each["audit"] for each in found.examples} == ran.get(rule.pk, set()), rule.title
