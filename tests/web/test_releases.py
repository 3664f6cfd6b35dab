"""Undo, send later, what became of a reply, and the original of a mail, on the ticket page."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from channels_in.accounts import default_account
from channels_in.models import Fate, InboundItem
from core import clock
from tests.factories import as_actor
from tickets.actions import claim_deliveries, mark_failed, mark_sent, mark_unknown, update_ticket
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Comment, Delivery
from web.agent.moments import moment_from, moment_words

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


def submit(browser, ticket, **data):
    data = {"body": "On its way.", "kind": "public", **data}
    return browser.post(f"/tickets/{ticket.pk}/comments/", data, headers=FRAGMENT)


def post(browser, path, **data):
    return browser.post(path, data, headers=FRAGMENT)


def last_of(ticket) -> Comment:
    return ticket.comments.order_by("-id").first()


def page_of(browser, ticket) -> str:
    return browser.get(f"/tickets/{ticket.pk}/").content.decode()


def sent_reply(ticket, alice) -> list[Delivery]:
    draft = CommentDraft(author_id=alice.pk, body="On its way.")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    return claim_deliveries(channel="email", limit=10)


def test_a_submit_says_how_it_is_undone_and_undo_gives_the_text_back(
    browser_of, ticket, alice, settings
):
    settings.UNDO_SEND_SECONDS = 30
    browser = browser_of(alice)
    answer = submit(browser, ticket, status="pending")
    comment = last_of(ticket)
    undoable = json.loads(answer["HX-Trigger"])["undoable"]
    assert undoable == {
        "words": "Submitted as Pending", "url": f"/comments/{comment.pk}/undo/",
        "until": comment.send_at.isoformat(),
    }  # fmt: skip
    assert "<leaves-in" in page_of(browser, ticket)
    taken = post(browser, undoable["url"])
    assert taken.json() == {
        "body": "On its way.", "html": "<p>On its way.</p>", "kind": "public", "uploads": [],
        "ticket": ticket.pk,
    }  # fmt: skip
    page = page_of(browser, ticket)
    assert "took a reply back before it left" in page
    assert "<leaves-in" not in page
    again = post(browser, undoable["url"])
    assert (again.status_code, "already left" in again.json()["error"]) == (409, True)


def test_the_portal_shows_nothing_before(browser_of, ticket, alice, carol, settings):
    settings.UNDO_SEND_SECONDS = 30
    submit(browser_of(alice), ticket)
    page = browser_of(carol).get(f"/requests/{ticket.pk}/").content.decode()
    assert "On its way." not in page
    assert "On its way." not in browser_of(carol).get("/requests/").content.decode()
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        page = browser_of(carol).get(f"/requests/{ticket.pk}/").content.decode()
    assert "On its way." in page


def test_send_later_takes_the_status_of_its_own_choice(browser_of, ticket, alice):
    answer = submit(
        browser_of(alice), ticket, later="1", send_later="tomorrow", later_status="pending",
        status="solved",
    )  # fmt: skip
    ticket.refresh_from_db()
    comment = last_of(ticket)
    assert ticket.status == "pending"
    assert json.loads(answer["HX-Trigger"])["toast"] == "Scheduled for tomorrow, 09:00"
    assert timezone.localtime(comment.send_at).hour == 9
    page = page_of(browser_of(alice), ticket)
    assert "Scheduled for tomorrow, 09:00" in page
    assert "Send now" in page


@pytest.mark.parametrize(
    "data",
    [
        {"send_later": "at", "send_later_at": ""},
        {"send_later": "at", "send_later_at": "2001-01-01T10:00"},
        {"send_later": "hour", "kind": "internal"},
        {"send_later": "hour", "body": ""},
    ],
)
def test_a_moment_that_makes_no_sense_is_refused_and_nothing_changes(
    browser_of, ticket, alice, data
):
    answer = submit(browser_of(alice), ticket, later="1", later_status="solved", **data)
    assert answer.status_code == 422
    ticket.refresh_from_db()
    assert (ticket.status, ticket.comments.count()) == ("open", 1)


@pytest.mark.parametrize(
    ("choice", "at"),
    [
        ({"send_later": "hour"}, datetime(2026, 3, 27, 10, 30, tzinfo=UTC)),
        ({"send_later": "tomorrow"}, datetime(2026, 3, 28, 8, tzinfo=UTC)),
        ({"send_later": "monday"}, datetime(2026, 3, 30, 7, tzinfo=UTC)),  # summer time began
        (
            {"send_later": "at", "send_later_at": "2026-03-27T15:45"},
            datetime(2026, 3, 27, 14, 45, tzinfo=UTC),
        ),
    ],
)
def test_moments_are_the_agents_own_time(choice, at):
    form = QueryDict(mutable=True)
    form.update(choice)
    with (
        clock.frozen(datetime(2026, 3, 27, 9, 30, tzinfo=UTC)),  # a Friday
        timezone.override("Europe/Berlin"),
    ):
        assert moment_from(form) == at


def test_monday_on_a_monday_is_the_next_one():
    with clock.frozen(datetime(2026, 3, 2, 6, tzinfo=UTC)), timezone.override("UTC"):
        at = moment_from(QueryDict("send_later=monday"))
        assert (at, moment_words(at)) == (
            datetime(2026, 3, 9, 9, tzinfo=UTC), "Mon 9 Mar, 09:00",
        )  # fmt: skip
        with pytest.raises(InvalidChange):
            moment_from(QueryDict("send_later=whenever"))


def test_a_scheduled_reply_is_moved_and_sent_now(browser_of, ticket, alice):
    browser = browser_of(alice)
    submit(browser, ticket, later="1", send_later="monday")
    comment = last_of(ticket)
    path = f"/comments/{comment.pk}/departure/"
    refused = post(browser, path, send_later="at", send_later_at="2001-01-01T10:00")
    assert (refused.status_code, "still to come" in refused.content.decode()) == (422, True)
    assert post(browser, path, send_later="tomorrow").status_code == 200
    assert claim_deliveries(channel="email", limit=10) == []
    assert post(browser, path).status_code == 200
    assert len(claim_deliveries(channel="email", limit=10)) == 2
    assert post(browser, path).status_code == 422  # it has left


def test_a_paused_reply_offers_three_ways(browser_of, ticket, alice, carol):
    browser = browser_of(alice)
    submit(browser, ticket, later="1", send_later="monday")
    comment = last_of(ticket)
    draft = CommentDraft(author_id=carol.pk, body="It came!", channel="email")
    update_ticket(actor=as_actor(carol, channel="email"), ticket_id=ticket.pk, comment=draft)
    page = page_of(browser, ticket)
    for words in ("Not sent: the customer wrote first.", "Send anyway", "Edit", "Discard",
                  "wrote first, so the scheduled reply was held back"):  # fmt: skip
        assert words in page
    assert post(browser, f"/comments/{comment.pk}/discard/").status_code == 200
    page = page_of(browser, ticket)
    assert "reply that was discarded" in page
    assert "Send anyway" not in page
    assert post(browser, f"/comments/{comment.pk}/departure/").status_code == 200
    claimed = claim_deliveries(channel="email", limit=10)
    assert sum(delivery.comment_id == comment.pk for delivery in claimed) == 2


def test_a_light_agent_sees_that_it_waits_and_cannot_touch_it(browser_of, ticket, alice, lightly):
    submit(browser_of(alice), ticket, later="1", send_later="monday")
    page = page_of(browser_of(lightly), ticket)
    assert "Scheduled for" in page
    assert "Send now" not in page
    for verb in ("undo", "departure", "discard"):
        path = f"/comments/{last_of(ticket).pk}/{verb}/"
        assert post(browser_of(lightly), path).status_code == 403
    assert last_of(ticket).waits == "scheduled"


def test_each_recipients_part_is_told_in_plain_words(browser_of, ticket, alice, carol):
    first, second = sent_reply(ticket, alice)
    mark_sent(deliveries=[first])
    error = "550 5.1.1 <dave@nordwind.example>: Recipient address rejected: User unknown"
    mark_failed(delivery=second, error=error, is_permanent=True)
    page = page_of(browser_of(alice), ticket)
    assert "Not delivered to everybody" in page
    assert "This address does not exist." in page
    assert "User unknown" in page
    assert "Sent today" in page
    assert "It arrived" not in page


def test_an_unknown_end_is_explained_and_can_be_settled(browser_of, ticket, alice):
    first, second = sent_reply(ticket, alice)
    mark_sent(deliveries=[second])
    mark_unknown(delivery=first, error="TimeoutError: timed out")
    browser = browser_of(alice)
    page = page_of(browser, ticket)
    assert "It may have arrived" in page
    assert "It arrived" in page
    assert "Send again" in page
    assert post(browser, f"/deliveries/{first.pk}/arrival/").status_code == 204
    first.refresh_from_db()
    assert first.state == "sent"
    assert "Marked as arrived by Alice Archer." in page_of(browser, ticket)


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("failed_authentication", "somebody else may have sent this"),
        ("reply_to_differs", "asks for answers at another address"),
        ("agent_by_mail", "answered from their mail program"),
        ("forwarded_by_agent", "original sender"),
        ("courtesy", "did not reopen"),
        ("is_staff_address", "nothing proves"),
        ("unverified_sender", "could not be recognised"),
    ],
)
def test_a_flag_explains_itself(browser_of, make_ticket, alice, flag, words):
    ticket = make_ticket(comment={"metadata": {"flags": [flag]}})
    assert words in page_of(browser_of(alice), ticket)


def test_details_say_who_vouches_for_the_sender(browser_of, make_ticket, alice):
    sender = {"standing": "pass", "domain": "nordwind.example", "by": "mx.example.com"}
    recipients = {"to": ["support@example.com"], "cc": ["<i>x</i>@y.example"]}
    ticket = make_ticket(comment={"metadata": {"sender": sender, "recipients": recipients}})
    page = page_of(browser_of(alice), ticket)
    assert "nordwind.example confirms the sender (checked by mx.example.com)" in page
    assert "&lt;i&gt;x&lt;/i&gt;@y.example" in page


def test_the_original_is_shown_as_text_to_who_sees_the_ticket(
    browser_of, ticket, alice, carol, confined_bob
):
    now = clock.now()
    InboundItem.objects.create(
        account=default_account(), external_id="x", size=40, received_at=now, next_attempt_at=now,
        raw=b"Subject: =?utf-8?q?x?=\r\n\r\n<script>alert(1)</script>\x00", fate=Fate.COMMENT,
        comment=ticket.comments.get(), ticket=ticket,
    )  # fmt: skip
    path = f"/tickets/{ticket.pk}/comments/{ticket.comments.get().pk}/source/"
    browser = browser_of(alice)
    assert path in page_of(browser, ticket)
    shown = browser.get(path).content.decode()
    assert "Subject: =?utf-8?q?x?=" in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert '<dt>Subject</dt><dd dir="auto">x</dd>' in shown
    file = browser.get(f"{path}?download=1")
    assert file.content.endswith(b"</script>\x00")
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert browser.get(path.replace(f"/tickets/{ticket.pk}/", "/tickets/999/")).status_code == 404
    assert browser_of(confined_bob).get(path).status_code == 404
    assert browser_of(carol).get(path).status_code in (302, 403)


def test_what_has_no_original_offers_none(browser_of, ticket, alice):
    path = f"/tickets/{ticket.pk}/comments/{ticket.comments.get().pk}/source/"
    assert path not in page_of(browser_of(alice), ticket)
    assert browser_of(alice).get(path).status_code == 404
