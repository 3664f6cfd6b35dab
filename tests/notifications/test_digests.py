"""The mail with what somebody has not read: when it comes, what is in it, that it comes once."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from core import clock
from notifications.actions import begin_digest, mark_ticket_read
from notifications.choices import next_digest
from notifications.models import Digest, DigestMail, Kind, Notification, NotificationChoice
from notifications.selectors import people_with_due_digests
from tests.factories import as_actor
from tests.notifications.test_telling import restrict, wants, write
from web.notifications.digest import send_digest, send_due, unsubscribe_url

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "now", "due"),
    [
        ("UTC", 8, "2026-11-30T07:59", "2026-11-30T08:00"),
        ("UTC", 8, "2026-11-30T08:00", "2026-12-01T08:00"),
        ("Asia/Kolkata", 8, "2026-11-30T02:29", "2026-11-30T02:30"),
        ("Asia/Kolkata", 8, "2026-11-30T02:30", "2026-12-01T02:30"),
        ("America/Los_Angeles", 8, "2026-11-30T23:00", "2026-12-01T16:00"),
        ("Pacific/Kiritimati", 0, "2026-11-30T09:59", "2026-11-30T10:00"),
        # Clocks go forward from 2 to 3 on 29 March 2026, and back from 3 to 2 on 25 October.
        ("Europe/Berlin", 8, "2026-03-28T08:00", "2026-03-29T06:00"),
        ("Europe/Berlin", 2, "2026-03-28T02:00", "2026-03-29T01:00"),
        ("Europe/Berlin", 2, "2026-10-24T01:00", "2026-10-25T00:00"),
        ("Europe/Berlin", 2, "2026-10-25T00:00", "2026-10-26T01:00"),
        ("Europe/Berlin", 2, "2026-10-25T00:30", "2026-10-26T01:00"),
    ],
)
def test_a_day_ends_at_the_hour_where_the_person_is(zone, hour, now, due):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert next_digest(Digest.DAILY, hour, ZoneInfo(zone), at) == expected


def test_an_hour_ends_with_the_hour_and_never_is_never():
    at = datetime(2026, 11, 30, 12, 34, 56, tzinfo=UTC)
    assert next_digest(Digest.HOURLY, 8, UTC, at) == datetime(2026, 11, 30, 13, tzinfo=UTC)
    assert next_digest(Digest.OFF, 8, UTC, at) is None


@pytest.fixture
def mentioned(db, make_ticket, alice, bob):
    """A ticket on which alice mentioned bob at noon; his hour comes at 13:00."""
    wants(bob, digest="hourly")
    ticket = make_ticket(subject="Lamp <b>broken</b>")
    with clock.frozen(NOON):
        write(alice, ticket, "@bob the *secret* plan")
    return ticket


def send_at(instant: datetime) -> int:
    with clock.frozen(instant):
        return send_due()


def test_one_mail_a_period_with_what_is_unread(mentioned, alice, bob, make_ticket):
    with clock.frozen(NOON + timedelta(minutes=5)):
        write(alice, make_ticket(subject="Chair"), "@bob")
    assert send_at(NOON + timedelta(minutes=59)) == 0
    assert send_at(NOON + timedelta(minutes=60)) == 1
    assert send_at(NOON + timedelta(minutes=61)) == 0
    [message] = mail.outbox
    assert message.to == [bob.email]
    assert message.subject == "Alice Archer mentioned you, and 1 more"
    assert "Lamp <b>broken</b>" in message.body
    html = message.alternatives[0][0]
    assert "Lamp &lt;b&gt;broken&lt;/b&gt;" in html
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_was_read_is_not_mailed(mentioned, bob):
    mark_ticket_read(actor=as_actor(bob), ticket_id=mentioned.pk)
    assert send_at(NOON + timedelta(hours=2)) == 0


def test_what_the_reader_may_not_see_any_more_is_left_out(mentioned, bob):
    restrict(bob, "groups")
    assert send_at(NOON + timedelta(hours=2)) == 0
    assert mail.outbox == []


def test_who_has_left_gets_none(mentioned, bob):
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert send_at(NOON + timedelta(hours=2)) == 0


def test_a_worker_that_dies_over_the_mail_does_not_send_it_twice(mentioned, bob):
    with clock.frozen(NOON + timedelta(hours=1)):
        assert begin_digest(user_id=bob.pk) is not None  # and nothing after it
        assert begin_digest(user_id=bob.pk) is None
        assert people_with_due_digests() == []
    assert send_at(NOON + timedelta(minutes=119)) == 0
    # What is still unread comes with the next period, so that it is not lost either.
    assert send_at(NOON + timedelta(hours=2)) == 1
    assert DigestMail.objects.filter(ended_at=None).count() == 1


def test_a_mail_server_that_is_away_is_asked_again(mentioned, bob, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise smtplib.SMTPConnectError(421, "away")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        assert send_at(NOON + timedelta(hours=1)) == 0
    assert send_at(NOON + timedelta(minutes=64)) == 0
    assert send_at(NOON + timedelta(minutes=66)) == 1


def test_the_worst_stands_first(mentioned, alice, bob, make_ticket):
    from notifications.actions import notify

    late = make_ticket(subject="Sofa")
    with clock.frozen(NOON - timedelta(minutes=30)):
        notify(
            user_ids=[bob.pk], kind=Kind.SLA_WARNING, ticket=late,
            data={"metric": "first_reply_time", "breached": True},
        )  # fmt: skip
    assert send_at(NOON + timedelta(hours=1)) == 1
    body = mail.outbox[0].body
    assert body.index("Sofa") < body.index("Lamp")


def test_one_click_ends_the_mails_and_looking_does_not(mentioned, bob):
    link = unsubscribe_url(bob.pk)
    path = link[link.index("/notifications/") :]
    mailed = Client(enforce_csrf_checks=True)
    assert mailed.get(path).status_code == 200
    assert NotificationChoice.objects.get(user=bob).digest == Digest.HOURLY
    assert mailed.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NotificationChoice.objects.get(user=bob).digest == Digest.OFF
    assert send_at(NOON + timedelta(days=2)) == 0
    assert mailed.post(path.replace(f"/{bob.pk}-", f"/{bob.pk + 1}-")).status_code == 404


def test_the_mail_names_both_ways_to_end_it(mentioned, bob):
    send_at(NOON + timedelta(hours=1))
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{unsubscribe_url(bob.pk)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_another_period_moves_what_waits(mentioned, bob):
    wants(bob, digest="off")
    assert Notification.objects.get(user=bob).mail_at is None
    assert not send_digest(bob.pk)
