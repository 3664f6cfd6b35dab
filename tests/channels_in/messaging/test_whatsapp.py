"""WhatsApp against a server that does what Meta documents, through our real door and funnel."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Identity
from channels_in import funnel
from channels_in.actions import send_due
from channels_in.models import AwaitedFile, Connection, InboundItem
from channels_in.networks.fetching import fetch_due_files
from channels_in.networks.templates import offer_of
from channels_in.whatsapp.templates import Template
from core import clock
from tests.channels_in.messaging.conftest import Desk, answer
from tests.channels_in.messaging.fake_server import Answer
from tests.channels_in.messaging.fake_whatsapp import (
    NUMBER_ID,
    VERIFY,
    graph_error,
    message,
    posted,
    signed,
    status,
)
from tests.factories import as_actor
from tickets.actions import keep_upload
from tickets.errors import InvalidChange
from tickets.models import Channel, Comment, Delivery, Ticket

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def text(words: str, key: str = "wamid.1", **more):
    return posted(message("text", {"body": words}, key=key, **more))


def test_the_handshake_answers_the_challenge_of_the_right_token(whatsapp: Desk):
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY}
    good = Client().get(whatsapp.path, asked)
    assert (good.status_code, good.content) == (200, b"1158201444")
    assert Client().get(whatsapp.path, {**asked, "hub.verify_token": "no"}).status_code == 403
    assert Client().get(whatsapp.path).status_code == 403


def test_a_message_becomes_a_ticket_and_the_answer_goes_back(whatsapp: Desk, alice):
    item = whatsapp.hear(*text("Where is my cot?"))
    ticket = item.ticket
    assert (ticket.channel, ticket.subject) == (Channel.WHATSAPP, "Where is my cot?")
    assert ticket.requester.name == "Kerry Fisher"
    identity = Identity.objects.get(user=ticket.requester)
    assert (identity.kind, identity.value, identity.is_verified) == (
        "whatsapp", "+16505551234", True,
    )  # fmt: skip
    delivery = whatsapp.reply(ticket, alice, "It is in Luton.")
    assert (delivery.state, delivery.address) == ("sent", "+16505551234")
    assert whatsapp.api.sent == [
        {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "16505551234",
         "type": "text", "text": {"body": "It is in Luton.", "preview_url": False}}
    ]  # fmt: skip
    assert not Delivery.objects.exclude(channel="whatsapp").exists()  # no mail beside it


def test_receipts_are_noted_in_whatever_order_they_come(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    delivery = whatsapp.reply(ticket, alice, "Hi")
    for state in ("read", "delivered", "sent", "read"):
        assert whatsapp.post(*posted(status(delivery.provider_id, state))).status_code == 200
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert delivery.delivered_at
    assert delivery.read_at


def test_a_message_that_fails_later_says_why(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    delivery = whatsapp.reply(ticket, alice, "Hi")
    errors = [{"code": 131026, "title": "Message undeliverable",
               "error_data": {"details": "Message Undeliverable."}}]  # fmt: skip
    whatsapp.post(*posted(status(delivery.provider_id, "failed", errors=errors)))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == ("failed", "Message Undeliverable. (131026)")


def test_the_same_webhook_again_makes_nothing_twice(whatsapp: Desk):
    for _ in range(3):
        whatsapp.hear(*text("Hello"))
    whatsapp.hear(*text("Hello", key="wamid.2"))
    assert Ticket.objects.count() == 1
    assert Comment.objects.count() == 2
    assert InboundItem.objects.count() == 2


def test_one_post_with_several_messages_and_statuses_is_taken_apart(whatsapp: Desk):
    value = message("text", {"body": "one"}, key="wamid.1")
    value["messages"] += message("text", {"body": "two"}, key="wamid.2")["messages"]
    whatsapp.hear(*posted(value))
    assert sorted(Comment.objects.values_list("body", flat=True)) == ["one", "two"]
    assert Ticket.objects.count() == 1


def test_what_is_not_signed_by_the_app_is_refused(whatsapp: Desk):
    body, _headers = text("Hello")
    for header in ("", "sha256=", signed(body, "other-secret"), signed(body + b" ")):
        assert whatsapp.post(body, {"x-hub-signature-256": header}).status_code == 403
    assert InboundItem.objects.count() == 0


def test_messages_to_another_number_of_the_app_are_not_ours(whatsapp: Desk):
    value = message("text", {"body": "Hello"})
    assert whatsapp.post(*posted(value, number_id=NUMBER_ID[::-1])).status_code == 200
    assert whatsapp.post(*posted({"x": 1}, field="account_update")).status_code == 200
    assert InboundItem.objects.count() == 0


def test_a_picture_comes_after_its_message(whatsapp: Desk):
    whatsapp.api.media["M1"] = (PNG, "image/png")
    part = {"id": "M1", "mime_type": "image/png", "caption": "broken"}
    ticket = whatsapp.hear(*posted(message("image", part))).ticket
    assert ticket.comments.get().body == "broken"
    (file,) = whatsapp.fetch()
    assert (file.filename, file.content_type, file.size) == ("photo.png", "image/png", len(PNG))
    assert AwaitedFile.objects.count() == 0


def test_a_picture_alone_is_a_message(whatsapp: Desk):
    whatsapp.api.media["M1"] = (PNG, "image/png")
    ticket = whatsapp.hear(*posted(message("image", {"id": "M1", "mime_type": "image/png"}))).ticket
    assert ticket.subject == "Photo"
    assert len(whatsapp.fetch()) == 1


def test_a_file_that_is_gone_or_too_large_is_said_on_the_message(whatsapp: Desk, settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    whatsapp.api.media["M1"] = (PNG, "image/png")
    whatsapp.hear(*posted(message("image", {"id": "M1", "mime_type": "image/png"})))
    whatsapp.hear(*posted(message("image", {"id": "gone"}, key="wamid.2")))
    fetch_due_files()
    errors = list(AwaitedFile.objects.order_by("id").values_list("state", "error"))
    assert errors[0] == ("given_up", "The file is larger than files may be here.")
    assert errors[1][0] == "given_up"
    assert "Unsupported request" in errors[1][1]


def test_a_file_is_not_fetched_from_a_host_that_is_not_metas(whatsapp: Desk, monkeypatch):
    monkeypatch.setattr("channels_in.whatsapp.client.MEDIA_HOSTS", ("fbsbx.com",))
    whatsapp.api.media["M1"] = (PNG, "image/png")
    whatsapp.hear(*posted(message("image", {"id": "M1"})))
    fetch_due_files()
    assert AwaitedFile.objects.get().error == "The file lies at an unknown host."
    assert not [r for r in whatsapp.server.requests if r.path.startswith("/bytes/")]


def test_files_go_along_with_the_text_beneath_the_first(whatsapp: Desk, alice):
    from django.core.files.base import ContentFile

    ticket = whatsapp.hear(*text("Show me")).ticket
    uploads = [
        keep_upload(actor=as_actor(alice), file=ContentFile(content), filename=name).pk
        for name, content in (("plan.png", PNG), ("terms.pdf", b"%PDF-1.7 x"))
    ]
    delivery = whatsapp.reply(ticket, alice, "Here", upload_ids=tuple(uploads))
    picture, document = whatsapp.api.sent
    assert delivery.state == "sent"
    assert (picture["type"], picture["image"]["caption"]) == ("image", "Here")
    assert document["document"]["filename"] == "terms.pdf"
    assert "caption" not in document["document"]


def test_after_a_day_only_a_template_may_be_sent(whatsapp: Desk, alice):
    with clock.frozen(clock.now() - timedelta(hours=25)):
        ticket = whatsapp.hear(*text("Hello")).ticket
    with pytest.raises(InvalidChange, match="last wrote on WhatsApp more than 24 hours ago"):
        answer(ticket, alice, "Hi")
    assert ticket.comments.count() == 1
    offer = offer_of(whatsapp.connection)
    template = offer.named("order_update/en_US")
    assert template is not None
    assert template.fields == ["header.1", "body.1", "body.2", "button.1"]
    values = {"header.1": "A-7", "body.1": "Kerry", "body.2": "cot", "button.1": "A-7"}
    delivery = whatsapp.reply(
        ticket, alice, template.filled(values),
        metadata={"template": template.as_metadata(values)},
    )  # fmt: skip
    assert delivery.state == "sent"
    sent = whatsapp.api.sent[-1]["template"]
    assert (sent["name"], sent["language"]) == ("order_update", {"code": "en_US"})
    assert [part["type"] for part in sent["components"]] == ["header", "body", "button"]
    assert ticket.comments.last().body.startswith("Your order A-7\n\nHello Kerry, your cot is")


def test_templates_are_kept_and_serve_while_meta_is_away(whatsapp: Desk):
    names = [template.key for template in offer_of(whatsapp.connection).templates]
    assert names == ["order_update/en_US"]  # the one with a picture cannot be filled here
    count = len(whatsapp.server.requests)
    offer_of(Connection.objects.get(pk=whatsapp.connection.pk))
    assert len(whatsapp.server.requests) == count
    whatsapp.server.next_answers = [graph_error(2, "Service temporarily unavailable", status=503)]
    with clock.frozen(clock.now() + timedelta(hours=1)):
        offer = offer_of(Connection.objects.get(pk=whatsapp.connection.pk))
    assert [template.key for template in offer.templates] == names
    assert "Service temporarily unavailable" in offer.error


def test_the_network_closing_the_window_first_is_a_refusal_with_its_words(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    whatsapp.api.outside.add("16505551234")
    delivery = whatsapp.reply(ticket, alice, "Hi")
    assert delivery.state == "failed"
    assert "more than 24 hours" in delivery.error


def test_too_long_is_refused_before_anything_is_queued(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    with pytest.raises(InvalidChange, match="4097 long as WhatsApp counts; it carries 4096"):
        answer(ticket, alice, "x" * 4097)
    assert not Delivery.objects.exists()


def test_an_expired_token_is_shown_on_the_account_and_nothing_is_lost(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    expired = graph_error(190, "Session has expired", status=401, error_subcode=463)
    whatsapp.server.next_answers = [expired]
    delivery = whatsapp.reply(ticket, alice, "Hi")
    whatsapp.connection.refresh_from_db()
    assert whatsapp.connection.needs_sign_in
    assert "Session has expired" in whatsapp.connection.error
    assert (delivery.state, delivery.attempts) == ("queued", 0)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        send_due(["whatsapp"])
    delivery.refresh_from_db()
    whatsapp.connection.refresh_from_db()
    assert delivery.state == "sent"
    assert not whatsapp.connection.needs_sign_in


def test_a_rate_limit_waits_as_long_as_asked(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    limit = graph_error(130429, "Rate limit hit", details="Message failed to send")
    limit.headers["Retry-After"] = "90"
    whatsapp.server.next_answers = [limit]
    delivery = whatsapp.reply(ticket, alice, "Hi")
    assert delivery.state == "queued"
    assert delivery.next_attempt_at > clock.now() + timedelta(seconds=80)


def test_a_connection_that_breaks_while_sending_is_not_repeated_blindly(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    whatsapp.server.next_answers = [None]
    assert whatsapp.reply(ticket, alice, "Hi").state == "unknown"
    assert whatsapp.api.sent == []


def test_a_reaction_answers_our_message_and_reopens_nothing(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    delivery = whatsapp.reply(ticket, alice, "Solved!")
    part = {"message_id": delivery.provider_id, "emoji": "❤️"}
    item = whatsapp.hear(*posted(message("reaction", part, key="wamid.3")))
    assert item.ticket == ticket
    assert item.comment.metadata["answers"] == delivery.comment_id
    taken_back = posted(message("reaction", {"message_id": "x", "emoji": ""}, key="wamid.4"))
    assert whatsapp.post(*taken_back).status_code == 200
    assert InboundItem.objects.count() == 2


def test_values_of_templates_have_no_line_ends():
    template = Template("t", "en", body="{{name}}", body_fields=("name",))
    said = template.as_message({"body.name": "two\nlines\tand    spaces"})
    assert said["template"]["components"][0]["parameters"] == [
        {"type": "text", "parameter_name": "name", "text": "two lines and spaces"}
    ]


def test_connecting_asks_who_it_is_and_tells_meta_where_we_listen(whatsapp: Desk, admin):
    from channels_in.networks.connecting import reconnect_account
    from channels_in.networks.registry import network_of

    given = {**whatsapp.connection.settings, **whatsapp.connection.secrets}
    again = reconnect_account(
        actor=as_actor(admin), network=network_of("whatsapp"), connection=whatsapp.connection,
        given=given,
    )  # fmt: skip
    assert whatsapp.api.listens_at == {
        "override_callback_uri": whatsapp.url, "verify_token": VERIFY,
    }  # fmt: skip
    assert again.error == ""


def test_a_server_error_of_meta_keeps_the_file_for_later(whatsapp: Desk):
    whatsapp.api.media["M1"] = (PNG, "image/png")
    whatsapp.hear(*posted(message("image", {"id": "M1", "mime_type": "image/png"})))
    whatsapp.server.next_answers = [Answer(500, b"oops")]
    fetch_due_files()
    assert AwaitedFile.objects.get().state == "waiting"
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert len(whatsapp.fetch()) == 1


def test_a_broken_payload_is_the_networks_mistake(whatsapp: Desk):
    for body in (b"{", b"[]", json.dumps({"entry": [{"changes": [{"value": 7}]}]}).encode()):
        answer_ = whatsapp.post(body, {"x-hub-signature-256": signed(body)})
        assert answer_.status_code in (200, 400)
    assert funnel.process_due() == 0


def test_one_message_that_cannot_leave_stops_no_other(whatsapp: Desk, alice):
    """Meta answers, and has trouble with this one: it waits by itself, and loses an attempt."""
    ticket = whatsapp.hear(*text("Hello")).ticket
    other = whatsapp.hear(*text("Hi", key="wamid.2", sender="4915112345678")).ticket
    answer(ticket, alice, "One")
    answer(other, alice, "Two")
    pair = graph_error(131056, "Too many messages to this receiver", status=400)
    whatsapp.server.next_answers = [pair]
    send_due(["whatsapp"])
    states = list(Delivery.objects.order_by("id").values_list("state", "attempts"))
    assert states == [("queued", 1), ("sent", 1)]
    whatsapp.connection.refresh_from_db()
    assert (whatsapp.connection.error, whatsapp.connection.retry_at) == ("", None)


def test_a_message_that_never_leaves_is_given_up_and_shown(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    answer(ticket, alice, "One")
    for hours in range(8):
        whatsapp.server.next_answers = [graph_error(131000, "Something went wrong", status=500)]
        with clock.frozen(clock.now() + timedelta(hours=2 * hours)):
            send_due(["whatsapp"])
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", 8)
    assert "Something went wrong" in delivery.error


def test_a_network_that_is_away_stops_the_account_and_costs_no_attempt(whatsapp: Desk, alice):
    ticket = whatsapp.hear(*text("Hello")).ticket
    answer(ticket, alice, "One")
    answer(ticket, alice, "Two")
    down = graph_error(2, "Service temporarily unavailable", status=503)
    whatsapp.server.next_answers = [down, down]
    send_due(["whatsapp"])
    assert set(Delivery.objects.values_list("state", "attempts")) == {("queued", 0)}
    whatsapp.connection.refresh_from_db()
    assert "temporarily unavailable" in whatsapp.connection.error
    assert whatsapp.connection.retry_at
