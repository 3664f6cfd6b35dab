"""Attack 32: keys that a client may not set are ignored, as Zendesk does, and never applied."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.factories import api_client
from tickets.models import Ticket

FORBIDDEN = {
    "id": 1, "url": "https://evil.example", "created_at": "2001-01-01T00:00:00Z",
    "updated_at": "2001-01-01T00:00:00Z", "solved_at": "2001-01-01T00:00:00Z",
    "generated_timestamp": 1, "via": {"channel": "email"}, "channel": "email", "version": 99,
    "deleted_at": None, "is_public": False, "satisfaction": "good", "is_silent": True,
    "satisfaction_rating": {"score": "good"}, "merged_into": 1, "merged_into_id": 1,
    "via_source": {"from": {"address": "x@y"}}, "preview": "x", "raw_subject": "x",
    "metadata": {"system": {"ip": "1.2.3.4"}}, "flags": ["trusted"], "language": "xx",
}  # fmt: skip


def columns(ticket):
    ticket.refresh_from_db()
    moving = {"updated_at", "generated_at", "version", "priority"}
    return {
        field.attname: getattr(ticket, field.attname)
        for field in Ticket._meta.concrete_fields
        if field.attname not in moving
    }


def test_an_update_applies_nothing_but_what_may_be_changed(make_ticket, admin):
    ticket = make_ticket()
    before = columns(ticket)
    body = {"ticket": {**FORBIDDEN, "priority": "low"}}
    answer = api_client(admin).put(f"/api/v2/tickets/{ticket.pk}.json", body)
    assert answer.status_code == 200
    assert columns(ticket) == before
    assert (ticket.priority, ticket.version) == ("low", 2)


def test_a_new_ticket_gets_no_forged_property(make_ticket, admin, carol):
    body = {"ticket": {**FORBIDDEN, "comment": {"body": "x"}, "requester_id": carol.pk}}
    answer = api_client(admin).post("/api/v2/tickets.json", body)
    assert answer.status_code == 201
    ticket = Ticket.objects.get()
    assert ticket.channel == "api"
    assert ticket.created_at.year > 2001
    assert (ticket.version, ticket.satisfaction, ticket.merged_into) == (1, "unoffered", None)
    assert ticket.via_source == {}
    assert ticket.comments.get().metadata == {}


@pytest.mark.parametrize(
    "reach",
    [
        {"role": "admin"},
        {"organization_id": 1},
        {"is_staff": True},
        {"is_superuser": True},
        {"notes": "VIP"},
        {"password": "new password here"},
        {"email": "admin@example.com"},
        {"verified": True},
        {"ticket_access": "all"},
        {"active": False},
        {"id": 1},
    ],
)
def test_a_customer_changes_nothing_about_their_standing(carol, reach):
    before = User.objects.values().get(pk=carol.pk)
    answer = api_client(carol).put(f"/api/v2/users/{carol.pk}.json", {"user": reach})
    after = User.objects.values().get(pk=carol.pk)
    assert answer.status_code in (200, 403, 422)
    assert after == before


def test_a_customers_changes_of_a_ticket_are_a_reply_and_solving(
    make_ticket, carol, alice, support
):
    ticket = make_ticket()
    for values in (
        {"assignee_id": alice.pk}, {"group_id": support.pk}, {"priority": "urgent"},
        {"tags": ["vip"]}, {"status": "closed"}, {"requester_id": alice.pk},
        {"custom_fields": [{"id": 1, "value": "x"}]}, {"followers": [{"user_id": alice.pk}]},
        {"comment": {"body": "x", "public": False}},
        {"comment": {"body": "x", "author_id": alice.pk}},
        {"requester": {"email": "new@person.example"}},
    ):  # fmt: skip
        answer = api_client(carol).put(f"/api/v2/tickets/{ticket.pk}.json", {"ticket": values})
        assert answer.status_code in (403, 422), values
    ticket.refresh_from_db()
    assert ticket.version == 1
    assert not User.objects.filter(email="new@person.example").exists()
