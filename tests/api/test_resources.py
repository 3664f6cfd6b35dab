"""People, teams, search, views, fields and the export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from core import clock
from tests.factories import as_actor
from tickets.actions import (
    create_ticket_field,
    create_view,
    delete_ticket,
    rate_ticket,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_an_agent_makes_finds_and_changes_a_customer(api, alice, nordwind):
    client = api(alice)
    made = client.post(
        "/api/v2/users.json",
        {"user": {"name": "Nora", "email": "nora@x.example", "locale": "de", "verified": True}},
    )
    assert made.status_code == 201
    user = made.json()["user"]
    assert (user["role"], user["verified"], user["locale"]) == ("end-user", True, "de")
    found = client.get("/api/v2/users/search.json?query=nora@x").json()
    assert [entry["id"] for entry in found["users"]] == [user["id"]]
    changed = client.put(
        f"/api/v2/users/{user['id']}.json",
        {"user": {"name": "Nora N.", "organization_id": nordwind.pk, "role": "end-user"}},
    )
    assert changed.json()["user"]["name"] == "Nora N."
    assert changed.json()["user"]["organization_id"] == nordwind.pk


def test_an_address_that_is_taken_is_a_422(api, alice, carol):
    body = {"user": {"name": "Other", "email": carol.email}}
    answer = api(alice).post("/api/v2/users.json", body)
    assert answer.status_code == 422
    assert answer.json()["details"]["email"][0]["error"] == "DuplicateValue"


@pytest.mark.parametrize(
    "values",
    [
        {"organization_id": 10**9}, {"role": "emperor"}, {"name": ""}, {"name": "x" * 300},
        {"locale": "x" * 99},
    ],
)  # fmt: skip
def test_values_a_person_cannot_have_are_refused(api, admin, carol, values):
    answer = api(admin).put(f"/api/v2/users/{carol.pk}.json", {"user": values})
    assert answer.status_code == 422


def test_naming_a_leads_role_as_zendesk_shows_it_changes_nothing(api, admin, lead):
    shown = api(admin).get(f"/api/v2/users/{lead.pk}.json").json()["user"]
    assert shown["role"] == "agent"
    api(admin).put(f"/api/v2/users/{lead.pk}.json", {"user": shown})
    lead.refresh_from_db()
    assert lead.role == "lead"


def test_people_are_listed_by_role(api, alice, lightly, admin, carol):
    client = api(alice)
    for role, names in [
        ("end-user", ["Carol Customer"]),
        ("agent", ["Alice Archer", "Lightly Lightfoot"]),
        ("admin", ["Ada Admin"]),
    ]:
        listed = client.get(f"/api/v2/users.json?role={role}&sort=name").json()
        assert [user["name"] for user in listed["users"]] == names


def test_lists_cost_constant_queries(api, alice, make_ticket, admin):
    create_view(
        actor=as_actor(admin), title="New",
        conditions={"all": [{"field": "status", "operator": "is", "value": "new"}]},
    )  # fmt: skip
    ticket = make_ticket()
    client = api(alice)
    lists = ["users", "groups", "organizations", "group_memberships", "views", "ticket_fields",
             "satisfaction_ratings", f"tickets/{ticket.pk}/comments", f"tickets/{ticket.pk}/audits",
             "search.json?query=parcel", "users/search.json?query=a"]  # fmt: skip
    client.get("/api/v2/users/me.json")  # notes that the token is used
    costs = {}
    for name in lists:
        with _counting() as counted:
            client.get(f"/api/v2/{name}")
        costs[name] = len(counted)
    for number in range(8):
        make_ticket(subject=f"parcel {number}")
        User.objects.create(
            name=f"a{number}", email=f"a{number}@x.example", created_at=NOW, updated_at=NOW
        )
        draft = CommentDraft(author_id=alice.pk, body="more", is_public=False)
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, comment=draft,
            changes=TicketChanges(priority=["low", "high"][number % 2]),
        )  # fmt: skip
    for name in lists:
        with _counting() as counted:
            client.get(f"/api/v2/{name}")
        assert len(counted) == costs[name], name


def _counting():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_search_finds_by_operators_and_says_the_type(api, alice, make_ticket):
    ticket = make_ticket(tags=("vip",))
    make_ticket(status="solved")
    answer = api(alice).get(
        "/api/v2/search.json", {"query": "type:ticket status<solved tags:vip parcel"}
    )
    (result,) = answer.json()["results"]
    assert (result["result_type"], result["id"]) == ("ticket", ticket.pk)
    assert answer.json()["count"] == 1


def test_search_is_sorted_as_asked(api, alice, make_ticket):
    low, urgent = make_ticket(priority="low"), make_ticket(priority="urgent")
    client = api(alice)
    for order, numbers in [("asc", [low.pk, urgent.pk]), ("desc", [urgent.pk, low.pk])]:
        answer = client.get(
            "/api/v2/search.json",
            {"query": "parcel", "sort_by": "created_at", "sort_order": order},
        )
        assert [result["id"] for result in answer.json()["results"]] == numbers


def test_search_ends_at_a_thousand_results(api, alice, make_ticket):
    make_ticket()
    client = api(alice)
    assert client.get("/api/v2/search.json?query=parcel&page=10").status_code == 200
    answer = client.get("/api/v2/search.json?query=parcel&page=11")
    assert answer.status_code == 422
    assert answer.json()["error"] == "SearchTooFar"


def test_a_wrong_value_in_a_query_is_a_422_with_a_sentence(api, alice):
    answer = api(alice).get("/api/v2/search.json?query=status:odd")
    assert answer.status_code == 422
    assert "status can be" in answer.json()["description"]


def test_views_show_their_tickets_and_an_exact_count(api, alice, admin, make_ticket):
    view = create_view(
        actor=as_actor(admin), title="New ones",
        conditions={"all": [{"field": "status", "operator": "is", "value": "new"}]},
    )  # fmt: skip
    ticket = make_ticket()
    make_ticket(status="solved")
    client = api(alice)
    assert client.get("/api/v2/views.json").json()["views"][0]["title"] == "New ones"
    tickets = client.get(f"/api/v2/views/{view.pk}/tickets.json").json()["tickets"]
    assert [entry["id"] for entry in tickets] == [ticket.pk]
    count = client.get(f"/api/v2/views/{view.pk}/count.json").json()["view_count"]
    assert (count["value"], count["fresh"]) == (1, True)
    assert client.get("/api/v2/views/999999.json").status_code == 404


def test_custom_fields_are_listed_and_stand_in_every_ticket(api, alice, admin, carol, make_ticket):
    open_field = create_ticket_field(
        actor=as_actor(admin), key="size", title="Size", type="tagger", options=["s", "m"],
        is_visible_to_customers=True,
    )  # fmt: skip
    hidden = create_ticket_field(actor=as_actor(admin), key="risk", title="Risk", type="text")
    ticket = make_ticket(custom_fields={str(open_field.pk): "m", str(hidden.pk): "high"})
    path = f"/api/v2/tickets/{ticket.pk}.json"
    values = api(alice).get(path).json()["ticket"]["custom_fields"]
    assert values == [
        {"id": open_field.pk, "value": "m"}, {"id": hidden.pk, "value": "high"},
    ]  # fmt: skip
    seen = api(carol).get(path).json()["ticket"]["custom_fields"]
    assert seen == [{"id": open_field.pk, "value": "m"}]
    listed = api(carol).get("/api/v2/ticket_fields.json").json()["ticket_fields"]
    assert [field["title"] for field in listed] == ["Size"]


def test_comments_say_who_wrote_what_in_which_audit(api, alice, make_ticket):
    ticket = make_ticket()
    draft = CommentDraft(author_id=alice.pk, body="Note", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    first, second = api(alice).get(f"/api/v2/tickets/{ticket.pk}/comments.json").json()["comments"]
    assert (first["public"], second["public"]) == (True, False)
    assert second["author_id"] == alice.pk
    assert second["plain_body"] == "Note"
    assert "<p>Note</p>" in second["html_body"]
    assert second["audit_id"] == ticket.audits.order_by("-id").first().pk


# Incremental export


@pytest.fixture
def export(api, lead):
    client = api(lead)

    def get(address, at=NOW + timedelta(hours=1)):
        with clock.frozen(at):
            return client.get(address)

    return get


START = "/api/v2/incremental/tickets/cursor.json?start_time=1"


def test_the_export_gives_every_ticket_once_by_its_last_change(export, make_ticket, lead):
    with clock.frozen(NOW):
        tickets = [make_ticket() for _ in range(5)]
    with clock.frozen(NOW + timedelta(minutes=5)):
        change = TicketChanges(priority="low")
        update_ticket(actor=as_actor(lead), ticket_id=tickets[0].pk, changes=change)
        delete_ticket(actor=as_actor(lead), ticket_id=tickets[1].pk)
    seen, address = [], f"{START}&per_page=2"
    for _ in range(3):
        page = export(address).json()
        seen += page["tickets"]
        address = page["after_url"]
    assert page["end_of_stream"] is True
    assert [ticket["id"] for ticket in seen] == [
        tickets[n].pk for n in (2, 3, 4, 0, 1)
    ]  # fmt: skip
    assert seen[-1]["status"] == "deleted"


def test_the_last_cursor_goes_on_with_what_changes_later(export, make_ticket, lead):
    with clock.frozen(NOW):
        ticket = make_ticket()
    page = export(START).json()
    assert page["end_of_stream"] is True
    again = export(page["after_url"]).json()
    assert again["tickets"] == []
    assert again["after_cursor"] == page["after_cursor"]
    later = NOW + timedelta(hours=2)
    with clock.frozen(later):
        rate_ticket(actor=as_actor(ticket.requester), ticket_id=ticket.pk, is_good=True)
    soon = export(page["after_url"], at=later + timedelta(seconds=30)).json()
    assert soon["tickets"] == []
    settled = export(page["after_url"], at=later + timedelta(seconds=60)).json()
    assert [entry["id"] for entry in settled["tickets"]] == [ticket.pk]


@pytest.mark.parametrize("query", ["", "?start_time=", "?start_time=x", "?start_time=-1",
                                   "?start_time=1&per_page=0", "?start_time=1&per_page=1001",
                                   "?cursor=nonsense"])  # fmt: skip
def test_the_export_refuses_parameters_it_does_not_know(export, query):
    answer = export(f"/api/v2/incremental/tickets/cursor.json{query}")
    assert answer.status_code == 400
