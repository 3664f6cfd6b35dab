"""From received bytes to a fate."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from psycopg.errors import DeadlockDetected

from channels_in import funnel, letterbox
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.receive import RawMessage, receive
from tests.channels_in.conftest import Arrive, make_mail
from tickets.models import Comment, Delivery, DeliveryKind, Status, Ticket

pytestmark = pytest.mark.django_db


def test_a_mail_becomes_a_ticket_of_its_sender(arrive: Arrive) -> None:
    item = arrive(subject="Broken lamp", text="It does not light up.")

    ticket = item.ticket
    assert item.fate == Fate.COMMENT
    assert ticket.subject == "Broken lamp"
    assert ticket.requester.email == "carol.customer@nordwind.example"
    assert ticket.requester.name == "Carol Customer"
    assert (ticket.status, ticket.channel, ticket.recipient) == (
        Status.NEW, "email", "support@example.com",
    )  # fmt: skip
    assert item.comment.body.strip() == "It does not light up."
    assert not item.comment.is_from_agent


def test_a_new_ticket_is_acknowledged(arrive: Arrive) -> None:
    ticket = arrive().ticket

    delivery = Delivery.objects.get(ticket=ticket)
    assert (delivery.kind, delivery.address) == (
        DeliveryKind.ACKNOWLEDGEMENT, "carol.customer@nordwind.example",
    )  # fmt: skip


def test_a_machine_gets_no_acknowledgement(arrive: Arrive) -> None:
    item = arrive(sender="no-reply@shop.example", subject="Order 17 has shipped")

    assert item.fate == Fate.COMMENT
    assert not Delivery.objects.exists()


def test_the_same_mail_twice_is_one_item(arrive: Arrive) -> None:
    raw = make_mail(message_id="once@customers.example")

    arrive(raw)
    arrive(raw)

    assert InboundItem.objects.count() == 1
    assert Ticket.objects.count() == 1


def test_the_same_mail_by_another_path_is_a_duplicate_of_the_first(arrive: Arrive) -> None:
    raw = make_mail(message_id="twin@customers.example")
    first = arrive(raw)

    second = arrive(b"Received: by another.server\r\n" + raw)

    assert second.fate == Fate.DUPLICATE
    assert second.comment_id == first.comment_id
    assert Comment.objects.count() == 1


def test_twins_in_one_batch_make_one_comment(account) -> None:
    raw = make_mail(message_id="twin@customers.example")
    receive([RawMessage(account, raw), RawMessage(account, b"X-Path: b\r\n" + raw)])

    funnel.process_due()

    fates = set(InboundItem.objects.values_list("fate", flat=True))
    assert fates == {Fate.COMMENT, Fate.DUPLICATE}
    assert Comment.objects.count() == 1


def test_different_mails_with_one_message_id_are_both_kept(arrive: Arrive) -> None:
    arrive(message_id="same@broken.example", text="The first")
    arrive(message_id="same@broken.example", text="The second")

    assert Ticket.objects.count() == 2


def test_an_answer_in_the_same_batch_lands_on_the_ticket_it_answers(account) -> None:
    first = make_mail(message_id="one@customers.example")
    second = make_mail(
        message_id="two@customers.example", in_reply_to="<one@customers.example>", text="And also…"
    )
    receive([RawMessage(account, first), RawMessage(account, second)])

    funnel.process_due()

    assert Ticket.objects.get().comments.count() == 2


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"sender": ""}, Reason.NO_SENDER),
        ({"sender": "support@example.com"}, Reason.OWN_ADDRESS),
        ({"subject": "", "text": ""}, Reason.EMPTY),
        ({"x_spam_flag": "YES"}, Reason.SPAM),
        ({"auto_submitted": "auto-replied", "subject": "Out of office"}, Reason.AUTO_REPLY),
    ],
)
def test_what_cannot_be_a_ticket_is_suspended_with_its_reason(
    arrive: Arrive, parts: dict[str, str], reason: str
) -> None:
    item = arrive(**parts)

    assert (item.fate, item.reason) == (Fate.SUSPENDED, reason)
    assert not Ticket.objects.exists()
    assert bytes(item.raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\xff\xfe" * 5000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed;"
        b" boundary=y\r\n\r\n--y\r\n",
        b"no header at all",
        b"\r\n",
    ],
    ids=["binary blob", "broken MIME tree", "no header", "blank"],
)
def test_broken_bytes_get_a_visible_fate_and_are_kept(arrive: Arrive, raw: bytes) -> None:
    item = arrive(raw)

    assert item.fate == Fate.SUSPENDED
    assert bytes(item.raw) == raw


def test_fifty_mails_cost_no_more_queries_than_five(account) -> None:
    def queries(first: int, last: int) -> int:
        mails = [make_mail(sender=f"c{n}@many.example") for n in range(first, last)]
        receive([RawMessage(account, raw) for raw in mails])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            funnel.process_due()
        return len(captured)

    queries(0, 1)  # reads the accounts, which are then kept for some seconds

    assert queries(1, 6) == queries(6, 41)


def test_a_message_that_breaks_the_batch_harms_no_other(account, monkeypatch) -> None:
    real = letterbox.deliver

    def fragile(arrivals):
        if any(arrival.message.subject == "Poison" for arrival in arrivals):
            raise RuntimeError("it broke")
        real(arrivals)

    monkeypatch.setattr(letterbox, "deliver", fragile)
    mails = [make_mail(subject=subject) for subject in ("One", "Poison", "Two")]
    receive([RawMessage(account, raw) for raw in mails])

    funnel.process_due()

    fates = dict(InboundItem.objects.values_list("subject", "fate"))
    assert sorted(Ticket.objects.values_list("subject", flat=True)) == ["One", "Two"]
    failed = InboundItem.objects.get(fate=Fate.FAILED)
    assert "it broke" in failed.detail
    assert failed.next_attempt_at > failed.received_at
    assert list(fates.values()).count(Fate.COMMENT) == 2


def test_a_deadlock_with_another_worker_costs_a_message_no_turn(
    arrive: Arrive, monkeypatch
) -> None:
    deliver, tries = letterbox.deliver, []

    def be_in_the_way_once(arrivals):
        tries.append(len(arrivals))
        if len(tries) == 1:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        deliver(arrivals)

    monkeypatch.setattr(letterbox, "deliver", be_in_the_way_once)
    assert arrive().fate == Fate.COMMENT
    assert tries == [1, 1]


def test_a_backlog_is_worked_off_in_turns(account, monkeypatch) -> None:
    monkeypatch.setattr(funnel, "BATCH", 2)
    monkeypatch.setattr(funnel, "TURN", 2)
    receive([RawMessage(account, make_mail()) for _ in range(5)])

    assert [funnel.process_due(), funnel.process_due(), funnel.process_due()] == [4, 1, 0]


def test_an_import_tells_nobody(account) -> None:
    receive([RawMessage(account, make_mail(), {"via": "import"})])

    funnel.process_items(list(InboundItem.objects.values_list("id", flat=True)))

    assert Ticket.objects.exists()
    assert not Delivery.objects.exists()


def test_imported_mail_keeps_the_time_it_was_sent(account) -> None:
    first = make_mail(message_id="old@customers.example")
    reply = make_mail(in_reply_to="<old@customers.example>", text="And one more thing")
    receive([RawMessage(account, raw, {"via": "import"}) for raw in (first, reply)])

    funnel.process_items(list(InboundItem.objects.values_list("id", flat=True)))

    sent_at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    ticket = Ticket.objects.get()
    assert ticket.created_at == sent_at
    assert ticket.fact.created_at == sent_at
    assert set(ticket.comments.values_list("created_at", flat=True)) == {sent_at}
    assert ticket.generated_at > sent_at


def test_mail_that_comes_today_has_todays_time_whatever_it_says(arrive: Arrive) -> None:
    item = arrive()

    assert item.ticket.created_at > datetime(2026, 11, 20, 11, tzinfo=UTC)


def test_people_in_copy_become_ccs_and_our_own_addresses_do_not(arrive: Arrive) -> None:
    item = arrive(cc="Dave <dave@nordwind.example>, support+abc@example.com")

    ccs = item.ticket.participants.values_list("user__email", flat=True)
    assert list(ccs) == ["dave@nordwind.example"]


def test_an_html_mail_is_stored_sanitised(arrive: Arrive) -> None:
    raw = (
        b"From: carol@x.example\r\nTo: support@example.com\r\nSubject: Hi\r\n"
        b"Content-Type: text/html\r\n\r\n<p onclick=alert(1)>Hello<script>alert(1)</script></p>"
    )

    comment = arrive(raw).comment

    assert "Hello" in comment.html
    assert "alert" not in comment.html
