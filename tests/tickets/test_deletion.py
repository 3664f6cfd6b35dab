"""Deleted, spam, restored, and emptied after thirty days (domain-standards.md §15)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.actor import system_actor
from core import clock
from core.storage import blobs
from tests.factories import as_actor
from tickets.actions import (
    delete_ticket,
    link_tickets,
    mark_spam,
    restore_ticket,
    scrub_ticket,
    update_ticket,
)
from tickets.actions.deletion import due_to_be_scrubbed
from tickets.drafts import CommentDraft, NewFile, TicketChanges
from tickets.errors import InvalidChange, NotPermitted, TicketNotFound
from tickets.models import Attachment, AuditEvent, Comment, Delivery, SearchDocument, Ticket
from tickets.policies import visible_deleted_tickets

pytestmark = pytest.mark.django_db
SECRET = "zebra"


def test_agents_mark_spam_and_bring_it_back(make_ticket, alice, lightly, carol):
    ticket = make_ticket()
    for person in (lightly, carol):
        with pytest.raises((NotPermitted, TicketNotFound)):
            mark_spam(actor=as_actor(person), ticket_id=ticket.pk)
    mark_spam(actor=as_actor(alice), ticket_id=ticket.pk)
    ticket.refresh_from_db()
    assert (ticket.is_deleted, ticket.deletion_reason) == (True, "spam")
    restore_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    ticket.refresh_from_db()
    assert (ticket.is_deleted, ticket.deletion_reason) == (False, "")


def test_leads_see_all_that_was_deleted_agents_only_spam(make_ticket, lead, alice, carol):
    gone, spam = make_ticket(), make_ticket()
    delete_ticket(actor=as_actor(lead), ticket_id=gone.pk)
    mark_spam(actor=as_actor(alice), ticket_id=spam.pk)
    seen = {
        person.first_name: set(visible_deleted_tickets(as_actor(person)))
        for person in (lead, alice, carol)
    }
    assert seen == {"Lena": {gone, spam}, "Alice": {spam}, "Carol": set()}


def test_a_lead_of_some_groups_restores_no_others_ticket(make_ticket, lead, admin, billing):
    lead.ticket_access = "groups"
    lead.save()
    ticket = make_ticket(group_id=billing.pk)
    delete_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    with pytest.raises(TicketNotFound):
        restore_ticket(actor=as_actor(lead), ticket_id=ticket.pk)


def test_only_what_was_deleted_thirty_days_ago_is_due(make_ticket, lead):
    with clock.frozen(clock.now() - timedelta(days=31)):
        old = make_ticket()
        delete_ticket(actor=as_actor(lead), ticket_id=old.pk)
    new = make_ticket()
    delete_ticket(actor=as_actor(lead), ticket_id=new.pk)
    assert due_to_be_scrubbed(limit=10) == [old.pk]
    scrub_ticket(actor=system_actor("clock"), ticket_id=old.pk)
    assert due_to_be_scrubbed(limit=10) == []


def test_nothing_that_was_said_is_left_of_an_emptied_ticket(
    make_ticket, lead, alice, dave, django_capture_on_commit_callbacks
):
    key = blobs.keep(SECRET.encode())
    file = NewFile(key, f"{SECRET}.txt", "text/plain", 5, "0" * 64)
    ticket = make_ticket(
        subject=SECRET, body=SECRET, tags=(SECRET,), cc_ids=(dave.pk,), external_id=SECRET,
        comment={"files": (file,)}, via_source={"from": {"name": SECRET}},
    )  # fmt: skip
    link_tickets(actor=as_actor(alice), source_id=ticket.pk, target_id=make_ticket().pk)
    reply = CommentDraft(author_id=alice.pk, body=f"About the {SECRET}")
    changes = TicketChanges(subject=f"{SECRET}s", tags=("other",), status="pending")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=reply, changes=changes)
    with pytest.raises(InvalidChange):
        scrub_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    delete_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    with django_capture_on_commit_callbacks(execute=True):
        scrub_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    ticket.refresh_from_db()
    rows = [
        *Ticket.objects.filter(pk=ticket.pk).values(),
        *Comment.objects.filter(ticket=ticket).values(),
        *AuditEvent.objects.filter(audit__ticket=ticket).values(),
        *Delivery.objects.filter(ticket=ticket).values(),
        *Attachment.objects.values(),
        *SearchDocument.objects.filter(ticket=ticket).values(),
    ]
    assert SECRET not in str(rows)
    with pytest.raises(FileNotFoundError):
        blobs.read(key)
    assert AuditEvent.objects.filter(audit__ticket=ticket, field_name="status").exists()
    with pytest.raises(TicketNotFound):
        restore_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
