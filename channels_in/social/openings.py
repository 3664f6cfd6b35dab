"""How the house begins its first public answer on a ticket, where its account has words for that.

They become part of the answer when it is submitted: the ticket says what the public reads, and the
network's limit counts them.
"""

from __future__ import annotations

from dataclasses import replace

from channels_in.models import ChannelAccount, StreamRules
from channels_in.networks.privacy import is_in_private
from channels_in.networks.registry import network_of
from core import html
from tickets.drafts import CommentDraft
from tickets.models import Ticket


def opening_of(ticket: Ticket, channel: str) -> str:
    """The words, empty for an answer that is not the first or not public. No query for a network
    on which nothing is public, three for others.
    """
    network = network_of(channel)
    if network is None or not network.capabilities.is_public:
        return ""
    rows = StreamRules.objects.filter(account__channel=channel).exclude(first_public_answer="")
    words = dict(rows.values_list("account__address", "first_public_answer"))
    found = words.get(ticket.recipient, "")
    if not found or is_in_private(network, ticket, {}):
        return ""
    is_answered = ticket.comments.public().filter(is_from_agent=True).exists()
    return "" if is_answered else found


def opening_words(account: ChannelAccount) -> str:
    """Those of an account, for a post that nobody has answered."""
    rows = StreamRules.objects.filter(account=account)
    return rows.values_list("first_public_answer", flat=True).first() or ""


def begun_with(text: str, opening: str) -> str:
    """The text with its opening, once: a reply that was taken back has it already."""
    if not opening or not text.strip() or text.lstrip().startswith(opening):
        return text
    return f"{opening} {text.lstrip()}"


def with_opening(draft: CommentDraft, opening: str) -> CommentDraft:
    """A reply with its opening; such networks carry no rich text."""
    body = begun_with(draft.body, opening)
    if body == draft.body:
        return draft
    shown = html.from_text(body) if draft.html else ""
    return replace(draft, body=body, reply_text=body, html=shown)
