"""A call in words, as it stands above its notes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Comment
from web.agent.deed_words import duration_words

_KINDS: dict[tuple[str, str], str | Promise] = {
    ("logged", "inbound"): _("Incoming call"),
    ("logged", "outbound"): _("Outgoing call"),
    ("voicemail", "inbound"): _("Voicemail"),
    ("transcription", "inbound"): _("What the voicemail says, written down by a machine"),
    ("missed", "inbound"): _("Missed call"),
}


@dataclass(frozen=True, slots=True)
class CallFacts:
    words: str | Promise
    number: str
    length: str
    is_missed: bool


def call_of(comment: Comment) -> CallFacts | None:
    """What is known of the call that a comment tells of; None for all others."""
    call = comment.metadata.get("call")
    if not isinstance(call, dict):
        return None
    words = _KINDS.get((call.get("kind", ""), call.get("direction", "")), _("Call"))
    seconds = call.get("seconds") or 0
    length = duration_words(seconds) if seconds else ""
    is_missed = call.get("kind") == "missed"
    return CallFacts(words, str(call.get("number", "")), length, is_missed)
