"""Changing many tickets in one go: what is done, what is refused, what undo brings back."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from accounts.errors import NotPermitted
from macros.actions import create_macro
from macros.actions.bulk import perform, run_bulk
from macros.actions.macros import MacroDraft
from tests.factories import as_actor
from tickets.actions import begin_bulk, stop_bulk, undo_bulk, update_ticket
from tickets.actions.bulk import run_slice
from tickets.actions.puttingback import state_of
from tickets.bulk import JOB_LIMIT, BulkRequest
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange, JobNotFound, TooManyJobs
from tickets.models import BulkKind, BulkState, ItemState, Ticket


def ids(tickets):
    return [ticket.pk for ticket in tickets]


def outcomes(job):
    return list(job.items.order_by("position").values_list("state", flat=True))


def change(person, tickets, **request):
    job = begin_bulk(
        actor=as_actor(person), kind=BulkKind.UPDATE, ticket_ids=ids(tickets),
        request=BulkRequest(**request),
    )  # fmt: skip
    run_bulk()
    job.refresh_from_db()
    return job


def take_back(person, job):
    undo = undo_bulk(actor=as_actor(person), job_id=job.pk)
    run_bulk()
    undo.refresh_from_db()
    return undo


@pytest.fixture
def three(make_ticket, support):
    return [make_ticket(subject=f"Lamp {n}", group_id=support.pk, tags=("lamp",)) for n in range(3)]


def test_each_ticket_gets_the_fields_and_one_audit_that_names_the_job(three, alice):
    fields = {"status": "pending", "priority": "high", "assignee_id": alice.pk}
    job = change(alice, three, fields=fields, add_tags=("seen",), remove_tags=("lamp",))
    assert (job.state, outcomes(job)) == (BulkState.COMPLETED, [ItemState.DONE] * 3)
    for ticket in three:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.priority, ticket.tags) == ("pending", "high", ["seen"])
        audit = ticket.audits.latest("id")
        assert audit.author_id == alice.pk
        assert audit.cause["bulk"] == {"id": job.pk, "total": 3}
        assert ticket.audits.count() == 2


def test_a_reply_to_all_is_filled_in_for_each_ticket(three, alice, carol, settings):
    settings.UNDO_SEND_SECONDS = 10
    text = "Dear {{ticket.requester.first_name}}, about #{{ticket.id}}: done."
    change(alice, three, fields={"status": "solved"}, text=text)
    for ticket in three:
        comment = ticket.comments.latest("id")
        assert comment.body == f"Dear Carol, about #{ticket.pk}: done."
        assert comment.is_public
        assert comment.waits == "undo"


def test_a_macro_does_to_each_ticket_what_it_does_to_one(three, alice, admin):
    effects = [
        {"field": "priority", "value": "urgent"},
        {"field": "comment_value", "value": "About {{ticket.title}}"},
        {"field": "comment_mode_is_public", "value": "false"},
    ]
    macro = create_macro(
        actor=as_actor(admin), draft=MacroDraft(title="Hurry", effects=effects, scope="everyone")
    )
    job = change(alice, three, macro_id=macro.pk, macro_revision=macro.revision)
    assert set(job.items.values_list("why", flat=True)) == {""}
    for ticket in three:
        ticket.refresh_from_db()
        comment = ticket.comments.latest("id")
        assert (ticket.priority, comment.body, comment.is_public) == (
            "urgent", f"About {ticket.subject}", False,
        )  # fmt: skip


def test_one_ticket_that_cannot_be_changed_does_not_hold_up_the_others(three, alice):
    update_ticket(
        actor=as_actor(alice), ticket_id=three[1].pk, changes=TicketChanges(status="closed")
    )
    job = change(alice, three, fields={"priority": "low"})
    assert outcomes(job) == [ItemState.DONE, ItemState.FAILED, ItemState.DONE]
    assert job.items.get(number=three[1].pk).why.startswith(f"Ticket {three[1].pk} is closed")
    again = change(alice, three, fields={"priority": "low"})
    assert outcomes(again) == [ItemState.UNCHANGED, ItemState.FAILED, ItemState.UNCHANGED]


def test_a_worker_that_dies_leaves_whole_tickets_and_another_goes_on(three, alice):
    job = begin_bulk(
        actor=as_actor(alice), kind=BulkKind.UPDATE, ticket_ids=ids(three),
        request=BulkRequest(text="Once only", is_public=False),
    )  # fmt: skip

    def dies_at_the_second(job, item):
        outcome = perform(job, item)
        if item.position == 1:
            raise KeyboardInterrupt
        return outcome

    with pytest.raises(KeyboardInterrupt):
        run_slice(perform=dies_at_the_second)
    assert outcomes(job) == [ItemState.DONE, ItemState.QUEUED, ItemState.QUEUED]
    run_bulk()
    job.refresh_from_db()
    assert (job.state, outcomes(job)) == (BulkState.COMPLETED, [ItemState.DONE] * 3)
    assert [ticket.comments.filter(body="Once only").count() for ticket in three] == [1, 1, 1]


def test_undo_leaves_alone_what_somebody_has_changed_since(three, alice, lead):
    job = change(alice, three, fields={"priority": "high"}, add_tags=("seen",))
    update_ticket(
        actor=as_actor(lead), ticket_id=three[0].pk, changes=TicketChanges(priority="low")
    )
    update_ticket(
        actor=as_actor(lead), ticket_id=three[1].pk, changes=TicketChanges(subject="Chair")
    )
    undo = take_back(alice, job)
    kept, put_back, _ = (undo.items.get(number=ticket.pk) for ticket in three)
    assert kept.state == ItemState.FAILED
    assert kept.why == "Somebody has changed it since; it was left as it is."
    assert put_back.state == ItemState.DONE
    for ticket in three:
        ticket.refresh_from_db()
    assert [ticket.priority for ticket in three] == ["low", "", ""]
    assert three[1].subject == "Chair"
    assert undo_bulk(actor=as_actor(alice), job_id=job.pk) == undo


def test_undo_takes_back_replies_that_have_not_left(three, alice, settings):
    settings.UNDO_SEND_SECONDS = 60
    before = [state_of(ticket.pk) for ticket in three]
    job = change(alice, three, fields={"status": "solved"}, text="It is done.")
    undo = take_back(alice, job)
    assert outcomes(undo) == [ItemState.DONE] * 3
    assert [state_of(ticket.pk) for ticket in three] == before
    assert not any(ticket.comments.latest("id").is_public for ticket in three)


def test_undo_says_which_replies_had_left(three, alice, settings):
    settings.UNDO_SEND_SECONDS = 0
    job = change(alice, three, fields={"status": "solved"}, text="It is done.")
    undo = take_back(alice, job)
    assert set(undo.items.values_list("why", flat=True)) == {"Its reply had already left."}
    assert set(Ticket.objects.values_list("status", flat=True)) == {"new"}


@pytest.mark.usefixtures("db")
@hypothesis.settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    status=st.sampled_from(["", "open", "pending", "hold", "solved"]),
    priority=st.sampled_from(["", "low", "urgent"]), type=st.sampled_from(["", "task", "problem"]),
    is_assigned=st.booleans(), takes=st.booleans(), add=st.lists(st.sampled_from("abc")),
    remove=st.lists(st.sampled_from(["lamp", "a"])), starts_solved=st.booleans(),
)  # fmt: skip
def test_bulk_edit_then_undo_gives_the_identical_ticket(
    make_ticket, alice, support, status, priority, type, is_assigned, takes, add, remove,
    starts_solved,
):  # fmt: skip
    ticket = make_ticket(
        group_id=support.pk if is_assigned else None, tags=("lamp",),
        assignee_id=alice.pk if is_assigned else None,
    )  # fmt: skip
    if starts_solved:
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status="solved")
        )
    before = state_of(ticket.pk)
    fields = {name: value for name, value in
              {"status": status, "priority": priority, "type": type}.items() if value}  # fmt: skip
    if takes:
        fields["assignee_id"] = alice.pk
    try:
        job = change(alice, [ticket], fields=fields, add_tags=tuple(add), remove_tags=tuple(remove))
    except InvalidChange:
        assert (fields, add, remove) == ({}, [], [])
        return
    if job.items.filter(state=ItemState.DONE).exists():
        assert outcomes(take_back(alice, job)) == [ItemState.DONE]
    assert state_of(ticket.pk) == before


def test_merging_many_into_one(three, alice):
    job = begin_bulk(
        actor=as_actor(alice), kind=BulkKind.MERGE, ticket_ids=ids(three),
        request=BulkRequest(target=three[0].pk),
    )  # fmt: skip
    run_bulk()
    assert outcomes(job) == [ItemState.DONE] * 2
    merged = Ticket.objects.filter(pk__in=ids(three[1:])).values_list("merged_into", flat=True)
    assert set(merged) == {three[0].pk}
    job.refresh_from_db()
    take_back(alice, job)
    assert not Ticket.objects.exclude(merged_into=None).exists()
    assert set(Ticket.objects.values_list("status", flat=True)) == {"new"}


def test_spam_goes_out_of_sight_with_its_senders_and_comes_back(three, alice, carol):
    job = begin_bulk(
        actor=as_actor(alice), kind=BulkKind.SPAM, ticket_ids=ids(three),
        request=BulkRequest(suspends=True),
    )  # fmt: skip
    run_bulk()
    carol.refresh_from_db()
    assert carol.suspended_at is not None
    assert not Ticket.objects.existing().exists()
    job.refresh_from_db()
    assert outcomes(take_back(alice, job)) == [ItemState.DONE] * 3
    carol.refresh_from_db()
    assert carol.suspended_at is None
    assert Ticket.objects.existing().count() == 3


def test_deleting_and_undoing_it(three, lead):
    job = begin_bulk(actor=as_actor(lead), kind=BulkKind.DELETE, ticket_ids=ids(three))
    run_bulk()
    assert not Ticket.objects.existing().exists()
    job.refresh_from_db()
    take_back(lead, job)
    assert Ticket.objects.existing().count() == 3


def test_what_is_not_chosen_wisely_is_refused_at_once(three, alice, lightly, bob):
    def begin(person=alice, kind=BulkKind.UPDATE, numbers=None, **request):
        return begin_bulk(
            actor=as_actor(person), kind=kind, request=BulkRequest(**request),
            ticket_ids=ids(three) if numbers is None else numbers,
        )  # fmt: skip

    for wrong in ({}, {"fields": {"status": "new"}}, {"fields": {"priority": "huge"}},
                  {"fields": {"assignee_id": 10**9}}, {"fields": {"external_id": "x"}},
                  {"numbers": [], "fields": {"priority": "low"}},
                  {"numbers": range(1, 1_002), "fields": {"priority": "low"}}):  # fmt: skip
        with pytest.raises(InvalidChange):
            begin(**wrong)
    with pytest.raises(NotPermitted):
        begin(lightly, fields={"priority": "low"})
    with pytest.raises(NotPermitted):
        begin(lightly, text="Hello")
    with pytest.raises(NotPermitted):
        begin(alice, BulkKind.DELETE)
    job = begin(fields={"priority": "low"})
    with pytest.raises(JobNotFound):
        undo_bulk(actor=as_actor(bob), job_id=job.pk)
    with pytest.raises(JobNotFound):
        stop_bulk(actor=as_actor(bob), job_id=job.pk)
    for _ in range(JOB_LIMIT - 1):
        begin(fields={"priority": "low"})
    with pytest.raises(TooManyJobs):
        begin(fields={"priority": "low"})


def test_a_stopped_job_leaves_the_rest_alone(three, alice):
    job = begin_bulk(
        actor=as_actor(alice), kind=BulkKind.UPDATE, ticket_ids=ids(three),
        request=BulkRequest(fields={"priority": "low"}),
    )  # fmt: skip
    stop_bulk(actor=as_actor(alice), job_id=job.pk)
    assert not run_bulk()
    job.refresh_from_db()
    assert (job.state, outcomes(job)) == (BulkState.FAILED, [ItemState.FAILED] * 3)
    assert set(Ticket.objects.values_list("priority", flat=True)) == {""}


def test_a_note_is_never_unwritten_but_marked_as_withdrawn(three, alice):
    job = change(alice, three, text="Recall: batch 12", is_public=False, add_tags=("recall",))
    undo = take_back(alice, job)
    assert set(undo.items.values_list("why", flat=True)) == {"Its note stays, marked as withdrawn."}
    for ticket in three:
        note = ticket.comments.order_by("-id")[0]
        ticket.refresh_from_db()
        assert (note.body, note.flags) == ("Recall: batch 12", ["withdrawn"])
        assert ticket.tags == ["lamp"]
        event = ticket.audits.latest("id").events.get(type="CommentPrivacyChange")
        assert (event.comment, event.cause) == (note, {"reason": "withdrawn"})
