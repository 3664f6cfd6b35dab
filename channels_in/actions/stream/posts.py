"""Posts as they come in, and as their authors take them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from channels_in.models import InboundItem, PostState, StreamPost, Tier
from core import clock

EXPIRY_BATCH = 200


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post with what triage says of it; `posted_at` is the network's word."""

    item: InboundItem
    external_id: str
    conversation: str
    answers: str
    answers_us: bool
    quotes_us: bool
    url: str
    author: str
    handle: str
    author_name: str
    author_url: str
    followers: int | None
    reactions: int
    text: str
    language: str
    sentiment: str
    kind: str
    urgency: int
    reasons: list[dict[str, Any]]
    tier: str
    posted_at: datetime | None


_STATE = {Tier.TICKET: PostState.TICKET, Tier.SECOND: PostState.OPEN, Tier.ALONE: PostState.LEFT}


def keep_posts(*, drafts: Sequence[PostDraft]) -> None:
    """Keep the posts of a batch; one that is known already stays as it is. One statement."""
    now = clock.now()
    StreamPost.objects.bulk_create(
        [
            StreamPost(
                item=draft.item, account=draft.item.account, channel=draft.item.account.channel,
                external_id=draft.external_id, conversation=draft.conversation[:255],
                answers=draft.answers[:255], answers_us=draft.answers_us,
                quotes_us=draft.quotes_us, url=draft.url[:500], author=draft.author[:254],
                handle=draft.handle[:254], author_name=draft.author_name[:200],
                author_url=draft.author_url[:500], followers=draft.followers,
                reactions=draft.reactions, text=draft.text, language=draft.language[:8],
                sentiment=draft.sentiment, kind=draft.kind, urgency=draft.urgency,
                reasons=draft.reasons, tier=draft.tier, state=_STATE[Tier(draft.tier)],
                posted_at=min(draft.posted_at or now, now), received_at=draft.item.received_at,
            )
            for draft in drafts
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def note_gone(*, account_id: int, external_id: str) -> None:
    """Its author took a post down: the stream shows neither its words nor its author's name."""
    StreamPost.objects.filter(account=account_id, external_id=external_id).exclude(
        state=PostState.TICKET
    ).update(state=PostState.GONE, text="", author_name="", reasons=[])


@transaction.atomic
def expire_posts() -> int:
    """Forget posts that nobody needed for STREAM_DAYS, their raw bytes with them; one batch."""
    before = clock.now() - timedelta(days=settings.STREAM_DAYS)
    rows = list(
        StreamPost.objects.filter(posted_at__lt=before, item__ticket=None)
        .order_by("posted_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("id", "item_id")[:EXPIRY_BATCH]
    )
    StreamPost.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    InboundItem.objects.filter(pk__in=[item for _, item in rows]).update(
        raw=b"", raw_key="", sender="", subject="", preview="", detail=""
    )
    return len(rows)


def forget_posts_of(*, item_ids: Sequence[int]) -> None:
    """The words of posts whose tickets lost theirs (redaction), or were emptied."""
    StreamPost.objects.filter(item__in=item_ids).update(
        text="", author_name="", handle="", author_url="", url="", reasons=[], state=PostState.GONE
    )
