"""What pages say of a stranger's message: what was blocked in it, and what is dangerous."""

from __future__ import annotations

from django import template

from tickets.models import Comment
from web import remote_images
from web.remote_images import Blocked

register = template.Library()


@register.filter
def blocked_images(comment: Comment) -> Blocked:
    """Remote images and tracking pixels in the html of a comment."""
    return remote_images.blocked_in(comment.html) if comment.html else Blocked()
