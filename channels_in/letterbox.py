"""The last part of the funnel: screened and matched messages become comments and tickets.

Who may do what on a ticket is weighed in `channels_in.trust`, what becomes of a message in
`channels_in.letters`, a colleague's reply in `channels_in.agent_mail`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from accounts.actions import find_or_create_people
from accounts.actor import Actor, system_actor
from accounts.addresses import canonical
from accounts.errors import NotPermitted
from accounts.models import User
from channels_in import agent_mail, echoes, side_mail, trust
from channels_in.accounts import own_addresses, split_tag
from channels_in.actions.awaited import note_arrivals
from channels_in.actions.awaited_files import note_awaited_files
from channels_in.actions.threads import note_heard_threads
from channels_in.adapters import Arrival, Writer, adapter_for
from channels_in.handles import handle_of, key_of, mail_key
from channels_in.introductions import Introduction
from channels_in.letters import Letter, comment_of, digest_of
from channels_in.matching import NO_MATCH, Match
from channels_in.messages import IncomingMessage
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.screening import Verdict
from channels_in.verification import lets_somebody_in
from core import clock, html, locks
from tickets.actions import add_unverified_participant, create_tickets, update_ticket
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import TicketError
from tickets.models import Channel, Comment, Ticket

logger = logging.getLogger(__name__)

PEOPLE_LIMIT = 48  # nobody makes hundreds of customers with one mail


def deliver(arrivals: Sequence[Arrival]) -> None:
    """Give every arrival its fate. Queries do not grow with the number of new tickets."""
    for channel, group in _by_channel(echoes.without(arrivals)).items():
        adapter = adapter_for(channel)
        if isinstance(adapter, Writer):
            adapter.write(group)
            continue
        proven = _proven(channel, group)
        verdicts = zip(proven, adapter.screen(proven), strict=True)
        passed = []
        for arrival, verdict in verdicts:
            if verdict.passes:
                passed.append(arrival if verdict.may_be_answered else arrival.unanswered())
            else:
                _set_fate(arrival.item, verdict)
        _write(channel, passed)


def deliver_past_screening(arrivals: Sequence[Arrival]) -> None:
    """The same for messages that a person has let through. They all have a sender."""
    for channel, group in _by_channel(arrivals).items():
        adapter = adapter_for(channel)
        if isinstance(adapter, Writer):
            adapter.write(group)
            continue
        for arrival in _proven(channel, group):
            _write(channel, [arrival])


def suspend(item: InboundItem, reason: str, detail: str = "") -> None:
    """Put an item into the suspended queue."""
    _set_fate(item, Verdict(Fate.SUSPENDED, reason, detail))


def _by_channel(arrivals: Sequence[Arrival]) -> dict[str, list[Arrival]]:
    groups: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        groups.setdefault(arrival.item.account.channel, []).append(arrival)
    return groups


def _proven(channel: str, arrivals: Sequence[Arrival]) -> list[Arrival]:
    proofs = adapter_for(channel).prove(arrivals)
    return [replace(a, proof=proof) for a, proof in zip(arrivals, proofs, strict=True)]


def _write(channel: str, arrivals: Sequence[Arrival]) -> None:
    # Two workers with two messages of one conversation: the second waits, and sees the first.
    locks.hold(name for arrival in arrivals for name in _thread_names(arrival.message))
    digests = {arrival.item.pk: digest_of(arrival) for arrival in arrivals}  # reads every byte
    passed = _without_twins(arrivals, digests)
    if not passed:
        return
    matches = adapter_for(channel).match(passed)
    introductions = _introductions(channel, passed, matches)
    people = find_or_create_people(names=_names(introductions))
    letters = [
        Letter(
            arrival=arrival, introduction=introduction, match=match,
            author=people[key_of(handle)],
            forwarder=people.get(mail_key(introduction.forwarder)),
            digest=digests[arrival.item.pk],
        )
        for arrival, introduction, match in zip(passed, introductions, matches, strict=True)
        if (handle := handle_of(introduction.message))
    ]  # fmt: skip
    tickets = _tickets_of(letters)
    fresh = [letter for letter in letters if not _add_to_ticket(letter, tickets)]
    _open_tickets(channel, fresh, people)
    note_arrivals(channel, letters, opened=fresh)
    note_heard_threads(letters)
    note_awaited_files(letters)


def _thread_names(message: IncomingMessage) -> Iterable[str]:
    """What connects a message with its neighbours: its own id, its parent's, the first one's."""
    ids = (message.message_id, *message.in_reply_to[:1], *message.references[:1],
           *message.references[-1:])  # fmt: skip
    names = [f"message:{known}" for known in ids if known]
    return [*names, f"conversation:{message.conversation}"] if message.conversation else names


def _without_twins(arrivals: Sequence[Arrival], digests: dict[int, str | None]) -> list[Arrival]:
    """Leave out what is a comment already: the same message by another mailbox or path."""
    wanted = [digest for digest in digests.values() if digest]
    known = {row.digest: row for row in Comment.objects.filter(digest__in=wanted)}
    beside = side_mail.known_digests(wanted)
    rest = []
    for arrival in arrivals:
        twin = known.get(digests[arrival.item.pk])
        if twin is None and digests[arrival.item.pk] in beside:
            arrival.item.ticket_id = beside[digests[arrival.item.pk] or ""]
            _set_fate(arrival.item, Verdict(Fate.DUPLICATE))
            continue
        if twin is None:
            rest.append(arrival)
            continue
        arrival.item.comment, arrival.item.ticket_id = twin, twin.ticket_id
        _set_fate(arrival.item, Verdict(Fate.DUPLICATE))
    return rest


def _introductions(
    channel: str, arrivals: Sequence[Arrival], matches: Sequence[Match]
) -> list[Introduction]:
    """A reply speaks for its sender; what opens a ticket may speak for somebody else."""
    introductions = {arrival.item.pk: Introduction(arrival.message) for arrival in arrivals}
    fresh = [a for a, match in zip(arrivals, matches, strict=True) if match.ticket_id is None]
    if fresh:
        spoken = adapter_for(channel).introduce(fresh)
        introductions |= {a.item.pk: words for a, words in zip(fresh, spoken, strict=True)}
    return [introductions[arrival.item.pk] for arrival in arrivals]


def _names(introductions: Sequence[Introduction]) -> dict[tuple[str, str], str]:
    """Every person the messages name, with the name they give: authors first, then CCs."""
    names: dict[tuple[str, str], str] = {}
    for introduction in introductions:
        if handle := handle_of(introduction.message):
            names[key_of(handle)] = names.get(key_of(handle)) or handle.name
        if introduction.forwarder:
            names.setdefault(mail_key(introduction.forwarder), "")
        for email in _cc_emails(introduction):
            names.setdefault(mail_key(email), "")
    return names


def _cc_emails(introduction: Introduction) -> list[str]:
    """Other people the author wrote to, without ourselves and machines, at most PEOPLE_LIMIT.

    Nobody is put in copy of a mail that lets somebody into an account (attack 8).
    """
    message = introduction.message
    if not message.may_be_answered or lets_somebody_in(message.subject, message.text):
        return []
    own = own_addresses()
    sender = canonical(message.sender.email) if message.sender else ""
    emails = dict.fromkeys(canonical(address.email) for address in (*message.to, *message.cc))
    others = [
        email
        for email in emails
        if email not in (sender, introduction.forwarder)
        and "@" in email
        and split_tag(email)[0] not in own
        and len(email) < 255
    ]
    return others[:PEOPLE_LIMIT]


def _tickets_of(letters: Sequence[Letter]) -> dict[int, Ticket]:
    """The tickets that letters belong to, merged ones replaced by where they went."""
    wanted = {letter.match.ticket_id for letter in letters if letter.match.ticket_id}
    tickets = Ticket.objects.select_related("merged_into", "requester", "assignee")
    return {pk: _final(ticket) for pk, ticket in tickets.in_bulk(wanted).items()}


def _final(ticket: Ticket) -> Ticket:
    seen = {ticket.pk}
    while ticket.merged_into and ticket.merged_into.pk not in seen:
        ticket = ticket.merged_into
        seen.add(ticket.pk)
    return ticket


def _add_to_ticket(letter: Letter, tickets: dict[int, Ticket]) -> bool:
    """Append a reply to its ticket. False when it has to become a ticket of its own."""
    if letter.match.side_id:
        letter.item.ticket_id = side_mail.submit(letter)
        _set_fate(letter.item, Verdict(Fate.COMMENT))
        return True
    ticket = tickets.get(letter.match.ticket_id or 0)
    if ticket is None or ticket.is_deleted:
        letter.match = NO_MATCH
        return False
    if trust.is_agents_word(letter, ticket):
        _submit_for_agent(letter, ticket)
        return True
    if ticket.is_closed:
        letter.match = Match(ticket.pk)  # the follow-up's source, a merged ticket's target
        return False
    trust.weigh(letter, ticket)
    if "unverified_sender" in letter.flags:
        add_unverified_participant(ticket=ticket, user=letter.author)
    with clock.frozen(letter.came_at):
        updated = update_ticket(
            actor=_actor(letter), ticket_id=ticket.pk, comment=comment_of(letter),
            is_silent=letter.is_old,
        )  # fmt: skip
    _became(letter.item, updated, updated.comments.order_by("-id").first())
    return True


def _submit_for_agent(letter: Letter, ticket: Ticket) -> None:
    """An agent's reply, or the suspended queue with the reason why it cannot be carried out."""
    try:
        with clock.frozen(letter.came_at):
            updated = agent_mail.submit(letter, ticket)
    except (NotPermitted, TicketError) as error:
        letter.item.ticket = ticket
        suspend(letter.item, Reason.AGENT_REFUSED, str(error))
        return
    _became(letter.item, updated, updated.comments.order_by("-id").first())


def _open_tickets(
    channel: str, letters: Sequence[Letter], people: dict[tuple[str, str], User]
) -> None:
    if not letters:
        return
    for letter in letters:
        trust.weigh_first(letter)
    actor = system_actor("The mail funnel", channel=channel)
    drafts = [_ticket(channel, letter, people) for letter in letters]
    tickets = create_tickets(actor=actor, drafts=drafts)
    first = {
        comment.ticket_id: comment
        for comment in Comment.objects.filter(ticket__in=tickets).only("id", "ticket_id")
    }
    for letter, ticket in zip(letters, tickets, strict=True):
        _became(letter.item, ticket, first.get(ticket.pk))
        if letter.forwarder and letter.introduction.note:
            _add_note(letter, ticket)


def _ticket(channel: str, letter: Letter, people: dict[tuple[str, str], User]) -> TicketDraft:
    message, item, author = letter.message, letter.item, letter.author
    handle = handle_of(message)
    assert handle is not None  # noqa: S101  screening lets nothing pass without one
    keys = [mail_key(email) for email in _cc_emails(letter.introduction)]
    ccs = [people[key].pk for key in keys if key in people]
    source = {"address": handle.value, "name": handle.name}
    if message.url:
        source["url"] = message.url
    return TicketDraft(
        subject=message.subject or item.preview[:100],
        comment=comment_of(letter), requester_id=author.pk,
        submitter_id=letter.forwarder.pk if letter.forwarder else None,
        group_id=item.account.group_id, channel=channel,
        recipient="" if channel == Channel.WEB else item.account.address,  # answered by mail
        form_id=message.form_id, custom_fields=dict(message.custom_fields),
        language=author.language or handle.language or item.account.language,
        via_source={
            "from": source,
            "to": {"address": item.account.address, "name": item.account.name},
            "rel": "follow_up" if letter.match.ticket_id else None,
        },
        cc_ids=tuple(pk for pk in ccs if pk != author.pk),
        followup_source_id=letter.match.ticket_id, is_silent=letter.is_old,
        created_at=letter.came_at if letter.is_old else None,
    )  # fmt: skip


def _add_note(letter: Letter, ticket: Ticket) -> None:
    """What a colleague wrote above the mail they forwarded: for colleagues only."""
    assert letter.forwarder is not None  # noqa: S101  the caller looked
    text = letter.introduction.note
    note = CommentDraft(
        author_id=letter.forwarder.pk,
        body=text,
        html=html.from_text(text),
        is_public=False,
        channel=letter.item.account.channel,
    )
    with clock.frozen(letter.came_at):
        update_ticket(actor=_actor(letter), ticket_id=ticket.pk, comment=note, is_silent=True)


def _actor(letter: Letter) -> Actor:
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
