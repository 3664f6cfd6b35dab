"""The ways in which a person can be answered, as the composer offers them.

`channels_in.networks.ways` knows the ways, `channels_in.networks.rules` what each takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from channels_in.networks.rules import closed_words, hours_words
from channels_in.networks.ways import Reach, channel_last_used, pointing_at, reaches_of
from core import clock
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Channel, Comment, Ticket

SOON = 2 * 3600  # seconds before a window closes in which that is said


@dataclass(frozen=True, slots=True)
class Way:
    """One of them. `is_usual`: what is used when nobody chooses."""

    reach: Reach
    is_usual: bool = False

    @property
    def channel(self) -> str:
        return self.reach.channel

    @property
    def value(self) -> str:
        return self.reach.value

    @property
    def key(self) -> str:
        return f"{self.channel}:{self.value}"

    @property
    def is_mail(self) -> bool:
        return self.channel == Channel.EMAIL

    @property
    def is_public(self) -> bool:
        return self.reach.capabilities.is_public

    @property
    def channel_name(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def label(self) -> str:
        """What stands in the list: the network with what the person is known by there."""
        if self.channel == Channel.CHAT:
            return self.channel_name
        words = _("%(address)s · mail came back") if self.reach.came_back else "%(address)s"
        shown = words % {"address": self.reach.shown}
        return shown if self.is_mail else f"{self._network_words} · {shown}"

    @property
    def _network_words(self) -> str:
        """Where both are possible, who will read it."""
        network = self.reach.network
        if network is None or network.capabilities.private is None:
            return self.channel_name
        words = _("%(network)s, in public")
        if self.reach.in_private:
            words = _("%(network)s, direct message")
        return words % {"network": self.channel_name}

    @property
    def has_files(self) -> bool:
        return self.reach.capabilities.has_attachments

    @property
    def is_rich(self) -> bool:
        return self.reach.capabilities.has_rich_text

    @property
    def is_counted(self) -> bool:
        return self.reach.capabilities.length_limit is not None

    @property
    def is_closed(self) -> bool:
        return not self.reach.window.is_open(clock.now())

    @property
    def has_templates(self) -> bool:
        return self.reach.capabilities.has_templates

    @property
    def closed_words(self) -> str:
        network = self.reach.network
        return closed_words(network, self.reach.window) if network and self.is_closed else ""

    @property
    def closes_soon_words(self) -> str:
        """Said while there is little time left."""
        closes_at, network = self.reach.window.closes_at, self.reach.network
        left = (closes_at - clock.now()).total_seconds() if closes_at else 0
        if not network or not 0 < left < SOON:
            return ""
        length = hours_words(self.reach.capabilities.reply_window or clock.now() - clock.now())
        return _("%(network)s takes free text for %(length)s after the customer’s last message: "
                 "%(minutes)d minutes are left.") % {
            "network": network.label, "length": length, "minutes": max(1, int(left // 60)),
        }  # fmt: skip


def ways_to(ticket: Ticket, *, shown: Sequence[Comment] = ()) -> list[Way]:
    """The usual way first: the one the customer prefers, else by the channel they wrote on last, to
    their first address there.

    Four queries at most; `shown` are the latest comments, where they are loaded.
    """
    person = ticket.requester
    reaches = reaches_of(person)
    if ticket.channel == Channel.CHAT:  # goes to the visitor's page, by mail when they have left
        here = Way(Reach(Channel.CHAT, str(ticket.pk)), is_usual=True)
        return [here, *(Way(each) for each in reaches if not each.capabilities.is_public)]
    if not reaches:
        return []
    last = channel_last_used(ticket, shown)
    known = [each.of_ticket(ticket) for each in reaches]
    ways = [Way(each) for each in known if _is_offered(each, ticket, last)]
    liked = [way for way in ways if way.reach.kind == person.prefers and not way.is_public]
    by_last = [way for way in ways if way.channel == last]
    by_mail = [way for way in ways if way.value == person.email]
    usual = liked or (by_last if last != Channel.EMAIL else by_mail) or by_mail or ways
    return sorted(
        (replace(way, is_usual=way is usual[0]) for way in ways),
        key=lambda way: (not way.is_usual, way.is_mail, way.channel),
    )


def _is_offered(reach: Reach, ticket: Ticket, last: str) -> bool:
    """Nobody is answered in public who did not write there."""
    return not reach.capabilities.is_public or reach.channel in (ticket.channel, last)


def chosen_way(ways: Sequence[Way], key: str) -> Way | None:
    """What a form chose, None where it did not. Raises InvalidChange for one that is gone."""
    if not key:
        return None
    way = next((each for each in ways if each.key == key), None)
    if way is None:
        raise InvalidChange(
            "way", _("This address is not the requester’s any more. Choose another.")
        )
    return way


def by_way(
    draft: CommentDraft, way: Way, *, ticket: Ticket, answered_id: int | None = None
) -> CommentDraft:
    """A reply that leaves this way; on a network it may point at a message of the ticket."""
    chosen: dict[str, Any] = {"reply_channel": way.channel}
    if way.channel != Channel.CHAT:
        chosen["to_address"] = way.value
    if answered_id and not way.is_mail:
        chosen |= pointing_at(ticket, answered_id, way.channel)
    return replace(draft, metadata={**draft.metadata, **chosen})
