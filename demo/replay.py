"""The demo's stories told to the help desk through the same actions that real people use.

Every event happens at its own time (core.clock.frozen), in the order of time over all tickets, so
that numbers, histories and reports come out as if the month had really passed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from accounts.actions import find_or_create_customers
from accounts.actor import Actor, actor_for, customer_actor, system_actor
from accounts.models import Group, User
from core import clock, html
from core.storage import blobs
from demo import asides, files
from demo.macros import having_used
from demo.plan import CLOSES_AFTER_DAYS, PlannedTicket
from demo.stories.model import Message, Story
from macros.automations.compiled import compile_automation
from macros.models import Automation, Macro
from tickets import actions
from tickets.drafts import CommentDraft, NewFile, TicketChanges, TicketDraft
from tickets.files import sniff_content_type
from tickets.models import Status, TicketField

RATED_AFTER = timedelta(hours=7)
NOTICED_AFTER = timedelta(minutes=4)


@dataclass
class Cast:
    """Everybody and everything the stories name, by their keys."""

    users: dict[str, User]
    groups: dict[str, Group]
    fields: dict[str, TicketField]
    actors: dict[str, Actor] = field(default_factory=dict)
    ticket_ids: dict[str, int] = field(default_factory=dict)
    macros: list[Macro] = field(default_factory=list)

    def user(self, key: str) -> User:
        """A person by key, or by address when the story only has that."""
        if key not in self.users:
            email = key.removeprefix("cc:").lower()
            self.users[key] = find_or_create_customers(names_by_email={email: ""})[email]
        return self.users[key]

    def actor(self, key: str, channel: str) -> Actor:
        user = self.user(key)
        if user.is_customer:
            return customer_actor(user, channel=channel)
        if key not in self.actors:
            self.actors[key] = actor_for(user)
        return self.actors[key]


Event = tuple[datetime, int, Callable[[], object]]


def replay(planned: Sequence[PlannedTicket], cast: Cast, now: datetime) -> None:
    """Let everything happen, oldest first."""
    settled = {
        ticket.story.key: now - timedelta(minutes=ticket.message_minutes_ago[-1])
        for ticket in planned
    }
    events = [event for ticket in planned for event in _events(ticket, cast, now)]
    events += [event for ticket in planned for event in _links(ticket.story, cast, settled, now)]
    events += asides.events_of(planned, cast, now)
    for instant, _, happen in sorted(events, key=lambda event: event[:2]):
        with clock.frozen(instant):
            happen()


def _links(
    story: Story, cast: Cast, settled: dict[str, datetime], now: datetime
) -> Iterator[Event]:
    """The team lead links incidents to their problem, and merges, minutes after both are told."""
    for other, happen in ((story.problem, _link), (story.merged_into, _merge)):
        if other:
            noticed_at = max(settled[story.key], settled[other]) + NOTICED_AFTER
            yield min(noticed_at, now), 50, partial(happen, story, cast)


def _events(ticket: PlannedTicket, cast: Cast, now: datetime) -> Iterator[Event]:
    story = ticket.story
    times = [now - timedelta(minutes=minutes) for minutes in ticket.message_minutes_ago]
    yield times[0], 0, partial(_open, story, cast)
    for index, instant in enumerate(times[1:], start=1):
        yield instant, index, partial(_say, story, index, cast)
    if ticket.solved_minutes_ago is None:
        return
    solved_at = now - timedelta(minutes=ticket.solved_minutes_ago)
    # In the same second as the answer it came with, but after it.
    yield (
        max(solved_at, times[-1] if len(times) == 1 else solved_at),
        98,
        partial(_solve, story, cast),
    )
    if story.rating:
        rated_at = min(max(solved_at, times[-1]) + RATED_AFTER, now)
        yield rated_at, 99, partial(_rate, story, cast)
    if story.status == "closed":
        closed_at = min(solved_at + timedelta(days=CLOSES_AFTER_DAYS), now)
        yield max(closed_at, times[-1]), 100, partial(_close, story, cast)


def _open(story: Story, cast: Cast) -> None:
    first = story.messages[0]
    requester = cast.user(story.requester)
    cc_ids = tuple(cast.user(key).pk for key in story.ccs)
    ticket = actions.create_ticket(
        actor=_opener(story, cast),
        draft=TicketDraft(
            subject=story.subject, comment=_comment(story, 0, cast), requester_id=requester.pk,
            submitter_id=cast.user(first.author).pk, group_id=cast.groups[story.group].pk,
            channel=story.channel, language=story.language, type=story.type or "",
            priority=story.priority or "", tags=story.tags,
            custom_fields={str(cast.fields[k].pk): v for k, v in story.fields.items()},
            via_source=_source(story, requester), cc_ids=cc_ids,
            recipient="support@example.com" if story.channel == "email" else "",
            followup_source_id=cast.ticket_ids.get(story.follow_up_of or ""), is_silent=True,
        ),
    )  # fmt: skip
    cast.ticket_ids[story.key] = ticket.pk
    if len(story.messages) == 1 and (story.assignee or story.status != "new"):
        _settle(story, cast)


def _opener(story: Story, cast: Cast) -> Actor:
    """Agents open tickets themselves; what customers send comes through a channel of the system."""
    author = cast.user(story.messages[0].author)
    if author.is_customer:
        return system_actor(author.name, channel=story.channel)
    return cast.actor(story.messages[0].author, "web")


def _source(story: Story, requester: User) -> dict[str, object]:
    sender = {"name": requester.name}
    if story.channel == "email":
        sender["address"] = requester.email or ""
    return {"from": sender, "to": {}, "rel": None}


def _say(story: Story, index: int, cast: Cast) -> None:
    message = story.messages[index]
    actor = cast.actor(message.author, story.channel)
    if index == 1 and message.kind == "public" and not actor.is_customer:
        actor = having_used(actor, story, cast.macros)
    actions.update_ticket(
        actor=actor, ticket_id=cast.ticket_ids[story.key],
        changes=_changes_with(story, index, cast), comment=_comment(story, index, cast),
        is_silent=True,
    )  # fmt: skip


def _changes_with(story: Story, index: int, cast: Cast) -> TicketChanges:
    """What an agent sets while answering: takes the ticket, waits for the customer, or moves it
    on.
    """
    message = story.messages[index]
    author = cast.user(message.author)
    if author.is_customer or author.role == "light_agent":
        return TicketChanges()
    is_last = index == len(story.messages) - 1
    changes: dict[str, object] = {}
    if story.assignee:
        changes["assignee_id"] = cast.user(story.assignee).pk
    if is_last and story.status in ("open", "pending", "hold"):
        changes["status"] = story.status
    elif not is_last and message.kind == "public":
        follows = cast.user(story.messages[index + 1].author)
        changes["status"] = Status.PENDING if follows.is_customer else Status.OPEN
    return TicketChanges(**changes)  # type: ignore[arg-type]


def _settle(story: Story, cast: Cast) -> None:
    """Put a ticket nobody answered yet where the story leaves it."""
    changes: dict[str, object] = {}
    if story.assignee:
        changes["assignee_id"] = cast.user(story.assignee).pk
    if story.status in ("open", "pending", "hold"):
        changes["status"] = story.status
    if changes:
        actions.update_ticket(
            actor=cast.actor("lead", "web"), ticket_id=cast.ticket_ids[story.key],
            changes=TicketChanges(**changes), is_silent=True,  # type: ignore[arg-type]
        )  # fmt: skip


def _solve(story: Story, cast: Cast) -> None:
    agents = [m.author for m in story.messages if not cast.user(m.author).is_customer]
    solver = story.assignee or (agents[-1] if agents else "lead")
    if cast.user(solver).role == "light_agent":
        solver = "lead"
    actions.update_ticket(
        actor=cast.actor(solver, "web"), ticket_id=cast.ticket_ids[story.key],
        changes=TicketChanges(status=Status.SOLVED, assignee_id=cast.user(solver).pk),
        is_silent=True,
    )  # fmt: skip


def _rate(story: Story, cast: Cast) -> None:
    requester = cast.user(story.requester)
    actions.rate_ticket(
        actor=customer_actor(requester, channel="email"), ticket_id=cast.ticket_ids[story.key],
        is_good=story.rating == "good", comment=story.rating_comment,
    )  # fmt: skip


def _close(story: Story, cast: Cast) -> None:
    """What the stock automation would have done on that day."""
    automation = compile_automation(Automation.objects.get(key="close_solved"))
    actor = system_actor("Automation", **automation.cause)
    actions.close_tickets(actor=actor, ticket_ids=[cast.ticket_ids[story.key]])


def _link(story: Story, cast: Cast) -> None:
    if story.status == "closed":
        return
    problem_id = cast.ticket_ids[story.problem or ""]
    actions.update_ticket(
        actor=cast.actor("lead", "web"), ticket_id=cast.ticket_ids[story.key], is_silent=True,
        changes=TicketChanges(type="incident", problem_id=problem_id),
    )  # fmt: skip


def _merge(story: Story, cast: Cast) -> None:
    actions.merge_tickets(
        actor=cast.actor("lead", "web"), source_id=cast.ticket_ids[story.key],
        target_id=cast.ticket_ids[story.merged_into or ""],
    )  # fmt: skip


def _comment(story: Story, index: int, cast: Cast) -> CommentDraft:
    message = story.messages[index]
    author = cast.user(message.author)
    return CommentDraft(
        author_id=author.pk, body=message.body,
        html=html.sanitize(message.html) if message.html else "",
        is_public=message.kind == "public",
        channel=story.channel if author.is_customer else "web",
        files=tuple(_file(story, index, n, message) for n in range(len(message.attachments))),
        reopens=_waits_for_more(story, index),
    )  # fmt: skip


def _waits_for_more(story: Story, index: int) -> bool:
    """A thank-you at the end of a solved story leaves it solved."""
    return not (index == len(story.messages) - 1 and story.status in ("solved", "closed"))


def _file(story: Story, index: int, number: int, message: Message) -> NewFile:
    attachment = message.attachments[number]
    seed = int.from_bytes(hashlib.sha256(f"{story.key}/{index}/{number}".encode()).digest()[:4])
    content = files.make(attachment.kind, seed)
    return NewFile(
        key=blobs.keep(content), filename=attachment.filename,
        content_type=sniff_content_type(content[:512], attachment.filename), size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
