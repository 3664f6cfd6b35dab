"""Posts through the real funnel: what becomes a ticket, what stays, what people decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from accounts.errors import NotPermitted
from accounts.models import Identity
from channels_in.actions import stream as actions
from channels_in.actions.redaction import forget_originals
from channels_in.actions.stream import PostGone
from channels_in.actions.stream.posts import expire_posts
from channels_in.actions.stream.privacy import private_ways
from channels_in.models import (
    DeedState,
    Fate,
    InboundItem,
    PostState,
    StreamDeed,
    StreamIncident,
    StreamPost,
    Tier,
)
from channels_in.social.names import names_of
from core import clock
from tests.channels_in.social.stream import burst, direct, hear, make_account, post, uri_of
from tests.factories import SETUP, as_actor, sign_in
from tickets.actions.redaction import Redaction
from tickets.errors import InvalidChange, TicketError
from tickets.models import Channel, Comment, Delivery, Status, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db):
    return make_account()


COMPLAINT = "third time my parcel arrives broken, nobody answers"
PRAISE = "just got my lamp from @shop.test, it is beautiful, thank you!"
SPAM = "GIVEAWAY! follow, like and tag 3 friends to win a voucher"


def test_who_needs_us_gets_a_ticket_and_the_others_stay_in_the_stream(account):
    kept = hear(account, post(COMPLAINT), post(PRAISE), post(SPAM))
    assert [(row.tier, row.state) for row in kept] == [
        (Tier.TICKET, PostState.TICKET),
        (Tier.SECOND, PostState.OPEN),
        (Tier.ALONE, PostState.LEFT),
    ]
    ticket = Ticket.objects.get()
    assert kept[0].item.ticket == ticket
    assert (ticket.channel, ticket.requester.name) == ("bluesky", "Carol")
    fates = list(InboundItem.objects.order_by("id").values_list("fate", flat=True))
    assert fates == [Fate.COMMENT, Fate.STREAM, Fate.STREAM]


def test_the_same_post_twice_is_one(account):
    raw = post(COMPLAINT)
    hear(account, raw)
    assert len(hear(account, raw)) == 1
    assert Ticket.objects.count() == 1


def test_thanks_on_an_own_ticket_go_to_it_whatever_triage_says(account):
    hear(account, post(COMPLAINT, number=1))
    rows = hear(account, post("thanks, great!", parent=uri_of("carol", 1)))
    ticket = Ticket.objects.get()
    assert rows[1].item.ticket == ticket
    assert rows[1].reasons[0]["code"] == "rule_own_ticket"
    assert ticket.comments.count() == 2


def test_another_persons_complaint_in_the_thread_is_a_ticket_of_their_own(account):
    hear(account, post(COMPLAINT, number=1))
    root = uri_of("carol", 1)
    hear(account, post("same here, my parcel was never delivered", author="dora", parent=root))
    hear(account, post("lol imagine buying there, clowns", author="troll", parent=root))
    first, second = Ticket.objects.order_by("id")
    assert (first.requester.name, second.requester.name) == ("Carol", "Dora")
    assert first.comments.count() == 1
    rows = hear(account, post("any news? still nothing", parent=root, number=5))
    assert rows[-1].item.ticket == first


def test_a_direct_message_is_a_ticket_and_spam_in_private_is_suspended(account):
    bait = direct("buy followers and likes, crypto, dm me now", author="s", convo="c2")
    hear(account, direct("hello"), bait)
    assert Ticket.objects.get().comments.get().body == "hello"
    assert StreamPost.objects.count() == 0
    assert InboundItem.objects.get(fate=Fate.SUSPENDED).reason == "spam"


def test_people_of_bluesky_are_shown_by_handle_or_name_and_never_by_number(account, alice):
    hear(account, post(COMPLAINT), direct("hello", author="dora", convo="c2"))
    shown = {
        identity.value: list(names_of(identity.user, [identity]).values())
        for identity in Identity.objects.filter(kind="bluesky")
    }
    assert shown["did:plc:carol"] == ["@carol.test"]
    assert shown["did:plc:dora"] == ["dora.test"]
    ticket = StreamPost.objects.get().item.ticket
    browser = sign_in(Client(), alice)
    page = browser.get(f"/people/{ticket.requester_id}/").content.decode()
    assert '<bdi class="identity-value" title="did:plc:carol">@carol.test</bdi>' in page
    words = strip_tags(browser.get(f"/tickets/{ticket.pk}/").content.decode())
    assert "@carol.test" in words
    assert "did:plc" not in words


def test_the_rules_of_an_account_go_before_triage(account, admin):
    actions.change_stream_rules(
        actor=as_actor(admin), account_id=account.pk, tiers={"praise": "alone", "junk": "x"},
        always="wholesale", never="#brightcartfans",
    )  # fmt: skip
    kept = hear(
        account,
        post(PRAISE),
        post("we do wholesale too", author="b"),
        post(f"{COMPLAINT} #BrightCartFans", author="c"),
    )
    assert [row.tier for row in kept] == [Tier.ALONE, Tier.TICKET, Tier.ALONE]
    codes = [row.reasons[0]["code"] for row in kept]
    assert codes == ["rule_kind", "rule_always", "rule_never"]


def test_a_person_decides_otherwise_and_that_is_kept(account, alice):
    (kept,) = hear(account, post(PRAISE))
    ticket = actions.make_ticket(actor=as_actor(alice), post_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.tier, kept.was_tier, kept.state) == ("ticket", "second", "ticket")
    assert (kept.decided_by, kept.item.ticket) == (alice, ticket)
    assert actions.make_ticket(actor=as_actor(alice), post_id=kept.pk) == ticket
    with pytest.raises(TicketError):
        actions.leave_alone(actor=as_actor(alice), post_id=kept.pk)


def test_what_was_left_alone_can_be_put_back(account, alice):
    (kept,) = hear(account, post(PRAISE))
    actions.leave_alone(actor=as_actor(alice), post_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.tier, kept.was_tier, kept.state) == ("alone", "second", "left")
    actions.put_back(actor=as_actor(alice), post_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.tier, kept.was_tier, kept.state, kept.decided_by) == ("second", "", "open", None)


def test_an_answer_to_praise_is_a_solved_ticket_and_leaves_by_its_network(account, alice):
    (kept,) = hear(account, post(PRAISE))
    ticket = actions.answer_post(actor=as_actor(alice), post_id=kept.pk, text="Enjoy it!")
    assert ticket.status == Status.SOLVED
    delivery = Delivery.objects.get(ticket=ticket, channel=Channel.BLUESKY)
    assert delivery.comment.metadata["in_reply_to"] == kept.external_id
    assert delivery.address == "did:plc:carol"
    kept.refresh_from_db()
    assert kept.state == PostState.ANSWERED


def test_an_answer_that_is_too_long_changes_nothing(account, alice):
    (kept,) = hear(account, post(PRAISE))
    with pytest.raises(InvalidChange) as refused:
        actions.answer_post(actor=as_actor(alice), post_id=kept.pk, text="é" * 301)
    assert "301 of 300" in str(refused.value)
    assert Ticket.objects.count() == 0


def test_a_post_is_liked_once(account, alice):
    (kept,) = hear(account, post(PRAISE))
    actions.like_post(actor=as_actor(alice), post_id=kept.pk)
    actions.like_post(actor=as_actor(alice), post_id=kept.pk)
    deed = StreamDeed.objects.get()
    assert (deed.kind, deed.target, deed.state) == ("like", kept.external_id, DeedState.QUEUED)


def test_light_agents_decide_nothing(account, lightly):
    (kept,) = hear(account, post(PRAISE))
    for decide in (actions.make_ticket, actions.leave_alone, actions.like_post, actions.put_back):
        with pytest.raises(NotPermitted):
            decide(actor=as_actor(lightly), post_id=kept.pk)
    kept.refresh_from_db()
    assert kept.state == PostState.OPEN


def test_a_burst_becomes_a_likely_incident_and_one_statement(account, alice):
    burst(account)
    assert actions.look_for_incidents() == 5
    incident = StreamIncident.objects.get()
    assert set(incident.words) & {"checkout", "payment"}
    problem = actions.declare_incident(
        actor=as_actor(alice), incident_id=incident.pk, subject="Checkout is down",
        statement="Our checkout is down, we are on it.", account_ids=[account.pk],
    )  # fmt: skip
    assert problem.type == "problem"
    assert Ticket.objects.filter(problem=problem, type="incident").count() == 5
    deed = StreamDeed.objects.get()
    assert (deed.kind, deed.text) == ("statement", "Our checkout is down, we are on it.")
    hear(account, post("checkout payment still failing here", author="late"))
    assert actions.look_for_incidents() == 1
    assert Ticket.objects.filter(problem=problem).count() == 6
    with pytest.raises(TicketError):
        actions.dismiss_incident(actor=as_actor(alice), incident_id=incident.pk)


def test_a_statement_needs_an_account_and_a_subject(account, alice):
    burst(account)
    actions.look_for_incidents()
    incident = StreamIncident.objects.get()
    given = {"actor": as_actor(alice), "incident_id": incident.pk}
    for values, field in (
        ({"subject": " ", "statement": "x", "account_ids": [account.pk]}, "subject"),
        ({"subject": "Down", "statement": "", "account_ids": [account.pk]}, "statement"),
        ({"subject": "Down", "statement": "x", "account_ids": []}, "accounts"),
    ):
        with pytest.raises(InvalidChange) as refused:
            actions.declare_incident(**given, **values)
        assert refused.value.field == field
    assert Ticket.objects.filter(type="problem").count() == 0


def test_a_talk_goes_on_in_private_and_the_loop_is_closed_in_public(account, alice):
    (kept,) = hear(account, post(COMPLAINT))
    ticket = Ticket.objects.get()
    assert [way.channel for way in private_ways(ticket)] == ["bluesky"]
    actions.continue_in_private(
        actor=as_actor(alice), ticket_id=ticket.pk, channel="bluesky",
        text="Tell me your order number?", public_text="We have written to you.",
    )  # fmt: skip
    public, private = Delivery.objects.filter(channel="bluesky").order_by("id")
    assert "reply_in_private" not in public.comment.metadata
    assert private.comment.metadata["reply_in_private"]
    kept.refresh_from_db()
    assert kept.private_since
    assert kept.closed_loop_at is None
    actions.close_loop(actor=as_actor(alice), ticket_id=ticket.pk, text="Solved with Carol.")
    kept.refresh_from_db()
    assert kept.closed_loop_at
    assert Comment.objects.filter(body="Solved with Carol.").count() == 1


def test_redaction_takes_the_words_out_of_the_stream(account):
    (kept,) = hear(account, post(COMPLAINT))
    comment = Comment.objects.get()
    forget_originals(
        Redaction(
            ticket_ids=(comment.ticket_id,), comment_ids={comment.pk}, pattern=None
        )
    )  # fmt: skip
    kept.refresh_from_db()
    assert (kept.text, kept.handle, kept.state) == ("", "", PostState.GONE)


def test_posts_nobody_needed_are_forgotten(account, settings):
    settings.STREAM_DAYS = 0
    hear(account, post(PRAISE), post(COMPLAINT, author="dora"))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert expire_posts() == 1
    assert StreamPost.objects.get().author == "did:plc:dora"


def test_a_post_that_is_gone_is_told_of(alice):
    with pytest.raises(PostGone):
        actions.like_post(actor=as_actor(alice), post_id=404)


def test_what_the_batch_costs_does_not_grow(account, django_assert_max_num_queries):
    raws = [post(PRAISE, author=f"p{n}") for n in range(30)]
    with django_assert_max_num_queries(25):
        hear(account, *raws)
    assert SETUP.is_system
