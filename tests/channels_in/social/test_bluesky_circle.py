"""The full circle with the real server of Bluesky: post → ticket → reply seen on the network.

What runs: the real PDS and PLC directory, its sessions, records, firehose and service tokens.
What does not: the AppView is no npm package; a stand-in follows the real firehose and answers
`listNotifications` and `getProfiles`. The chat service is not public either: direct messages are
tested with a fake one (test_bluesky_chat.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from channels_in import funnel
from channels_in.actions import send_due, stream
from channels_in.actions.connections import POLL_EVERY
from channels_in.bluesky import client as bluesky
from channels_in.models import Connection, DeedState, StreamDeed, StreamPost
from channels_in.networks.connecting import connect_account, reconnect_account
from channels_in.networks.network import NetworkError, TokenExpired
from channels_in.networks.polling import poll_due
from channels_in.networks.registry import network_of
from core import clock
from tests.channels_in.social.bluesky_server import PASSWORD, BlueskyServer, bluesky_server
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Delivery, Ticket

# The first test of a machine installs the server, which compiles: minutes on a slow one.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def network_server():
    with bluesky_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _own_net(settings):
    settings.NETWORKS_ALLOW_PRIVATE = True


def _connect(server: BlueskyServer, admin, handle: str) -> Connection:
    network = network_of("bluesky")
    given = {"identifier": handle, "password": PASSWORD, "service": server.service}
    connection = connect_account(actor=as_actor(admin), network=network, given=given)
    _poll(connection)  # a new account is read from now on
    return connection


def _poll(connection: Connection) -> None:
    Connection.objects.filter(pk=connection.pk).update(next_poll_at=clock.now(), retry_at=None)
    poll_due()
    funnel.process_due()
    connection.refresh_from_db()


def _until(true: Callable[[], object]) -> object:
    """The firehose is followed by another process: what it tells comes a moment later."""
    for _ in range(60):
        if found := true():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def _heard(connection: Connection, count: int) -> list[StreamPost]:
    def look() -> list[StreamPost]:
        _poll(connection)
        rows = list(StreamPost.objects.order_by("id"))
        return rows if len(rows) >= count else []

    return _until(look)


def _mentioning(client, text: str):
    return _say(client, text, facets=client.detect_facets(text))


def _say(client, text: str, **more):
    return client.send_post(text, profile_identify=client._session.did, **more)


def _replies_to(client, uri: str) -> list:
    repo = client._session.did
    rows = client.com.atproto.repo.list_records(
        {"repo": repo, "collection": "app.bsky.feed.post", "limit": 100}
    ).records
    return [row for row in rows if row.value.reply and row.value.reply.parent.uri == uri]


def test_a_post_becomes_a_ticket_and_the_reply_is_seen_on_the_network(network_server, admin, alice):
    shop, carol = network_server.account("desk1.test"), network_server.account("carol.test")
    connection = _connect(network_server, admin, "desk1.test")
    said = _mentioning(carol, "@desk1.test third time my parcel arrives broken, nobody answers")

    (kept,) = _heard(connection, 1)
    ticket = Ticket.objects.get()
    assert kept.external_id == said.uri
    assert (kept.tier, kept.item.ticket, kept.followers) == ("ticket", ticket, 7)
    assert kept.url == f"https://bsky.app/profile/carol.test/post/{said.uri.rsplit('/', 1)[1]}"

    draft = CommentDraft(
        author_id=alice.pk, body="Sorry! See https://desk1.test/parcels @carol.test"
    )
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    send_due()
    delivery = Delivery.objects.get(channel="bluesky")
    assert (delivery.state, delivery.error) == ("sent", "")
    (reply,) = _replies_to(shop, said.uri)
    assert reply.uri == delivery.provider_id
    assert reply.value.text.startswith("Sorry! See https://desk1.test/parcels @carol.test ^A")
    assert reply.value.reply.root.uri == said.uri
    features = [feature for facet in reply.value.facets for feature in facet.features]
    assert {getattr(f, "uri", "") for f in features} == {"https://desk1.test/parcels", ""}
    assert carol._session.did in {getattr(f, "did", "") for f in features}

    above = {
        "parent": {"uri": reply.uri, "cid": reply.cid},
        "root": {"uri": said.uri, "cid": said.cid},
    }
    answer = _say(carol, "thanks, it came today!", reply_to=above)
    _heard(connection, 2)
    assert StreamPost.objects.get(external_id=answer.uri).item.ticket == ticket
    assert [row.body for row in ticket.comments.order_by("id")][-1] == "thanks, it came today!"


def test_what_was_sent_twice_is_there_once(network_server, admin, alice):
    shop, carol = network_server.account("desk2.test"), network_server.account("dora.test")
    connection = _connect(network_server, admin, "desk2.test")
    said = _mentioning(carol, "@desk2.test how do I change my address?")
    _heard(connection, 1)
    ticket = Ticket.objects.get()
    draft = CommentDraft(author_id=alice.pk, body="In your account, under Addresses.")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    send_due()
    first = Delivery.objects.get(channel="bluesky")
    # The worker died before it could write down that it was sent: the delivery is sent again.
    Delivery.objects.filter(pk=first.pk).update(state="queued", provider_id="", attempts=0)
    Delivery.objects.filter(pk=first.pk).update(next_attempt_at=clock.now())
    send_due()
    first.refresh_from_db()
    (reply,) = _replies_to(shop, said.uri)
    assert (first.state, first.provider_id) == ("sent", reply.uri)


def test_likes_statements_and_deletions_reach_the_network(network_server, admin, alice):
    shop, carol = network_server.account("desk3.test"), network_server.account("ella.test")
    connection = _connect(network_server, admin, "desk3.test")
    said = _mentioning(carol, "@desk3.test I love my new lamp, thank you!")
    (kept,) = _heard(connection, 1)
    assert kept.tier == "second"
    stream.like_post(actor=as_actor(alice), post_id=kept.pk)
    assert stream.do_due() == 1
    (like,) = shop.com.atproto.repo.list_records(
        {"repo": shop._session.did, "collection": "app.bsky.feed.like"}
    ).records
    assert like.value.subject.uri == said.uri

    stream.answer_post(actor=as_actor(alice), post_id=kept.pk, text="Enjoy it!")
    send_due()
    (reply,) = _replies_to(shop, said.uri)
    stream.change_reply(
        actor=as_actor(alice), comment_id=Delivery.objects.get().comment_id, text=None
    )
    assert stream.do_due() == 1
    assert _replies_to(shop, said.uri) == []
    assert StreamDeed.objects.get(kind="delete").state == DeedState.DONE
    assert reply.uri == StreamDeed.objects.get(kind="delete").target


def test_only_what_is_new_is_read_and_nothing_is_lost_between(network_server, admin):
    network_server.account("desk4.test")
    fay = network_server.account("fay.test")
    connection = _connect(network_server, admin, "desk4.test")
    for number in range(3):
        _mentioning(fay, f"@desk4.test question {number}: do you ship to Malta?")
    rows = _heard(connection, 3)
    assert len({row.external_id for row in rows}) == 3
    since = connection.cursor["since"]
    _poll(connection)
    assert connection.cursor["since"] == since
    assert StreamPost.objects.count() == 3
    assert connection.next_poll_at <= clock.now() + POLL_EVERY


def test_a_password_that_is_taken_back_is_shown_and_nothing_is_lost(network_server, admin):
    shop = network_server.account("desk5.test")
    gus = network_server.account("gus.test")
    network = network_of("bluesky")
    app = shop.com.atproto.server.create_app_password({"name": "desk"})
    given = {
        "identifier": "desk5.test",
        "password": app.password,
        "service": network_server.service,
    }
    connection = connect_account(actor=as_actor(admin), network=network, given=given)
    _poll(connection)
    shop.com.atproto.server.revoke_app_password({"name": "desk"})
    bluesky._sessions.clear()  # as after a restart
    _mentioning(gus, "@desk5.test my order never arrived")
    time.sleep(0.5)
    _poll(connection)
    assert connection.needs_sign_in
    assert StreamPost.objects.count() == 0

    app = shop.com.atproto.server.create_app_password({"name": "desk again"})
    given["password"] = app.password
    reconnect_account(actor=as_actor(admin), network=network, connection=connection, given=given)
    assert _heard(connection, 1)[0].tier == "ticket"
    assert not connection.needs_sign_in


def test_a_wrong_password_connects_nothing(network_server, admin):
    network_server.account("desk6.test")
    given = {"identifier": "desk6.test", "password": "wrong", "service": network_server.service}
    with pytest.raises(TokenExpired):
        connect_account(actor=as_actor(admin), network=network_of("bluesky"), given=given)
    assert Connection.objects.count() == 0


def test_a_server_in_the_own_net_is_refused(network_server, admin, settings):
    settings.NETWORKS_ALLOW_PRIVATE = False
    given = {"identifier": "a.test", "password": "x", "service": network_server.service}
    with pytest.raises(NetworkError):
        connect_account(actor=as_actor(admin), network=network_of("bluesky"), given=given)
