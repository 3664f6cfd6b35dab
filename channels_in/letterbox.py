"""The last part of the funnel: screened and matched messages become comments and tickets."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from accounts.actions import find_or_create_customers
from accounts.actor import Actor, system_actor
from accounts.models import User
from channels_in.accounts import own_addresses
from channels_in.adapters import Arrival, adapter_for
from channels_in.matching import NO_MATCH, Match
from channels_in.messages import IncomingAttachment, IncomingMessage
from channels_in.models import Fate, InboundItem
from channels_in.receive import IMPORT
from channels_in.screening import Verdict
from core import clock, html
from core.storage import blobs
from tickets.actions import add_unverified_participant, create_tickets, update_ticket
from tickets.drafts import CommentDraft, NewFile, TicketDraft
from tickets.files import clean_filename, sniff_content_type
from tickets.models import Comment, Participant, Ticket

logger = logging.getLogger(__name__)

FIRST_MAIL = datetime(1990, 1, 1, tzinfo=UTC)  # an older date in a mail is a broken clock's
PEOPLE_LIMIT = 48  # nobody makes hundreds of customers with one mail


@dataclass(slots=True)
class _Letter:
    """An arrival on its way: who wrote it, where it goes."""

    arrival: Arrival
    author: User
    match: Match
    digest: str | None

    @property
    def message(self) -> IncomingMessage:
        return self.arrival.message

    @property
    def item(self) -> InboundItem:
        return self.arrival.item

    @property
    def is_old(self) -> bool:
        """Whether it was imported: people must not be told of it as if it had come today."""
        return bool(self.item.envelope.get("via") == IMPORT)

    @property
    def came_at(self) -> datetime:
        """Now, or for imported mail the time it says it was sent, if that can be true."""
        sent_at = self.message.date
        now = clock.now()
        return sent_at if self.is_old and sent_at and FIRST_MAIL < sent_at < now else now


def deliver(arrivals: Sequence[Arrival]) -> None:
    """Give every arrival its fate. Queries do not grow with the number of new tickets."""
    by_channel: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        by_channel.setdefault(arrival.item.account.channel, []).append(arrival)
    for channel, group in by_channel.items():
        _deliver_channel(channel, group)


def suspend(item: InboundItem, reason: str, detail: str = "") -> None:
    """Put an item into the suspended queue."""
    _set_fate(item, Verdict(Fate.SUSPENDED, reason, detail))


def _deliver_channel(channel: str, arrivals: Sequence[Arrival]) -> None:
    passed: list[Arrival] = []
    for arrival, verdict in zip(arrivals, adapter_for(channel).screen(arrivals), strict=True):
        if verdict.passes:
            passed.append(arrival)
        else:
            _set_fate(arrival.item, verdict)
    _write(channel, passed)


def deliver_past_screening(arrivals: Sequence[Arrival]) -> None:
    """The same for messages that a person has let through. They all have a sender."""
    for arrival in arrivals:
        _write(arrival.item.account.channel, [arrival])


def _write(channel: str, arrivals: Sequence[Arrival]) -> None:
    adapter = adapter_for(channel)
    digests = {arrival.item.pk: _digest(arrival) for arrival in arrivals}  # reads every byte: once
    passed = _without_twins(arrivals, digests)
    if not passed:
        return
    people = find_or_create_customers(names_by_email=_names(passed))
    letters = [
        _Letter(
            arrival, people[arrival.message.sender.email.lower()], match, digests[arrival.item.pk]
        )
        for arrival, match in zip(passed, adapter.match(passed), strict=True)
        if arrival.message.sender
    ]
    tickets = _tickets_of(letters)
    fresh = [letter for letter in letters if not _add_to_ticket(letter, tickets)]
    _open_tickets(channel, fresh, people)


def _without_twins(arrivals: Sequence[Arrival], digests: dict[int, str | None]) -> list[Arrival]:
    """Leave out what is a comment already: the same message by another mailbox or path."""
    wanted = [digest for digest in digests.values() if digest]
    known = {row.digest: row for row in Comment.objects.filter(digest__in=wanted)}
    rest = []
    for arrival in arrivals:
        twin = known.get(digests[arrival.item.pk])
        if twin is None:
            rest.append(arrival)
            continue
        arrival.item.comment, arrival.item.ticket_id = twin, twin.ticket_id
        _set_fate(arrival.item, Verdict(Fate.DUPLICATE))
    return rest


def _digest(arrival: Arrival) -> str | None:
    """What a message is recognised by on its second way here; None without an id of its own.

    The id alone will not do: broken programs give the same one to different messages.
    """
    message = arrival.message
    if not message.message_id or not message.sender:
        return None
    parts = [
        message.message_id, message.sender.email.lower(), message.subject,
        str(message.date or ""), message.text, *(file.sha256 for file in message.attachments),
    ]  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _names(arrivals: Sequence[Arrival]) -> dict[str, str]:
    """Every person the messages name, with the name they give: senders first, then CCs."""
    names: dict[str, str] = {}
    for arrival in arrivals:
        message = arrival.message
        if message.sender:
            email = message.sender.email.lower()
            names[email] = names.get(email) or message.sender.name
        for email in _cc_emails(arrival):
            names.setdefault(email, "")
    return names


def _cc_emails(arrival: Arrival) -> list[str]:
    """Other people the sender wrote to, without ourselves and machines, at most PEOPLE_LIMIT."""
    message = arrival.message
    if not message.may_be_answered:
        return []
    own = own_addresses()
    sender = message.sender.email.lower() if message.sender else ""
    emails = dict.fromkeys(address.email.lower() for address in (*message.to, *message.cc))
    others = [
        email
        for email in emails
        if email != sender and "@" in email and _without_tag(email) not in own and len(email) < 255
    ]
    return others[:PEOPLE_LIMIT]


def _without_tag(email: str) -> str:
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _tickets_of(letters: Sequence[_Letter]) -> dict[int, Ticket]:
    """The tickets that letters belong to, merged ones replaced by where they went."""
    wanted = {letter.match.ticket_id for letter in letters if letter.match.ticket_id}
    tickets = Ticket.objects.select_related("merged_into").in_bulk(wanted)
    return {pk: _final(ticket) for pk, ticket in tickets.items()}


def _final(ticket: Ticket) -> Ticket:
    seen = {ticket.pk}
    while ticket.merged_into and ticket.merged_into.pk not in seen:
        ticket = ticket.merged_into
        seen.add(ticket.pk)
    return ticket


def _add_to_ticket(letter: _Letter, tickets: dict[int, Ticket]) -> bool:
    """Append a reply to its ticket. False when it has to become a ticket of its own."""
    ticket = tickets.get(letter.match.ticket_id or 0)
    if ticket is None or ticket.is_deleted:
        letter.match = NO_MATCH
        return False
    if ticket.is_closed:
        letter.match = Match(ticket.pk)  # the follow-up's source, a merged ticket's target
        return False
    is_known = _takes_part(ticket, letter.author)
    if not is_known and letter.match.holder_id != letter.author.pk:
        add_unverified_participant(ticket=ticket, user=letter.author)
        flags = ["unverified_sender"]
    else:
        flags = []
    with clock.frozen(letter.came_at):
        updated = update_ticket(
            actor=_actor(letter), ticket_id=ticket.pk, comment=_comment(letter, flags),
            is_silent=letter.is_old,
        )  # fmt: skip
    comment = updated.comments.order_by("-id").first()
    _became(letter.item, updated, comment)
    return True


def _takes_part(ticket: Ticket, person: User) -> bool:
    if person.pk in (ticket.requester_id, ticket.submitter_id):
        return True
    return Participant.objects.filter(ticket=ticket, user=person, is_accepted=True).exists()


def _open_tickets(channel: str, letters: Sequence[_Letter], people: dict[str, User]) -> None:
    if not letters:
        return
    drafts = [_ticket(channel, letter, people) for letter in letters]
    actor = system_actor("The mail funnel", channel=channel)
    tickets = create_tickets(actor=actor, drafts=drafts)
    first = {
        comment.ticket_id: comment
        for comment in Comment.objects.filter(ticket__in=tickets).only("id", "ticket_id")
    }
    for letter, ticket in zip(letters, tickets, strict=True):
        _became(letter.item, ticket, first.get(ticket.pk))


def _ticket(channel: str, letter: _Letter, people: dict[str, User]) -> TicketDraft:
    message, item, author = letter.message, letter.item, letter.author
    assert message.sender is not None  # noqa: S101  screening lets nothing pass without one
    ccs = [people[email].pk for email in _cc_emails(letter.arrival) if email in people]
    return TicketDraft(
        subject=message.subject, comment=_comment(letter, []), requester_id=author.pk,
        group_id=item.account.group_id, channel=channel, recipient=item.account.address,
        via_source={
            "from": {"address": message.sender.email, "name": message.sender.name},
            "to": {"address": item.account.address, "name": item.account.name},
            "rel": "follow_up" if letter.match.ticket_id else None,
        },
        cc_ids=tuple(pk for pk in ccs if pk != author.pk),
        followup_source_id=letter.match.ticket_id, is_silent=letter.is_old,
        created_at=letter.came_at if letter.is_old else None,
    )  # fmt: skip


def _comment(letter: _Letter, flags: list[str]) -> CommentDraft:
    message = letter.message
    metadata: dict[str, object] = {"audit": {"inbound_item": letter.item.pk}}
    if author_flags := [*flags, *(["is_staff_address"] if letter.author.is_staff_member else [])]:
        metadata["flags"] = author_flags
    return CommentDraft(
        author_id=letter.author.pk, body=message.text,
        html=html.sanitize(message.html) if message.html else "",
        reply_text=message.reply_text, channel=letter.item.account.channel,
        message_id=(message.message_id or "")[:255] or None, digest=letter.digest,
        files=tuple(_kept(file) for file in message.attachments), metadata=metadata,
        reopens=not message.is_auto_reply, may_be_answered=message.may_be_answered,
    )  # fmt: skip


def _kept(file: IncomingAttachment) -> NewFile:
    return NewFile(
        key=blobs.keep(file.content), filename=clean_filename(file.filename),
        content_type=_content_type(file), size=file.size, sha256=file.sha256,
        content_id=file.content_id or "", is_inline=file.is_inline,
    )  # fmt: skip


def _content_type(file: IncomingAttachment) -> str:
    """What the bytes are; the sender's word counts only where the bytes do not say."""
    sniffed = sniff_content_type(file.content[:512], file.filename)
    claimed = file.content_type.lower()
    is_harmless = claimed.startswith(("text/calendar", "message/", "text/plain", "audio/"))
    return claimed if sniffed == "application/octet-stream" and is_harmless else sniffed


def _actor(letter: _Letter) -> Actor:
    channel = letter.item.account.channel
    return system_actor(letter.author.display_name, channel=channel, item=letter.item.pk)


def _became(item: InboundItem, ticket: Ticket, comment: Comment | None) -> None:
    item.ticket, item.comment = ticket, comment
    _set_fate(item, Verdict(Fate.COMMENT))


def _set_fate(item: InboundItem, verdict: Verdict) -> None:
    item.fate, item.reason, item.detail = verdict.fate, verdict.reason, verdict.detail[:500]
    logger.info(
        "inbound.done",
        extra={"item": item.pk, "fate": item.fate, "reason": item.reason, "ticket": item.ticket_id},
    )
