"""Words of side conversations."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def flag_words(flag: str) -> str:
    """What speaks against a message of a side conversation."""
    return {
        "unverified_sender": _("was not written to here"),
        "failed_authentication": _("sender not proven"),
        "is_staff_address": _("claims to be a colleague"),
    }.get(flag, flag)
