"""What rules made of updates: on a ticket, of one rule; bounded, and by what the reader may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import NotPermitted
from core import clock
from macros.explain import runs, runs_of_rule, runs_of_ticket, whole_run
from macros.explain.fields import why_field
from macros.explain.history import LOOKED_AT, newest_submits
from macros.models import RuleKind, RuleRun
from tests.factories import as_actor
from tests.macros.rules import CREATED, condition, effect, notice, submit, trigger
from tickets.models import Audit, AuditEvent, EventType, Ticket

pytestmark = pytest.mark.django_db


def judged(run):
    return {each.rule.title: each for each in run.judged}


def test_a_ticket_tells_what_fired_and_counts_the_rest(make_ticket, alice):
    trigger("Urgent", [CREATED], effect("priority", "urgent"), notice("requester"))
    trigger("Never", [condition("subject_includes_word", "includes", "zebra")],
            effect("priority", "low"))  # fmt: skip
    ticket = make_ticket()
    (run,), _page = runs_of_ticket(ticket)
    assert run.submit.words == "Carol Customer made the ticket by e-mail"
    assert judged(run)["Urgent"].label == "Fired"
    assert judged(run)["Urgent"].did == [
        "Priority: empty → Urgent", "sent mail to Carol Customer",
    ]  # fmt: skip
    assert judged(run)["Urgent"].held == ["The ticket is created"]
    assert "Never" not in judged(run)
    assert run.not_fired >= 1


def test_the_whole_run_says_which_condition_was_not_so(make_ticket):
    trigger("Never", [CREATED, condition("subject_includes_word", "includes", "zebra"),
                      condition("status", "is", "solved")], effect("priority", "low"))  # fmt: skip
    ticket = make_ticket()
    run = whole_run(ticket, RuleRun.objects.get(ticket=ticket).pk)
    never = judged(run)["Never"]
    assert never.label == "Did not fire"
    # Statuses are judged first, because they cost nothing; the sentence is the one that decided.
    assert never.unmet == "Status is Solved"
    assert run.not_fired == 0


def test_the_condition_is_that_of_the_old_revision(make_ticket):
    from macros.actions import update_trigger
    from macros.actions.triggers import TriggerDraft
    from tests.factories import SETUP

    rule = trigger("Old", [condition("priority", "is", "high")], effect("type", "task"))
    ticket = make_ticket()
    draft = TriggerDraft(title="New", conditions={"all": [CREATED]}, effects=rule.effects)
    update_trigger(actor=SETUP, trigger_id=rule.pk, draft=draft)
    run = whole_run(ticket, RuleRun.objects.get(ticket=ticket).pk)
    assert judged(run)["Old"].unmet == "Priority is High"


def test_a_failure_says_why(make_ticket):
    trigger("Broken", [CREATED], notice("requester", body="{{ticket.nothing.here | nofilter}}"))
    ticket = make_ticket()
    (run,), _page = runs_of_ticket(ticket)
    broken = judged(run)["Broken"]
    assert broken.label == "Failed"
    assert broken.did[0].startswith("did not work: ")


def test_a_run_of_another_ticket_is_none_of_this_one(make_ticket):
    mine, other = make_ticket(), make_ticket(subject="Other")
    assert whole_run(mine, RuleRun.objects.get(ticket=other).pk) is None


def test_a_rule_shows_its_latest_evaluations_by_outcome(make_ticket, lead):
    rule = trigger("VIP", [CREATED, condition("current_tags", "includes", "vip")],
                   effect("priority", "high"))  # fmt: skip
    vip, plain = make_ticket(tags=("vip",)), make_ticket()
    actor = as_actor(lead)
    every = runs_of_rule(actor, RuleKind.TRIGGER, rule.pk)
    assert [(row.ticket.pk, row.judged.label) for row in every.rows] == [
        (plain.pk, "Did not fire"), (vip.pk, "Fired"),
    ]  # fmt: skip
    assert every.rows[0].judged.unmet == "Tags contain at least one of vip"
    assert every.counts == {"f": 1, "n": 1}
    fired = runs_of_rule(actor, RuleKind.TRIGGER, rule.pk, outcome="f")
    assert [row.ticket.pk for row in fired.rows] == [vip.pk]


def test_pages_of_a_rule_go_on_where_the_last_one_ended(make_ticket, lead, monkeypatch):
    rule = trigger("All", [CREATED], effect("priority", "high"))
    tickets = [make_ticket(subject=str(n)).pk for n in range(7)]
    monkeypatch.setattr(runs, "LOOKED_AT", 3)
    monkeypatch.setattr(runs, "ROWS", 2)
    seen, cursor = [], ""
    for _ in range(10):
        page = runs_of_rule(as_actor(lead), RuleKind.TRIGGER, rule.pk, cursor=cursor)
        seen += [row.ticket.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == tickets[::-1]


def test_tickets_that_the_reader_may_not_see_are_counted_not_named(
    make_ticket, lead, billing, support
):
    rule = trigger("All", [CREATED], effect("priority", "high"))
    make_ticket(group_id=billing.pk)
    lead.ticket_access = "groups"
    lead.save(update_fields=["ticket_access"])
    found = runs_of_rule(as_actor(lead), RuleKind.TRIGGER, rule.pk)
    assert (found.rows, found.hidden) == ([], 1)


def test_agents_who_do_not_manage_rules_see_no_runs_of_a_rule(alice):
    with pytest.raises(NotPermitted):
        runs_of_rule(as_actor(alice), RuleKind.TRIGGER, 1)


def test_what_is_older_than_it_is_kept_is_not_looked_at(make_ticket, lead, settings):
    rule = trigger("All", [CREATED], effect("priority", "high"))
    make_ticket()
    RuleRun.objects.update(
        created_at=clock.now() - timedelta(days=settings.RULE_RUNS_DAYS, minutes=1)
    )
    assert runs_of_rule(as_actor(lead), RuleKind.TRIGGER, rule.pk).looked_at == 0


def queries(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        work()
    return len(seen)


def test_the_number_of_queries_depends_neither_on_rules_nor_on_updates(
    make_ticket, alice, bob, lead, support, billing
):
    rule = trigger("First", [CREATED], effect("group_id", support.pk))
    ticket = make_ticket()
    actor = as_actor(lead)

    def read() -> list[int]:
        return [
            queries(lambda: why_field(Ticket.objects.get(pk=ticket.pk), "group_id")),
            queries(lambda: runs_of_ticket(ticket)),
            queries(lambda: whole_run(ticket, RuleRun.objects.filter(ticket=ticket).first().pk)),
            queries(lambda: runs_of_rule(actor, RuleKind.TRIGGER, rule.pk)),
        ]

    submit(ticket, alice, group_id=billing.pk)
    few = read()
    for number in range(12):
        trigger(f"No {number}", [condition("group_id", "is", support.pk),
                                 condition("assignee_id", "is", alice.pk)],
                effect("priority", "high"))  # fmt: skip
    for number in range(8):
        submit(ticket, alice, group_id=(support, billing)[number % 2].pk)
    many = read()
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), (few, many)
    assert max(many) <= 12


def test_a_long_history_is_read_by_index_and_in_bounds(make_ticket, alice):
    ticket = make_ticket(priority="low")
    now = clock.now()
    audits = Audit.objects.bulk_create(
        Audit(ticket=ticket, author=alice, channel="web", created_at=now + timedelta(seconds=n))
        for n in range(LOOKED_AT + 50)
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(audit=audit, type=EventType.CHANGE, field_name="subject", previous_value="a",
                   value="b")
        for audit in audits
    )  # fmt: skip
    rows = AuditEvent.objects.filter(audit__in=newest_submits(ticket), field_name="priority")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_audit, tickets_auditevent")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_hashjoin = off")
    plan = rows.explain()
    assert "audit_in_order" in plan
    assert "Limit" in plan
    assert "Seq Scan" not in plan
    answer = why_field(Ticket.objects.get(pk=ticket.pk), "priority")
    assert "does not stand in the history" in answer.headline
    assert "Only the newest 1,000 updates were looked through" in answer.notes[0]


def test_the_runs_of_a_rule_are_found_by_index(make_ticket):
    make_ticket()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_incremental_sort = off")
    window = runs._window(RuleKind.TRIGGER).order_by("-created_at", "-id")[:50]
    assert "rule_run_of_kind" in window.explain()
