"""Comments, mentions and private replies on Instagram, against a server that does as Meta says."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Identity
from channels_in.actions import stream
from channels_in.actions.renewals import keep_renewed
from channels_in.models import ChannelThread, Connection, Fate, InboundItem, StreamPost
from channels_in.networks.privacy import carried_by
from channels_in.networks.renewing import renew_due
from channels_in.stream_selectors import can_change_there
from core import clock
from core.crypto import seal
from tests.channels_in.messaging.fake_server import Answer
from tests.channels_in.social.fake_facebook import failed, signed
from tests.channels_in.social.fake_instagram import MEDIA, OWN, PERMALINK, TOKEN, posted
from tests.factories import as_actor, sign_in
from tickets.errors import InvalidChange, TicketError
from tickets.models import Delivery, Ticket
from web.admin.words import _FATES

COMPLAINT = "Third time my parcel arrives broken and nobody answers"


def test_connecting_asks_for_comments_and_mentions_too(instagram):
    account = instagram.connection.account
    assert (account.address, account.name) == (OWN, "BrightCart")
    assert instagram.connection.profile_url == "https://instagram.com/brightcart"
    assert {"messages", "comments", "live_comments", "mentions"} <= set(
        instagram.api.subscribed.split(",")
    )


@pytest.mark.parametrize("is_flat", [False, True])
def test_a_comment_becomes_a_ticket_and_the_answer_stands_beneath_it(instagram, alice, is_flat):
    number = "17912345678901234"
    assert instagram.post(instagram.api.comment(COMPLAINT, number=number, is_flat=is_flat)) == 200
    kept = StreamPost.objects.get()
    assert (kept.tier, kept.answers_us, kept.handle, kept.url) == (
        "ticket", True, "@paulap", PERMALINK,
    )  # fmt: skip
    ticket = kept.item.ticket
    assert (ticket.channel, ticket.requester.name) == ("instagram", "paulap")
    delivery = instagram.reply(alice, ticket, "Sorry! Which order?")
    assert delivery.state == "sent"
    made = instagram.api.comments[delivery.provider_id]
    assert (made["parent"], made["text"][:19]) == (number, "Sorry! Which order?")
    instagram.post(instagram.api.comment("order 4411", parent=number))
    assert StreamPost.objects.latest("id").item.ticket == ticket


def test_praise_waits_in_the_stream_and_is_answered_with_one_click(instagram, alice):
    instagram.post(instagram.api.comment("Love it, thank you so much!"))
    kept = StreamPost.objects.get()
    assert (kept.tier, kept.state, kept.item.ticket) == ("second", "open", None)
    stream.answer_post(actor=as_actor(alice), post_id=kept.pk, text="Thanks!")
    assert instagram.send().state == "sent"


def test_where_the_post_stands_is_asked_once(instagram):
    instagram.post(instagram.api.comment(COMPLAINT))
    instagram.post(instagram.api.comment(COMPLAINT, author="7002"))
    asked = [each for each in instagram.server.requests if each.path.endswith(f"/{MEDIA}")]
    assert len(asked) == 1
    assert set(StreamPost.objects.values_list("url", flat=True)) == {PERMALINK}


def test_a_comment_counts_letters_and_a_message_bytes(instagram, alice):
    instagram.post(instagram.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    assert carried_by("instagram", ticket).length_limit == 2200
    assert instagram.reply(alice, ticket, "é" * 2100).state == "sent"
    with pytest.raises(InvalidChange, match="2201 long as Instagram counts; it carries 2200"):
        instagram.reply(alice, ticket, "x" * 2201)
    instagram.post(instagram.api.message("Hello?", author="7005"))
    private = Ticket.objects.latest("id")
    assert carried_by("instagram", private).length_limit == 1000
    with pytest.raises(InvalidChange, match="1002 long as Instagram counts; it carries 1000"):
        instagram.reply(alice, private, "é" * 501)


def test_a_private_reply_is_answered_in_the_same_ticket(instagram, alice):
    number = "17912345678901234"
    instagram.post(instagram.api.comment(COMPLAINT, number=number))
    ticket = Ticket.objects.get()
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=ticket.pk, channel="instagram", text="Which order?",
        public_text="We have sent you a message.",
    )  # fmt: skip
    instagram.send()
    assert instagram.api.messages[0]["recipient"] == {"comment_id": number}
    in_public = [row["text"] for row in instagram.api.comments.values() if row["author"] == OWN]
    assert len(in_public) == 1
    instagram.post(instagram.api.message("It was 4411"))
    assert Ticket.objects.count() == 1
    said = ticket.comments.latest("id")
    assert (said.body, said.is_public, said.author) == ("It was 4411", True, ticket.requester)
    assert "unverified_sender" not in said.flags
    delivery = instagram.reply(alice, ticket, "Thank you")
    assert instagram.api.messages[-1]["recipient"] == {"id": "7001"}
    assert instagram.api.messages[-1]["message"] == {"text": "Thank you"}  # no initials in private
    assert delivery.state == "sent"
    stream.close_loop(actor=as_actor(alice), ticket_id=ticket.pk, text="Solved by message.")
    instagram.send()
    assert instagram.api.comments[Delivery.objects.latest("id").provider_id]["parent"] == number


def test_until_they_answer_nothing_more_is_sent_in_private(instagram, alice):
    instagram.post(instagram.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    actor = as_actor(alice)
    stream.continue_in_private(
        actor=actor, ticket_id=ticket.pk, channel="instagram", text="Which order?"
    )
    instagram.send()
    with pytest.raises(InvalidChange, match="has not written on Instagram yet"):
        instagram.reply(alice, ticket, "Are you there?")
    instagram.post(instagram.api.comment("Hello??", parent=StreamPost.objects.get().external_id))
    assert instagram.reply(alice, ticket, "Please look at your messages.").state == "sent"
    assert len(instagram.api.messages) == 1


def test_a_private_reply_is_as_short_as_a_message(instagram, alice):
    instagram.post(instagram.api.comment(COMPLAINT))
    with pytest.raises(InvalidChange, match="1001 of 1000"):
        stream.continue_in_private(
            actor=as_actor(alice), ticket_id=Ticket.objects.get().pk, channel="instagram",
            text="x" * 1001,
        )  # fmt: skip
    assert not Delivery.objects.exists()


def test_our_answer_can_be_taken_down_and_nothing_liked_or_published(instagram, alice):
    instagram.post(instagram.api.comment(COMPLAINT))
    delivery = instagram.reply(alice, Ticket.objects.get(), "Sorry!")
    stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text=None)
    stream.do_due()
    assert delivery.provider_id not in instagram.api.comments
    capabilities = carried_by("instagram", Ticket.objects.get())
    assert (capabilities.can_like, capabilities.can_edit, capabilities.can_publish) == (
        False, False, False,
    )  # fmt: skip


def test_a_mention_in_a_comment_elsewhere_is_looked_up_and_answered(instagram, alice):
    comment = "17922000000000001"
    text = "@brightcart my order 881 never arrived and support ignores me"
    assert instagram.post(instagram.api.mention(text, comment=comment)) == 200
    kept = StreamPost.objects.get()
    assert (kept.text, kept.handle, kept.answers_us, kept.tier) == (text, "@mona", False, "ticket")
    assert kept.url == "https://www.instagram.com/p/17911000000000001/"
    delivery = instagram.reply(alice, kept.item.ticket, "We are looking into it.")
    assert instagram.api.comments[delivery.provider_id]["parent"] == comment


def test_a_mention_in_a_caption_is_answered_beneath_the_post(instagram, alice):
    instagram.post(instagram.api.mention("Unboxing day with @brightcart, so happy"))
    kept = StreamPost.objects.get()
    assert (kept.tier, kept.item.ticket) == ("second", None)
    stream.answer_post(actor=as_actor(alice), post_id=kept.pk, text="Enjoy!")
    delivery = instagram.send()
    assert instagram.api.comments[delivery.provider_id]["parent"] == "17911000000000001"


def test_nobody_is_written_to_for_a_mention_elsewhere(instagram, alice):
    instagram.post(instagram.api.mention("@brightcart this is broken, help", comment="1792200"))
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=Ticket.objects.get().pk, channel="instagram", text="Hi"
    )
    delivery = instagram.send()
    assert (delivery.state, instagram.api.messages) == ("failed", [])
    assert "lets nobody be written to" in delivery.error


def test_a_mention_that_cannot_be_looked_up_now_is_posted_again(instagram):
    body = instagram.api.mention("@brightcart help", comment="17922000000000001")
    instagram.server.next_answers = [failed(503, 2, "Service temporarily unavailable")]
    assert instagram.post(body) == 503
    assert InboundItem.objects.count() == 0
    assert (instagram.post(body), instagram.post(body)) == (200, 200)
    assert InboundItem.objects.count() == 1


def test_a_mention_that_is_gone_is_kept_where_people_see_it(instagram):
    body = instagram.api.mention("@brightcart help", comment="17922000000000001")
    instagram.api.mentions.clear()
    assert instagram.post(body) == 200
    item = InboundItem.objects.get()
    assert (item.fate, item.reason) == ("suspended", "unreadable")
    assert "did not say who" in item.detail


def test_forged_replayed_foreign_and_our_own_comments(instagram):
    body = instagram.api.comment(COMPLAINT)
    assert instagram.post(body, signed(body, "another secret")) == 403
    assert instagram.post(body, {}) == 403
    assert InboundItem.objects.count() == 0
    assert (instagram.post(body), instagram.post(body)) == (200, 200)
    assert instagram.post(instagram.api.comment("our own words", author=OWN)) == 200
    value = {"field": "comments", "value": {"id": "5", "from": {"id": "1"}, "text": "x"}}
    assert instagram.post(posted({"changes": [value]}, account="17841499999999999")) == 200
    assert InboundItem.objects.count() == 1


def test_what_we_answer_in_the_app_is_noted_beneath_their_comment(instagram, alice):
    number = "17912345678901234"
    instagram.post(instagram.api.comment(COMPLAINT, number=number))
    ticket = Ticket.objects.get()
    delivery = instagram.reply(alice, ticket, "Sorry!")
    ours = instagram.api.comment("Sorry! ^AA", author=OWN, number=delivery.provider_id,
                                 parent=number)  # fmt: skip
    instagram.post(ours)
    assert ticket.comments.count() == 2
    instagram.post(instagram.api.comment("We wrote to you", author=OWN, parent=number))
    noted = ticket.comments.latest("id")
    assert (noted.body, noted.is_from_agent, noted.flags) == (
        "We wrote to you", True, ["said_elsewhere"],
    )  # fmt: skip
    assert Delivery.objects.count() == 1


def test_a_comment_in_a_live_video_comes_in_and_refusals_are_shown(instagram, alice):
    instagram.post(instagram.api.comment(COMPLAINT, field="live_comments"))
    instagram.server.next_answers = [failed(400, 100, "You cannot reply to a live video")]
    delivery = instagram.reply(alice, Ticket.objects.get(), "Sorry!")
    assert (delivery.state, delivery.error) == ("failed", "You cannot reply to a live video (100)")


def test_a_token_that_ends_and_a_limit_let_the_answer_wait(instagram, alice):
    instagram.post(instagram.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    instagram.server.next_answers = [failed(401, 190, "Session has expired")]
    delivery = instagram.reply(alice, ticket, "Sorry!")
    instagram.connection.refresh_from_db()
    assert (delivery.state, instagram.connection.needs_sign_in) == ("queued", True)


def test_a_token_is_renewed_long_before_it_ends(instagram, alice):
    first = instagram.connection.renew_at
    assert first - clock.now() > timedelta(days=1)
    assert renew_due() == 0
    with clock.frozen(first):
        assert renew_due() == 1
    instagram.connection.refresh_from_db()
    assert instagram.connection.secret("access_token") == instagram.api.token != TOKEN
    assert instagram.connection.secret("app_secret") == "app-secret"
    assert timedelta(days=14) < instagram.connection.renew_at - first < timedelta(days=16)
    instagram.post(instagram.api.comment(COMPLAINT))
    assert instagram.reply(alice, Ticket.objects.get(), "Sorry!").state == "sent"


@pytest.mark.parametrize(
    ("answer", "needs_sign_in"),
    [(failed(401, 190, "Session has expired"), True), (Answer(503, {}), False)],
)
def test_a_token_that_is_not_renewed_is_tried_again(instagram, answer, needs_sign_in):
    instagram.server.next_answers = [answer]
    with clock.frozen(instagram.connection.renew_at):
        renew_due()
        again = clock.now() + timedelta(hours=6)
    instagram.connection.refresh_from_db()
    assert instagram.connection.needs_sign_in is needs_sign_in
    assert instagram.connection.renew_at == again
    with clock.frozen(again):
        renew_due()
    instagram.connection.refresh_from_db()
    assert instagram.connection.secret("access_token") == instagram.api.token != TOKEN


def test_who_signs_in_meanwhile_is_not_overwritten(instagram):
    before = Connection.objects.get(pk=instagram.connection.pk)
    Connection.objects.update(sealed_secrets=seal(json.dumps({"access_token": "IGAA-theirs"})))
    keep_renewed(connection=before, secrets={"access_token": "IGAA-ours"}, next_at=None)
    instagram.connection.refresh_from_db()
    assert instagram.connection.secret("access_token") == "IGAA-theirs"


def test_a_reply_to_one_message_of_theirs_stays_private(instagram, alice):
    """Pointing at a message said in private must not make the answer public."""
    instagram.post(instagram.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=ticket.pk, channel="instagram", text="Which order?"
    )
    instagram.send()
    instagram.post(instagram.api.message("4411, my address is Main Street 1", mid="aWdfsecret"))
    from channels_in.networks.ways import pointing_at

    told = pointing_at(ticket, ticket.comments.latest("id").pk, "instagram")
    assert told["reply_in_private"] == "yes"
    instagram.reply(alice, ticket, "Main Street 1, noted", **told)
    assert instagram.api.messages[-1]["reply_to"] == {"mid": "aWdfsecret"}


def test_a_pages_token_finds_the_account_linked_to_it(admin, db, monkeypatch):
    from channels_in.meta import graph
    from tests.channels_in.messaging.fake_server import serving
    from tests.channels_in.social.conftest import connected

    subscribed: list[str] = []

    def answer(request):
        if request.path.endswith("/me/subscribed_apps"):
            subscribed.append(request.form["subscribed_fields"])
            return Answer(200, {"success": True})
        assert request.query["fields"] == "instagram_business_account{id,username,name}"
        linked = {"id": OWN, "username": "brightcart", "name": "BrightCart"}
        return Answer(200, {"instagram_business_account": linked, "id": "200"})

    with serving(answer) as server:
        monkeypatch.setattr(graph, "HOST", server.url)
        connection = connected(admin, "instagram", {"access_token": "EAAG", "app_secret": "s"})
    assert (connection.account.address, subscribed) == (OWN, ["messages,feed"])
    with clock.frozen(connection.renew_at):
        renew_due()  # asks nobody: such a token does not end
    connection.refresh_from_db()
    assert (connection.renew_at, connection.secret("access_token")) == (None, "EAAG")


def test_the_person_of_a_comment_and_of_a_message_is_one(instagram):
    instagram.post(instagram.api.comment(COMPLAINT))
    instagram.post(instagram.api.message("Hello"))
    assert Identity.objects.filter(kind="instagram").count() == 1
    assert ChannelThread.objects.count() == 2


def test_broken_payloads_are_the_networks_mistake(instagram):
    for part in ({"changes": [{"field": "comments", "value": 7}]}, {"changes": 5}, {"field": []}):
        body = posted(part)
        assert instagram.post(body) == 200
    body = json.dumps([1]).encode()
    assert instagram.post(body) == 400
    assert Client().get("/hooks/instagram/none/").status_code == 404


def test_a_message_cannot_be_taken_down(instagram, alice):
    instagram.post(instagram.api.message("Hello"))
    delivery = instagram.reply(alice, Ticket.objects.get(), "Good morning")
    assert not can_change_there(delivery.comment)
    with pytest.raises(TicketError, match="not on a network"):
        stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text=None)
    instagram.post(instagram.api.comment(COMPLAINT, author="7002"))
    public = instagram.reply(alice, Ticket.objects.latest("id"), "Sorry!")
    assert can_change_there(public.comment)


def test_the_page_of_an_account_shows_what_stays_in_the_stream(instagram, admin):
    instagram.post(instagram.api.comment("Love it, thank you so much!"))
    page = reverse("admin:network_account", args=[instagram.connection.pk])
    shown = sign_in(Client(), admin).get(page).content.decode()
    assert "In the stream" in shown
    assert '<code dir="ltr">live_comments</code>' in shown
    assert [fate for fate in Fate if fate not in _FATES] == []
