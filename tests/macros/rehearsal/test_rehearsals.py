"""Rehearsals as they are asked for: batches, progress, stopping; and that they write nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import NotPermitted
from core import clock
from core.models import OutboxMessage
from macros.actions import TriggerDraft
from macros.actions.rehearsals import (
    Stretch,
    begin_rehearsal,
    cancel_rehearsal,
    expire_rehearsals,
    rehearse_some,
)
from macros.models import Rehearsal, WebhookInvocation
from macros.rehearsal import running
from macros.rehearsal.running import play_batch, read_only
from tests.factories import as_actor, make_ticket
from tests.macros.rules import condition, effect, notice, submit
from tickets.models import Delivery, Ticket

NEW_IS_HIGH = TriggerDraft(
    title="High", conditions={"all": [condition("update_type", "is", "Create")]},
    effects=[effect("priority", "high"), effect("current_tags", "vip"),
             notice("requester", "We have {{ticket.title}}", "Dear {{ticket.requester.name}}")],
)  # fmt: skip


@pytest.fixture
def past(alice, carol) -> list[Ticket]:
    """Six tickets with an answer each."""
    tickets = [make_ticket(requester=carol, subject=f"Parcel {n}") for n in range(6)]
    for ticket in tickets:
        submit(ticket, alice, "We look into it.")
    return tickets


def rehearse(row: Rehearsal) -> Rehearsal:
    while rehearse_some():
        pass
    row.refresh_from_db()
    return row


def test_a_draft_says_where_it_would_have_fired(past, lead):
    row = rehearse(begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH))

    assert (row.total, row.done, row.error) == (12, 12, "")
    counts = row.result["counts"]
    assert (counts["judged"], counts["fired"], counts["tickets"]) == (12, 6, 6)
    assert (counts["change:priority"], counts["change:tags"], counts["mail:requester"]) == (6, 6, 6)
    assert counts["unmet:0"] == 6
    example = row.result["examples"][0]
    assert example["ticket"] == past[-1].pk
    assert example["changes"][0] == ["priority", "", "high"]
    assert example["mails"][0]["subject"] == "We have Parcel 5"
    assert example["mails"][0]["body"] == "Dear Carol Customer"


def test_nothing_is_written_but_the_rehearsals_own_row(past, lead):
    row = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    models = (Delivery, OutboxMessage, WebhookInvocation)
    before = [model.objects.count() for model in models]
    tickets = Ticket.objects.order_by("pk").values_list("version", "priority", "tags")
    were = list(tickets)

    rehearse(row)

    assert [model.objects.count() for model in models] == before
    assert list(tickets.all()) == were


def test_a_rehearsal_reads_in_a_transaction_that_cannot_write(past, lead, monkeypatch):
    """Whatever a draft might bring about: PostgreSQL refuses it."""
    row = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    states = []

    def noted(*args):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            states.append(cursor.fetchone()[0])
        return real(*args)

    real = running._player
    monkeypatch.setattr(running, "_player", noted)
    rehearse(row)

    assert states == ["on"]
    with pytest.raises(InternalError, match="read-only"), read_only():
        Ticket.objects.update(priority="low")


def test_batches_ask_the_same_number_of_questions(lead, alice, carol, monkeypatch):
    def questions(count: int) -> int:
        for number in range(count):
            submit(make_ticket(requester=carol, subject=f"{number}"), alice, "Answer")
        row = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
        with CaptureQueriesContext(connection) as asked:
            play_batch(row)
        return len(asked)

    questions(1)
    assert questions(2) == questions(12)


def test_it_goes_on_batch_by_batch(past, lead, monkeypatch):
    monkeypatch.setattr(running, "TICKETS", 2)
    monkeypatch.setattr("macros.actions.rehearsals.TURN_SECONDS", 0.0)
    row = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    seen = []
    for _ in range(4):
        rehearse_some()
        row.refresh_from_db()
        seen.append((row.done, row.finished_at is not None))

    assert seen == [(4, False), (8, False), (12, False), (12, True)]
    assert row.result["counts"]["fired"] == 6


def test_only_the_latest_updates_are_replayed(past, lead):
    row = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH, stretch=Stretch(updates=6))
    assert rehearse(row).result["counts"]["judged"] == 6
    assert "fired" not in row.result["counts"]


def test_only_updates_of_the_last_days_are_replayed(lead, carol):
    with clock.frozen(clock.now() - timedelta(days=9)):
        make_ticket(requester=carol)
    make_ticket(requester=carol)
    row = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH, stretch=Stretch(days=7))
    assert rehearse(row).result["counts"]["fired"] == 1


def test_one_can_be_stopped_and_a_new_one_stops_the_old(past, lead, admin):
    first = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    second = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    cancel_rehearsal(actor=as_actor(admin), rehearsal_id=second.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.is_cancelled
    assert not second.is_cancelled

    cancel_rehearsal(actor=as_actor(lead), rehearsal_id=second.pk)
    assert rehearse(second).is_cancelled
    assert second.result == {}


def test_only_people_who_manage_rules_rehearse(past, alice):
    with pytest.raises(NotPermitted):
        begin_rehearsal(actor=as_actor(alice), draft=NEW_IS_HIGH)
    assert not Rehearsal.objects.exists()


def test_old_ones_are_forgotten(past, lead):
    with clock.frozen(clock.now() - timedelta(hours=25)):
        begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    kept = begin_rehearsal(actor=as_actor(lead), draft=NEW_IS_HIGH)
    expire_rehearsals()
    assert list(Rehearsal.objects.all()) == [kept]


def test_a_draft_that_fails_says_why(past, lead):
    broken = TriggerDraft(
        title="Broken", conditions=NEW_IS_HIGH.conditions,
        effects=[notice("requester", "{{ticket.title | nonsense}}", "Text")],
    )  # fmt: skip
    counts = rehearse(begin_rehearsal(actor=as_actor(lead), draft=broken)).result["counts"]
    assert counts["fired"] == 6
    assert [count for name, count in counts.items() if name.startswith("failed:")] == [6]
