"""Replies that wait: undone, scheduled, paused, released; customers see nothing of them before."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from core import clock, outbox
from core.models import OutboxMessage
from reports.models import TicketFact
from tests.factories import api_client, as_actor
from tickets.actions import (
    claim_deliveries,
    delete_ticket,
    discard_comment,
    keep_upload,
    mark_arrived,
    mark_unknown,
    release_comment,
    release_due_comment,
    reschedule_comment,
    take_back_comment,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import AlreadyLeft, CommentNotFound, InvalidChange, NotPermitted, TicketNotFound
from tickets.models import Comment, Delivery
from tickets.selectors.conversations import comments_of
from tickets.selectors.requests import page_of_requests
from tickets.selectors.search import search_tickets

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNDO = timedelta(seconds=10)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def ticket(make_ticket, alice, dave):
    with clock.frozen(NOW - timedelta(hours=1)):
        ticket = make_ticket(assignee_id=alice.pk, cc_ids=(dave.pk,))
    Delivery.objects.all().delete()
    OutboxMessage.objects.all().delete()
    return ticket


@pytest.fixture
def undo_seconds(settings):
    settings.UNDO_SEND_SECONDS = 10


def reply(
    ticket, author, *, at=NOW, status=None, body="The wombat left today.", **draft
) -> Comment:
    with clock.frozen(at):
        update_ticket(
            actor=as_actor(author), ticket_id=ticket.pk,
            changes=TicketChanges(status=status) if status else None,
            comment=CommentDraft(author_id=author.pk, body=body, **draft),
        )  # fmt: skip
    ticket.refresh_from_db()
    return ticket.comments.order_by("-id").first()


def customer_writes(ticket, carol, *, at=NOW) -> None:
    with clock.frozen(at):
        draft = CommentDraft(author_id=carol.pk, body="It came.", channel="email")
        update_ticket(actor=as_actor(carol, channel="email"), ticket_id=ticket.pk, comment=draft)
    ticket.refresh_from_db()


def states(comment) -> list[str]:
    return list(comment.deliveries.order_by("id").values_list("state", flat=True))


def drain(at) -> None:
    with clock.frozen(at):
        outbox.drain()


def claim(at):
    """Replies that are due; what agents are told of is not asked for here."""
    with clock.frozen(at):
        claimed = claim_deliveries(channel="email", limit=20)
    return [delivery for delivery in claimed if delivery.comment_id]


def seen_by(ticket, person, at=NOW) -> list[str]:
    with clock.frozen(at):
        return [comment.body for comment in comments_of(ticket, as_actor(person))]


@pytest.mark.usefixtures("undo_seconds")
class TestUndo:
    def test_a_reply_waits_ten_seconds_before_it_is_sent(self, ticket, alice):
        comment = reply(ticket, alice)
        assert comment.send_at == NOW + UNDO
        assert claim(NOW + UNDO - timedelta(milliseconds=1)) == []
        assert len(claim(NOW + UNDO)) == 2

    def test_notes_imports_programs_and_customers_wait_for_nothing(self, ticket, alice, carol):
        with clock.frozen(NOW):
            for actor, more, silent in [
                (as_actor(alice), {"is_public": False}, False),
                (as_actor(alice), {}, True),
                (as_actor(alice, channel="api"), {}, False),
            ]:
                draft = CommentDraft(author_id=alice.pk, body="x", **more)
                update_ticket(actor=actor, ticket_id=ticket.pk, comment=draft, is_silent=silent)
        customer_writes(ticket, carol)
        assert not ticket.comments.exclude(send_at=None).exists()
        assert len(claim(NOW)) == 2

    def test_nobody_outside_sees_it_before(self, ticket, alice, carol):
        comment = reply(ticket, alice)
        first = "I have been waiting for two weeks."
        assert seen_by(ticket, carol) == [first]
        assert seen_by(ticket, alice) == [first, comment.body]
        assert ticket.preview == first
        with clock.frozen(NOW):
            row = page_of_requests(as_actor(carol), is_done=False).rows[0]
            assert row.last_message_at == NOW - timedelta(hours=1)
            assert not search_tickets("wombat", as_actor(carol)).exists()
            assert search_tickets("wombat", as_actor(alice)).exists()
            answer = api_client(carol).get(f"/api/v2/tickets/{ticket.pk}/comments.json")
        assert [each["body"] for each in answer.json()["comments"]] == [first]

    def test_its_files_cannot_be_fetched_before(self, ticket, alice, carol, tmp_path):
        from django.core.files.base import ContentFile

        from tickets.selectors.files import visible_attachment

        file = keep_upload(actor=as_actor(alice), file=ContentFile(b"secret"), filename="a.txt")
        reply(ticket, alice, upload_ids=(file.pk,))
        with clock.frozen(NOW):
            assert visible_attachment(as_actor(carol), file.pk) is None
            assert visible_attachment(as_actor(alice), file.pk) == file
        with clock.frozen(NOW + UNDO):
            assert visible_attachment(as_actor(carol), file.pk) == file

    def test_when_the_time_has_come_it_is_announced_shown_found_and_counted(
        self, ticket, alice, carol
    ):
        comment = reply(ticket, alice)
        drain(NOW + timedelta(seconds=9))
        assert TicketFact.objects.get(pk=ticket.pk).replies == 0
        drain(NOW + UNDO)
        ticket.refresh_from_db()
        assert ticket.preview == comment.body
        fact = TicketFact.objects.get(pk=ticket.pk)
        assert (fact.replies, fact.first_reply_seconds) == (1, 3610)
        with clock.frozen(NOW + UNDO):
            assert search_tickets("wombat", as_actor(carol)).exists()
            release_due_comment(comment_id=comment.pk)  # at least once is not twice
        assert TicketFact.objects.get(pk=ticket.pk).replies == 1
        assert seen_by(ticket, carol, NOW + UNDO)[-1] == comment.body

    def test_the_release_is_told_to_open_pages(self, ticket, alice, monkeypatch):
        told = []
        monkeypatch.setattr(
            "web.live.subscribers.announce_changes", lambda messages: told.extend(messages)
        )
        reply(ticket, alice)
        drain(NOW)
        told.clear()
        drain(NOW + UNDO)
        drain(NOW + UNDO)
        (fact,) = [fact for message in told for fact in message.payload["changes"]]
        assert (fact["ticket"], fact["kind"], fact["is_public"]) == (ticket.pk, "released", True)

    def test_a_new_ticket_of_an_agent_stays_hidden_until_then(self, make_ticket, alice, carol):
        with clock.frozen(NOW):
            ticket = make_ticket(actor=as_actor(alice), author=alice, requester=carol)
            assert not ticket.is_public
            with pytest.raises(TicketNotFound):
                comments_of(_visible(ticket, carol), as_actor(carol))
        drain(NOW + UNDO)
        assert _visible(ticket, carol).preview == "I have been waiting for two weeks."
        assert TicketFact.objects.get(pk=ticket.pk).replies == 0

    def test_taking_it_back_cancels_everything_and_gives_the_text_back(self, ticket, alice, carol):
        from django.core.files.base import ContentFile

        file = keep_upload(actor=as_actor(alice), file=ContentFile(b"x"), filename="a.txt")
        comment = reply(ticket, alice, status="solved", upload_ids=(file.pk,))
        version = ticket.version
        with clock.frozen(NOW + timedelta(seconds=9)):
            taken = take_back_comment(actor=as_actor(alice), comment_id=comment.pk)
        ticket.refresh_from_db()
        comment.refresh_from_db()
        file.refresh_from_db()
        assert (taken.comment.body, taken.uploads) == (comment.body, [file])
        assert (file.comment, file.uploaded_by) == (None, alice)
        assert states(comment) == ["cancelled", "cancelled"]
        assert (comment.is_public, comment.send_at, comment.flags) == (False, None, ["taken_back"])
        assert (ticket.status, ticket.solved_at, ticket.version) == ("open", None, version + 1)
        events = ticket.audits.order_by("-id").first().events.order_by("id")
        assert list(events.values_list("type", "field_name", "value")) == [
            ("CommentPrivacyChange", "", False), ("Change", "status", "open"),
        ]  # fmt: skip
        assert claim(TOMORROW) == []
        drain(TOMORROW)
        assert seen_by(ticket, carol, TOMORROW) == ["I have been waiting for two weeks."]
        fact = TicketFact.objects.get(pk=ticket.pk)
        assert (fact.replies, fact.reopens, fact.first_solved_at) == (0, 0, None)

    def test_a_status_that_somebody_changed_since_stays(self, ticket, alice, lead):
        comment = reply(ticket, alice, status="solved")
        with clock.frozen(NOW + timedelta(seconds=2)):
            hold = TicketChanges(status="hold")
            update_ticket(actor=as_actor(lead), ticket_id=ticket.pk, changes=hold)
            take_back_comment(actor=as_actor(alice), comment_id=comment.pk)
        ticket.refresh_from_db()
        assert ticket.status == "hold"

    def test_after_the_window_it_has_left(self, ticket, alice):
        comment = reply(ticket, alice)
        with clock.frozen(NOW + UNDO), pytest.raises(AlreadyLeft, match="already left"):
            take_back_comment(actor=as_actor(alice), comment_id=comment.pk)
        assert states(comment) == ["queued", "queued"]
        comment.refresh_from_db()
        assert comment.is_public

    def test_a_claimed_one_has_left_whatever_the_clock_says(self, ticket, alice):
        comment = reply(ticket, alice)
        Delivery.objects.filter(address=alice.email).delete()
        claim(NOW + UNDO)
        with clock.frozen(NOW + timedelta(seconds=5)), pytest.raises(AlreadyLeft):
            take_back_comment(actor=as_actor(alice), comment_id=comment.pk)
        comment.refresh_from_db()
        assert (comment.is_public, states(comment)) == (True, ["sending", "sending"])

    def test_who_may_answer_the_ticket_may_take_back_and_nobody_else(
        self, ticket, alice, lead, carol, mallory, lightly
    ):
        comment = reply(ticket, alice)
        with clock.frozen(NOW):
            for person, error in [
                (carol, NotPermitted), (lightly, NotPermitted), (mallory, TicketNotFound),
            ]:  # fmt: skip
                with pytest.raises(error):
                    take_back_comment(actor=as_actor(person), comment_id=comment.pk)
            with pytest.raises(CommentNotFound):
                take_back_comment(actor=as_actor(alice), comment_id=comment.pk + 99)
            take_back_comment(actor=as_actor(lead), comment_id=comment.pk)

    def test_taken_back_twice_is_an_error(self, ticket, alice):
        comment = reply(ticket, alice)
        with clock.frozen(NOW):
            take_back_comment(actor=as_actor(alice), comment_id=comment.pk)
            with pytest.raises(AlreadyLeft):
                take_back_comment(actor=as_actor(alice), comment_id=comment.pk)

    def test_mails_that_cross_within_the_window_pause_nothing(self, ticket, alice, carol):
        comment = reply(ticket, alice)
        customer_writes(ticket, carol, at=NOW + timedelta(seconds=2))
        assert len(claim(NOW + UNDO)) == 2
        assert states(comment) == ["sending", "sending"]


def _visible(ticket, person):
    from tickets.policies import visible_ticket

    return visible_ticket(as_actor(person), ticket.pk)


def test_without_a_window_a_reply_leaves_at_once(ticket, alice):
    comment = reply(ticket, alice)
    assert comment.send_at is None
    assert ticket.preview == comment.body
    assert len(claim(NOW)) == 2


def test_a_scheduled_reply_leaves_at_its_moment(ticket, alice, carol):
    comment = reply(ticket, alice, send_at=TOMORROW)
    assert claim(TOMORROW - timedelta(seconds=1)) == []
    assert seen_by(ticket, carol) == ["I have been waiting for two weeks."]
    drain(TOMORROW)
    comment.refresh_from_db()
    assert comment.created_at == TOMORROW
    assert len(claim(TOMORROW)) == 2


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)])
def test_a_moment_that_is_over_or_far_away_is_refused(ticket, alice, at):
    with pytest.raises(InvalidChange):
        reply(ticket, alice, send_at=at)
    assert ticket.comments.count() == 1


def test_a_scheduled_reply_pauses_when_the_customer_writes_first(ticket, alice, carol):
    comment = reply(ticket, alice, send_at=TOMORROW, status="pending")
    customer_writes(ticket, carol, at=NOW + timedelta(hours=1))
    comment.refresh_from_db()
    assert (comment.is_public, comment.flags, ticket.status) == (False, ["paused"], "open")
    assert states(comment) == ["cancelled", "cancelled"]
    event = ticket.audits.order_by("-id").first().events.get(type="CommentPrivacyChange")
    assert (event.comment, event.cause) == (comment, {"reason": "paused"})
    drain(TOMORROW)
    assert claim(TOMORROW) == []
    assert comment.body not in seen_by(ticket, carol, TOMORROW)


def test_a_colleagues_note_or_reply_pauses_nothing(ticket, alice, lead):
    comment = reply(ticket, alice, send_at=TOMORROW)
    reply(ticket, lead, is_public=False)
    reply(ticket, lead)
    assert states(comment) == ["queued", "queued"]


def test_a_deleted_tickets_reply_is_not_sent(ticket, alice, admin):
    comment = reply(ticket, alice, send_at=TOMORROW)
    with clock.frozen(NOW):
        delete_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    assert states(comment) == ["cancelled", "cancelled"]


def test_a_paused_reply_is_sent_anyway_to_who_gets_replies_now(ticket, alice, carol, dave):
    comment = reply(ticket, alice, send_at=TOMORROW)
    customer_writes(ticket, carol, at=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    with clock.frozen(later):
        update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(cc_ids=()))
        release_comment(actor=as_actor(alice), comment_id=comment.pk)
    comment.refresh_from_db()
    ticket.refresh_from_db()
    assert (comment.is_public, comment.flags, comment.created_at) == (True, [], later)
    assert ticket.preview == comment.body
    assert [row.address for row in claim(later)] == [carol.email]
    assert states(comment) == ["sending", "cancelled"]
    assert seen_by(ticket, carol, later)[-1] == comment.body
    assert TicketFact.objects.get(pk=ticket.pk).replies == 1


def test_a_paused_reply_is_scheduled_again(ticket, alice, carol):
    comment = reply(ticket, alice, send_at=TOMORROW)
    customer_writes(ticket, carol)
    with clock.frozen(NOW + timedelta(hours=1)):
        release_comment(actor=as_actor(alice), comment_id=comment.pk, at=TOMORROW)
    assert claim(TOMORROW - timedelta(seconds=1)) == []
    assert len(claim(TOMORROW)) == 2


def test_a_paused_reply_goes_back_into_the_composer_or_is_discarded(ticket, alice, carol):
    comment = reply(ticket, alice, send_at=TOMORROW)
    customer_writes(ticket, carol)
    with clock.frozen(NOW), transaction.atomic():
        take_back_comment(actor=as_actor(alice), comment_id=comment.pk)
        comment.refresh_from_db()
        assert comment.flags == ["taken_back"]
        transaction.set_rollback(True)
    with clock.frozen(NOW):
        discard_comment(actor=as_actor(alice), comment_id=comment.pk)
        comment.refresh_from_db()
        assert (comment.flags, comment.is_public) == (["discarded"], False)
        with pytest.raises(InvalidChange):
            discard_comment(actor=as_actor(alice), comment_id=comment.pk)


def test_an_ordinary_note_cannot_be_released(ticket, alice):
    note = reply(ticket, alice, is_public=False)
    with pytest.raises(InvalidChange):
        release_comment(actor=as_actor(alice), comment_id=note.pk)
    note.refresh_from_db()
    assert not note.is_public


def test_a_scheduled_reply_is_sent_now_or_at_another_time(ticket, alice):
    comment = reply(ticket, alice, send_at=TOMORROW)
    with clock.frozen(NOW):
        reschedule_comment(
            actor=as_actor(alice), comment_id=comment.pk, at=TOMORROW + timedelta(days=1)
        )
        drain(TOMORROW)
        assert claim(TOMORROW) == []
        reschedule_comment(actor=as_actor(alice), comment_id=comment.pk)
    assert len(claim(NOW)) == 2
    ticket.refresh_from_db()
    assert ticket.preview == comment.body
    drain(TOMORROW + timedelta(days=2))
    assert TicketFact.objects.get(pk=ticket.pk).replies == 1
    with clock.frozen(NOW), pytest.raises(AlreadyLeft):
        reschedule_comment(actor=as_actor(alice), comment_id=comment.pk, at=TOMORROW)


def test_an_agent_says_that_an_unknown_one_arrived(ticket, alice, lightly):
    comment = reply(ticket, alice)
    delivery, other = claim(NOW)
    mark_unknown(delivery=delivery, error="line dead")
    with pytest.raises(NotPermitted):
        mark_arrived(actor=as_actor(lightly), delivery_id=delivery.pk)
    mark_arrived(actor=as_actor(alice), delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == ("sent", "Marked as arrived by Alice Archer.")
    with pytest.raises(InvalidChange):
        mark_arrived(actor=as_actor(alice), delivery_id=other.pk)
    assert states(comment) == ["sent", "sending"]


@pytest.mark.django_db(transaction=True)
class TestRace:
    """Two connections: whoever locks first wins, and the other one sees it."""

    def test_undo_waits_for_a_claim_and_then_says_that_it_left(self, ticket, alice, settings):
        settings.UNDO_SEND_SECONDS = 10
        comment = reply(ticket, alice)
        errors: list[BaseException] = []
        with transaction.atomic():
            with clock.frozen(NOW + UNDO):
                assert len(claim_deliveries(channel="email", limit=10)) == 2
            undo = _in_thread(lambda: _take_back(alice, comment), errors)
            undo.join(0.5)
            assert undo.is_alive()  # it waits for the claim's end
        undo.join(10)
        assert [type(error) for error in errors] == [AlreadyLeft]
        comment.refresh_from_db()
        assert (comment.is_public, states(comment)) == (True, ["sending", "sending"])

    def test_a_claim_passes_by_what_is_being_taken_back(self, ticket, alice, settings):
        settings.UNDO_SEND_SECONDS = 10
        comment = reply(ticket, alice)
        claimed: list[int] = []
        with transaction.atomic():
            _take_back(alice, comment)
            worker = _in_thread(lambda: claimed.append(len(claim(NOW + UNDO))), [])
            worker.join(10)
            assert claimed == [0]
        assert claim(NOW + UNDO) == []
        assert states(comment) == ["cancelled", "cancelled"]


def _take_back(alice, comment) -> None:
    with clock.frozen(NOW + timedelta(seconds=9)):
        take_back_comment(actor=as_actor(alice), comment_id=comment.pk)


def _in_thread(work, errors) -> threading.Thread:
    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  handed to the test
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread
