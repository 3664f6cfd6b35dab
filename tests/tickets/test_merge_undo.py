"""A merge that is undone leaves the ticket that was there before (product.md, "undone")."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from tests.factories import as_actor
from tickets.actions import (
    MergeWords,
    merge_into,
    restore_ticket,
    undo_merge,
    update_ticket,
)
from tickets.actions.columns import columns_of
from tickets.actions.merging import NOT_KEPT
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange, NotPermitted, TicketNotFound
from tickets.models import (
    UNTIL_REPLY,
    AuditEvent,
    Comment,
    EventType,
    MergeRecord,
    Participant,
    SearchDocument,
    Ticket,
)
from tickets.selectors.search import search_tickets

pytestmark = pytest.mark.django_db


def state_of(ticket) -> dict[str, Any]:
    """All of a ticket that people, rules and reports see, but for what counts changes."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    columns = {name: value for name, value in columns_of(ticket).items() if name not in NOT_KEPT}
    people = Participant.objects.filter(ticket=ticket).order_by("role", "user_id")
    said = Comment.objects.filter(ticket=ticket).order_by("id")
    return {
        **columns,
        "people": list(people.values_list("role", "user_id", "is_accepted")),
        "comments": list(said.values_list("id", "body", "is_public", "created_at")),
    }


def merge_of(ticket) -> int:
    return MergeRecord.objects.get(source=ticket, undone_at=None).pk


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    status=st.sampled_from(["new", "open", "pending", "hold", "solved"]),
    is_assigned=st.booleans(),
    tags=st.lists(st.sampled_from(["vip", "late", "closed_by_merge"]), unique=True),
    ccs=st.sets(st.sampled_from(["dave", "mallory"])),
    target_ccs=st.sets(st.sampled_from(["carol", "mallory"])),
    kind=st.sampled_from(["", "question", "task"]),
    sleeps=st.booleans(),
    sources=st.integers(1, 3),
)
def test_merging_and_undoing_is_as_if_nothing_had_been(
    make_ticket, cast, status, is_assigned, tags, ccs, target_ccs, kind, sleeps, sources
):
    alice, actor = cast.alice, as_actor(cast.alice)
    target = make_ticket(
        requester=cast.dave, cc_ids=tuple(getattr(cast, name).pk for name in target_ccs)
    )
    merged = [
        make_ticket(
            tags=tuple(tags), cc_ids=tuple(getattr(cast, name).pk for name in ccs), type=kind,
            status=status, assignee_id=alice.pk if is_assigned and status != "new" else None,
        )
        for _ in range(sources)
    ]  # fmt: skip
    if sleeps and status != "solved":
        for ticket in merged:
            changes = TicketChanges(snoozed_until=UNTIL_REPLY)
            update_ticket(actor=actor, ticket_id=ticket.pk, changes=changes)
    before = [state_of(ticket) for ticket in (*merged, target)]
    merge_into(actor=actor, target_id=target.pk, source_ids=[ticket.pk for ticket in merged])
    assert {Ticket.objects.get(pk=ticket.pk).status for ticket in merged} == {"closed"}
    for ticket in reversed(merged):
        undo_merge(actor=actor, merge_id=merge_of(ticket))
    after = [state_of(ticket) for ticket in (*merged, target)]
    for was, is_now in zip(before, after, strict=True):
        # An agent's note says that the agent was there; it went, and so did its moment.
        touched = ("latest_comment_at", "assignee_updated_at")
        own = is_now is not after[-1]
        assert {k: v for k, v in is_now.items() if own or k not in touched} == {
            k: v for k, v in was.items() if own or k not in touched
        }


def test_the_notes_of_an_undone_merge_are_found_no_more(make_ticket, alice, dave):
    target, source = make_ticket(requester=dave), make_ticket(subject="Xylophone", body="Zither")
    actor = as_actor(alice)
    merge_into(actor=actor, target_id=target.pk, source_ids=[source.pk])
    assert {t.pk for t in search_tickets("Zither", actor)} == {source.pk, target.pk}
    undo_merge(actor=actor, merge_id=merge_of(source))
    assert [t.pk for t in search_tickets("Zither", actor)] == [source.pk]
    assert SearchDocument.objects.filter(ticket=target).exists()


def test_both_audits_tell_of_merge_and_undo(make_ticket, alice, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    merge_into(actor=as_actor(alice), target_id=target.pk, source_ids=[source.pk])
    undo_merge(actor=as_actor(alice), merge_id=merge_of(source))
    told = AuditEvent.objects.filter(type__in=[EventType.MERGE, EventType.UNMERGE])
    assert list(told.order_by("id").values_list("audit__ticket", "type", "value")) == [
        (source.pk, "Merge", {"target": target.pk}),
        (target.pk, "MergeUndone", {"source": source.pk}),
        (source.pk, "MergeUndone", {"target": target.pk}),
    ]


def test_who_wrote_since_stays_in_cc_and_the_message_stays(make_ticket, alice, carol, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    actor = as_actor(alice)
    merge_into(actor=actor, target_id=target.pk, source_ids=[source.pk])
    word = CommentDraft(author_id=carol.pk, body="And where is it now?", channel="email")
    update_ticket(actor=as_actor(carol, channel="email"), ticket_id=target.pk, comment=word)
    undone = undo_merge(actor=actor, merge_id=merge_of(source))
    assert undone.kept_ccs == [carol.pk]
    assert Comment.objects.get(pk=undone.stayed[0]).ticket_id == target.pk
    assert Participant.objects.filter(ticket=target, user=carol).exists()
    note = source.comments.order_by("-id").first()
    assert not note.is_public
    assert f"#{target.pk}" in note.body


def test_whom_somebody_put_into_cc_since_stays_there(make_ticket, alice, carol, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    actor = as_actor(alice)
    merge_into(actor=actor, target_id=target.pk, source_ids=[source.pk])
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        for ids in ((), (carol.pk,)):
            changes = TicketChanges(cc_ids=ids)
            update_ticket(actor=actor, ticket_id=target.pk, changes=changes)
        assert undo_merge(actor=actor, merge_id=merge_of(source)).kept_ccs == [carol.pk]


def test_a_requester_who_was_told_keeps_the_message(make_ticket, alice, carol, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    words = MergeWords(to_requesters="We answer in one place.", note="Same parcel.")
    merge_into(actor=as_actor(alice), target_id=target.pk, source_ids=[source.pk], words=words)
    assert target.comments.order_by("-id").first().body.startswith("Same parcel.")
    told = source.comments.get(body="We answer in one place.")
    assert (told.is_public, told.deliveries.get().recipient_id) == (True, carol.pk)
    undone = undo_merge(actor=as_actor(alice), merge_id=merge_of(source))
    assert undone.is_told
    assert source.comments.filter(pk=told.pk).exists()
    source.refresh_from_db()
    assert source.status == "new"


def test_a_merge_is_undone_once_and_within_thirty_days(make_ticket, alice, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    actor = as_actor(alice)
    merge_into(actor=actor, target_id=target.pk, source_ids=[source.pk])
    merge_id = merge_of(source)
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(InvalidChange):
        undo_merge(actor=actor, merge_id=merge_id)
    undo_merge(actor=actor, merge_id=merge_id)
    with pytest.raises(InvalidChange):
        undo_merge(actor=actor, merge_id=merge_id)
    merge_into(actor=actor, target_id=target.pk, source_ids=[source.pk])
    assert MergeRecord.objects.filter(source=source).count() == 2


def test_undoing_needs_the_right_and_sight_of_both(make_ticket, alice, carol, lightly, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    merge_into(actor=as_actor(alice), target_id=target.pk, source_ids=[source.pk])
    for person in (carol, lightly):
        with pytest.raises(NotPermitted):
            undo_merge(actor=as_actor(person), merge_id=merge_of(source))
    with pytest.raises(TicketNotFound):
        undo_merge(actor=as_actor(alice), merge_id=10**9)
    with pytest.raises(NotPermitted):
        restore_ticket(actor=as_actor(lightly), ticket_id=source.pk)


def test_all_sources_are_merged_or_none(make_ticket, alice, dave):
    target, first, closed = make_ticket(requester=dave), make_ticket(), make_ticket(status="closed")
    with pytest.raises(Exception, match="closed"):
        merge_into(actor=as_actor(alice), target_id=target.pk, source_ids=[first.pk, closed.pk])
    first.refresh_from_db()
    assert (first.status, first.version) == ("new", 1)
    for wrong in ([], [target.pk], list(range(1, 30))):
        with pytest.raises((InvalidChange, TicketNotFound)):
            merge_into(actor=as_actor(alice), target_id=target.pk, source_ids=wrong)
