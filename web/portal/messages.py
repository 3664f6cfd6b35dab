"""Comments as a customer reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.actor import Actor
from accounts.models import User
from core import html
from tickets.models import Attachment, Comment
from web import remote_images

_EMBEDDED = re.compile(r'data-cid="([^"]{1,255})"')


@dataclass(frozen=True, slots=True)
class Message:
    """One public comment: who, when, the inert text, the files that are not shown inside it."""

    anchor: str
    author: User
    is_own: bool
    is_from_agent: bool
    written_at: datetime
    body: SafeString
    files: list[Attachment]
    images_token: str = ""  # of the link that shows remote images; empty when there are none


def messages_of(
    comments: Sequence[Comment], actor: Actor, *, images_token: str = ""
) -> list[Message]:
    """`images_token` is what the reader's click on "Show images" has sent, if they did."""
    shown = remote_images.comment_shown_by(images_token, actor.user_id or 0)
    return [_message(comment, actor, has_images=comment.pk == shown) for comment in comments]


def _message(comment: Comment, actor: Actor, *, has_images: bool) -> Message:
    files = list(comment.attachments.all())
    body = _body(comment, files, has_images=has_images)
    is_blocking = "data-remote-src=" in body and remote_images.blocked_in(comment.html).images > 0
    return Message(
        anchor=f"message-{comment.pk}", author=comment.author,
        is_own=comment.author_id == actor.user_id, is_from_agent=comment.is_from_agent,
        written_at=comment.created_at, body=body,
        files=[file for file in files if not (file.is_inline and escape(_address(file)) in body)],
        images_token=(
            remote_images.show_token(comment.pk, actor.user_id or 0)
            if is_blocking and not has_images else ""
        ),
    )  # fmt: skip


def _body(comment: Comment, files: Sequence[Attachment], *, has_images: bool) -> SafeString:
    """The visible part; history quoted below it is left out, for it stands above already.

    What is stored was made inert when it came in; it is made so once more here, since this page
    is shown to strangers. Styles go, and remote images are not loaded before a click (attacks 15,
    23).
    """
    if not comment.html or comment.has_quoted_text:
        return mark_safe(html.from_text(comment.reply_text or comment.body))  # noqa: S308  escapes
    inert = html.sanitize(comment.html.replace('data-cid="', 'src="cid:'), keep_styles=False)
    if has_images:
        inert = remote_images.with_sources(inert, comment)
    embedded = {file.content_id: file for file in files if file.content_id and file.is_image}

    def picture(match: re.Match[str]) -> str:
        file = embedded.get(match[1])
        return f'src="{escape(_address(file))}" loading="lazy"' if file else ""

    return mark_safe(_EMBEDDED.sub(picture, inert))  # noqa: S308  sanitised above


def _address(file: Attachment) -> str:
    return reverse("file", args=[file.pk, file.filename])
