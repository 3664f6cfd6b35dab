"""The social stream of the demo, through the real funnel: some days of posts and a fresh burst."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from accounts.actor import Actor
from channels_in import funnel
from channels_in.actions.connections import advance_poll, connect
from channels_in.actions.stream import change_stream_rules, leave_alone, look_for_incidents
from channels_in.bluesky.network import Bluesky
from channels_in.models import ChannelAccount, Connection, InboundItem, StreamPost
from channels_in.networks.network import Profile
from channels_in.networks.opening import PLAYED
from channels_in.payloads import stored
from channels_in.receive import RawMessage, receive
from core import clock
from demo.stream import ADDRESS, COMMENTS, GRAM, OUR_POST, POSTS, Said
from tickets.models import Channel

_FAR = timedelta(days=3650)  # the demo's account is on no server: it is not asked


def make_stream(setup: Actor, agent: Actor, now: datetime) -> None:
    """Connect the shop's account, hear the posts, and let an agent decide about two of them."""
    with clock.frozen(now - timedelta(days=30)):
        connection = _connect(setup)
        change_stream_rules(
            actor=setup, account_id=connection.account_id, tiers={}, always="wholesale",
            first_answer="Hello, thanks for telling us. Could you send me your order number? "
            "Then I look into it at once.",
        )  # fmt: skip
    for said in reversed(POSTS):
        _hear(connection.account, said, now)
    _hear_comments(setup, now)
    with clock.frozen(now - timedelta(minutes=150)):
        _decide(agent)
    with clock.frozen(now):
        look_for_incidents()


def _connect(setup: Actor) -> Connection:
    connection = connect(
        actor=setup,
        network=Bluesky(),
        profile=Profile(ADDRESS, "BrightCart", f"https://bsky.app/profile/{ADDRESS}"),
        plain={
            "identifier": ADDRESS,
            "service": "https://pds.brightcart.example",
            PLAYED: True,  # type: ignore[dict-item]
        },
        hidden={"password": "demo"},
    )
    advance_poll(connection=connection, cursor={}, next_at=clock.now() + _FAR)
    return connection


def _hear_comments(setup: Actor, now: datetime) -> None:
    """Beneath the shop's latest picture on Instagram, whose account is connected already."""
    account = ChannelAccount.objects.get(channel=Channel.INSTAGRAM)
    with clock.frozen(now - timedelta(days=30)):
        change_stream_rules(
            actor=setup, account_id=account.pk, tiers={},
            first_public_answer="Hi, thanks for writing to us!",
        )  # fmt: skip
    for number, said in enumerate(reversed(COMMENTS)):
        with clock.frozen(now - timedelta(minutes=said.minutes)):
            at = int(clock.now().timestamp())
            comment = {
                "id": f"{17_990_000_000_000_100 + number}", "text": said.text,
                "from": {"id": f"{7_300_000_000 + number * 104_729}", "username": said.username},
                "media": {"id": "17900000000000077", "media_product_type": "FEED"},
            }  # fmt: skip
            raw = stored(comment=comment, own=account.address, at=at, permalink=GRAM)
            _through_the_funnel(account, raw)


def _hear(account: ChannelAccount, said: Said, now: datetime) -> None:
    with clock.frozen(now - timedelta(minutes=said.minutes)):
        _through_the_funnel(account, _stored(said))


def _through_the_funnel(account: ChannelAccount, raw: bytes) -> None:
    receive([RawMessage(account, raw)])
    items = InboundItem.objects.filter(account=account, fate="pending")
    funnel.process_items(list(items.values_list("id", flat=True)))


def _decide(agent: Actor) -> None:
    posts = {post.handle: post for post in StreamPost.objects.filter(state="open")}
    for handle in ("@greta.example", "@fair.example"):
        leave_alone(actor=agent, post_id=posts[handle].pk)


def _stored(said: Said) -> bytes:
    """As `channels_in.bluesky` stores what the network tells."""
    did = "did:plc:" + hashlib.sha256(said.handle.encode()).hexdigest()[:24]
    key = hashlib.sha256(said.text.encode()).hexdigest()[:12]
    record: dict[str, object] = {"$type": "app.bsky.feed.post", "text": said.text}
    if said.answers:
        ours = {"uri": OUR_POST, "cid": "bafyreidemo"}
        record["reply"] = {"parent": ours, "root": ours}
    told = {
        "uri": f"at://{did}/app.bsky.feed.post/3{key}",
        "cid": "bafyreidemo",
        "author": {"did": did, "handle": said.handle, "displayName": said.name},
        "reason": "quote" if said.quotes else "reply" if said.answers else "mention",
        "record": record,
        "indexedAt": clock.now().isoformat(),
    }
    stored = {
        "type": "post", "us": "did:plc:brightcart", "followers": said.followers,
        "notification": told,
    }  # fmt: skip
    return json.dumps(stored).encode()
