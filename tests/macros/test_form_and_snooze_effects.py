"""Rules that choose a ticket's form or put it to sleep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from macros.actions import create_with_macros, submit_with_macros
from macros.automations.nullification import ends
from macros.effects import InvalidEffect, parse_effects, plan
from macros.effects.words import ids_in, words_of_effects
from macros.explain.fields import why_field
from macros.macro_plans import preview
from tests.factories import SETUP, as_actor
from tests.macros.rules import CHANGED, condition, effect, events, submit, trigger
from tests.macros.test_macros import applied, made
from tickets.actions import FormDraft, ScheduleDraft, save_schedule, save_ticket_form
from tickets.conditions import Purpose, Situation, parse
from tickets.conditions.business import forget_schedules
from tickets.conditions.words import names_in
from tickets.drafts import CommentDraft, TicketChanges, TicketDraft
from tickets.models import UNTIL_REPLY, Ticket, TicketForm
from web.builder import effects as builder

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # before the office opens


@pytest.fixture
def form(lead) -> TicketForm:
    return save_ticket_form(actor=as_actor(lead), draft=FormDraft(title="Returns"))


def snoozed(ticket: Ticket, value: object, *, at: datetime = MONDAY) -> object:
    made = plan(
        parse_effects([effect("snooze", value)], "trigger"),
        Situation(ticket=ticket, actor=as_actor(ticket.requester), now=at), {},
    )  # fmt: skip
    return made.fields.get("snoozed_until", "awake")


@pytest.mark.parametrize(
    "value",
    ["", None, "tomorrow", {"until": "hours"}, {"until": "hours", "amount": 0},
     {"until": "days", "amount": 366}, {"until": "days", "amount": "1 OR 1"}, {"until": ["reply"]}],
)  # fmt: skip
def test_a_snooze_needs_an_end_that_can_be_counted(value):
    with pytest.raises(InvalidEffect, match="Snooze"):
        parse_effects([effect("snooze", value)], "automation")


def test_a_form_has_to_exist(form):
    assert parse_effects([effect("ticket_form_id", str(form.pk))], "macro") == [
        effect("ticket_form_id", form.pk)
    ]
    with pytest.raises(InvalidEffect, match="choose a form"):
        parse_effects([effect("ticket_form_id", form.pk + 1)], "macro")


def test_the_time_counts_from_the_rules_moment(make_ticket, lead):
    weekdays = [[day * 1440 + 9 * 60, day * 1440 + 17 * 60] for day in range(1, 6)]
    office = ScheduleDraft(name="Office", time_zone="UTC", intervals=weekdays)
    save_schedule(actor=SETUP, draft=office)
    forget_schedules()
    ticket = make_ticket()
    assert snoozed(ticket, "reply") == UNTIL_REPLY
    assert snoozed(ticket, {"until": "hours", "amount": "3"}) == MONDAY + timedelta(hours=3)
    assert snoozed(ticket, {"until": "days", "amount": 2}) == MONDAY + timedelta(days=2)
    assert snoozed(ticket, {"until": "opening"}) == MONDAY.replace(hour=9)
    assert snoozed(ticket, {"until": "opening"}, at=MONDAY.replace(hour=10)) == "awake"
    assert snoozed(ticket, "wake") is None


def test_a_trigger_puts_a_ticket_to_sleep_and_into_a_form(make_ticket, alice, form):
    ticket = make_ticket(assignee_id=alice.pk)
    trigger("Wait", [CHANGED, condition("status", "is", "pending")],
            effect("ticket_form_id", form.pk), effect("snooze", {"until": "reply"}))  # fmt: skip
    ticket = submit(ticket, alice, status="pending")
    assert (ticket.form, ticket.snoozed_until) == (form, UNTIL_REPLY)
    assert {event.field_name for event in events(ticket) if event.cause.get("title") == "Wait"} == {
        "form_id", "snoozed_until",
    }  # fmt: skip
    assert why_field(ticket, "snoozed_until").title == (
        "Why is Snooze “until the customer replies”?"
    )
    assert why_field(ticket, "form_id").title == "Why is Form “Returns”?"
    assert "Wait" in why_field(ticket, "form_id").headline


def test_a_solved_ticket_stays_awake(make_ticket, alice, form):
    ticket = make_ticket(assignee_id=alice.pk)
    trigger("Wait", [CHANGED], effect("snooze", {"until": "days", "amount": 1}))
    assert submit(ticket, alice, status="solved").snoozed_until is None
    macro = made(alice, "Later", effect("snooze", {"until": "hours", "amount": 1}))
    other = make_ticket(assignee_id=alice.pk)
    solved = submit_with_macros(
        actor=as_actor(alice), ticket_id=other.pk, applied=applied(macro),
        changes=TicketChanges(status="solved"),
    )  # fmt: skip
    assert (solved.status, solved.snoozed_until) == ("solved", None)


def test_a_macro_says_it_before_and_does_it_on_the_submit(make_ticket, alice, carol, form):
    macro = made(alice, "Later", effect("ticket_form_id", form.pk),
                 effect("snooze", {"until": "reply"}))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk)
    step = preview([macro], ticket, as_actor(alice)).steps[0]
    assert [(change.label, change.after) for change in step.changes] == [
        ("Form", "Returns"), ("Snooze", "until the customer replies"),
    ]  # fmt: skip
    ticket = submit_with_macros(actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(macro))
    assert (ticket.form, ticket.snoozed_until) == (form, UNTIL_REPLY)
    comment = CommentDraft(author_id=alice.pk, body="Called")
    draft = TicketDraft(subject="Call", comment=comment, requester_id=carol.pk, status="open",
                        assignee_id=alice.pk)  # fmt: skip
    new = create_with_macros(actor=as_actor(alice), draft=draft, applied=applied(macro))
    new.refresh_from_db()
    assert new.snoozed_until == UNTIL_REPLY


def test_an_automation_may_end_by_a_snooze():
    asleep = parse({"all": [condition("snoozed_until", "not_present")]}, Purpose.AUTOMATION)
    assert ends(asleep, [effect("snooze", {"until": "hours", "amount": 4})])
    assert not ends(asleep, [effect("snooze", {"until": "opening", "amount": None})])
    assert not ends(asleep, [effect("priority", "high")])


def test_they_are_read_aloud(form):
    effects = [
        effect("ticket_form_id", form.pk), effect("ticket_form_id", None),
        effect("snooze", {"until": "hours", "amount": 1}), effect("snooze", {"until": "wake"}),
        effect("snooze", {"until": "days", "amount": 3}),
    ]  # fmt: skip
    assert words_of_effects(effects, names_in([], ids_in(effects))) == [
        "use the form Returns", "take the form off", "snooze it for 1 hour", "wake it",
        "snooze it for 3 days",
    ]  # fmt: skip


def test_the_builder_writes_and_reads_them(form, lead):
    data = QueryDict(mutable=True)
    data.setlist("e", ["1", "2"])
    data.update({"e1-field": "ticket_form_id", "e1-value": str(form.pk), "e2-field": "snooze",
                 "e2-until": "days", "e2-amount": "3"})  # fmt: skip
    rows = builder.from_form(data, "trigger", as_actor(lead))
    assert rows.check()
    assert rows.rows[1].needs_amount
    stored = parse_effects(rows.as_json(), "trigger")
    assert stored == [
        effect("ticket_form_id", form.pk), effect("snooze", {"until": "days", "amount": 3}),
    ]  # fmt: skip
    assert builder.from_json(stored, "trigger", as_actor(lead)).as_json() == [
        effect("ticket_form_id", str(form.pk)),
        effect("snooze", {"until": "days", "amount": "3"}),
    ]
    data["e2-amount"] = ""
    refused = builder.from_form(data, "trigger", as_actor(lead))
    assert not refused.check()
    assert refused.rows[1].error == "Snooze: write a number of days from 1 to 365."
