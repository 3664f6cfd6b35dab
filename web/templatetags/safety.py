"""What pages say of a stranger's message: what was blocked in it, what is dangerous, what it is."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from tickets.files import is_dangerous
from tickets.models import Attachment, Comment
from web import remote_images
from web.file_kinds import ICONS, is_viewed, kind_of
from web.invitations import Invitation, invitation_of
from web.protection import Mark, has_no_readable_text, marks_of
from web.remote_images import Blocked
from web.templatetags.ui import file_url

register = template.Library()
SMALL = 120_000  # bytes of a picture that is not worth making smaller


@register.filter
def blocked_images(comment: Comment) -> Blocked:
    """Remote images and tracking pixels in the html of a comment."""
    return remote_images.blocked_in(comment.html) if comment.html else Blocked()


@register.filter
def danger(file: Attachment) -> str:
    """Why a file should not be opened; empty for what is harmless by its name."""
    if not is_dangerous(file.filename):
        return ""
    return _(
        "This kind of file can run a program on your computer. Open it only if you expected it."
    )


@register.filter
def protection(comment: Comment) -> list[Mark]:
    """Tags that say that a mail came signed or encrypted."""
    return marks_of(comment)


@register.filter
def is_unreadable(comment: Comment) -> bool:
    """Whether a mail is encrypted and nothing of it can be read."""
    return has_no_readable_text(comment)


@register.filter
def calendar(comment: Comment) -> Invitation | None:
    """The invitation in a mail, for a card."""
    return invitation_of(comment)


@register.filter
def file_kind(file: Attachment) -> str:
    """What kind of file it is: image, pdf, table, text, audio, video, …"""
    return kind_of(file)


@register.filter
def file_icon(file: Attachment) -> str:
    return ICONS[kind_of(file)]


@register.filter
def viewed(file: Attachment) -> bool:
    """Whether it can be looked at in place."""
    return is_viewed(file)


@register.simple_tag
def thumbnail_url(file: Attachment) -> str:
    """A picture small enough to stand in a message; small files are their own."""
    if file.size <= SMALL:
        return file_url(file)
    return reverse("file_picture", args=[file.pk, 0])
