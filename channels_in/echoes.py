"""What the house said outside the help desk: in a network's own inbox, in its app on a telephone.

Networks tell of it like of any message (Meta calls it an echo). It is noted on the ticket as the
company's word, is not sent again, and counts for no customer. Networks tell of our own replies in
the same way: those are known already.
"""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actions import find_or_create_people
from accounts.actor import system_actor
from accounts.models import User
from channels_in.actions.awaited_files import note_awaited_files
from channels_in.adapters import Arrival
from channels_in.introductions import Introduction
from channels_in.letters import SAID_ELSEWHERE, Letter, comment_of
from channels_in.matching import Match
from channels_in.messages import Handle
from channels_in.models import Fate, InboundItem
from channels_in.networks import threads
from channels_in.reasons import Reason
from tickets.actions import update_ticket
from tickets.actions.outages import mark_accepted
from tickets.drafts import TicketChanges
from tickets.models import Comment, Delivery, DeliveryState, Status, Ticket

KEY = "delivery-"  # Outgoing.key, which some networks give back
SIGNATURE = 8  # letters at most that a public reply has more than its comment: " ^SB"
_OPEN_END = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
_MERGES = 12  # levels of merged tickets


def without(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals that somebody else has written; each echo gets its fate."""
    rest = [arrival for arrival in arrivals if arrival.message.said_to is None]
    if len(rest) < len(arrivals):
        for arrival in arrivals:
            if arrival.message.said_to:
                _take(arrival, arrival.message.said_to)
    return rest


def _take(arrival: Arrival, person: Handle) -> None:
    item, message = arrival.item, arrival.message
    match = threads.match([arrival])[0]
    own = _delivery(arrival, match.ticket_id)
    if own:
        item.ticket_id, item.comment_id = own.ticket_id, own.comment_id
        item.fate = Fate.DUPLICATE
        if own.state in _OPEN_END:  # nobody knew whether it had left: it has
            mark_accepted(delivery=own, provider_id=message.message_id or "", url=message.url)
        return
    known = Comment.objects.filter(message_id=message.message_id, channel=item.account.channel)
    if message.message_id and (twin := known.first()):
        item.ticket_id, item.comment = twin.ticket_id, twin
        item.fate = Fate.DUPLICATE
        return
    ticket = _ticket(match.ticket_id)
    if ticket is None:
        item.fate, item.reason = Fate.REJECTED, Reason.SAID_ELSEWHERE
        return
    _note(arrival, ticket, person, match)


def _delivery(arrival: Arrival, ticket_id: int | None) -> Delivery | None:
    """The reply of ours that this is the echo of: by the id the network gave it, by the key we gave
    along, or, where it is not known yet whether a reply has left, by its words.
    """
    message, channel = arrival.message, arrival.item.account.channel
    mid = message.message_id or ""
    if mid and (known := Delivery.objects.filter(provider_id=mid).first()):
        return known
    if message.sent_by.startswith(KEY) and (number := message.sent_by[len(KEY) :]).isdecimal():
        known = Delivery.objects.filter(pk=int(number[:18])).first()
        if known and message.said_to and known.address == message.said_to.value:
            return known
    if ticket_id is None:
        return None
    rows = Delivery.objects.filter(ticket=ticket_id).select_related("comment")
    if mid and (part := rows.filter(channel=channel, more_ids__contains=[mid]).first()):
        return part
    open_end = rows.filter(channel=channel, state__in=_OPEN_END).order_by("id")
    return next((row for row in open_end if _says(row, message.text)), None)


def _says(delivery: Delivery, text: str) -> bool:
    """Whether these are its words; a file by itself has none, while its reply is on its way."""
    said, heard = delivery.comment.body if delivery.comment else delivery.body, text
    said, heard = " ".join(said.split()), " ".join(heard.split())
    if not heard:
        return delivery.state == DeliveryState.SENDING
    return heard.startswith(said) and len(heard) - len(said) <= SIGNATURE


def _ticket(ticket_id: int | None) -> Ticket | None:
    """The ticket that can take it: where merged ones went, none that is deleted or closed."""
    rows = Ticket.objects.select_related("merged_into")
    ticket = rows.filter(pk=ticket_id).first() if ticket_id else None
    for _ in range(_MERGES):
        if ticket is None or ticket.merged_into_id is None:
            break
        ticket = rows.filter(pk=ticket.merged_into_id).first()
    return None if ticket is None or ticket.is_deleted or ticket.is_closed else ticket


def _note(arrival: Arrival, ticket: Ticket, person: Handle, match: Match) -> None:
    item = arrival.item
    letter = Letter(
        arrival=arrival, introduction=Introduction(arrival.message), author=_house(item, person),
        forwarder=None, match=match, digest=None, flags=[SAID_ELSEWHERE], reopens=False,
    )  # fmt: skip
    draft = comment_of(letter, is_ours=True)
    draft.metadata["reply_channel"] = item.account.channel
    is_new = ticket.status == Status.NEW
    updated = update_ticket(
        actor=system_actor(letter.author.name, channel=item.account.channel, item=item.pk),
        ticket_id=ticket.pk, comment=draft,
        changes=TicketChanges(status=Status.OPEN) if is_new else None,
    )  # fmt: skip
    item.ticket, item.comment = updated, updated.comments.order_by("-id").first()
    item.fate = Fate.COMMENT
    note_awaited_files([letter])


def _house(item: InboundItem, person: Handle) -> User:
    """The account as a person: who of the house wrote there, the network does not say."""
    own = (str(person.kind), item.account.address)
    return find_or_create_people(names={own: item.account.name})[own]
