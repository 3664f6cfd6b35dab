"""What the agents settle with others beside their tickets: a carrier, a maker, a colleague."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from accounts.actions import find_or_create_customers
from accounts.actor import system_actor
from core.html import from_text
from demo.plan import PlannedTicket
from tickets import actions
from tickets.models import Channel, Delivery, SideConversation

if TYPE_CHECKING:
    from demo.replay import Cast, Event


@dataclass(frozen=True)
class Word:
    """A message, `after` minutes later than the one before. `is_ours`: of the agent who asks."""

    after: float
    body: str
    is_ours: bool = True


@dataclass(frozen=True)
class Aside:
    """A conversation by mail, begun after a message of a story."""

    story: str
    follows: int
    agent: str
    address: str
    name: str
    subject: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Child:
    """A part of a story that somebody else is asked for."""

    story: str
    follows: int
    agent: str
    group: str
    assignee: str
    subject: str
    body: str


ASIDES = (
    Aside(
        "delivered-nothing-here", 1, "priya", "tracing@parcelway.example", "Parcelway tracing desk",
        "Proof of delivery for BC-2026-117744",
        (
            Word(3, "Hello,\n\nplease send us the GPS position and the signature for this "
                    "delivery. The recipient was at work at the time you state.\n\n"
                    "Priya Nair, BrightCart"),
            Word(940, "Dear Ms Nair,\n\nthe scan was made 400 m from the address. No signature "
                      "was taken, the driver confirmed with his own name. We accept the "
                      "claim.\n\nKlara, Parcelway tracing desk", is_ours=False),
            Word(25, "Thank you, Klara. Please send the claim number, we need it for our books."),
        ),
    ),
    Aside(
        "cracked-hob", 1, "bob", "warranty@kviik.example", "Kviik warranty",
        "Cracked hob, serial K23-0417: your decision, please",
        (
            Word(4, "Hello,\n\na hob of batch K23 cracked from corner to corner three days after "
                    "it was fitted. Photos and serial number are with you since today. A small "
                    "child lives there: we need an answer within two working days.\n\n"
                    "Bob Okafor, BrightCart"),
            Word(310, "Hi Bob,\n\nK23 is known to us. The case is with quality; you will have it "
                      "on paper this week.\n\nJens, Kviik", is_ours=False),
        ),
    ),
)  # fmt: skip
CHILD = Child(
    "double-charge-october", 2, "alice", "Support", "bob",
    "Corrected invoice for BC-2026-118203, today",
    "Hi Bob,\n\nthe second capture is voided. Could you let the books issue the corrected October "
    "invoice for Northwind? Their accounts close the month tomorrow.\n\nAlice",
)  # fmt: skip


def events_of(planned: Sequence[PlannedTicket], cast: Cast, now: datetime) -> Iterator[Event]:
    """Each at its own time, so that tickets and their lists show them where they belong."""
    times = {ticket.story.key: ticket.message_minutes_ago for ticket in planned}
    for aside in ASIDES:
        made: dict[str, SideConversation] = {}
        at = _after(times, aside.story, aside.follows, now)
        for place, word in enumerate(aside.words):
            at += timedelta(minutes=word.after)
            yield min(at, now), 60 + place, partial(_say, aside, word, cast, made)
    at = _after(times, CHILD.story, CHILD.follows, now) + timedelta(minutes=2)
    yield min(at, now), 60, partial(_open_child, cast)


def _after(
    times: Mapping[str, Sequence[float]], story: str, message: int, now: datetime
) -> datetime:
    return now - timedelta(minutes=times[story][message])


def _say(aside: Aside, word: Word, cast: Cast, made: dict[str, SideConversation]) -> None:
    agent = cast.actor(aside.agent, "web")
    draft = actions.SideDraft(body=word.body, html=from_text(word.body))
    if not made:
        made["it"] = actions.open_side_conversation(
            actor=agent, ticket_id=cast.ticket_ids[aside.story], subject=aside.subject,
            message=actions.SideDraft(draft.body, draft.html, to={aside.address: aside.name}),
            reopens_ticket=False,  # it waits where its story leaves it
        )  # fmt: skip
    elif word.is_ours:
        actions.reply_in_side_conversation(actor=agent, uuid=made["it"].uuid, message=draft)
    else:
        author = find_or_create_customers(names_by_email={aside.address: ""})[aside.address]
        actions.hear_side_message(
            actor=system_actor("Mail", channel=Channel.EMAIL), conversation_id=made["it"].pk,
            message=actions.HeardMessage(author=author, body=word.body, html=from_text(word.body)),
        )  # fmt: skip
    _let_leave()


def _let_leave() -> None:
    """What was written went out at once, and is not sent when the demo runs."""
    waiting = Delivery.objects.filter(side_message__isnull=False, state="queued")
    actions.mark_sent(deliveries=list(waiting))


def _open_child(cast: Cast) -> None:
    actions.open_child_ticket(
        actor=cast.actor(CHILD.agent, "web"), ticket_id=cast.ticket_ids[CHILD.story],
        draft=actions.ChildDraft(
            subject=CHILD.subject, body=CHILD.body, html=from_text(CHILD.body),
            group_id=cast.groups[CHILD.group].pk, assignee_id=cast.user(CHILD.assignee).pk,
        ),
    )  # fmt: skip
