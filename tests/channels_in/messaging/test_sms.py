"""Text messages against a server that does what Twilio documents."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from accounts.models import Identity
from channels_in.models import AwaitedFile, InboundItem
from channels_in.networks.connecting import connect_account
from channels_in.networks.network import Refused
from channels_in.networks.registry import network_of
from tests.channels_in.messaging import fake_twilio
from tests.channels_in.messaging.conftest import Desk, answer
from tests.channels_in.messaging.fake_twilio import failed, message, posted
from tests.factories import as_actor
from tickets.actions import keep_upload
from tickets.errors import InvalidChange
from tickets.models import Comment

JPEG = b"\xff\xd8\xff" + b"\0" * 60


def test_a_text_message_becomes_a_ticket_and_the_answer_goes_back(sms: Desk, alice):
    item = sms.hear(*posted(sms.url, message("Where are you?")))
    ticket = item.ticket
    assert (ticket.channel, ticket.subject) == ("sms", "Where are you?")
    identity = Identity.objects.get(user=ticket.requester)
    assert (identity.kind, identity.value) == ("phone", "+4915112345678")
    delivery = sms.reply(ticket, alice, "Round the corner.")
    assert delivery.state == "sent"
    assert sms.api.sent == [
        {"To": "+4915112345678", "From": fake_twilio.NUMBER, "Body": "Round the corner.",
         "StatusCallback": sms.url}
    ]  # fmt: skip


def test_the_answer_to_twilio_is_empty_and_says_so_in_its_language(sms: Desk):
    said = sms.post(*posted(sms.url, message("Hi")))
    assert (said.status_code, said["Content-Type"]) == (200, "text/xml")
    assert said.content.endswith(b"<Response/>")


def test_a_form_that_twilio_did_not_sign_is_refused(sms: Desk):
    body, headers = posted(sms.url, message("Hi"))
    assert sms.post(body + b"&Extra=1", headers).status_code == 403
    assert sms.post(*posted(sms.url + "?x=1", message("Hi"))).status_code == 403
    assert sms.post(*posted(sms.url, message("Hi"), token="other")).status_code == 403
    assert InboundItem.objects.count() == 0


def test_what_became_of_a_message_is_noted(sms: Desk, alice):
    ticket = sms.hear(*posted(sms.url, message("Hi"))).ticket
    first, second = sms.reply(ticket, alice, "One"), sms.reply(ticket, alice, "Two")
    for status in ("queued", "sent", "delivered"):
        form = {"MessageSid": first.provider_id, "MessageStatus": status, "To": "+49"}
        assert sms.post(*posted(sms.url, form)).status_code == 204
    form = {"MessageSid": second.provider_id, "MessageStatus": "undelivered", "ErrorCode": "30005"}
    sms.post(*posted(sms.url, form))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.delivered_at
    assert second.state == "failed"
    assert second.error == "This number does not exist, or not any more. (30005)"


def test_who_has_said_stop_gets_nothing_and_the_reason_is_shown(sms: Desk, alice):
    ticket = sms.hear(*posted(sms.url, message("Hi"))).ticket
    item = sms.hear(*posted(sms.url, message("STOP", key="SM2", OptOutType="STOP")))
    assert item.ticket == ticket
    sms.api.opted_out.add("+4915112345678")
    delivery = sms.reply(ticket, alice, "Sorry?")
    assert delivery.state == "failed"
    assert delivery.error.startswith("The customer has answered STOP")


def test_a_picture_is_fetched_with_our_login(sms: Desk):
    sms.api.media["M1"] = JPEG
    url = f"{sms.server.url}/media/M1"
    form = message("look", NumMedia="1", MediaContentType0="image/jpeg",
                   MediaUrl0=url.replace("http:", "https:"))  # fmt: skip
    sms.hear(*posted(sms.url, form))
    AwaitedFile.objects.update(reference=url)  # the fake speaks no TLS
    (file,) = sms.fetch()
    assert (file.filename, file.content_type) == ("file-1.jpg", "image/jpeg")
    assert Comment.objects.get().body == "look"


def test_files_and_long_texts_are_refused_before_they_are_queued(sms: Desk, alice):
    ticket = sms.hear(*posted(sms.url, message("Hi"))).ticket
    upload = keep_upload(actor=as_actor(alice), file=ContentFile(b"x"), filename="a.txt")
    with pytest.raises(InvalidChange, match="carries no files"):
        answer(ticket, alice, "Here", upload_ids=(upload.pk,))
    with pytest.raises(InvalidChange, match="1601 long"):
        answer(ticket, alice, "x" * 1601)


def test_a_wrong_login_asks_for_a_new_one(sms: Desk, alice):
    ticket = sms.hear(*posted(sms.url, message("Hi"))).ticket
    sms.server.next_answers = [failed(401, 20003, "Authenticate")]
    assert sms.reply(ticket, alice, "Hello").state == "queued"
    sms.connection.refresh_from_db()
    assert sms.connection.needs_sign_in


def test_connecting_finds_the_number_and_sets_where_it_posts(sms: Desk, admin):
    sms.connection.account.delete()
    given = {"account_sid": fake_twilio.SID, "auth_token": fake_twilio.TOKEN,
             "sender": fake_twilio.NUMBER}  # fmt: skip
    made = connect_account(actor=as_actor(admin), network=network_of("sms"), given=given)
    assert made.account.address == fake_twilio.NUMBER
    assert sms.api.posts_to.endswith(f"/hooks/sms/{made.webhook_key}/")
    with pytest.raises(Refused, match="no number of this account"):
        connect_account(
            actor=as_actor(admin), network=network_of("sms"), given={**given, "sender": "+1999"}
        )
