"""A reply of a third party: into its side conversation, and into nothing else (attack 34)."""

from __future__ import annotations

from collections.abc import Collection

from accounts.actor import system_actor
from channels_in.letters import Letter, comment_of
from channels_in.proof import Standing
from core import clock
from tickets.actions import HeardMessage, hear_side_message
from tickets.models import SideMessage, SideParticipant


def submit(letter: Letter) -> int:
    """Hear what a letter says in its side conversation; returns the number of its ticket.

    Somebody whom nobody has written to there is flagged, and gets nothing unless an agent writes to
    them.
    """
    side_id = letter.match.side_id
    assert side_id is not None  # noqa: S101  the caller looked
    channel = letter.item.account.channel
    actor = system_actor(letter.author.display_name, channel=channel, item=letter.item.pk)
    draft = comment_of(letter)
    heard = HeardMessage(
        author=letter.author, body=draft.body, html=draft.html, reply_text=draft.reply_text,
        channel=channel, message_id=draft.message_id, digest=draft.digest, files=draft.files,
        flags=tuple(_flags(letter, side_id)), reopens=not letter.message.is_auto_reply,
        is_ours=letter.author.is_staff_member and letter.proof.is_proven,
        metadata={
            key: value
            for key, value in draft.metadata.items()
            if key in ("recipients", "sender", "signed", "encrypted", "calendar")
        },
    )  # fmt: skip
    with clock.frozen(letter.came_at):
        return hear_side_message(actor=actor, conversation_id=side_id, message=heard)[1]


def known_digests(digests: Collection[str]) -> dict[str, int]:
    """The tickets of messages that are in a side conversation already, by digest."""
    if not digests:
        return {}
    rows = SideMessage.objects.filter(digest__in=digests)
    return {
        digest: ticket_id
        for digest, ticket_id in rows.values_list("digest", "conversation__ticket_id")
        if digest
    }


def _flags(letter: Letter, side_id: int) -> list[str]:
    """What speaks against it, as on a ticket (channels_in.trust)."""
    flags = []
    author = letter.author
    takes_part = SideParticipant.objects.filter(conversation=side_id, user=author).exists()
    if not takes_part and not (author.is_staff_member and letter.proof.is_proven):
        flags.append("unverified_sender")
    if author.is_staff_member and not letter.proof.is_proven:
        flags.append("is_staff_address")
    if letter.proof.standing is Standing.FAIL:
        flags.append("failed_authentication")
    return flags
