"""Attack 27: the second way to a ticket checks what the first one checks."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.errors import NotPermitted
from macros.actions.bulk import run_bulk
from tests.factories import api_client, as_actor, sign_in
from tickets.actions import accept_participant, begin_bulk, link_tickets, merge_tickets
from tickets.bulk import BulkRequest
from tickets.errors import TicketNotFound
from tickets.models import BulkKind, Ticket, TicketLink


@pytest.fixture
def narrow(world):
    """An agent of Support who sees the tickets of Support only; the world's is in Billing."""
    return world.people["agent of another group"]


def test_merging_and_linking_need_sight_of_both(world, narrow, make_ticket, support):
    own = make_ticket(group_id=support.pk)
    actor = as_actor(narrow)
    for source, target in [(own.pk, world.ticket.pk), (world.ticket.pk, own.pk)]:
        with pytest.raises(TicketNotFound):
            merge_tickets(actor=actor, source_id=source, target_id=target)
        with pytest.raises(TicketNotFound):
            link_tickets(actor=actor, source_id=source, target_id=target)
    own.refresh_from_db()
    assert own.status == "new"


def test_a_hidden_problem_cannot_be_linked_or_guessed(world, narrow, make_ticket, support, billing):
    hidden = make_ticket(type="problem", group_id=billing.pk)
    own = make_ticket(group_id=support.pk)
    client = api_client(narrow)
    said = set()
    for problem_id in (hidden.pk, 10**9):
        answer = client.put(
            f"/api/v2/tickets/{own.pk}.json",
            {"ticket": {"type": "incident", "problem_id": problem_id}},
        )
        assert answer.status_code == 422
        said.add(answer.content.decode().replace(str(problem_id), "N"))
    assert len(said) == 1


def test_a_followup_of_somebody_elses_ticket_is_not_opened(world, mallory):
    Ticket.objects.filter(pk=world.ticket.pk).update(
        status="closed", solved_at=world.ticket.created_at, closed_at=world.ticket.created_at
    )
    answer = api_client(mallory).post(
        "/api/v2/tickets.json",
        {"ticket": {"comment": {"body": "hi"}, "via_followup_source_id": world.ticket.pk}},
    )
    assert answer.status_code == 422
    assert not world.ticket.followups.exists()


@pytest.mark.parametrize("address", ["search.json?query={n}", "search.json?query=%23{n}",
                                     "tickets/show_many.json?ids={n}"])  # fmt: skip
def test_a_number_finds_nothing_that_is_hidden(world, narrow, mallory, address):
    for person in (narrow, mallory):
        answer = api_client(person).get(f"/api/v2/{address.format(n=world.ticket.pk)}")
        assert answer.status_code == 200
        assert answer.json()["count"] == 0


def test_lists_by_person_company_and_view_hold_to_what_is_visible(world, narrow, carol, nordwind):
    client = api_client(narrow)
    for address in (
        f"users/{carol.pk}/tickets/requested.json",
        f"organizations/{nordwind.pk}/tickets.json",
        f"views/{world.view.pk}/tickets.json",
        "tickets.json",
    ):
        assert client.get(f"/api/v2/{address}").json()["tickets"] == []
    count = client.get(f"/api/v2/views/{world.view.pk}/count.json").json()
    assert count["view_count"]["value"] == 0
    assert client.get("/api/v2/satisfaction_ratings.json").json()["count"] == 0


def test_a_stranger_accepts_nobody_into_a_ticket(world, mallory, carol):
    with pytest.raises(TicketNotFound):
        accept_participant(actor=as_actor(mallory), ticket_id=world.ticket.pk, user_id=mallory.pk)
    with pytest.raises(NotPermitted):
        accept_participant(actor=as_actor(carol), ticket_id=world.ticket.pk, user_id=mallory.pk)


def test_a_job_on_many_tickets_asks_for_each_whether_it_may_be_seen(
    world, narrow, make_ticket, support
):
    own = make_ticket(group_id=support.pk)
    both = [world.ticket.pk, own.pk]
    for kind, request in (
        (BulkKind.UPDATE, BulkRequest(fields={"priority": "low"}, text="Hi", is_public=False)),
        (BulkKind.MERGE, BulkRequest(target=own.pk)),
    ):
        before = world.ticket.audits.count()
        job = begin_bulk(actor=as_actor(narrow), kind=kind, ticket_ids=both, request=request)
        run_bulk()
        hidden = job.items.get(number=world.ticket.pk)
        assert hidden.state == "failed"
        assert hidden.why == f"There is no ticket {world.ticket.pk}, or you may not see it."
        assert world.ticket.audits.count() == before
    with pytest.raises(TicketNotFound):
        begin_bulk(
            actor=as_actor(narrow), kind=BulkKind.MERGE, ticket_ids=[own.pk],
            request=BulkRequest(target=world.ticket.pk),
        )  # fmt: skip
    own.refresh_from_db()
    assert own.priority == "low"


@pytest.mark.parametrize("path", ["snooze", "merge", "merge/preview", "merge/candidates", "time",
                                  "history", "print", "incidents", "incidents/solution",
                                  "spam", "deletion"])  # fmt: skip
def test_operations_on_a_hidden_ticket_are_not_there(world, narrow, path):
    browser = sign_in(Client(), narrow)
    for send in (browser.get, browser.post):
        answer = send(f"/tickets/{world.ticket.pk}/{path}/", {"until": "reply", "q": "parcel"})
        assert answer.status_code in (403, 404, 405)
    world.ticket.refresh_from_db()
    assert (world.ticket.snoozed_until, world.ticket.deleted_at) == (None, None)


def test_a_hidden_ticket_is_no_incident_no_source_and_no_suggestion(
    world, narrow, make_ticket, support
):
    own = make_ticket(group_id=support.pk, type="problem")
    browser = sign_in(Client(), narrow)
    hidden = world.ticket.pk
    for path, data in (
        ("incidents", {"incident": hidden}), ("links", {"link": hidden}),
        ("merge", {"way": "in", "with": hidden}), ("merge", {"way": "out", "with": hidden}),
    ):  # fmt: skip
        answer = browser.post(f"/tickets/{own.pk}/{path}/", data, headers={"HX-Request": "true"})
        assert answer.status_code == 422
    for path in (f"{own.pk}/merge/candidates/?q={hidden}", f"{own.pk}/merge/preview/?with={hidden}",
                 f"suggestions/tickets/?q={hidden}"):  # fmt: skip
        assert world.ticket.subject not in browser.get(f"/tickets/{path}").content.decode()
    world.ticket.refresh_from_db()
    assert (world.ticket.problem_id, world.ticket.merged_into_id) == (None, None)
    assert not TicketLink.objects.exists()
