"""tickets.actions.update_ticket: one submit, one audit (domain-standards.md §1–2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from accounts.actor import customer_actor, system_actor
from core import clock
from core.models import OutboxMessage
from tests.factories import as_actor
from tickets.actions import (
    close_tickets,
    create_ticket_field,
    delete_ticket,
    restore_ticket,
    solve_ticket,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import (
    ConflictingChange,
    InvalidChange,
    NotPermitted,
    TicketClosed,
    TicketNotFound,
)
from tickets.models import Audit, AuditEvent, Comment, EventType, Ticket

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def change(actor, ticket, **fields):
    return update_ticket(actor=actor, ticket_id=ticket.pk, changes=TicketChanges(**fields))


def say(actor, ticket, body="Hello", **comment):
    draft = CommentDraft(author_id=actor.user_id, body=body, **comment)
    return update_ticket(actor=actor, ticket_id=ticket.pk, comment=draft)


def last_events(ticket):
    audit = ticket.audits.order_by("-id").first()
    return {event.field_name: event for event in audit.events.all() if event.field_name}


# Status


@pytest.mark.parametrize("status", ["pending", "hold", "solved"])
def test_a_customers_public_reply_reopens_what_waited_or_was_done(
    make_ticket, alice, carol, status
):
    ticket = make_ticket(assignee_id=alice.pk)
    change(as_actor(alice), ticket, status=status)
    ticket = say(customer_actor(carol, channel="email"), ticket)
    assert ticket.status == "open"
    assert ticket.solved_at is None
    assert last_events(ticket)["status"].previous_value == status


def test_a_customers_reply_leaves_new_and_open_tickets_as_they_are(make_ticket, alice, carol):
    fresh, taken = make_ticket(), make_ticket(assignee_id=alice.pk)
    assert say(as_actor(carol), fresh).status == "new"
    assert say(as_actor(carol), taken).status == "open"


def test_a_courtesy_message_leaves_a_solved_ticket_solved(make_ticket, alice, carol):
    ticket = make_ticket(assignee_id=alice.pk)
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    assert say(as_actor(carol), ticket, "Thanks!", reopens=False).status == "solved"


def test_an_agents_reply_and_note_leave_the_status_alone(make_ticket, alice):
    ticket = make_ticket(assignee_id=alice.pk)
    change(as_actor(alice), ticket, status="pending")
    assert say(as_actor(alice), ticket).status == "pending"
    assert say(as_actor(alice), ticket, is_public=False).status == "pending"


def test_new_never_comes_back(make_ticket, alice):
    ticket = make_ticket(assignee_id=alice.pk)
    with pytest.raises(InvalidChange) as refused:
        change(as_actor(alice), ticket, status="new")
    assert refused.value.field == "status"
    ticket.refresh_from_db()
    assert (ticket.status, ticket.version) == ("open", 1)


def test_solving_and_reopening_keep_the_solving_time_true(make_ticket, alice):
    with clock.frozen(NOW):
        ticket = make_ticket(assignee_id=alice.pk)
    with clock.frozen(LATER):
        ticket = solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    assert (ticket.solved_at, ticket.status_updated_at) == (LATER, LATER)
    ticket = change(as_actor(alice), ticket, status="open")
    assert ticket.solved_at is None


def test_closing_keeps_when_it_was_solved(make_ticket, alice):
    ticket = make_ticket(assignee_id=alice.pk)
    with clock.frozen(NOW):
        solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    with clock.frozen(LATER):
        close_tickets(actor=system_actor("automation"), ticket_ids=[ticket.pk])
    ticket.refresh_from_db()
    assert (ticket.status, ticket.solved_at, ticket.closed_at) == ("closed", NOW, LATER)


def test_a_closed_ticket_takes_neither_changes_nor_comments(make_ticket, alice, carol):
    ticket = make_ticket(status="closed")
    with pytest.raises(TicketClosed):
        change(as_actor(alice), ticket, priority="low")
    with pytest.raises(TicketClosed):
        say(as_actor(carol), ticket)
    assert ticket.comments.count() == 1


# Assignment


def test_assigning_ends_new_and_brings_the_group(make_ticket, alice, bob, billing):
    ticket = change(as_actor(alice), make_ticket(), assignee_id=bob.pk)
    assert (ticket.status, ticket.group_id) == ("open", billing.pk)
    assert ticket.assigned_at == ticket.initially_assigned_at == ticket.updated_at


@pytest.mark.parametrize("status", ["open", "pending", "hold", "solved"])
def test_whoever_moves_an_unassigned_ticket_on_takes_it(make_ticket, alice, support, status):
    ticket = change(as_actor(alice), make_ticket(), status=status)
    assert (ticket.assignee_id, ticket.group_id) == (alice.pk, support.pk)


def test_moving_to_a_group_the_assignee_is_not_in_unassigns(make_ticket, alice, billing):
    ticket = change(as_actor(alice), make_ticket(assignee_id=alice.pk), group_id=billing.pk)
    assert (ticket.assignee_id, ticket.group_id, ticket.status) == (None, billing.pk, "open")


def test_unassigning_keeps_the_group(make_ticket, alice, support):
    ticket = change(as_actor(alice), make_ticket(assignee_id=alice.pk), assignee_id=None)
    assert (ticket.assignee_id, ticket.group_id) == (None, support.pk)


def test_the_first_assignment_is_remembered(make_ticket, alice, bob):
    with clock.frozen(NOW):
        ticket = make_ticket(assignee_id=alice.pk)
    with clock.frozen(LATER):
        ticket = change(as_actor(alice), ticket, assignee_id=bob.pk)
    assert (ticket.initially_assigned_at, ticket.assigned_at) == (NOW, LATER)


# One submit, one audit


def test_a_submit_with_everything_is_one_audit(make_ticket, alice, dave):
    ticket = make_ticket()
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        changes=TicketChanges(
            subject="Lost parcel", status="pending", priority="high", type="incident",
            tags=("lost",), cc_ids=(dave.pk,),
        ),
        comment=CommentDraft(author_id=alice.pk, body="We are looking for it."),
    )  # fmt: skip
    assert Audit.objects.filter(ticket=ticket).count() == 2
    audit = ticket.audits.order_by("-id").first()
    assert (audit.author, audit.channel) == (alice, "web")
    kinds = sorted((event.type, event.field_name) for event in audit.events.all())
    assert kinds == [
        ("Cc", "cc_ids"),
        ("Change", "assignee_id"),
        ("Change", "group_id"),
        ("Change", "priority"),
        ("Change", "status"),
        ("Change", "subject"),
        ("Change", "tags"),
        ("Change", "type"),
        ("Comment", ""),
        ("Notification", "comment"),
    ]


def test_events_say_what_was_and_what_is(make_ticket, alice):
    ticket = make_ticket(tags=("a",))
    change(as_actor(alice), ticket, tags=("b",), priority="urgent")
    events = last_events(ticket)
    assert (events["tags"].previous_value, events["tags"].value) == (["a"], ["b"])
    assert (events["priority"].previous_value, events["priority"].value) == ("", "urgent")


def test_a_submit_that_changes_nothing_leaves_no_trace(make_ticket, alice):
    ticket = make_ticket(priority="high", tags=("a",))
    OutboxMessage.objects.all().delete()
    change(as_actor(alice), ticket, priority="high", tags=("a",))
    ticket.refresh_from_db()
    assert ticket.version == 1
    assert Audit.objects.count() == 1
    assert not OutboxMessage.objects.exists()


def test_a_cause_travels_into_the_audit(make_ticket, alice):
    ticket = make_ticket()
    change(as_actor(alice).on("api", rule=7), ticket, priority="low")
    audit = ticket.audits.order_by("-id").first()
    assert (audit.channel, audit.cause) == ("api", {"rule": 7})


def test_a_failed_step_rolls_the_whole_submit_back(make_ticket, alice, monkeypatch):
    from tickets.actions import finish

    ticket = make_ticket()
    OutboxMessage.objects.all().delete()

    def broken(changes):
        raise RuntimeError("a step broke")

    monkeypatch.setattr(finish, "_steps", lambda: [broken])
    with pytest.raises(RuntimeError), transaction.atomic():
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk,
            changes=TicketChanges(priority="high"),
            comment=CommentDraft(author_id=alice.pk, body="lost"),
        )  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.version) == ("", 1)
    assert Comment.objects.count() == Audit.objects.count() == 1
    assert AuditEvent.objects.filter(audit__ticket=ticket, type=EventType.CHANGE).count() == 0
    assert not OutboxMessage.objects.exists()


# Conflicts


def test_two_people_in_the_same_field_conflict_and_nothing_is_overwritten(make_ticket, alice, bob):
    ticket = make_ticket()
    change(as_actor(alice), ticket, priority="low")
    with pytest.raises(ConflictingChange) as conflict:
        update_ticket(
            actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(priority="urgent"),
            comment=CommentDraft(author_id=bob.pk, body="mine"), expected_version=1,
        )  # fmt: skip
    (found,) = conflict.value.changes
    assert (found.author, found.field, found.value) == ("Alice Archer", "priority", "low")
    ticket.refresh_from_db()
    assert ticket.priority == "low"
    assert ticket.comments.count() == 1


def test_two_people_in_different_fields_both_win(make_ticket, alice, bob):
    ticket = make_ticket()
    change(as_actor(alice), ticket, priority="low")
    ticket = update_ticket(
        actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(tags=("x",)),
        expected_version=1,
    )  # fmt: skip
    assert (ticket.priority, ticket.tags) == ("low", ["x"])


def test_the_same_value_twice_is_no_conflict(make_ticket, alice, bob):
    ticket = make_ticket()
    change(as_actor(alice), ticket, priority="low")
    update_ticket(
        actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(priority="low"),
        expected_version=1,
    )  # fmt: skip


# Types


def test_a_due_date_goes_with_the_type_task(make_ticket, alice):
    ticket = change(as_actor(alice), make_ticket(), type="task", due_at=LATER)
    assert ticket.due_at == LATER
    assert change(as_actor(alice), ticket, type="question").due_at is None


def test_incidents_link_to_a_visible_problem(make_ticket, alice):
    problem = make_ticket(type="problem")
    ticket = change(as_actor(alice), make_ticket(), type="incident", problem_id=problem.pk)
    assert ticket.problem == problem
    assert change(as_actor(alice), ticket, type="question").problem is None


def test_a_question_is_no_problem(make_ticket, alice):
    question = make_ticket(type="question")
    with pytest.raises(InvalidChange):
        change(as_actor(alice), make_ticket(), type="incident", problem_id=question.pk)


# Custom fields


def test_custom_fields_are_checked_by_their_type(make_ticket, admin, alice):
    order = create_ticket_field(actor=as_actor(admin), key="order", title="Order", type="integer")
    size = create_ticket_field(
        actor=as_actor(admin), key="size", title="Size", type="tagger", options=["s", "m"]
    )
    ticket = make_ticket()
    ticket = change(as_actor(alice), ticket, custom_fields={str(order.pk): "17"})
    ticket = change(as_actor(alice), ticket, custom_fields={str(size.pk): "m"})
    assert ticket.custom_fields == {str(order.pk): 17, str(size.pk): "m"}
    for key, value in [(order.pk, "many"), (size.pk, "xl"), (10**6, "x")]:
        with pytest.raises(InvalidChange) as refused:
            change(as_actor(alice), ticket, custom_fields={str(key): value})
        assert refused.value.field == f"custom_fields_{key}"
    ticket = change(as_actor(alice), ticket, custom_fields={str(size.pk): None})
    assert ticket.custom_fields == {str(order.pk): 17}


# Who may


def test_a_light_agent_writes_notes_and_nothing_else(make_ticket, lightly):
    ticket = make_ticket()
    say(as_actor(lightly), ticket, is_public=False)
    with pytest.raises(NotPermitted):
        say(as_actor(lightly), ticket)
    with pytest.raises(NotPermitted):
        change(as_actor(lightly), ticket, priority="low")
    ticket.refresh_from_db()
    assert (ticket.version, ticket.priority) == (2, "")


def test_a_customer_replies_publicly_and_solves_and_nothing_else(make_ticket, carol):
    ticket = make_ticket()
    actor = as_actor(carol)
    say(actor, ticket)
    change(actor, ticket, status="solved")
    for refused in ({"status": "closed"}, {"priority": "urgent"}, {"tags": ("x",)}):
        with pytest.raises(NotPermitted):
            change(actor, ticket, **refused)
    with pytest.raises(NotPermitted):
        say(actor, ticket, is_public=False)


def test_nobody_writes_in_anothers_name(make_ticket, alice, bob):
    draft = CommentDraft(author_id=bob.pk, body="as bob")
    with pytest.raises(NotPermitted):
        update_ticket(actor=as_actor(alice), ticket_id=make_ticket().pk, comment=draft)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("who", ["mallory", "dave"])
def test_a_strangers_update_finds_no_ticket(request, make_ticket, who):
    ticket = make_ticket()
    with pytest.raises(TicketNotFound):
        say(as_actor(request.getfixturevalue(who)), ticket)
    assert ticket.comments.count() == 1


def test_an_unaccepted_participant_sees_nothing(make_ticket, mallory):
    from tickets.actions import accept_participant, add_unverified_participant
    from tickets.policies import visible_tickets

    ticket = make_ticket()
    add_unverified_participant(ticket=ticket, user=mallory)
    assert not visible_tickets(as_actor(mallory)).exists()
    accept_participant(actor=system_actor("x"), ticket_id=ticket.pk, user_id=mallory.pk)
    assert list(visible_tickets(as_actor(mallory))) == [ticket]


# Deleting


def test_a_deleted_ticket_is_gone_until_it_is_restored(make_ticket, lead, alice):
    ticket = make_ticket()
    delete_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    assert not Ticket.objects.existing().exists()
    with pytest.raises(TicketNotFound):
        change(as_actor(lead), ticket, priority="low")
    with pytest.raises(NotPermitted):
        restore_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    restored = restore_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    assert restored.deleted_at is None
    assert [e.value for e in AuditEvent.objects.filter(field_name="deleted")] == [True, False]
