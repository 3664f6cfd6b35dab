"""Home: exact numbers, of what the reader may see, for as many queries however much there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from reports.selectors.pulse import changes_since_yesterday
from tests.factories import as_actor
from tests.notifications.test_telling import write
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Ticket
from tickets.selectors.my_day import my_day, risks

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)


def queries(browser) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/home/").status_code == 200
    return len(captured)


def breaches(ticket, at) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(sla_next_breach_at=at)


def test_the_most_pressing_stands_first(make_ticket, alice, carol, support):
    with clock.frozen(NOON - timedelta(days=2)):
        made = {
            name: make_ticket(subject=name, assignee_id=alice.pk, group_id=support.pk)
            for name in ("answered", "waits", "due", "late", "pending")
        }
        for name in ("answered", "pending", "late", "due"):
            reply = CommentDraft(author_id=alice.pk, body="Hello")
            status = "pending" if name == "pending" else "open"
            update_ticket(
                actor=as_actor(alice), ticket_id=made[name].pk, comment=reply,
                changes=TicketChanges(status=status),
            )  # fmt: skip
    breaches(made["late"], NOON - timedelta(minutes=1))
    breaches(made["due"], NOON + timedelta(hours=3))
    with clock.frozen(NOON):
        day = my_day(as_actor(alice), day_ends_at=MIDNIGHT)
        at_risk = risks(as_actor(alice))
    assert [ticket.subject for ticket in day.tickets] == ["late", "due", "waits", "answered"]
    numbers = (day.unsolved, day.late, day.due, day.waiting, day.to_do)
    assert numbers == (5, 1, 1, 1, 4)
    assert (at_risk.late, at_risk.soon) == (1, 0)


def test_what_changed_is_counted_exactly_where_the_reader_is(make_ticket, alice, support):
    with clock.frozen(NOON - timedelta(hours=30)):
        old = make_ticket(group_id=support.pk)
    with clock.frozen(NOON - timedelta(hours=13)):
        make_ticket(group_id=support.pk)
        change = TicketChanges(status="solved", assignee_id=alice.pk)
        update_ticket(actor=as_actor(alice), ticket_id=old.pk, changes=change)
    with clock.frozen(NOON - timedelta(hours=1)):
        update_ticket(actor=as_actor(alice), ticket_id=old.pk, changes=TicketChanges(status="open"))
    with clock.frozen(NOON):
        changes = changes_since_yesterday(as_actor(alice), UTC)
    assert (changes.new.now, changes.new.before) == (1, 1)
    assert (changes.solved.now, changes.reopened.now) == (0, 1)
    assert [(day.on.day, day.new) for day in changes.days[-2:]] == [(29, 2), (30, 0)]
    assert len(changes.days) == 14


def test_who_sees_some_tickets_counts_only_these(
    browser_of, make_ticket, confined_bob, billing, support
):
    make_ticket(subject="Not for Boris", group_id=support.pk)
    mine = make_ticket(subject="For Boris", group_id=billing.pk, assignee_id=confined_bob.pk)
    breaches(mine, clock.now() + timedelta(minutes=30))
    page = browser_of(confined_bob).get("/home/").content.decode()
    assert "For Boris" in page
    assert "Not for Boris" not in page
    assert ">Support</bdi>" not in page
    changes = changes_since_yesterday(as_actor(confined_bob), UTC)
    assert changes.new.now == 1


def test_however_much_there_is_the_queries_are_the_same(
    browser_of, make_ticket, alice, bob, lead, support
):
    browser = browser_of(alice)
    make_ticket(assignee_id=alice.pk, group_id=support.pk)
    queries(browser)
    few = queries(browser)
    for number in range(12):
        ticket = make_ticket(assignee_id=alice.pk, group_id=support.pk)
        breaches(ticket, clock.now() + timedelta(minutes=number))
        write(bob, ticket, f"@alice {number}")
    assert queries(browser) == few
    assert few <= 30


def test_an_empty_home_says_what_to_do(browser_of, lightly):
    page = browser_of(lightly).get("/home/").content.decode()
    assert "You read along" in page
    assert 'class="btn primary" href="/tickets/new/"' not in page


def test_customers_are_not_at_home_here(browser_of, carol):
    assert browser_of(carol).get("/home/")["Location"] == "/requests/"
