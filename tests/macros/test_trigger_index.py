"""Many triggers: whom a submit does not concern is not looked at, and few bytes are kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from macros.engine import passes
from macros.models import RuleRun, Trigger
from macros.runs import FAILED, FIRED, NOT_MET, STOPPED, Result, Roster, results_of
from tests.factories import SETUP
from tests.macros.rules import (
    CHANGED,
    CREATED,
    by_rules,
    condition,
    effect,
    results,
    submit,
    trigger,
)
from tickets.actions import columns, create_ticket_field
from tickets.conditions import Condition, Conditions

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_at(monkeypatch) -> list[str]:
    """The fields that the conditions of judged triggers begin with."""
    names: list[str] = []
    judge = passes.first_unmet

    def spy(conditions: Conditions, situation: object) -> Condition | None:
        names.append(next(iter(conditions)).field.name)
        return judge(conditions, situation)

    monkeypatch.setattr(passes, "first_unmet", spy)
    return names


@pytest.fixture(autouse=True)
def _no_stock() -> None:
    Trigger.objects.all().delete()


def test_a_trigger_that_waits_for_a_change_is_not_looked_at_before_it(
    make_ticket, alice, looked_at
):
    vip = condition("current_tags", "includes", "vip")
    changed = [
        trigger("Changed", [vip, condition("priority", "changed")], effect("type", "task")),
        trigger("To", [vip, condition("priority", "value", "urgent")], effect("type", "task")),
        trigger("From", [vip, condition("priority", "value_previous", "low")],
                effect("type", "task")),
    ]  # fmt: skip
    created = trigger("New", [CREATED, vip], effect("type", "task"))
    ticket = make_ticket()
    looked_at.clear()

    submit(ticket, alice, "A word", subject="Other")

    assert looked_at == []
    assert [results(ticket)[rule.pk] for rule in changed] == [
        Result(rule.pk, 1, NOT_MET, 1) for rule in changed
    ]
    assert results(ticket)[created.pk] == Result(created.pk, 1, NOT_MET, 0)

    submit(ticket, alice, priority="low")
    assert looked_at == ["current_tags"] * 3
    assert results(ticket)[changed[1].pk] == Result(changed[1].pk, 1, NOT_MET, 0)


def test_custom_fields_are_asked_for_once_for_all_of_their_triggers(make_ticket, alice, looked_at):
    options = [f"w{number}" for number in range(20)]
    field = create_ticket_field(
        actor=SETUP, key="where", title="Where", type="tagger", options=options
    )
    name = f"custom_fields_{field.pk}"
    rules = [
        trigger(option, [condition(name, "value", option)], effect("current_tags", option))
        for option in options
    ]
    ticket = make_ticket()
    submit(ticket, alice, subject="Other")
    assert looked_at == []
    submit(ticket, alice, custom_fields={str(field.pk): "w7"})
    assert len(looked_at) == 20
    assert [results(ticket)[rule.pk].outcome for rule in rules].count(FIRED) == 1


def test_a_change_by_a_rule_wakes_only_those_whose_deciding_condition_reads_it(
    make_ticket, alice, looked_at
):
    trigger("Status", [condition("status", "is", "hold"), condition("current_tags", "present")],
            effect("type", "task"))  # fmt: skip
    late = trigger("Tagged", [CHANGED, condition("current_tags", "includes", "hot")],
                   effect("type", "problem"))  # fmt: skip
    trigger("Words", [CHANGED, condition("comment_includes_word", "includes", "never")],
            effect("type", "task"))  # fmt: skip
    trigger("Hot", [CHANGED, condition("subject_includes_word", "includes", "fire")],
            effect("current_tags", "hot"))  # fmt: skip
    ticket = make_ticket()
    looked_at.clear()

    submit(ticket, alice, subject="Fire!")

    assert by_rules(ticket) == [("tags", ["hot"], "Hot"), ("type", "problem", "Tagged")]
    assert len(looked_at) == 4  # three once, "Tagged" twice, "Status" never
    assert results(ticket)[late.pk].outcome == FIRED


def test_alternatives_are_judged_anew_when_any_of_them_changes(make_ticket, alice):
    hot = {"all": [condition("current_tags", "includes", "hot")]}
    either = {"all": [], "any": [condition("type", "is", "task"), hot]}
    rule = trigger("Either", [either], effect("priority", "urgent"))
    trigger("Hot", [CHANGED], effect("current_tags", "hot"))
    ticket = make_ticket()
    assert results(ticket)[rule.pk] == Result(rule.pk, 1, NOT_MET, 0)
    submit(ticket, alice, subject="Other")
    assert results(ticket)[rule.pk].outcome == FIRED


def test_triggers_that_set_fields_save_the_ticket_once(make_ticket, alice):
    ticket = make_ticket()
    counts = []
    for number in range(2):
        for more in range(1 + 9 * number):
            trigger(f"Tag {more}", [CHANGED], effect("current_tags", f"{number}-{more}"))
        submit(ticket, alice, subject=f"Warm {number}")
        ticket.tags = []
        ticket.save()
        with CaptureQueriesContext(connection) as queries:
            submit(ticket, alice, subject=f"Other {number}")
        counts.append(len(queries))
    ticket.refresh_from_db()
    assert len(ticket.tags) == 11
    assert counts[0] == counts[1]


def test_what_the_database_refuses_is_laid_to_the_one_rule(make_ticket, alice, monkeypatch):
    first = trigger("First", [CHANGED], effect("current_tags", "one"))
    bad = trigger("Bad", [CHANGED, condition("current_tags", "includes", "one")],
                  effect("priority", "urgent"))  # fmt: skip
    after = trigger("After", [condition("priority", "is", "urgent")], effect("type", "task"))
    last = trigger("Last", [CHANGED], effect("current_tags", "two"))
    ticket = make_ticket()
    save = columns.save_changed

    def refuse(row, before):
        if row.priority == "urgent":
            raise IntegrityError
        save(row, before)

    monkeypatch.setattr(columns, "save_changed", refuse)
    submit(ticket, alice, subject="Kept")

    ticket.refresh_from_db()
    assert (ticket.subject, ticket.priority, ticket.type) == ("Kept", "", "")
    assert ticket.tags == ["one", "two"]
    assert by_rules(ticket) == [("tags", ["one"], "First"), ("tags", ["one", "two"], "Last")]
    outcomes = [results(ticket)[rule.pk].outcome for rule in (first, bad, after, last)]
    assert outcomes == [FIRED, FAILED, NOT_MET, FIRED]


def test_five_hundred_that_do_not_fire_are_kept_in_few_bytes():
    rules = [(number * 3, 1 + number % 7) for number in range(1, 501)]
    unmet = {rule_id: rule_id % 5 for rule_id, _ in rules[3:]}
    ran = [Result(3, 2, FIRED), Result(6, 3, FAILED), Result(9, 4, STOPPED)]
    run = RuleRun(results=[each.as_json() for each in ran], not_met=Roster(rules).pack(unmet))
    assert len(run.not_met) < 1_000
    assert results_of(run) == [
        *ran, *(Result(rule_id, revision, NOT_MET, rule_id % 5) for rule_id, revision in rules[3:]),
    ]  # fmt: skip


def test_a_run_without_triggers_can_be_read():
    assert results_of(RuleRun(results=[], not_met=Roster([]).pack({}))) == []
    assert results_of(RuleRun(results=[])) == []
