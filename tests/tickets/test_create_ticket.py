"""tickets.actions.create_tickets (domain-standards.md §1–2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.actor import system_actor
from core import clock
from core.models import OutboxMessage
from tests.factories import as_actor
from tickets.actions import create_ticket, create_tickets, finish
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import InvalidChange, NotPermitted
from tickets.models import Audit, AuditEvent, Comment, EventType, Ticket

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def a_draft(person, **overrides):
    comment = CommentDraft(author_id=person.pk, body="Where is my parcel?")
    return TicketDraft(
        **{
            "subject": "Parcel", "comment": comment, "requester_id": person.pk, **overrides,
        }
    )  # fmt: skip


def test_a_new_ticket_is_new_and_belongs_to_nobody(carol, nordwind, make_ticket):
    with clock.frozen(NOW):
        ticket = make_ticket()
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.group) == ("new", None, None)
    assert (ticket.requester, ticket.submitter, ticket.organization) == (carol, carol, nordwind)
    assert ticket.created_at == ticket.updated_at == ticket.generated_at == NOW
    assert ticket.requester_updated_at == ticket.latest_comment_at == NOW
    assert ticket.version == 1
    assert ticket.is_public


def test_a_submit_leaves_one_audit_with_an_event_for_each_property(make_ticket, alice, support):
    ticket = make_ticket(assignee_id=alice.pk, tags=("vip",), priority="high")
    audit = Audit.objects.get(ticket=ticket)
    events = AuditEvent.objects.filter(audit=audit)
    created = {e.field_name: e.value for e in events if e.type == EventType.CREATE}
    assert created == {
        "subject": "The parcel did not arrive",
        "status": "open",
        "priority": "high",
        "requester_id": ticket.requester_id,
        "assignee_id": alice.pk,
        "group_id": support.pk,
        "organization_id": ticket.organization_id,
        "tags": ["vip"],
    }
    comment = events.get(type=EventType.COMMENT)
    assert comment.comment == ticket.comments.get()


def test_an_assigned_ticket_is_open_and_in_the_assignees_default_group(make_ticket, alice, support):
    ticket = make_ticket(assignee_id=alice.pk)
    assert (ticket.status, ticket.group_id) == ("open", support.pk)
    assert ticket.assigned_at == ticket.initially_assigned_at == ticket.created_at


def test_a_group_the_assignee_is_not_in_gives_way_to_their_own(
    make_ticket, alice, support, billing
):
    ticket = make_ticket(assignee_id=alice.pk, group_id=billing.pk)
    assert ticket.group_id == support.pk


@pytest.mark.parametrize("who", ["carol", "lightly"])
def test_only_agents_with_a_group_can_be_assigned(request, make_ticket, who):
    person = request.getfixturevalue(who)
    with pytest.raises(InvalidChange) as refused:
        make_ticket(assignee_id=person.pk)
    assert refused.value.field == "assignee_id"
    assert not Ticket.objects.exists()


def test_a_ticket_made_solved_knows_when(make_ticket):
    with clock.frozen(NOW):
        ticket = make_ticket(status="solved")
    assert ticket.solved_at == NOW
    assert ticket.closed_at is None


def test_an_internal_first_comment_hides_the_ticket_from_its_requester(make_ticket, alice, carol):
    ticket = make_ticket(is_public=False, author=alice)
    assert not ticket.is_public
    assert ticket.preview == ""


def test_tags_are_made_alike_and_unique(make_ticket):
    ticket = make_ticket(tags=(" VIP ", "vip", "two words", "a,b", ""))
    assert ticket.tags == ["vip", "two_words", "a_b"]


def test_more_than_a_hundred_tags_are_refused(make_ticket):
    with pytest.raises(InvalidChange):
        make_ticket(tags=tuple(f"t{n}" for n in range(101)))
    assert not Ticket.objects.exists()


def test_a_subject_is_one_line_of_at_most_998_letters(make_ticket):
    ticket = make_ticket(subject="Bcc: x@y\r\nSubject: z\x00" + "a" * 2_000)
    assert "\n" not in ticket.subject
    assert "\x00" not in ticket.subject
    assert len(ticket.subject) == 998


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"status": "odd"}, "status"),
        ({"priority": "odd"}, "priority"),
        ({"type": "odd"}, "type"),
        ({"requester_id": 10**9}, "requester_id"),
        ({"group_id": 10**9}, "group_id"),
        ({"organization_id": 10**9}, "organization_id"),
        ({"cc_ids": (10**9,)}, "cc_ids"),
        ({"followup_source_id": 10**9}, "followup_source_id"),
        ({"problem_id": 10**9, "type": "incident"}, "problem_id"),
        ({"due_at": NOW}, "due_at"),
        ({"custom_fields": {"1": "x"}}, "custom_fields_1"),
    ],
)
def test_wrong_values_are_named(alice, carol, wrong, field):
    draft = a_draft(alice, **{"requester_id": carol.pk, **wrong})
    with pytest.raises(InvalidChange) as refused:
        create_ticket(actor=as_actor(alice), draft=draft)
    assert refused.value.field == field
    assert not Ticket.objects.exists()


def test_an_external_id_is_used_once(make_ticket):
    make_ticket(external_id="shop-1")
    with pytest.raises(InvalidChange) as refused:
        make_ticket(external_id="shop-1")
    assert refused.value.field == "external_id"
    assert make_ticket().external_id is None
    assert make_ticket(external_id="").external_id is None


@pytest.mark.parametrize(
    "reach",
    [
        {"assignee_id": "alice"},
        {"follower_ids": "alice"},
        {"requester_id": "dave"},
        {"submitter_id": "alice"},
    ],
)
def test_a_customer_opens_tickets_for_themselves_alone(request, carol, alice, reach):
    ids = {name: request.getfixturevalue(who).pk for name, who in reach.items()}
    values = {name: (pk,) if name.endswith("_ids") else pk for name, pk in ids.items()}
    with pytest.raises(NotPermitted):
        create_ticket(actor=as_actor(carol), draft=a_draft(carol, **values))
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("values", [{"status": "solved"}, {"group_id": 1}, {"external_id": "x"}])
def test_a_customer_sets_no_internal_property(carol, values):
    with pytest.raises(NotPermitted):
        create_ticket(actor=as_actor(carol), draft=a_draft(carol, **values))


def test_a_customer_opens_a_ticket(carol):
    ticket = create_ticket(actor=as_actor(carol), draft=a_draft(carol))
    assert ticket.requester == carol
    assert not ticket.comments.get().is_from_agent


def test_a_light_agent_opens_no_ticket(lightly, carol):
    with pytest.raises(NotPermitted):
        create_ticket(actor=as_actor(lightly), draft=a_draft(lightly, requester_id=carol.pk))


def test_a_followup_points_to_its_closed_source(make_ticket, carol):
    source = make_ticket(status="closed")
    draft = a_draft(carol, followup_source_id=source.pk)
    followup = create_ticket(actor=as_actor(carol), draft=draft)
    assert list(source.followups.all()) == [followup]


def test_a_followup_of_somebody_elses_ticket_is_refused(make_ticket, mallory):
    source = make_ticket(status="closed")
    with pytest.raises(InvalidChange):
        create_ticket(actor=as_actor(mallory), draft=a_draft(mallory, followup_source_id=source.pk))
    assert not source.followups.exists()


def test_a_followup_of_an_open_ticket_is_refused(make_ticket, carol):
    source = make_ticket()
    with pytest.raises(InvalidChange):
        create_ticket(actor=as_actor(carol), draft=a_draft(carol, followup_source_id=source.pk))


def test_a_ticket_starts_with_ccs_and_followers(make_ticket, dave, alice, carol):
    ticket = make_ticket(cc_ids=(dave.pk, carol.pk, dave.pk), follower_ids=(alice.pk,))
    people = ticket.participants.order_by("role").values_list("role", "user_id", "is_accepted")
    assert list(people) == [("cc", dave.pk, True), ("follower", alice.pk, True)]


def test_a_customer_cannot_be_a_follower(make_ticket, dave):
    with pytest.raises(InvalidChange) as refused:
        make_ticket(follower_ids=(dave.pk,))
    assert refused.value.field == "follower_ids"


def test_a_batch_of_fifty_costs_as_many_queries_as_one_of_five(
    carol, dave, alice, django_assert_num_queries, django_assert_max_num_queries
):
    actor = system_actor("mail", channel="email")

    def batch(size):
        return [
            a_draft(
                carol if n % 2 else dave, subject=f"Matter {n}", tags=("t",), channel="email",
                assignee_id=alice.pk, cc_ids=(dave.pk,) if n % 2 else (carol.pk,),
            )
            for n in range(size)
        ]  # fmt: skip

    with django_assert_max_num_queries(31) as few:  # rules, forms, notifications: all once
        create_tickets(actor=actor, drafts=batch(5))
    with django_assert_num_queries(len(few)):
        tickets = create_tickets(actor=actor, drafts=batch(50))
    assert [ticket.subject for ticket in tickets] == [f"Matter {n}" for n in range(50)]
    assert Comment.objects.count() == Audit.objects.count() == 55


def test_one_wrong_draft_refuses_the_whole_batch(carol):
    drafts = [a_draft(carol), a_draft(carol, priority="odd")]
    with pytest.raises(InvalidChange):
        create_tickets(actor=system_actor("mail"), drafts=drafts)
    assert not Ticket.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_what_must_happen_outside_is_posted_in_the_same_transaction(make_ticket):
    ticket = make_ticket()
    message = OutboxMessage.objects.get(topic="ticket.changed")
    (change,) = message.payload["changes"]
    assert change == {
        "ticket": ticket.pk,
        "version": 1,
        "audit": Audit.objects.get().pk,
        "kind": "created",
        "channel": "email",
        "comment": Comment.objects.get().pk,
        "is_public": True,
        "author": ticket.requester_id,
        "deliveries": True,
    }


def test_a_failing_step_rolls_everything_back(make_ticket, monkeypatch):
    def broken(changes):
        raise RuntimeError("a step broke")

    monkeypatch.setattr(finish, "_steps", lambda: [broken])
    with pytest.raises(RuntimeError), transaction.atomic():
        make_ticket()
    for model in (Ticket, Comment, Audit, OutboxMessage):
        assert not model.objects.exists()


DEFIANT = [
    ({"status": "odd"}, "ticket_status_is_known"),
    ({"type": "odd"}, "ticket_type_is_known"),
    ({"priority": "odd"}, "ticket_priority_is_known"),
    ({"status": "solved"}, "ticket_solved_at_while_done"),
    ({"solved_at": NOW}, "ticket_solved_at_while_done"),
    ({"closed_at": NOW}, "ticket_closed_at_while_closed"),
    ({"status": "closed", "solved_at": NOW}, "ticket_closed_at_while_closed"),
    ({"due_at": NOW}, "ticket_only_tasks_are_due"),
]


@pytest.mark.parametrize(("values", "constraint"), DEFIANT)
def test_the_database_itself_keeps_the_rules(make_ticket, values, constraint):
    ticket = make_ticket()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**values)


def test_the_database_knows_that_new_has_no_assignee_and_an_assignee_has_a_group(
    make_ticket, alice, support
):
    ticket = make_ticket()
    with pytest.raises(IntegrityError, match="new_has_no_assignee"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(assignee=alice, group=support)
    with pytest.raises(IntegrityError, match="assignee_implies_group"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(assignee=alice, status="open")


def test_the_database_knows_what_problems_and_merges_are(make_ticket):
    ticket, other = make_ticket(), make_ticket()
    with pytest.raises(IntegrityError, match="only_incidents"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(problem=other)
    with pytest.raises(IntegrityError, match="merged_is_closed"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(merged_into=other)


@pytest.mark.parametrize("who", ["carol", "alice", "lead"])
def test_only_imports_say_when_a_ticket_came(request, carol, who):
    actor = as_actor(request.getfixturevalue(who))
    with pytest.raises(NotPermitted):
        create_ticket(actor=actor, draft=a_draft(carol, created_at=NOW))
    assert not Ticket.objects.exists()


def test_an_administrator_may_import_a_ticket_with_its_own_time(carol, admin):
    ticket = create_ticket(actor=as_actor(admin), draft=a_draft(carol, created_at=NOW))
    ticket.refresh_from_db()
    assert ticket.created_at == ticket.updated_at == NOW
    assert ticket.audits.get().created_at == ticket.comments.get().created_at == NOW
    assert ticket.generated_at > NOW
