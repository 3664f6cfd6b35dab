"""What the house said outside the help desk is noted on its ticket, once, and not sent again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from channels_in.actions import send_due
from channels_in.models import AwaitedFile, ChannelThread, Connection, InboundItem
from channels_in.networks.doors import strangers_of
from channels_in.networks.ways import channel_last_used
from core import clock
from tests.channels_in.messaging.conftest import Desk, answer, connected
from tests.channels_in.messaging.fake_messenger import PAGE, event
from tests.channels_in.messaging.fake_messenger import posted as of_page
from tests.channels_in.messaging.fake_whatsapp import SECRET, TOKEN, VERIFY, message, signed
from tests.channels_in.messaging.fake_whatsapp import posted as of_whatsapp
from tests.factories import as_actor, sign_in
from tickets.actions import keep_upload, solve_ticket
from tickets.models import Comment, Delivery, Ticket


def echo(text: str, mid: str = "m_elsewhere", **more):
    said = {"mid": mid, "is_echo": True, "app_id": 263902037430900, **more}
    if text:
        said["text"] = text
    ours = {"sender": {"id": PAGE}, "recipient": {"id": "7001"}, "timestamp": 1796000000000}
    return of_page({**ours, "message": said})


def hello(mid: str = "m_in_1"):
    return of_page(event(message={"mid": mid, "text": "Hi"}))


def phone_echo(kind: str, part: dict, key: str = "wamid.e1", to: str = "16505551234"):
    said = {"from": "15550783881", "to": to, "id": key, "timestamp": "1796000100", "type": kind,
            kind: part}  # fmt: skip
    return of_whatsapp({"message_echoes": [said]}, field="smb_message_echoes")


def test_a_message_of_metas_inbox_is_the_companys_word(messenger: Desk, alice):
    ticket = messenger.hear(*hello()).ticket
    assert ticket.status == "new"
    before = ChannelThread.objects.get().heard_at
    item = messenger.hear(*echo("We are on it"))
    assert (item.fate, item.ticket) == ("comment", ticket)
    said = item.comment
    assert (said.body, said.is_public, said.is_from_agent) == ("We are on it", True, True)
    assert (said.author.name, said.flags) == ("Nordwind", ["said_elsewhere"])
    ticket.refresh_from_db()
    assert (ticket.status, ticket.replies, ticket.assignee) == ("open", 1, None)
    send_due()
    assert (Delivery.objects.count(), messenger.api.sent) == (0, [])
    assert ChannelThread.objects.get().heard_at == before  # no window opens by our own word
    assert channel_last_used(ticket) == "messenger"


def test_an_echo_again_and_of_our_own_reply_doubles_nothing(messenger: Desk, alice):
    ticket = messenger.hear(*hello()).ticket
    for _ in range(3):
        messenger.hear(*echo("We are on it"))
    delivery = messenger.reply(ticket, alice, "Hello")
    messenger.hear(*echo("Hello", mid=delivery.provider_id, metadata=f"delivery-{delivery.pk}"))
    bodies = list(ticket.comments.order_by("id").values_list("body", flat=True))
    assert bodies == ["Hi", "We are on it", "Hello"]


def test_an_echo_proves_that_a_reply_has_left(messenger: Desk, alice):
    """The connection broke while it was handed over; what Meta tells settles it."""
    ticket = messenger.hear(*hello()).ticket
    messenger.server.next_answers = [None]
    delivery = messenger.reply(ticket, alice, "Hello")
    assert delivery.state == "unknown"
    item = messenger.hear(*echo("Hello", mid="m_9", metadata=f"delivery-{delivery.pk}"))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.provider_id, item.fate) == ("sent", "m_9", "duplicate")
    assert ticket.comments.count() == 2


def test_a_key_of_somebody_elses_delivery_is_not_believed(messenger: Desk, alice):
    ticket = messenger.hear(*hello()).ticket
    delivery = messenger.reply(ticket, alice, "Hello")
    Delivery.objects.update(address="7002")
    messenger.hear(*echo("Other words", metadata=f"delivery-{delivery.pk}"))
    assert ticket.comments.latest("id").body == "Other words"


def test_an_echo_that_is_quicker_than_the_answer_is_ours_by_its_words(instagram: Desk, alice):
    """Instagram gives nothing back: a reply on its way is known by its words."""
    ticket = instagram.hear(*hello()).ticket
    answer(ticket, alice, "Hello there")
    Delivery.objects.update(state="sending", sent_at=clock.now(),
                            next_attempt_at=clock.now() + timedelta(minutes=5))  # fmt: skip
    assert instagram.hear(*echo("Hello there", mid="aWdf1")).fate == "duplicate"
    assert instagram.hear(*echo("Something else", mid="aWdf2")).fate == "comment"


def test_a_file_that_left_beside_the_text_is_known(instagram: Desk, alice):
    ticket = instagram.hear(*hello()).ticket
    upload = keep_upload(actor=as_actor(alice), file=ContentFile(b"GIF89a;"), filename="a.gif")
    delivery = instagram.reply(ticket, alice, "Look", upload_ids=(upload.pk,))
    (second,) = delivery.more_ids
    picture = [{"type": "image", "payload": {"url": "https://cdn.fbsbx.com/a.gif"}}]
    assert instagram.hear(*echo("", mid=second, attachments=picture)).fate == "duplicate"
    assert ticket.comments.count() == 2
    assert instagram.hear(*echo("", mid="aWdf9", attachments=picture)).fate == "comment"
    assert AwaitedFile.objects.get().comment == ticket.comments.latest("id")


def test_a_solved_ticket_stays_solved_and_a_stranger_gets_no_ticket(messenger: Desk, alice):
    ticket = messenger.hear(*hello()).ticket
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    messenger.hear(*echo("All done, thanks!"))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.comments.count()) == ("solved", 2)
    stray = {"sender": {"id": PAGE}, "recipient": {"id": "7009"}, "timestamp": 1796000000000,
             "message": {"mid": "m_x", "text": "Our news", "is_echo": True}}  # fmt: skip
    item = messenger.hear(*of_page(stray))
    assert (item.fate, item.reason, item.ticket) == ("rejected", "said_elsewhere", None)
    assert Ticket.objects.count() == 1


def test_what_was_written_in_the_whatsapp_app_is_noted(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*of_whatsapp(message("text", {"body": "Hello"}))).ticket
    item = whatsapp.hear(*phone_echo("text", {"body": "We come on Thursday"}))
    assert (item.comment.body, item.comment.is_from_agent) == ("We come on Thursday", True)
    edit = {"original_message_id": "wamid.e1",
            "message": {"type": "text", "text": {"body": "We come on Friday"}}}  # fmt: skip
    edited = whatsapp.hear(*phone_echo("edit", edit, key="wamid.e2"))
    assert edited.comment.metadata["answers"] == item.comment.pk
    revoke = phone_echo("revoke", {"original_message_id": "wamid.e1"}, key="wamid.e3")
    whatsapp.hear(*revoke)
    whatsapp.hear(*revoke)
    assert [row.body for row in ticket.comments.order_by("id")] == [
        "Hello", "We come on Thursday", "We come on Friday",
        "[The message was taken back by its writer.]",
    ]  # fmt: skip
    assert not Delivery.objects.exists()


@pytest.fixture
def second_number(whatsapp: Desk, admin) -> Connection:
    whatsapp.api.numbers.add("222000222")
    plain = {"phone_number_id": "222000222", "business_account_id": "1"}
    hidden = {"access_token": TOKEN, "app_secret": SECRET, "verify_token": VERIFY}
    return connected(admin, "whatsapp", "+4915112345678", plain, hidden)


def test_one_address_serves_every_number_of_the_app(whatsapp: Desk, second_number):
    value = message("text", {"body": "Hallo"})
    item = whatsapp.hear(*of_whatsapp(value, number_id="222000222"))
    assert (item.account, item.ticket.recipient) == (second_number.account, "+4915112345678")
    whatsapp.hear(*of_whatsapp(value, number_id="222000222"))
    assert Comment.objects.count() == 1
    second_number.refresh_from_db()
    assert second_number.checked_at


def test_receipts_of_another_number_are_noted(whatsapp: Desk, second_number, alice):
    value = message("text", {"body": "Hallo"})
    ticket = whatsapp.hear(*of_whatsapp(value, number_id="222000222")).ticket
    delivery = whatsapp.reply(ticket, alice, "Guten Tag")
    row = {"statuses": [{"id": delivery.provider_id, "status": "read", "timestamp": "1"}]}
    whatsapp.post(*of_whatsapp(row, number_id="222000222"))
    delivery.refresh_from_db()
    assert delivery.read_at


def test_a_number_that_is_not_connected_is_shown_beside_the_one_it_came_to(whatsapp: Desk):
    value = message("text", {"body": "Hallo"})
    value["metadata"] = {"display_phone_number": "4930123456", "phone_number_id": "333"}
    posted = of_whatsapp(value, number_id="333")
    assert whatsapp.post(*posted).status_code == 200
    whatsapp.post(*posted)
    whatsapp.connection.refresh_from_db()
    ((channel, name, at),) = strangers_of(whatsapp.connection)
    assert (channel, name) == ("whatsapp", "+4930123456")
    assert (at[:4], InboundItem.objects.count()) == (str(clock.now().year), 0)
    assert whatsapp.connection.error == ""  # the account itself is well


def test_strangers_are_kept_within_bounds(whatsapp: Desk):
    for number in range(20):
        whatsapp.post(*of_whatsapp(message("text", {"body": "x"}), number_id=f"9{number}"))
    whatsapp.connection.refresh_from_db()
    assert len(strangers_of(whatsapp.connection)) == 12


def test_a_post_for_two_numbers_reaches_both(whatsapp: Desk, second_number):
    first, _ = of_whatsapp(message("text", {"body": "one"}, key="wamid.1"))
    second, _ = of_whatsapp(
        message("text", {"body": "two"}, key="wamid.2", sender="491511"), number_id="222000222"
    )
    both = json.loads(first)
    both["entry"] += json.loads(second)["entry"]
    body = json.dumps(both).encode()
    whatsapp.hear(body, {"x-hub-signature-256": signed(body)})
    recipients = set(Ticket.objects.values_list("recipient", flat=True))
    assert recipients == {"+15550783881", "+4915112345678"}


def test_the_page_of_the_account_says_who_is_not_connected(whatsapp: Desk, admin):
    page, browser = reverse("admin:network_account", args=[whatsapp.connection.pk]), Client()
    sign_in(browser, admin)
    assert "not connected" not in browser.get(page).content.decode()
    value = message("text", {"body": "Hallo"})
    value["metadata"] = {"display_phone_number": "4930123456", "phone_number_id": "333"}
    whatsapp.post(*of_whatsapp(value, number_id="333"))
    shown = browser.get(page).content.decode()
    assert "Messages came here for an account that is not connected" in shown
    assert "+4930123456" in shown
