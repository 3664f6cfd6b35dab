"""A customer's browser, a request of theirs, and words on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.actor import system_actor
from accounts.models import User
from tests.factories import sign_in
from tickets.actions import close_tickets, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Comment, Ticket


def client_of(user: User) -> Client:
    """A browser in which `user` has signed in."""
    return sign_in(Client(), user)


def close(ticket: Ticket) -> None:
    close_tickets(actor=system_actor("tests"), ticket_ids=[ticket.pk])


@pytest.fixture(autouse=True)
def no_limits_reached(clean_cache: None) -> None:
    """Every test begins with nothing counted against anybody."""


@pytest.fixture
def carols(carol: User) -> Client:
    return client_of(carol)


@pytest.fixture
def ticket(make_ticket: Callable[..., Ticket]) -> Ticket:
    return make_ticket(subject="Where is my parcel?", body="It did not come.")


@pytest.fixture
def say(as_actor) -> Callable[..., Comment]:
    """`say(alice, ticket, "text", is_public=False, status="solved")` → the comment."""

    def write(who: User, ticket: Ticket, text: str, *, is_public: bool = True, html: str = "",
              files: tuple[int, ...] = (), **changes: object) -> Comment:  # fmt: skip
        draft = CommentDraft(
            author_id=who.pk, body=text, html=html, is_public=is_public, upload_ids=files
        )
        update_ticket(
            actor=as_actor(who), ticket_id=ticket.pk, changes=TicketChanges(**changes),
            comment=draft,
        )  # fmt: skip
        return ticket.comments.latest("id")

    return write
