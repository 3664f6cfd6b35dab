"""The page, the panel and the short messages: each reader's own, of what they may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.outbox import Message
from notifications.actions import notify
from notifications.models import Kind, Notification
from notifications.subscribers import tell_of_bulk
from tests.factories import as_actor
from tests.notifications.test_telling import restrict, wants, write
from tickets.models import BulkJob
from web.notifications.words import lines_of, url_of

pytestmark = pytest.mark.django_db


def text(browser, path) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_names_and_subjects_are_text(browser_of, make_ticket, alice, bob):
    write(alice, make_ticket(subject="<script>x</script>"), "@bob <img src=x>")
    for path in ("/notifications/", "/notifications/panel/", "/notifications/new/", "/home/"):
        page = text(browser_of(bob), path)
        assert "<script>x" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;x" in page


def test_everybody_reads_and_marks_only_their_own(browser_of, make_ticket, alice, bob, lead):
    ticket = make_ticket(subject="Lamp")
    write(alice, ticket, "@bob")
    assert "Lamp" not in text(browser_of(lead), "/notifications/")
    row = Notification.objects.get(user=bob)
    for sent in ({"one": row.pk}, {"ticket": ticket.pk}, {"up_to": row.pk}):
        browser_of(lead).post("/notifications/read/", sent)
    row.refresh_from_db()
    assert row.read_at is None
    browser_of(bob).post("/notifications/read/", {"one": row.pk})
    row.refresh_from_db()
    assert row.read_at is not None


def test_a_ticket_that_is_hidden_now_is_nowhere(browser_of, make_ticket, alice, bob, support):
    write(alice, make_ticket(subject="Lamp", group_id=support.pk), "@bob")
    restrict(bob, "groups")
    for path in ("/notifications/", "/notifications/panel/", "/notifications/new/", "/home/"):
        assert "Lamp" not in text(browser_of(bob), path)


def test_all_is_what_the_reader_has_seen(browser_of, make_ticket, alice, bob):
    ticket = make_ticket()
    write(alice, ticket, "@bob")
    seen = Notification.objects.get(user=bob).pk
    write(alice, ticket, "@bob again")
    browser_of(bob).post("/notifications/read/", {"up_to": seen})
    assert Notification.objects.filter(user=bob, read_at=None).count() == 1


def test_opening_the_ticket_takes_the_number_off_the_bell(browser_of, make_ticket, alice, bob):
    ticket = make_ticket()
    write(alice, ticket, "@bob")
    browser = browser_of(bob)
    assert " data-unread>1<" in text(browser, "/views/")
    assert " data-unread hidden>0<" in text(browser, f"/tickets/{ticket.pk}/")


def test_what_came_after_is_shown_unless_the_reader_wants_none(browser_of, make_ticket, alice, bob):
    write(alice, make_ticket(subject="Lamp"), "@bob")
    last = Notification.objects.get(user=bob).pk
    assert "Lamp" in text(browser_of(bob), "/notifications/new/?after=0")
    assert "Lamp" not in text(browser_of(bob), f"/notifications/new/?after={last}")
    wants(bob, shows_toasts=False)
    assert "Lamp" not in text(browser_of(bob), "/notifications/new/?after=0")


def test_however_many_there_are_the_queries_are_the_same(browser_of, make_ticket, alice, bob):
    browser, counts = browser_of(bob), []
    for _ in range(2):
        for _ in range(6):
            write(alice, make_ticket(), "@bob")
        with CaptureQueriesContext(connection) as captured:
            text(browser, "/notifications/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_long_piece_of_work_that_is_done_is_told_and_a_short_one_is_not(alice):
    jobs = [
        BulkJob.objects.create(
            kind="update", requested_by=alice, channel="web", total=40, state="completed",
            created_at=clock.now() - timedelta(seconds=took), finished_at=clock.now(),
        )
        for took in (2, 60)
    ]  # fmt: skip
    tell_of_bulk([Message("bulk.finished", {"job": job.pk}) for job in jobs])
    row = Notification.objects.get(user=alice)
    assert url_of(row) == f"/bulk/{jobs[1].pk}/"
    assert "40 tickets" in lines_of([row])[0].said


def test_nobody_is_told_of_their_own_doing_by_other_parts_either(make_ticket, alice, bob):
    people = [alice.pk, bob.pk]
    notify(user_ids=people, kind=Kind.SIDE_REPLY, ticket=make_ticket(), actor_id=alice.pk)
    assert [row.user_id for row in Notification.objects.all()] == [bob.pk]


@pytest.mark.parametrize("way", ["app", "push", "mail"])
def test_the_settings_page_saves_each_way(browser_of, alice, way):
    sent = {"app": ["followed"], "digest": "hourly", "digest_hour": "7", "rule_mails": "in_app"}
    sent[way] = ["followed", "assigned"]
    answer = browser_of(alice).post("/settings/notifications/", sent)
    assert answer.status_code == 302
    alice.refresh_from_db()
    choice = alice.notification_choice
    assert "followed" in getattr(choice, way)
    assert "assigned" in choice.app
    assert (choice.digest, choice.digest_hour, choice.rule_mails) == ("hourly", 7, "in_app")


def test_a_choice_that_there_is_not_is_refused(browser_of, alice):
    sent = {"app": ["everything"], "digest": "never again", "digest_hour": "25"}
    assert browser_of(alice).post("/settings/notifications/", sent).status_code == 422
    assert not hasattr(type(alice).objects.get(pk=alice.pk), "notification_choice")


def test_the_worker_tells_each_persons_pages_once(monkeypatch, make_ticket, alice, bob):
    from web.notifications import subscribers

    sent = []

    class Layer:
        async def group_send(self, group, message):
            sent.append((group, message["unread"]))

    monkeypatch.setattr(subscribers, "get_channel_layer", Layer)
    ticket = make_ticket()
    write(alice, ticket, "@bob")
    write(alice, ticket, "@bob")
    facts = [Message("notification.created", {"users": [bob.pk]})] * 3
    subscribers.announce(facts)
    assert sent == [(f"user.{bob.pk}", 2)]
    assert as_actor(bob).user_id == bob.pk
