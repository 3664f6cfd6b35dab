"""Deliveries: queued, claimed once, ended; what a dead worker leaves is unknown, never repeated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core import clock, ids
from core.models import OutboxMessage
from tests.factories import as_actor
from tickets.actions import (
    begin_delivery,
    claim_deliveries,
    mark_bounced,
    mark_failed,
    mark_sent,
    note_lost_deliveries,
    retry_delivery,
    solve_ticket,
    update_ticket,
)
from tickets.actions.deliveries import LEASE, MAX_ATTEMPTS
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange, NotPermitted, TicketNotFound
from tickets.models import Delivery

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def reply(make_ticket, alice):
    """The one delivery of an agent's reply."""
    with clock.frozen(NOW):
        ticket = make_ticket(assignee_id=alice.pk)
        Delivery.objects.all().delete()
        draft = CommentDraft(author_id=alice.pk, body="It is on its way.")
        update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    return Delivery.objects.get()


def claim(at=NOW, limit=10):
    with clock.frozen(at):
        return claim_deliveries(channel="email", limit=limit)


def test_a_customers_new_ticket_is_acknowledged_once(make_ticket, carol):
    ticket = make_ticket()
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.recipient, delivery.ticket) == (
        "acknowledgement", carol, ticket,
    )  # fmt: skip


def test_a_machine_is_not_answered(make_ticket):
    make_ticket(comment={"may_be_answered": False})
    assert not Delivery.objects.exists()


def test_an_import_is_silent(make_ticket):
    make_ticket(is_silent=True)
    assert not Delivery.objects.exists()


def test_a_reply_goes_to_requester_and_accepted_ccs_but_not_to_its_author(
    make_ticket, alice, carol, dave, mallory
):
    from tickets.actions import add_unverified_participant

    ticket = make_ticket(assignee_id=alice.pk, cc_ids=(dave.pk,), follower_ids=(alice.pk,))
    add_unverified_participant(ticket=ticket, user=mallory)
    Delivery.objects.all().delete()
    draft = CommentDraft(author_id=alice.pk, body="Hello")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    assert set(Delivery.objects.values_list("address", flat=True)) == {carol.email, dave.email}


def test_an_internal_note_goes_to_nobody(make_ticket, alice):
    ticket = make_ticket()
    Delivery.objects.all().delete()
    draft = CommentDraft(author_id=alice.pk, body="secret", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    assert not Delivery.objects.exists()


def test_solving_without_a_word_tells_the_requester(make_ticket, alice):
    ticket = make_ticket()
    Delivery.objects.all().delete()
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    assert Delivery.objects.get().kind == "solved_notice"


def test_a_claimed_delivery_is_nobody_elses(reply):
    (claimed,) = claim()
    assert (claimed.pk, claimed.state, claimed.attempts) == (reply.pk, "sending", 1)
    assert claim() == []


def test_the_message_id_is_signed_and_stays_the_same(reply):
    (first,) = claim()
    with clock.frozen(NOW):
        mark_failed(delivery=first, error="greylisted", is_permanent=False)
    (second,) = claim(NOW + timedelta(hours=3))
    assert first.message_id == second.message_id
    token = first.message_id.partition("@")[0]
    assert ids.read("message", token) == (reply.ticket_id, reply.pk)


def test_a_delay_holds_a_delivery_back(reply):
    Delivery.objects.update(next_attempt_at=NOW + timedelta(seconds=20))
    assert claim() == []
    assert len(claim(NOW + timedelta(seconds=20))) == 1


def test_a_sent_delivery_says_when_and_is_announced(reply):
    claimed = claim()
    OutboxMessage.objects.all().delete()
    with clock.frozen(NOW):
        mark_sent(deliveries=claimed)
    reply.refresh_from_db()
    assert (reply.state, reply.sent_at, reply.error) == ("sent", NOW, "")
    assert OutboxMessage.objects.get().topic == "delivery.changed"


def test_a_temporary_failure_waits_longer_each_time_and_ends_after_eight(reply):
    at, waits = NOW, []
    for _ in range(MAX_ATTEMPTS - 1):
        (claimed,) = claim(at)
        with clock.frozen(at):
            mark_failed(delivery=claimed, error="451 try later", is_permanent=False)
        reply.refresh_from_db()
        assert reply.state == "queued"
        waits.append((reply.next_attempt_at - at).total_seconds())
        at = reply.next_attempt_at
    for number, wait in enumerate(waits, start=1):
        exact = min(30 * 2**number, 3600)
        assert exact * 0.8 <= wait <= exact * 1.2
    (claimed,) = claim(at)
    mark_failed(delivery=claimed, error="451 try later", is_permanent=False)
    reply.refresh_from_db()
    assert (reply.state, reply.error) == ("failed", "451 try later")


def test_a_permanent_failure_ends_at_once(reply):
    (claimed,) = claim()
    mark_failed(delivery=claimed, error="550 no such user", is_permanent=True)
    reply.refresh_from_db()
    assert reply.state == "failed"


def test_what_a_dead_worker_had_only_claimed_is_due_again_without_an_attempt(reply):
    (claimed,) = claim()
    with clock.frozen(NOW + LEASE):
        assert note_lost_deliveries() == 1
    with clock.frozen(NOW + LEASE):
        assert not begin_delivery(delivery=claimed)
    reply.refresh_from_db()
    assert (reply.state, reply.attempts, reply.sent_at) == ("queued", 0, None)
    (again,) = claim(NOW + LEASE)
    with clock.frozen(NOW + LEASE):
        assert not begin_delivery(delivery=claimed)  # somebody else's claim
        assert begin_delivery(delivery=again)
        assert not begin_delivery(delivery=again)


def test_what_a_dead_worker_had_begun_becomes_unknown_and_is_never_sent_again(reply):
    (claimed,) = claim()
    with clock.frozen(NOW):
        assert begin_delivery(delivery=claimed)
    with clock.frozen(NOW + LEASE - timedelta(seconds=1)):
        assert note_lost_deliveries() == 0
    with clock.frozen(NOW + LEASE):
        assert note_lost_deliveries() == 1
    reply.refresh_from_db()
    assert reply.state == "unknown"
    assert "may or may not" in reply.error
    assert claim(NOW + timedelta(days=1)) == []


def test_a_bounce_is_recognised_by_our_message_id(reply):
    (claimed,) = claim()
    mark_sent(deliveries=[claimed])
    assert mark_bounced(message_id="somebody@else.example", error="x") is None
    assert mark_bounced(message_id=claimed.message_id, error="mailbox full") == reply
    reply.refresh_from_db()
    assert (reply.state, reply.error) == ("bounced", "mailbox full")


def test_an_agent_sends_again_what_did_not_arrive(reply, alice):
    with pytest.raises(InvalidChange):
        retry_delivery(actor=as_actor(alice), delivery_id=reply.pk)
    (claimed,) = claim()
    mark_failed(delivery=claimed, error="550", is_permanent=True)
    with clock.frozen(NOW):
        retry_delivery(actor=as_actor(alice), delivery_id=reply.pk)
    assert [delivery.pk for delivery in claim()] == [reply.pk]


def test_only_who_may_edit_the_ticket_sends_again(reply, carol, mallory, lightly):
    for person, error in [
        (carol, NotPermitted), (lightly, NotPermitted), (mallory, TicketNotFound),
    ]:  # fmt: skip
        with pytest.raises(error):
            retry_delivery(actor=as_actor(person), delivery_id=reply.pk)
