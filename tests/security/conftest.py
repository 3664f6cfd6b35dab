"""A small world for attacks: one ticket with everything in it that must not leak."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from tests import factories
from tests.factories import as_actor
from tickets.actions import (
    create_ticket_field,
    create_view,
    keep_upload,
    merge_tickets,
    rate_ticket,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Attachment, Comment, Ticket, TicketField, View

SECRET = "zebra-secret"


@dataclass(frozen=True)
class World:
    """`ticket` is carol's, in Billing, assigned to bob; dave is in CC. Its note has the SECRET."""

    ticket: Ticket
    public_file: Attachment
    secret_file: Attachment
    field: TicketField
    view: View
    people: dict[str, User | None]


@pytest.fixture
def world(
    make_ticket, carol, dave, mallory, alice, bob, admin, lightly, lead, billing, support
) -> World:
    narrow = factories.make_user("Gina Groups", "agent", groups=[support])
    User.objects.filter(pk=narrow.pk).update(ticket_access="groups")
    narrow.refresh_from_db()
    ticket = make_ticket(assignee_id=bob.pk, cc_ids=(dave.pk,), tags=(SECRET,), body="public word")
    public_file, secret_file = (
        keep_upload(actor=as_actor(bob), file=ContentFile(b"bytes"), filename=name)
        for name in ("public.txt", "secret.txt")
    )
    for is_public, text, file in [
        (True, "a public answer", public_file), (False, SECRET, secret_file),
    ]:  # fmt: skip
        update_ticket(
            actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(status="pending"),
            comment=CommentDraft(
                author_id=bob.pk, body=text, is_public=is_public, upload_ids=(file.pk,)
            ),
        )  # fmt: skip
    rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=True)
    field = create_ticket_field(actor=as_actor(admin), key="risk", title="Risk", type="text")
    view = create_view(
        actor=as_actor(admin), title="Pending",
        conditions={"all": [{"field": "status", "operator": "is", "value": "pending"}]},
    )  # fmt: skip
    ticket.refresh_from_db()
    return World(
        ticket=ticket, public_file=public_file, secret_file=secret_file, field=field, view=view,
        people={
            "anonymous": None, "customer": carol, "cc": dave, "stranger": mallory,
            "light agent": lightly, "agent": bob, "other agent": alice,
            "agent of another group": narrow, "lead": lead, "admin": admin,
        },
    )  # fmt: skip


__all__ = ["SECRET", "Comment", "World", "merge_tickets"]
