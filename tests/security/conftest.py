"""A small world for attacks: one ticket with everything in it that must not leak."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from accounts.models import User
from channels_in.actions.request_forms import RequestFormDraft, save_request_form
from tests import factories
from tests.factories import Cast, as_actor
from tickets.actions import (
    create_ticket_field,
    create_view,
    keep_upload,
    rate_ticket,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Attachment, Ticket, TicketField, View

SECRET = "zebra-secret"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class World:
    """`ticket` is carol's, in Billing, assigned to bob; dave is in CC. Its note has the SECRET."""

    ticket: Ticket
    public_file: Attachment
    secret_file: Attachment
    field: TicketField
    view: View
    people: dict[str, User | None]
    sessions: dict[int, str]  # of each person, begun once: a request costs less than a sign-in


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In each module first what wants no world: later it would find one that stands already."""
    here = [place for place, item in enumerate(items) if item.path.parent == HERE]
    ordered = sorted((items[place] for place in here), key=_in_module_by_world)
    for place, item in zip(here, ordered, strict=True):
        items[place] = item


def _in_module_by_world(item: pytest.Item) -> tuple[str, bool]:
    return item.path.name, "world" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, World]]:
    """One world for a module: what a test does to it is rolled back to this savepoint."""
    outer = transaction.atomic()
    with django_db_blocker.unblock():
        outer.__enter__()
        cast = Cast()
        world = build_world(cast)
    yield cast, world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def cast(db: None, request: pytest.FixtureRequest) -> Cast:
    """The people of the world, where there is one."""
    return request.getfixturevalue("own_copy")[0] if "world" in request.fixturenames else Cast()


@pytest.fixture
def world(own_copy: tuple[Cast, World]) -> World:
    return own_copy[1]


@pytest.fixture
def own_copy(standing: tuple[Cast, World], db: None) -> tuple[Cast, World]:
    """What a test may change in memory, too."""
    return deepcopy(standing)


def build_world(cast: Cast) -> World:
    narrow = factories.make_user("Gina Groups", "agent", groups=[cast.support])
    User.objects.filter(pk=narrow.pk).update(ticket_access="groups")
    narrow.refresh_from_db()
    ticket = factories.make_ticket(
        requester=cast.carol, assignee_id=cast.bob.pk, cc_ids=(cast.dave.pk,), tags=(SECRET,),
        body="public word",
    )  # fmt: skip
    agent = as_actor(cast.bob)
    public_file, secret_file = (
        keep_upload(actor=agent, file=ContentFile(b"bytes"), filename=name)
        for name in ("public.txt", "secret.txt")
    )
    for is_public, text, file in [
        (True, "a public answer", public_file), (False, SECRET, secret_file),
    ]:  # fmt: skip
        update_ticket(
            actor=agent, ticket_id=ticket.pk, changes=TicketChanges(status="pending"),
            comment=CommentDraft(
                author_id=cast.bob.pk, body=text, is_public=is_public, upload_ids=(file.pk,)
            ),
        )  # fmt: skip
    rate_ticket(actor=as_actor(cast.carol), ticket_id=ticket.pk, is_good=True)
    admin = as_actor(cast.admin)
    field = create_ticket_field(actor=admin, key="risk", title="Risk", type="text")
    view = create_view(
        actor=admin, title="Pending",
        conditions={"all": [{"field": "status", "operator": "is", "value": "pending"}]},
    )  # fmt: skip
    save_request_form(actor=admin, draft=RequestFormDraft("Contact us", "contact"))
    ticket.refresh_from_db()
    people = {
        "anonymous": None, "customer": cast.carol, "cc": cast.dave, "stranger": cast.mallory,
        "light agent": cast.lightly, "agent": cast.bob, "other agent": cast.alice,
        "agent of another group": narrow, "lead": cast.lead, "admin": cast.admin,
    }  # fmt: skip
    return World(
        ticket=ticket, public_file=public_file, secret_file=secret_file, field=field, view=view,
        people=people,
        sessions={person.pk: _session_of(person) for person in people.values() if person},
    )  # fmt: skip


def _session_of(person: User) -> str:
    return factories.sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
