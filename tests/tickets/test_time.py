"""Time spent: counted by a page within bounds, written and corrected by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from tests.factories import as_actor
from tickets.actions import Visit, add_time, change_time, count_time, update_ticket
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange, NotPermitted, TicketNotFound
from tickets.models import AuditEvent, EventType, TimeEntry
from tickets.selectors.time import seconds_by_person_and_day, time_of

pytestmark = pytest.mark.django_db


def opened(minutes: float, name: str = "a") -> Visit:
    return Visit(name, clock.now() - timedelta(minutes=minutes))


def count(person, ticket, seconds: int, visit: Visit, *, with_submit: bool = False):
    return count_time(
        actor=as_actor(person), ticket_id=ticket.pk, seconds=seconds, visit=visit,
        with_submit=with_submit,
    )  # fmt: skip


def test_no_more_is_counted_than_has_passed_since_the_page_was_opened(make_ticket, alice):
    ticket, visit = make_ticket(), opened(2)
    assert count(alice, ticket, 10_000, visit).seconds in (124, 125)
    assert count(alice, ticket, 60, visit) is None
    assert count(alice, ticket, 60, opened(5, "b")).seconds == 60
    assert count(alice, ticket, 0, opened(5, "c")) is None


def test_time_belongs_to_what_was_submitted_with_it(make_ticket, alice):
    ticket = make_ticket()
    comment = CommentDraft(author_id=alice.pk, body="We look into it.", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=comment)
    entry = count(alice, ticket, 72, opened(5), with_submit=True)
    assert entry.comment == ticket.comments.order_by("-id").first()
    event = AuditEvent.objects.get(type=EventType.TIME)
    assert (event.value, event.audit.ticket_id) == ({"seconds": 72}, ticket.pk)


def test_time_is_written_corrected_and_taken_away_by_hand(make_ticket, alice, bob, lead):
    ticket = make_ticket()
    entry = add_time(actor=as_actor(alice), ticket_id=ticket.pk, seconds=900, note="Call")
    with pytest.raises(NotPermitted):
        change_time(actor=as_actor(bob), entry_id=entry.pk, seconds=60)
    changed = change_time(actor=as_actor(alice), entry_id=entry.pk, seconds=600)
    assert (changed.seconds, changed.note, changed.edited_at is not None) == (600, "Call", True)
    assert change_time(actor=as_actor(lead), entry_id=entry.pk, seconds=0) is None
    assert not TimeEntry.objects.exists()
    told = AuditEvent.objects.filter(type=EventType.TIME).order_by("id")
    assert list(told.values_list("previous_value", "value")) == [
        (None, {"seconds": 900}), ({"seconds": 900}, {"seconds": 600}), ({"seconds": 600}, None),
    ]  # fmt: skip


@pytest.mark.parametrize("seconds", [-1, 0, 24 * 3600 + 1])
def test_a_day_has_twenty_four_hours(make_ticket, alice, seconds):
    with pytest.raises(InvalidChange):
        add_time(actor=as_actor(alice), ticket_id=make_ticket().pk, seconds=seconds)


def test_nobody_counts_on_what_they_cannot_see(make_ticket, carol, lightly, mallory):
    ticket = make_ticket()
    with pytest.raises(TicketNotFound):
        count(mallory, ticket, 60, opened(5))
    for person in (carol, lightly):
        with pytest.raises(NotPermitted):
            add_time(actor=as_actor(person), ticket_id=ticket.pk, seconds=60)


def test_sums_by_person_and_day(make_ticket, alice, bob):
    ticket = make_ticket()
    day = clock.now().replace(hour=12, minute=0)
    for person, seconds, at in ((alice, 60, day), (alice, 40, day), (bob, 30, day - timedelta(2))):
        add_time(actor=as_actor(person), ticket_id=ticket.pk, seconds=seconds,
                 started_at=at - timedelta(days=1))  # fmt: skip
    spent = time_of(ticket)
    assert (spent.seconds, len(spent.entries)) == (130, 3)
    rows = seconds_by_person_and_day(day - timedelta(days=7), day + timedelta(days=1))
    assert {(row.user_id, row.seconds) for row in rows} == {(alice.pk, 100), (bob.pk, 30)}
