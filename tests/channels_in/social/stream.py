"""Posts on Bluesky as tests and the demo of the stream need them: the real funnel, no network."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import count

from channels_in.funnel import process_due
from channels_in.models import ChannelAccount, Connection, StreamPost
from channels_in.receive import RawMessage, receive
from core import clock
from core.crypto import seal

_numbers = count(1)
US = "did:plc:ourshop"


def make_account(channel: str = "bluesky", address: str = "shop.test") -> ChannelAccount:
    now = clock.now()
    account = ChannelAccount.objects.create(
        channel=channel, address=address, name="Shop", created_at=now, updated_at=now
    )
    Connection.objects.create(
        account=account, settings={"service": "http://localhost", "identifier": address},
        sealed_secrets=seal(json.dumps({"password": "app-password"})), created_at=now,
        updated_at=now,
    )  # fmt: skip
    return account


def uri_of(name: str, number: int) -> str:
    return f"at://did:plc:{name}/app.bsky.feed.post/3k{number:011d}"


def post(
    text: str,
    *,
    author: str = "carol",
    number: int | None = None,
    parent: str = "",
    root: str = "",
    at: datetime | None = None,
    followers: int = 40,
    reason: str = "",
) -> bytes:
    number = number or next(_numbers) + 1000
    record: dict[str, object] = {"$type": "app.bsky.feed.post", "text": text, "langs": ["en"]}
    if parent:
        record["reply"] = {
            "parent": {"uri": parent, "cid": "c"},
            "root": {"uri": root or parent, "cid": "c"},
        }
    told = {
        "uri": uri_of(author, number),
        "cid": "bafy",
        "author": {
            "did": f"did:plc:{author}",
            "handle": f"{author}.test",
            "displayName": author.title(),
        },
        "reason": reason or ("reply" if parent else "mention"),
        "record": record,
        "indexedAt": (at or clock.now()).isoformat(),
    }
    stored = {"type": "post", "us": US, "followers": followers, "notification": told}
    return json.dumps(stored).encode()


def direct(text: str, *, author: str = "carol", convo: str = "c1") -> bytes:
    number = next(_numbers)
    return json.dumps(
        {
            "type": "dm",
            "convo": convo,
            "message": {"id": f"m{number}", "text": text, "sentAt": clock.now().isoformat()},
            "sender": {"did": f"did:plc:{author}", "handle": f"{author}.test", "displayName": ""},
        }
    ).encode()


def hear(account: ChannelAccount, *raws: bytes) -> list[StreamPost]:
    """Through the real funnel; returns the stream, oldest first."""
    receive([RawMessage(account, raw) for raw in raws], wake=True)
    process_due()
    return list(StreamPost.objects.order_by("id").select_related("item__ticket"))


def burst(account: ChannelAccount, *, people: int = 5) -> list[StreamPost]:
    now = clock.now()
    texts = [
        "the checkout is down, payment fails every time",
        "cannot pay, your checkout says payment failed",
        "is the checkout broken? payment error 502",
        "payment page of the checkout does not load",
        "checkout dead again, payment declined five times",
    ]
    raws = [
        post(texts[n % 5], author=f"person{n}", at=now - timedelta(minutes=n))
        for n in range(people)
    ]
    return hear(account, *raws)
