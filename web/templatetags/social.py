"""Which tickets began on networks where anybody may speak."""

from __future__ import annotations

from django import template

from channels_in.social.registry import social_channels

register = template.Library()


@register.filter
def is_social(channel: str) -> bool:
    """Whether posts of this channel pass triage."""
    return channel in social_channels()
