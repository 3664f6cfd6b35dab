"""What pages say of a stranger's message: what was blocked in it, what is dangerous, what it is."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from tickets.files import is_dangerous
from tickets.models import Attachment, Comment
from web import remote_images
from web.invitations import Invitation, invitation_of
from web.protection import Mark, has_no_readable_text, marks_of
from web.remote_images import Blocked

register = template.Library()


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
