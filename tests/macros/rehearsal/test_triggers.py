"""A trigger that ran is found where it ran; a draft is judged as it would have been."""

from __future__ import annotations

from datetime import timedelta
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
from tests.factories import SETUP, as_actor, make_ticket
from tests.macros.rules import CHANGED, CREATED, condition, effect, notice, submit, trigger
from tickets.actions import create_ticket_field


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


def draft(conditions: list[dict[str, Any]], *effects: dict[str, Any]) -> Trigger:
    """What nobody has saved; it stands behind all others."""
    return Trigger(title="Draft", conditions={"all": conditions}, effects=list(effects))


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


def test_a_draft_is_judged_when_the_pass_comes_to_it(alice, carol):
    """What triggers after it do is seen as well: the pass begins again."""
    ticket = make_ticket(requester=carol)
    trigger("Later", [condition("priority", "value", "urgent")], effect("current_tags", "late"))
    submit(ticket, alice, priority="urgent")
    sees = draft([condition("current_tags", "includes", "late"), CHANGED], effect("type", "task"))
    assert rehearsed(sees, ticket).counts["fired"] == 1

    first = draft([condition("current_tags", "not_includes", "late"), CHANGED],
                  effect("type", "task"))  # fmt: skip
    assert rehearsed(first, ticket).counts.get("fired", 0) == 0


def test_what_the_rule_did_that_is_changed_is_left_out(alice, carol):
    """Else a draft that no longer sets a tag would find it there."""
    ticket = make_ticket(requester=carol)
    old = trigger("Old", [condition("priority", "value", "urgent")], effect("current_tags", "late"))
    submit(ticket, alice, priority="urgent")
    new = draft([condition("current_tags", "not_includes", "late"), CHANGED],
                effect("type", "task"))  # fmt: skip
    assert rehearsed(new, ticket, rule_id=old.pk).counts["fired"] == 1


def test_it_says_which_condition_decided(alice, carol):
    ticket = make_ticket(requester=carol)
    submit(ticket, alice, priority="urgent")
    rule = draft([CHANGED, condition("status", "is", "solved")], effect("type", "task"))
    assert rehearsed(rule, ticket).counts == {"judged": 2, "unmet:0": 1, "unmet:1": 1}


def test_mails_go_to_whom_they_would_have_gone(alice, bob, carol, dave):
    ticket = make_ticket(requester=carol, cc_ids=(dave.pk,), assignee_id=bob.pk)
    submit(ticket, alice, "We look into it.", channel="api")
    told = (notice("requester_and_ccs"), notice("assignee"), notice("current_user"))
    rule = draft([condition("comment_is_public", "is", "public"), CHANGED], *told)
    made = rehearsed(rule, ticket)
    assert {mail["to"] for mail in made.examples[0]["mails"]} == {carol.pk, dave.pk, bob.pk}
    assert made.examples[0]["mail_count"] == 4
    assert (made.counts["mail:requester_and_ccs"], made.counts["mail:assignee"]) == (2, 1)


def test_nobody_is_mailed_about_what_customers_do_not_see(alice, carol):
    ticket = make_ticket(requester=carol, actor=as_actor(alice), author=alice, is_public=False)
    rule = draft([CREATED], notice("requester"))
    assert rehearsed(rule, ticket).counts.get("mail:requester", 0) == 0


def test_a_trigger_that_would_set_it_back_is_called_out(alice, carol):
    ticket = make_ticket(requester=carol)
    other = trigger("Never high", [condition("priority", "is", "high")], effect("priority", "low"))
    submit(ticket, alice, "A note", is_public=False)
    made = rehearsed(draft([CHANGED], effect("priority", "high")), ticket)
    assert made.loops == {
        f"undone:{other.pk}": {
            "kind": "undone", "rule": {"id": other.pk, "title": "Never high"},
            "ticket": ticket.pk, "times": 1,
        }
    }  # fmt: skip


def test_a_draft_that_undoes_what_another_trigger_did_is_called_out(alice, carol):
    ticket = make_ticket(requester=carol, tags=("a",))
    other = trigger("Red", [CHANGED], effect("current_tags", "red"))
    submit(ticket, alice, "A note", is_public=False)
    made = rehearsed(draft([CHANGED, condition("current_tags", "includes", "red")],
                           effect("remove_tags", "red")), ticket)  # fmt: skip
    assert [(each["kind"], each["rule"]["id"]) for each in made.loops.values()] == [
        ("undoes", other.pk)
    ]


def test_programs_that_answer_each_other_are_called_out(carol):
    ticket = make_ticket(requester=carol)
    now = clock.now()
    for number in range(33):
        with clock.frozen(now + timedelta(seconds=number)):
            submit(ticket, carol, f"Out of office {number}", channel="email")
    made = rehearsed(draft([CHANGED], notice("requester")), ticket)
    assert {name: each["times"] for name, each in made.loops.items()} == {"often": 1, "stopped": 3}
    assert made.most == (ticket.pk, 33)


def test_a_person_at_the_screen_is_no_loop(alice, carol):
    ticket = make_ticket(requester=carol)
    for number in range(8):
        submit(ticket, alice, f"Note {number}", is_public=False)
    assert rehearsed(draft([CHANGED], effect("type", "task")), ticket).loops == {}


def test_custom_fields_files_and_ccs_are_judged_as_they_were(alice, carol, dave):
    field = create_ticket_field(actor=SETUP, key="color", title="Color", type="text", options=[])
    ticket = make_ticket(requester=carol)
    submit(ticket, alice, custom_fields={str(field.pk): "red"})
    submit(ticket, alice, custom_fields={str(field.pk): "blue"}, cc_ids=(dave.pk,))
    name = f"custom_fields_{field.pk}"
    red = draft([condition(name, "is", "red")], effect(name, "green"))
    assert [each["changes"] for each in rehearsed(red, ticket).examples] == [
        [[name, "red", "green"]]
    ]
    with_cc = draft([condition("cc", "is", True)], effect("cc", alice.pk))
    assert rehearsed(with_cc, ticket).counts["fired"] == 1
    with_files = draft([condition("attachment", "is", True)], effect("type", "task"))
    assert rehearsed(with_files, ticket).counts.get("fired", 0) == 0
