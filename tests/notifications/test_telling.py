"""Who is told of what, in the transaction in which it happens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from accounts.actor import system_actor
from accounts.models import User
from core import clock, outbox
from core.models import OutboxMessage
from notifications.actions import Choices, choose, mark_ticket_read
from notifications.models import BY_MAIL, BY_PUSH, IN_APP, Kind, Notification
from notifications.selectors import unread_count
from notifications.subscribers import tell_of_due_tasks
from tests.factories import as_actor
from tickets.actions import update_ticket, wake_due_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.policies import may_know_of, visible_tickets

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    return list(
        Notification.objects.filter(user=user).order_by("id").values_list("kind", flat=True)
    )


def note(author, body="", html="", **more) -> CommentDraft:
    return CommentDraft(author_id=author.pk, body=body, html=html, is_public=False, **more)


def write(author, ticket, body="", html="", **changes):
    update_ticket(
        actor=as_actor(author), ticket_id=ticket.pk, comment=note(author, body, html),
        changes=TicketChanges(**changes),
    )  # fmt: skip


def wants(user, *, app=IN_APP, rule_mails="at_once", **more) -> None:
    made = {
        "push": BY_PUSH, "mail": BY_MAIL, "digest": "daily", "digest_hour": 8,
        "shows_toasts": True, "push_shows_subject": False, **more,
    }  # fmt: skip
    choose(actor=as_actor(user), choices_made=Choices(app=app, rule_mails=rule_mails, **made))


def restrict(user, access) -> None:
    User.objects.filter(pk=user.pk).update(ticket_access=access)


@pytest.mark.parametrize(
    "body",
    ["@Bob Baker please look", "hello @bob!", "(@bob's idea)", "Ask @BOB BAKER.", "x\n@bobbaker"],
)
def test_a_name_after_an_at_in_a_note_mentions(make_ticket, alice, bob, body):
    write(alice, make_ticket(), body)
    assert told(bob) == [Kind.MENTION]
    assert told(alice) == []


@pytest.mark.parametrize(
    "body", ["bob@example.com", "see https://x.example/@bob", "@bobby", "@ bob"]
)
def test_what_only_looks_like_a_mention_tells_nobody(make_ticket, alice, bob, body):
    write(alice, make_ticket(), body)
    assert told(bob) == []


def test_a_mark_of_the_composer_mentions_once_however_often(make_ticket, alice, bob):
    mark = f'<span data-mention="{bob.pk}">@Bob</span>'
    write(alice, make_ticket(), "@Bob @Bob", f"<p>{mark} and {mark}</p>")
    assert told(bob) == [Kind.MENTION]


def test_customers_mention_nobody(make_ticket, carol, bob):
    ticket = make_ticket(body="@bob help me")
    comment = CommentDraft(
        author_id=carol.pk, body="@bob", html=f'<span data-mention="{bob.pk}">@bob</span>'
    )
    update_ticket(actor=as_actor(carol), ticket_id=ticket.pk, comment=comment)
    assert told(bob) == []


def test_who_may_not_see_the_ticket_is_not_told_and_the_author_hears_of_it(
    make_ticket, alice, bob, support
):
    restrict(bob, "groups")
    ticket = make_ticket(group_id=support.pk)
    write(alice, ticket, "@bob what do you think?")
    assert told(bob) == []
    missed = Notification.objects.get(user=alice)
    assert (missed.kind, missed.data) == (Kind.MENTION_UNSEEN, {"people": [bob.pk]})


def test_an_assignment_tells_the_assignee_and_never_who_assigns(make_ticket, alice, bob, support):
    ticket = make_ticket()
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(assignee_id=bob.pk)
    )
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(assignee_id=alice.pk)
    )
    assert (told(bob), told(alice)) == ([Kind.ASSIGNED], [])


def test_a_new_ticket_that_comes_assigned_tells_too(make_ticket, alice, support):
    make_ticket(assignee_id=alice.pk, group_id=support.pk)
    assert told(alice) == [Kind.ASSIGNED]


def test_a_customers_answer_tells_the_assignee(make_ticket, alice, carol, support):
    ticket = make_ticket(assignee_id=alice.pk, group_id=support.pk)
    comment = CommentDraft(author_id=carol.pk, body="Any news?")
    update_ticket(actor=as_actor(carol), ticket_id=ticket.pk, comment=comment)
    assert told(alice) == [Kind.ASSIGNED, Kind.CUSTOMER_REPLIED]


def test_followers_hear_of_notes_and_of_the_end_but_of_one_submit_once(
    make_ticket, alice, bob, lead
):
    ticket = make_ticket(follower_ids=(bob.pk, alice.pk))
    write(alice, ticket, "@bob and everybody", status="solved")
    assert told(bob) == [Kind.MENTION]
    write(lead, ticket, "done")
    assert told(alice) == [Kind.FOLLOWED]


def test_what_comes_to_a_group_tells_only_members_who_asked(make_ticket, alice, lead, bob, support):
    wants(alice, app=[*IN_APP, Kind.GROUP_ASSIGNED])
    make_ticket(group_id=support.pk)
    assert (told(alice), told(lead), told(bob)) == ([Kind.GROUP_ASSIGNED], [], [])


def test_a_ticket_that_was_put_aside_reminds_its_assignee(make_ticket, alice, bob, support):
    ticket = make_ticket(assignee_id=alice.pk, group_id=support.pk)
    until = clock.now() + timedelta(hours=1)
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(snoozed_until=until)
    )
    with clock.frozen(until):
        wake_due_ticket(ticket_id=ticket.pk)
    assert told(alice) == [Kind.ASSIGNED, Kind.REMINDER]


def test_imports_tell_nobody(make_ticket, alice, support):
    make_ticket(assignee_id=alice.pk, group_id=support.pk, is_silent=True)
    assert told(alice) == []


def test_mentions_and_assignments_cannot_be_switched_off(make_ticket, alice, bob):
    wants(bob, app=[])
    ticket = make_ticket(follower_ids=(bob.pk,))
    write(alice, ticket, "nothing for anybody")
    write(alice, ticket, "@bob", assignee_id=bob.pk)
    assert told(bob) == [Kind.MENTION]


def test_what_is_rolled_back_was_never_told(make_ticket, alice, bob):
    ticket = make_ticket()
    with transaction.atomic():
        write(alice, ticket, "@bob")
        transaction.set_rollback(True)
    assert told(bob) == []
    assert not OutboxMessage.objects.filter(topic="notification.created").exists()


def test_opening_the_ticket_reads_what_is_about_it(make_ticket, alice, bob):
    first, second = make_ticket(), make_ticket()
    write(alice, first, "@bob")
    write(alice, second, "@bob")
    assert unread_count(as_actor(bob)) == 2
    assert mark_ticket_read(actor=as_actor(bob), ticket_id=first.pk) == 1
    assert unread_count(as_actor(bob)) == 1


def test_a_ticket_that_is_hidden_later_is_not_shown_any_more(make_ticket, alice, bob, support):
    write(alice, make_ticket(group_id=support.pk), "@bob")
    restrict(bob, "groups")
    assert unread_count(as_actor(bob)) == 0


def test_a_rules_mail_is_told_in_the_app_for_who_wants_it_so(make_ticket, alice, lead, support):
    """The stock trigger mails the assignee."""
    ticket = make_ticket()
    wants(alice, rule_mails="in_app")
    for person in (alice, lead):
        update_ticket(
            actor=system_actor("tests"), ticket_id=ticket.pk,
            changes=TicketChanges(assignee_id=person.pk, group_id=support.pk),
        )  # fmt: skip
    assert list(
        ticket.deliveries.filter(kind="notification").values_list("recipient", flat=True)
    ) == [lead.pk]
    assert (told(alice), told(lead)) == ([Kind.ASSIGNED], [Kind.ASSIGNED])
    assert Notification.objects.get(user=alice).mail_at is not None
    assert Notification.objects.get(user=lead).mail_at is None


@pytest.mark.parametrize("access", ["all", "groups", "assigned"])
@pytest.mark.parametrize("role", ["agent", "lightly"])
def test_the_policy_for_a_ticket_at_hand_is_that_of_lists(
    make_ticket, cast, support, billing, access, role
):
    person = {"agent": cast.bob, "lightly": cast.lightly}[role]
    restrict(person, access)
    tickets = [make_ticket(), make_ticket(group_id=support.pk), make_ticket(group_id=billing.pk)]
    if role == "agent":
        tickets.append(make_ticket(group_id=billing.pk, assignee_id=person.pk))
    actor = as_actor(person)
    seen = set(visible_tickets(actor).values_list("pk", flat=True))
    assert {ticket.pk for ticket in tickets if may_know_of(actor, ticket)} == seen


def test_however_many_are_told_the_queries_are_the_same(
    make_ticket, alice, bob, lead, admin, lightly, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ticket, actor = make_ticket(), as_actor(alice)
    counts = []
    for body in ("@bob", "@bob @lena @ada @lightly"):
        with CaptureQueriesContext(connection) as captured:
            update_ticket(actor=actor, ticket_id=ticket.pk, comment=note(alice, body))
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert unread_count(as_actor(bob)) == 2


@pytest.fixture
def task(make_ticket, alice):
    """Alice's, due in an hour."""
    at = clock.now() + timedelta(hours=1)
    return make_ticket(assignee_id=alice.pk, type="task", due_at=at)


def test_the_assignee_is_told_when_a_task_falls_due_and_once(task, alice):
    outbox.drain()
    assert Kind.REMINDER not in told(alice)
    message = outbox.Message("task.due", {"ticket": task.pk, "due_at": task.due_at.isoformat()})
    with clock.frozen(task.due_at + timedelta(seconds=2)):
        outbox.drain()
        tell_of_due_tasks([message])
    assert told(alice).count(Kind.REMINDER) == 1
    row = Notification.objects.get(user=alice, kind=Kind.REMINDER)
    assert (row.ticket, row.data) == (task, {"due_at": task.due_at.isoformat()})


@pytest.mark.parametrize(
    "change", [{"status": "solved"}, {"type": "question"}, {"assignee_id": None}]
)
def test_a_task_that_is_done_or_nobodys_is_not_told_of(task, alice, change):
    update_ticket(actor=as_actor(alice), ticket_id=task.pk, changes=TicketChanges(**change))
    with clock.frozen(task.due_at + timedelta(seconds=2)):
        outbox.drain()
    assert Kind.REMINDER not in told(alice)


def test_a_due_date_that_was_moved_is_told_at_the_new_one_alone(task, alice):
    later = task.due_at + timedelta(days=2)
    update_ticket(actor=as_actor(alice), ticket_id=task.pk, changes=TicketChanges(due_at=later))
    with clock.frozen(task.due_at + timedelta(seconds=2)):
        outbox.drain()
    assert Kind.REMINDER not in told(alice)
    with clock.frozen(later + timedelta(seconds=2)):
        outbox.drain()
    assert told(alice).count(Kind.REMINDER) == 1
