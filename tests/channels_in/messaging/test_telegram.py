"""Telegram against a server that does what the Bot API's page says."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile

from accounts.models import Identity
from channels_in import funnel
from channels_in.models import Connection, InboundItem
from channels_in.networks.connecting import connect_account
from channels_in.networks.polling import poll_due
from channels_in.networks.registry import network_of
from core import clock
from tests.channels_in.messaging import fake_telegram
from tests.channels_in.messaging.conftest import Desk, telegram_post
from tests.channels_in.messaging.fake_telegram import failed, update
from tests.factories import as_actor
from tickets.actions import keep_upload
from tickets.models import Comment, Ticket

OGG = b"OggS" + b"\0" * 60


def test_a_message_becomes_a_ticket_and_the_answer_goes_back(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Wo ist mein Paket?"))).ticket
    assert (ticket.channel, ticket.language) == ("telegram", "de")
    identity = Identity.objects.get(user=ticket.requester)
    assert (identity.kind, identity.value) == ("telegram", "777")
    assert ticket.requester.name == "Vera Vogel"
    delivery = telegram.reply(ticket, alice, "In Bremen.")
    assert (delivery.state, delivery.provider_id) == ("sent", "777/100")
    assert telegram.api.sent == [
        {"method": "sendMessage", "chat_id": "777", "text": "In Bremen.",
         "link_preview_options": {"is_disabled": True}}
    ]  # fmt: skip


def test_an_answer_to_one_of_our_messages_lands_on_its_ticket(telegram: Desk, alice):
    first = telegram.hear(*telegram_post(update(1, text="One"))).ticket
    telegram.reply(first, alice, "Re one")
    said = update(2, text="To this", reply_to_message={"message_id": 100})
    assert telegram.hear(*telegram_post(said)).ticket == first


def test_the_secret_of_the_webhook_is_asked_for(telegram: Desk):
    for told in ("", "other", "s3cret "):
        body, headers = telegram_post(update(1, text="Hi"), told)
        assert telegram.post(body, headers).status_code == 403
    assert InboundItem.objects.count() == 0


def test_an_update_that_comes_twice_and_by_two_ways_is_one(telegram: Desk):
    said = update(1, text="Hi")
    telegram.hear(*telegram_post(said))
    telegram.hear(*telegram_post(said))
    telegram.api.updates = [said]
    poll_due()
    funnel.process_due()
    assert Comment.objects.count() == 1


def test_what_is_asked_for_moves_on_only_once_it_is_stored(telegram: Desk):
    telegram.api.updates = [update(n, text=f"line {n}") for n in (1, 2)]
    poll_due()
    connection = Connection.objects.get(pk=telegram.connection.pk)
    assert connection.cursor == {"offset": 9003}
    with clock.frozen(clock.now() + timedelta(seconds=10)):
        poll_due()
    funnel.process_due()
    assert Comment.objects.count() == 2
    assert telegram.api.updates == []  # Telegram has let go of them


def test_an_edit_is_a_message_beside_the_first(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Order 7"))).ticket
    edited = update(1, kind="edited_message", text="Order 8", edit_date=1796000100)
    edited["update_id"] = 9555
    assert telegram.hear(*telegram_post(edited)).ticket == ticket
    assert [row.body for row in ticket.comments.order_by("id")] == ["Order 7", "✏️ Order 8"]


def test_a_voice_message_is_fetched(telegram: Desk):
    telegram.api.files["V"] = OGG
    telegram.hear(*telegram_post(update(1, voice={"file_id": "V", "mime_type": "audio/ogg"})))
    (file,) = telegram.fetch()
    assert (file.filename, file.content_type) == ("voice.ogg", "audio/ogg")


def test_a_file_goes_with_its_caption(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Show"))).ticket
    upload = keep_upload(
        actor=as_actor(alice), file=ContentFile(b"%PDF-1.7"), filename="Größen.pdf"
    )
    telegram.reply(ticket, alice, "Here", upload_ids=(upload.pk,))
    (sent,) = telegram.api.sent
    assert (sent["method"], sent["caption"]) == ("sendDocument", "Here")
    assert sent["document"][2] == b"%PDF-1.7"


def test_a_blocked_bot_is_said_in_words(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Hi"))).ticket
    telegram.api.blocked_by.add("777")
    delivery = telegram.reply(ticket, alice, "Hello")
    assert delivery.state == "failed"
    assert delivery.error.startswith("The customer has blocked the bot")


def test_a_flood_wait_is_waited_for(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Hi"))).ticket
    telegram.server.next_answers = [
        failed(429, "Too Many Requests: retry after 35", retry_after=35)
    ]
    delivery = telegram.reply(ticket, alice, "Hello")
    assert (delivery.state, delivery.attempts) == ("queued", 0)
    assert delivery.next_attempt_at > clock.now() + timedelta(seconds=30)


def test_a_token_that_was_revoked_asks_for_a_new_sign_in(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Hi"))).ticket
    telegram.server.next_answers = [failed(401, "Unauthorized")]
    assert telegram.reply(ticket, alice, "Hello").state == "queued"
    telegram.connection.refresh_from_db()
    assert telegram.connection.needs_sign_in
    assert fake_telegram.TOKEN not in telegram.connection.error


def test_emoji_count_as_one_each(telegram: Desk, alice):
    ticket = telegram.hear(*telegram_post(update(1, text="Hi"))).ticket
    assert telegram.reply(ticket, alice, "😀" * 4096).state == "sent"


def test_connecting_sets_the_webhook_where_telegram_can_come(telegram: Desk, admin, settings):
    settings.SITE_URL = "https://desk.example"
    telegram.connection.account.delete()
    network = network_of("telegram")
    made = connect_account(
        actor=as_actor(admin), network=network, given={"token": fake_telegram.TOKEN}
    )
    assert made.account.address == "nordwindbot"
    hook = telegram.api.webhook
    assert hook["url"] == f"https://desk.example/hooks/telegram/{made.webhook_key}/"
    assert hook["secret_token"] == made.secret("webhook_secret")
    assert made.next_poll_at is None


def test_without_a_public_address_updates_are_asked_for(telegram: Desk, admin, settings):
    settings.SITE_URL = "http://localhost:8000"
    telegram.connection.account.delete()
    telegram.api.webhook = {"url": "https://another.example"}  # of a program used before
    made = connect_account(
        actor=as_actor(admin), network=network_of("telegram"), given={"token": fake_telegram.TOKEN}
    )
    assert made.next_poll_at is not None
    assert made.error == ""
    telegram.api.updates = [update(1, text="Hi")]
    poll_due()
    funnel.process_due()
    assert Ticket.objects.get().subject == "Hi"
