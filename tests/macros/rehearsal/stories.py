"""Random lives of a ticket, told through the real write path, with what each submit left behind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import Group, User
from core import clock
from tests.factories import SETUP, as_actor, make_ticket
from tickets.actions import (
    create_ticket_field,
    delete_ticket,
    offer_rating,
    rate_ticket,
    release_due_comment,
    restore_ticket,
    take_back_comment,
    update_ticket,
)
from tickets.actions.columns import columns_of
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import TicketError
from tickets.models import Audit, Comment, Ticket

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
# Of these a past knows nothing: bookkeeping of lists and exports, and what clocks compute.
UNKNOWN = ("generated_at", "preview", "sla_next_breach_at", "merged_into_id")


class Story:
    """One ticket and its people; `left` has the ticket's columns after each audit, by its id."""

    def __init__(self, seed: int, people: list[User], customers: list[User], groups: list[Group]):
        self.rng = random.Random(seed)
        self.people, self.customers, self.groups = people, customers, groups
        self.field = create_ticket_field(
            actor=SETUP, key=f"color{seed}", title="Color", type="text", options=[]
        )
        self.minute = 0
        self.left: dict[int, dict[str, Any]] = {}
        self.after_release: list[dict[str, Any]] = []
        self.ticket = self._open()

    def live(self, submits: int) -> None:
        for _ in range(submits):
            step = self.rng.choice(_STEPS)
            self.minute += self.rng.choice((0, 1, 7, 200, 2000))
            with self._now(), self._noted():
                step(self)
        self.minute += 5_000
        with self._now():
            self._release()

    def _open(self) -> Ticket:
        rng, carol = self.rng, self.customers[0]
        given: dict[str, Any] = {"priority": rng.choice(("", "high")), "tags": ("red",)}
        if rng.random() < 0.5:
            given |= {"assignee_id": self.people[0].pk, "status": rng.choice(("open", "pending"))}
        author = rng.choice((None, self.people[0]))
        actor = as_actor(author) if author else None
        with self._now():
            ticket = make_ticket(
                requester=carol, actor=actor, author=author, is_public=rng.random() < 0.7, **given
            )
        self.left[Audit.objects.get(ticket=ticket).pk] = columns_of(_fresh(ticket))
        return ticket

    @property
    def ends_at(self) -> datetime:
        return MONDAY + timedelta(minutes=self.minute)

    @contextmanager
    def _now(self) -> Iterator[None]:
        with clock.frozen(MONDAY + timedelta(minutes=self.minute)):
            yield

    @contextmanager
    def _noted(self) -> Iterator[None]:
        self._release()
        last = Audit.objects.latest("id").pk
        yield
        new = Audit.objects.filter(ticket=self.ticket, pk__gt=last).order_by("id")
        assert new.count() <= 1
        for audit in new:
            self.left[audit.pk] = columns_of(_fresh(self.ticket))

    def _release(self) -> None:
        due = Comment.objects.filter(ticket=self.ticket, is_public=True, metadata__has_key="waits")
        for comment in due.filter(send_at__lte=clock.now()).order_by("send_at", "id"):
            with clock.frozen(comment.send_at):
                release_due_comment(comment_id=comment.pk)
            self.after_release.append(columns_of(_fresh(self.ticket)))

    def submit(self, person: User, *, channel: str = "web", comment: Any = None, **changes: Any):
        with suppress(TicketError):  # a closed or deleted ticket, a transition that is not allowed
            update_ticket(
                actor=as_actor(person, channel=channel), ticket_id=self.ticket.pk,
                changes=TicketChanges(**changes), comment=comment,
            )  # fmt: skip


def _fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def _says(story: Story, person: User, *, is_public: bool = True) -> CommentDraft:
    return CommentDraft(author_id=person.pk, body=story.rng.choice(("Hello", "Refund")),
                        is_public=is_public)  # fmt: skip


def _customer_writes(story: Story) -> None:
    person = story.rng.choice(story.customers[:1])
    story.submit(person, channel="email", comment=_says(story, person))


def _agent_answers(story: Story) -> None:
    person = story.rng.choice(story.people)
    more = story.rng.choice(({}, {"status": "pending"}, {"status": "solved"}))
    channel = story.rng.choice(("web", "api"))
    story.submit(person, channel=channel, comment=_says(story, person), **more)


def _agent_notes(story: Story) -> None:
    person = story.rng.choice(story.people)
    story.submit(person, comment=_says(story, person, is_public=False))


def _agent_changes(story: Story) -> None:
    rng, person = story.rng, story.rng.choice(story.people)
    changes = rng.choice((
        {"status": rng.choice(("open", "pending", "hold", "solved"))},
        {"priority": rng.choice(("", "low", "urgent"))},
        {"tags": tuple(rng.sample(("red", "green", "blue"), 2))},
        {"group_id": rng.choice(story.groups).pk},
        {"assignee_id": rng.choice((None, *(each.pk for each in story.people)))},
        {"custom_fields": {str(story.field.pk): rng.choice(("", "dark", "light"))}},
        {"requester_id": rng.choice(story.customers).pk},
        {"subject": rng.choice(("One", "Two"))},
        {"type": "task", "due_at": MONDAY + timedelta(days=9)},
    ))  # fmt: skip
    story.submit(person, **changes)


def _takes_back(story: Story) -> None:
    waiting = Comment.objects.filter(ticket=story.ticket, send_at__gt=clock.now()).first()
    if waiting:
        take_back_comment(actor=as_actor(story.people[0]), comment_id=waiting.pk)


def _goes_and_comes(story: Story) -> None:
    act = restore_ticket if _fresh(story.ticket).is_deleted else delete_ticket
    act(actor=SETUP, ticket_id=story.ticket.pk)


def _is_rated(story: Story) -> None:
    ticket = _fresh(story.ticket)
    if ticket.is_deleted:
        return
    if ticket.satisfaction == "unoffered":
        offer_rating(actor=SETUP, ticket_id=ticket.pk)
    else:
        rate_ticket(actor=SETUP, ticket_id=ticket.pk, is_good=story.rng.random() < 0.5)


_STEPS = (_customer_writes, _customer_writes, _agent_answers, _agent_answers, _agent_notes,
          _agent_changes, _agent_changes, _agent_changes, _takes_back, _goes_and_comes,
          _is_rated)  # fmt: skip
