"""tickets.actions.merge_tickets (domain-standards.md §1, "Merge") and links."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.factories import as_actor
from tickets.actions import link_tickets, merge_tickets
from tickets.errors import InvalidChange, NotPermitted, TicketClosed, TicketNotFound
from tickets.models import Delivery, TicketLink


def test_a_merge_closes_the_source_and_tells_the_target(make_ticket, alice, carol, dave, mallory):
    target = make_ticket(subject="Parcel", requester=dave)
    source = make_ticket(subject="Also the parcel", body="Second mail", cc_ids=(mallory.pk,))
    Delivery.objects.all().delete()
    merged = merge_tickets(actor=as_actor(alice), source_id=source.pk, target_id=target.pk)
    source.refresh_from_db()
    assert merged == target
    assert (source.status, source.merged_into_id) == ("closed", target.pk)
    assert "closed_by_merge" in source.tags
    note = target.comments.order_by("-id").first()
    assert not note.is_public
    assert f"#{source.pk}" in note.body
    assert "Second mail" in note.body
    ccs = target.participants.filter(role="cc").values_list("user_id", flat=True)
    assert set(ccs) == {carol.pk, mallory.pk}
    assert not source.comments.order_by("-id").first().is_public
    assert not Delivery.objects.exists()


def test_a_ticket_is_not_merged_into_itself_or_a_closed_one(make_ticket, alice):
    ticket, closed = make_ticket(), make_ticket(status="closed")
    with pytest.raises(InvalidChange):
        merge_tickets(actor=as_actor(alice), source_id=ticket.pk, target_id=ticket.pk)
    for source, target in [(ticket, closed), (closed, ticket)]:
        with pytest.raises(TicketClosed):
            merge_tickets(actor=as_actor(alice), source_id=source.pk, target_id=target.pk)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.version) == ("new", 1)


def test_merging_needs_the_right_and_sight_of_both(make_ticket, carol, lightly, alice):
    first, second = make_ticket(), make_ticket()
    for person in (carol, lightly):
        with pytest.raises(NotPermitted):
            merge_tickets(actor=as_actor(person), source_id=first.pk, target_id=second.pk)
    with pytest.raises(TicketNotFound):
        merge_tickets(actor=as_actor(alice), source_id=first.pk, target_id=10**9)


def test_a_merge_past_the_cc_limit_is_refused_whole(make_ticket, alice, many_customers):
    people = many_customers(60)
    target = make_ticket(cc_ids=tuple(person.pk for person in people[:40]))
    source = make_ticket(cc_ids=tuple(person.pk for person in people[40:]))
    with pytest.raises(InvalidChange) as refused:
        merge_tickets(actor=as_actor(alice), source_id=source.pk, target_id=target.pk)
    assert refused.value.field == "cc_ids"
    source.refresh_from_db()
    assert source.status == "new"


def test_a_ticket_has_at_most_48_ccs(make_ticket, many_customers):
    people = [person.pk for person in many_customers(49)]
    make_ticket(cc_ids=tuple(people[:48]))
    with pytest.raises(InvalidChange):
        make_ticket(cc_ids=tuple(people))


def test_a_link_is_made_once_and_never_to_itself(make_ticket, alice):
    first, second = make_ticket(), make_ticket()
    actor = as_actor(alice)
    link = link_tickets(actor=actor, source_id=first.pk, target_id=second.pk)
    assert link == link_tickets(actor=actor, source_id=first.pk, target_id=second.pk)
    with pytest.raises(InvalidChange):
        link_tickets(actor=actor, source_id=first.pk, target_id=first.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        TicketLink.objects.filter(pk=link.pk).update(target=first)
