"""Drafts of replies: saved while somebody writes, gone when it is sent or thrown away."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actor import Actor
from core import clock
from core.html import sanitize, to_text
from tickets import policies
from tickets.actions.comments import shortened
from tickets.draft_places import REPLY
from tickets.errors import DraftMovedOn, InvalidChange, NotPermitted
from tickets.models import ReplyDraft

KEPT_FOR = timedelta(days=60)
HTML_LIMIT = 400_000  # letters
BATCH = 500


@dataclass(frozen=True, slots=True)
class DraftContent:
    """What the composer holds. `extras` are kept as they are: only the same person gets them."""

    html: str
    is_public: bool = True
    extras: dict[str, Any] = field(default_factory=dict)


def save_reply_draft(
    *,
    actor: Actor,
    ticket_id: int | None,
    content: DraftContent,
    expected_version: int,
    place: str = REPLY,
) -> ReplyDraft:
    """Save what somebody writes. `expected_version`: of the copy they go on with, 0 for none.

    `place`: where on the ticket (tickets.draft_places).

    Raises NotPermitted for nobody, TicketNotFound, InvalidChange when it is too long, DraftMovedOn
    when it was saved, sent or thrown away elsewhere meanwhile; nothing is saved then.
    """
    if actor.user_id is None:
        raise NotPermitted
    if ticket_id is not None:
        policies.visible_ticket(actor, ticket_id)
    if len(content.html) > HTML_LIMIT:
        raise InvalidChange("body", "This is too long. Shorten it, or attach it as a file.")
    try:
        return _save((actor.user_id, ticket_id, place), content, expected_version)
    except IntegrityError as error:  # two windows began at the same moment
        raise DraftMovedOn(None) from error


@transaction.atomic
def _save(
    of: tuple[int, int | None, str], content: DraftContent, expected_version: int
) -> ReplyDraft:
    draft = ReplyDraft.objects.select_for_update().of(*of).first()
    if (draft.version if draft else 0) != expected_version:
        raise DraftMovedOn(draft.pk if draft else None)
    return _write(draft or _new(*of), content)


@transaction.atomic
def put_before_draft(
    *, actor: Actor, ticket_id: int, place: str, content: DraftContent
) -> ReplyDraft:
    """Put what was taken back before what the person has begun to write there since.

    Raises NotPermitted for nobody.
    """
    if actor.user_id is None:
        raise NotPermitted
    of = (actor.user_id, ticket_id, place)
    begun = ReplyDraft.objects.select_for_update().of(*of).first()
    if begun is None:
        return _write(_new(*of), content)
    extras = {**begun.extras, **content.extras}
    extras["uploads"] = [*content.extras.get("uploads", []), *begun.extras.get("uploads", [])]
    return _write(begun, replace(content, html=content.html + begun.html, extras=extras))


def _new(user_id: int, ticket_id: int | None, place: str) -> ReplyDraft:
    now = clock.now()
    return ReplyDraft(user_id=user_id, ticket_id=ticket_id, place=place, version=0, created_at=now)


def _write(draft: ReplyDraft, content: DraftContent) -> ReplyDraft:
    now = clock.now()
    draft.html = sanitize(content.html, keep_styles=False, keep_mentions=True)
    draft.preview = shortened(to_text(draft.html, has_links=False))
    draft.is_public, draft.extras, draft.updated_at = content.is_public, content.extras, now
    draft.version = max(draft.version + 1, int(now.timestamp() * 1_000_000))
    draft.save()
    return draft


def discard_reply_draft(
    *,
    actor: Actor,
    ticket_id: int | None,
    expected_version: int | None = None,
    place: str = REPLY,
) -> None:
    """Throw one's own draft away, because it was sent or is not wanted; none is fine too.

    With `expected_version` a draft that went on elsewhere stays.
    """
    if actor.user_id is None:
        return
    drafts = ReplyDraft.objects.of(actor.user_id, ticket_id, place)
    if expected_version is not None:
        drafts = drafts.filter(version=expected_version)
    drafts.delete()


def forget_old_drafts() -> bool:
    """Delete drafts that nobody has touched for KEPT_FOR, BATCH of them; whether there are more."""
    old = ReplyDraft.objects.filter(updated_at__lt=clock.now() - KEPT_FOR)
    ids = list(old.order_by("updated_at").values_list("pk", flat=True)[:BATCH])
    ReplyDraft.objects.filter(pk__in=ids).delete()
    return len(ids) == BATCH
