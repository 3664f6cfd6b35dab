"""What each kind of change does to a ticket's facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from core import clock
from reports.models import TicketFact
from tickets.actions import delete_ticket, restore_ticket, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Ticket

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Step = Callable[..., TicketFact]


@pytest.fixture
def ticket(make_ticket: Callable[..., Ticket]) -> Ticket:
    with clock.frozen(START):
        return make_ticket()


@pytest.fixture
def step(ticket: Ticket, as_actor) -> Step:
    """`step(alice, minutes=5, text="…", status="solved")` → the facts after it."""

    def take(
        who: User, *, minutes: int, text: str = "", is_public: bool = True, **fields: object
    ) -> TicketFact:
        comment = CommentDraft(author_id=who.pk, body=text, is_public=is_public) if text else None
        with clock.frozen(START + timedelta(minutes=minutes)):
            update_ticket(
                actor=as_actor(who), ticket_id=ticket.pk, changes=TicketChanges(**fields),
                comment=comment,
            )  # fmt: skip
        return TicketFact.objects.get(pk=ticket.pk)

    return take


def test_a_new_ticket_has_no_times_yet(ticket: Ticket) -> None:
    fact = TicketFact.objects.get(pk=ticket.pk)
    assert fact.created_at == START
    assert fact.channel == "email"
    assert (fact.first_reply_seconds, fact.first_resolution_seconds) == (None, None)
    assert (fact.full_resolution_seconds, fact.replies, fact.reopens) == (None, 0, 0)


def test_only_the_first_public_agent_comment_is_the_first_reply(
    step: Step, alice: User, carol: User
) -> None:
    step(carol, minutes=5, text="Hello?")
    assert step(alice, minutes=10, text="A note", is_public=False).first_reply_seconds is None
    assert step(alice, minutes=20, text="Hello!").first_reply_seconds == 20 * 60
    fact = step(alice, minutes=30, text="And more")
    assert (fact.first_reply_seconds, fact.replies) == (20 * 60, 2)


def test_an_agent_who_opened_the_ticket_publicly_replies_first_with_the_second_comment(
    make_ticket: Callable[..., Ticket], alice: User, carol: User, as_actor
) -> None:
    with clock.frozen(START):
        ticket = make_ticket(actor=as_actor(alice), author=alice, channel="web")
    assert TicketFact.objects.get(pk=ticket.pk).first_reply_seconds is None
    with clock.frozen(START + timedelta(minutes=7)):
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk,
            comment=CommentDraft(author_id=alice.pk, body="Any news?"),
        )  # fmt: skip
    assert TicketFact.objects.get(pk=ticket.pk).first_reply_seconds == 7 * 60


def test_reopening_takes_the_full_resolution_back_and_solving_again_sets_it(
    step: Step, alice: User, carol: User
) -> None:
    solved = step(alice, minutes=60, text="Done", status="solved")
    assert (solved.first_resolution_seconds, solved.full_resolution_seconds) == (3_600, 3_600)
    reopened = step(carol, minutes=90, text="Not yet")
    assert (reopened.reopens, reopened.solved_at) == (1, None)
    assert (reopened.first_resolution_seconds, reopened.full_resolution_seconds) == (3_600, None)
    again = step(alice, minutes=120, status="solved")
    assert (again.first_resolution_seconds, again.full_resolution_seconds) == (3_600, 7_200)


def test_closing_a_solved_ticket_is_no_new_solution(step: Step, alice: User) -> None:
    step(alice, minutes=60, status="solved")
    assert step(alice, minutes=500, status="closed").full_resolution_seconds == 3_600


def test_closing_directly_counts_as_solving(step: Step, alice: User) -> None:
    assert step(alice, minutes=60, status="closed").full_resolution_seconds == 3_600


def test_a_deleted_ticket_counts_nowhere_until_it_is_restored(
    ticket: Ticket, lead: User, as_actor
) -> None:
    delete_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    assert TicketFact.objects.get(pk=ticket.pk).is_deleted
    restore_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    assert not TicketFact.objects.get(pk=ticket.pk).is_deleted
