"""Snooze: asleep until a moment or the customer's word; the status stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock, outbox
from core.models import OutboxMessage
from tests.factories import SETUP, as_actor
from tickets.actions import install_stock_views, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange
from tickets.models import UNTIL_REPLY, AuditEvent, Ticket, View
from tickets.selectors.search import search_tickets
from tickets.selectors.views import counted_views, tickets_in_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def asleep(make_ticket, alice):
    """A ticket that alice has put to sleep for two hours."""
    ticket = make_ticket(assignee_id=alice.pk)
    snooze(alice, ticket, clock.now() + timedelta(hours=2))
    return ticket


def snooze(person, ticket, until) -> None:
    changes = TicketChanges(snoozed_until=until)
    update_ticket(actor=as_actor(person), ticket_id=ticket.pk, changes=changes)
    ticket.refresh_from_db()


def test_a_snooze_keeps_the_status_and_is_told_in_the_audit(asleep):
    assert (asleep.status, asleep.is_snoozed) == ("open", True)
    event = AuditEvent.objects.get(field_name="snoozed_until")
    assert (event.previous_value, event.value) == (None, asleep.snoozed_until.isoformat())


def test_its_moment_wakes_a_ticket_and_no_moment_before(asleep):
    outbox.drain()
    assert Ticket.objects.get(pk=asleep.pk).is_snoozed
    with clock.frozen(asleep.snoozed_until + timedelta(seconds=1)):
        outbox.drain()
        woken = Ticket.objects.get(pk=asleep.pk)
    assert (woken.is_snoozed, woken.status) == (False, "open")
    assert woken.updated_at > asleep.updated_at
    assert AuditEvent.objects.filter(field_name="snoozed_until", value__isnull=True).count() == 1


def test_a_moment_that_was_moved_does_not_wake_at_the_old_one(asleep, alice):
    first = asleep.snoozed_until
    snooze(alice, asleep, first + timedelta(days=1))
    with clock.frozen(first + timedelta(seconds=1)):
        outbox.drain()
    assert Ticket.objects.get(pk=asleep.pk).is_snoozed
    assert OutboxMessage.objects.filter(topic="snooze.over").count() == 1


def test_the_customers_word_wakes_an_agents_does_not(make_ticket, alice, carol):
    ticket = make_ticket(assignee_id=alice.pk)
    snooze(alice, ticket, UNTIL_REPLY)
    for person, is_asleep in ((alice, True), (carol, False)):
        comment = CommentDraft(author_id=person.pk, body="And?")
        update_ticket(actor=as_actor(person), ticket_id=ticket.pk, comment=comment)
        assert Ticket.objects.get(pk=ticket.pk).is_snoozed is is_asleep


def test_what_is_solved_does_not_sleep(asleep, alice, make_ticket):
    changes = TicketChanges(status="solved")
    update_ticket(actor=as_actor(alice), ticket_id=asleep.pk, changes=changes)
    assert not Ticket.objects.get(pk=asleep.pk).is_snoozed
    with pytest.raises(InvalidChange):
        snooze(alice, asleep, UNTIL_REPLY)


@pytest.mark.parametrize("hours", [-1, 0, 24 * 400])
def test_a_moment_has_to_lie_ahead_within_a_year(make_ticket, alice, hours):
    ticket = make_ticket()
    with clock.frozen(clock.now()), pytest.raises(InvalidChange) as refused:
        snooze(alice, ticket, clock.now() + timedelta(hours=hours))
    assert refused.value.field == "snoozed_until"
    assert Ticket.objects.get(pk=ticket.pk).version == 1


def in_view(conditions, person) -> list[int]:
    view = View(pk=1, title="Mine", conditions=conditions, columns=["subject"], sort_by="updated")
    found = tickets_in_view(view, as_actor(person))
    assert counted_views([view], as_actor(person))[0].count == found.count()
    return sorted(found.values_list("pk", flat=True))


def test_a_sleeping_ticket_stands_in_no_view_that_does_not_ask_for_it(asleep, make_ticket, alice):
    awake = make_ticket(assignee_id=alice.pk)
    unsolved = {"field": "status", "operator": "less_than", "value": "solved"}
    sleeps = {"field": "snoozed_until", "operator": "present"}
    wakes = {"field": "snoozed_until", "operator": "not_present"}
    assert in_view({"all": [unsolved]}, alice) == [awake.pk]
    assert in_view({"any": [unsolved]}, alice) == [awake.pk]
    assert in_view({}, alice) == [awake.pk]
    assert in_view({"all": [unsolved, sleeps]}, alice) == [asleep.pk]
    assert in_view({"all": [unsolved, {"any": [sleeps, wakes]}]}, alice) == [asleep.pk, awake.pk]
    assert asleep in search_tickets("parcel", as_actor(alice))


def test_no_stock_view_but_its_own_shows_a_sleeping_ticket(asleep, alice):
    install_stock_views(actor=SETUP)
    shown = {
        view.key: tickets_in_view(view, as_actor(alice)).count() for view in View.objects.all()
    }
    assert {key for key, count in shown.items() if count} == {"snoozed"}
