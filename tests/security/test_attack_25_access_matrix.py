"""Attack 25: every address of the API × every kind of person, generated; no route is untested."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import URLPattern, get_resolver

from accounts.actor import system_actor
from accounts.models import Organization
from macros.actions import MacroDraft, create_macro
from macros.actions.webhooks import create_webhook
from macros.models import Automation, Trigger
from tests.factories import SETUP, api_client, as_actor
from tests.macros.sla.conftest import make_policy, target
from tests.security.conftest import SECRET
from tickets.actions import (
    Holiday,
    ScheduleDraft,
    SideDraft,
    open_side_conversation,
    save_schedule,
)
from tickets.actions.forms import FormDraft, save_ticket_form
from tickets.models import Ticket

SYSTEM = system_actor("tests")

PEOPLE = (
    "anonymous", "stranger", "cc", "customer", "agent of another group", "light agent",
    "other agent", "agent", "lead", "admin",
)  # fmt: skip
CUSTOMERS = ("stranger", "cc", "customer")
STAFF = ("agent of another group", "light agent", "other agent", "agent", "lead", "admin")
EDITORS = ("agent of another group", "other agent", "agent", "lead", "admin")
KEEPERS = ("lead", "admin")  # of fields, forms, rules
STAFF_BUT_KEEPERS = tuple(person for person in STAFF if person not in KEEPERS)
SEE_THE_TICKET = ("cc", "customer", "light agent", "other agent", "agent", "lead", "admin")
WRITERS = ("other agent", "agent", "lead", "admin")
STAFF_WHO_SEE_IT = tuple(person for person in STAFF if person in SEE_THE_TICKET)


def answers(*groups: tuple[tuple[str, ...], int], other: int) -> dict[str, int]:
    """The status for each person: 401 for anonymous, as listed, else `other`."""
    expected = dict.fromkeys(PEOPLE, other)
    for people, status in groups:
        expected |= dict.fromkeys(people, status)
    return expected | {"anonymous": 401}


ALL = answers(other=200)
STAFF_ONLY = answers((STAFF, 200), other=403)
TICKET = answers((SEE_THE_TICKET, 200), other=404)
SIDE = answers((STAFF_WHO_SEE_IT, 200), (CUSTOMERS, 403), other=404)
NEW_AUTOMATION = {
    "automation": {
        "title": "Close", "actions": [{"field": "status", "value": "closed"}],
        "all": [{"field": "SOLVED", "operator": "greater_than", "value": "24"}],
    }
}  # fmt: skip
NEW_TRIGGER = {
    "trigger": {
        "title": "Raise", "actions": [{"field": "priority", "value": "high"}],
        "all": [{"field": "update_type", "operator": "is", "value": "Create"}],
    }
}  # fmt: skip
NEW_WEBHOOK = {"webhook": {"name": "Shop", "endpoint": "https://shop.example/hook"}}
NEW_POLICY = {
    "sla_policy": {
        "title": "Gold", "filter": {"all": []},
        "policy_metrics": [{"priority": "high", "metric": "first_reply_time", "target": 60}],
    }
}  # fmt: skip
RULERS = ("lead", "admin")
ADMIN_ONLY = answers((("admin",), 200), other=403)
NEW_TICKET = {"ticket": {"subject": "s", "comment": {"body": "b"}}}
NEW_MACRO = {
    "macro": {
        "title": "Late", "actions": [{"field": "priority", "value": "high"}],
        "restriction": {"type": "User"},
    }
}  # fmt: skip

# (verb, route) → (query or body, status by person). Routes without their ".json".
MATRIX = {
    ("GET", "tickets"): ("", ALL),
    ("POST", "tickets"): (NEW_TICKET, answers((("light agent",), 403), other=201)),
    ("GET", "tickets/show_many"): ("?ids={ticket}", ALL),
    ("GET", "tickets/count"): ("", ALL),
    ("PUT", "tickets/update_many"): (
        "?ids={ticket}", answers((STAFF, 400), other=403),  # no body
    ),
    ("DELETE", "tickets/destroy_many"): (
        "?ids={ticket}", answers((("lead", "admin"), 200), other=403),
    ),
    ("GET", "job_statuses"): ("", STAFF_ONLY),
    ("GET", "job_statuses/show_many"): ("?ids=1", STAFF_ONLY),
    ("GET", "job_statuses/<int:job_id>"): ("", answers((CUSTOMERS, 403), other=404)),
    ("GET", "tickets/<int:ticket_id>"): ("", TICKET),
    ("PUT", "tickets/<int:ticket_id>"): (
        {"ticket": {"comment": {"body": "word"}}},
        # Staff write in their own name; a light agent's note would have to be internal.
        answers((SEE_THE_TICKET, 200), (("light agent",), 403), other=404),
    ),
    ("DELETE", "tickets/<int:ticket_id>"): (
        {}, answers((("lead", "admin"), 204), other=403),
    ),
    ("GET", "tickets/<int:ticket_id>/comments"): ("", TICKET),
    ("GET", "tickets/<int:ticket_id>/audits"): (
        "", answers((STAFF_WHO_SEE_IT, 200), (CUSTOMERS, 403), other=404),
    ),
    ("GET", "attachments/<int:attachment_id>"): (
        "", answers((STAFF_WHO_SEE_IT, 200), other=404),
    ),
    ("GET", "attachments/<int:attachment_id>/content"): (
        "", answers((STAFF_WHO_SEE_IT, 200), other=404),
    ),
    ("POST", "uploads"): ("?filename=x.txt", answers(other=201)),
    ("GET", "users"): ("", STAFF_ONLY),
    ("POST", "users"): (
        {"user": {"name": "New"}}, answers((EDITORS, 201), other=403),
    ),
    ("GET", "users/me"): ("", ALL),
    ("GET", "users/search"): ("?query=carol", STAFF_ONLY),
    ("GET", "users/<int:user_id>"): (
        "", answers((STAFF, 200), (("customer",), 200), other=404),
    ),
    ("PUT", "users/<int:user_id>"): (
        {"user": {"name": "Renamed"}},
        answers((EDITORS, 200), (("customer",), 200), (("light agent",), 403), other=404),
    ),
    ("GET", "users/autocomplete"): ("?name=carol", STAFF_ONLY),
    ("PUT", "users/<int:user_id>/merge"): (
        {"user": {"id": 2**40}}, answers((EDITORS, 404), other=403),
    ),
    ("GET", "users/<int:user_id>/identities"): (
        "", answers((STAFF, 200), (("customer",), 200), other=404),
    ),
    ("POST", "users/<int:user_id>/identities"): (
        {"identity": {"type": "email", "value": "new@nordwind.example"}},
        answers((EDITORS, 201), other=403),
    ),
    ("GET", "users/<int:user_id>/identities/<int:identity_id>"): (
        "", answers((STAFF, 200), (("customer",), 200), other=404),
    ),
    ("DELETE", "users/<int:user_id>/identities/<int:identity_id>"): (
        {}, answers((EDITORS, 204), other=403),
    ),
    ("PUT", "users/<int:user_id>/identities/<int:identity_id>/make_primary"): (
        {}, answers((EDITORS, 200), other=403),
    ),
    ("PUT", "users/<int:user_id>/identities/<int:identity_id>/verify"): (
        {}, answers((EDITORS, 200), other=403),
    ),
    ("GET", "user_fields"): ("", STAFF_ONLY),
    ("GET", "organization_fields"): ("", STAFF_ONLY),
    ("GET", "users/<int:user_id>/tickets/requested"): ("", STAFF_ONLY),
    ("GET", "users/<int:user_id>/tickets/assigned"): ("", STAFF_ONLY),
    ("GET", "users/<int:user_id>/group_memberships"): ("", STAFF_ONLY),
    ("GET", "organizations"): ("", STAFF_ONLY),
    ("POST", "organizations"): (
        {"organization": {"name": "New"}}, answers((EDITORS, 201), other=403),
    ),
    ("GET", "organizations/search"): ("?name=Nordwind", STAFF_ONLY),
    ("GET", "organizations/autocomplete"): ("?name=nord", STAFF_ONLY),
    ("GET", "organizations/<int:organization_id>"): ("", STAFF_ONLY),
    ("PUT", "organizations/<int:organization_id>"): (
        {"organization": {"notes": "N"}}, answers((EDITORS, 200), other=403),
    ),
    ("DELETE", "organizations/<int:organization_id>"): (
        # The first of them deletes it.
        {}, answers((EDITORS, 404), (("agent",), 204), other=403),
    ),
    ("GET", "organizations/<int:organization_id>/users"): ("", STAFF_ONLY),
    ("GET", "organizations/<int:organization_id>/tickets"): ("", STAFF_ONLY),
    ("GET", "groups"): ("", STAFF_ONLY),
    ("GET", "groups/<int:group_id>"): ("", STAFF_ONLY),
    ("GET", "groups/<int:group_id>/memberships"): ("", STAFF_ONLY),
    ("GET", "group_memberships"): ("", STAFF_ONLY),
    ("GET", "search"): (f"?query={SECRET}", ALL),
    ("GET", "ticket_fields"): ("", ALL),
    ("GET", "ticket_fields/<int:field_id>"): ("", answers((STAFF, 200), other=404)),
    ("GET", "ticket_forms"): ("", ALL),
    ("GET", "ticket_forms/<int:form_id>"): ("", answers((STAFF, 200), other=404)),
    ("GET", "ticket_fields/count"): ("", ALL),
    ("GET", "ticket_fields/<int:field_id>/options"): ("", answers((STAFF, 200), other=404)),
    ("POST", "ticket_fields"): (
        {"ticket_field": {"type": "text", "title": "New"}}, answers((KEEPERS, 201), other=403),
    ),
    ("PUT", "ticket_fields/<int:field_id>"): (
        {"ticket_field": {"title": "Other"}},
        answers((KEEPERS, 200), (STAFF_BUT_KEEPERS, 403), other=404),
    ),
    ("DELETE", "ticket_fields/<int:field_id>"): (
        # The lead comes first.
        {}, answers((("lead",), 204), (STAFF_BUT_KEEPERS, 403), other=404),
    ),
    ("GET", "ticket_forms/show_many"): ("?ids=1", ALL),
    ("PUT", "ticket_forms/reorder"): ({"ticket_form_ids": []}, answers((KEEPERS, 200), other=403)),
    ("POST", "ticket_forms"): (
        {"ticket_form": {"name": "New"}}, answers((("lead",), 201), (("admin",), 422), other=403),
    ),
    ("PUT", "ticket_forms/<int:form_id>"): (
        {"ticket_form": {"name": "Other"}},
        answers((KEEPERS, 200), (STAFF_BUT_KEEPERS, 403), other=404),
    ),
    ("POST", "ticket_forms/<int:form_id>/clone"): (
        {}, answers((KEEPERS, 201), (STAFF_BUT_KEEPERS, 403), other=404),
    ),
    ("DELETE", "ticket_forms/<int:form_id>"): (
        {}, answers((("lead",), 204), (STAFF_BUT_KEEPERS, 403), other=404),
    ),
    ("GET", "views"): ("", STAFF_ONLY),
    ("GET", "views/<int:view_id>"): ("", STAFF_ONLY),
    ("GET", "views/<int:view_id>/tickets"): ("", STAFF_ONLY),
    ("GET", "views/<int:view_id>/count"): ("", STAFF_ONLY),
    ("GET", "macros"): ("", STAFF_ONLY),
    ("POST", "macros"): (NEW_MACRO, answers((STAFF, 201), other=403)),
    ("GET", "macros/active"): ("", STAFF_ONLY),
    ("GET", "macros/categories"): ("", STAFF_ONLY),
    ("GET", "macros/<int:macro_id>"): ("", STAFF_ONLY),
    ("PUT", "macros/<int:macro_id>"): (
        {"macro": {"title": "Later"}}, answers((("lead", "admin"), 200), other=403),
    ),
    ("DELETE", "macros/<int:macro_id>"): (
        {}, answers((("lead",), 204), (("admin",), 404), other=403),
    ),
    ("GET", "macros/<int:macro_id>/apply"): ("", STAFF_ONLY),
    ("GET", "tickets/<int:ticket_id>/macros/<int:macro_id>/apply"): (
        "", answers((STAFF_WHO_SEE_IT, 200), (CUSTOMERS, 403), other=404),
    ),
    ("GET", "satisfaction_ratings"): ("", STAFF_ONLY),
    ("GET", "tickets/<int:ticket_id>/side_conversations"): ("", SIDE),
    ("POST", "tickets/<int:ticket_id>/side_conversations"): (
        {"message": {"subject": "s", "body": "b", "to": [{"email": "third@party.example"}]}},
        answers((CUSTOMERS, 403), (("light agent",), 403), (WRITERS, 201), other=404),
    ),
    ("GET", "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>"): ("", SIDE),
    ("PUT", "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>"): (
        {"side_conversation": {"state": "closed"}},
        answers((CUSTOMERS, 403), (("light agent",), 403), (WRITERS, 200), other=404),
    ),
    ("POST", "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>/reply"): (
        {"message": {"body": "b"}},
        answers((CUSTOMERS, 403), (("light agent",), 403), (WRITERS, 201), other=404),
    ),
    ("GET", "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>/events"): ("", SIDE),
    ("GET", "triggers"): ("", STAFF_ONLY),
    ("GET", "triggers/active"): ("", STAFF_ONLY),
    ("GET", "triggers/definitions"): ("", STAFF_ONLY),
    ("GET", "triggers/<int:trigger_id>"): ("", STAFF_ONLY),
    ("POST", "triggers"): (NEW_TRIGGER, answers((RULERS, 201), other=403)),
    ("PUT", "triggers/reorder"): ({"trigger_ids": []}, answers((RULERS, 200), other=403)),
    ("PUT", "triggers/<int:trigger_id>"): (
        {"trigger": {"active": False}}, answers((RULERS, 200), other=403),
    ),
    ("DELETE", "triggers/<int:trigger_id>"): (
        {}, answers((("lead",), 204), (("admin",), 404), other=403),
    ),
    ("GET", "trigger_categories"): ("", STAFF_ONLY),
    ("GET", "trigger_categories/<int:category_id>"): ("", STAFF_ONLY),
    ("POST", "trigger_categories"): (
        {"trigger_category": {"name": "More"}},
        answers((("lead",), 201), (("admin",), 422), other=403),  # the name is taken by then
    ),
    ("PUT", "trigger_categories/<int:category_id>"): (
        {"trigger_category": {"name": "Other"}}, answers((RULERS, 200), other=403),
    ),
    ("DELETE", "trigger_categories/<int:category_id>"): (
        {}, answers((RULERS, 422), other=403),  # there are triggers in it
    ),
    ("GET", "webhooks"): ("", ADMIN_ONLY),
    ("GET", "webhooks/<int:webhook_id>"): ("", ADMIN_ONLY),
    ("POST", "webhooks"): (NEW_WEBHOOK, answers((("admin",), 201), other=403)),
    ("PUT", "webhooks/<int:webhook_id>"): ({"webhook": {"name": "Other"}}, ADMIN_ONLY),
    ("DELETE", "webhooks/<int:webhook_id>"): ({}, answers((("admin",), 204), other=403)),
    ("POST", "webhooks/<int:webhook_id>/signing_secret"): (
        {}, answers((("admin",), 201), other=403),
    ),
    ("GET", "webhooks/<int:webhook_id>/invocations"): ("", ADMIN_ONLY),
    ("GET", "automations"): ("", STAFF_ONLY),
    ("GET", "automations/active"): ("", STAFF_ONLY),
    ("GET", "automations/<int:automation_id>"): ("", STAFF_ONLY),
    ("POST", "automations"): (NEW_AUTOMATION, answers((("lead", "admin"), 201), other=403)),
    ("PUT", "automations/<int:automation_id>"): (
        {"automation": {"active": False}}, answers((("lead", "admin"), 200), other=403),
    ),
    ("DELETE", "automations/<int:automation_id>"): (
        # The lead comes first.
        {}, answers((("lead",), 204), (("admin",), 404), other=403),
    ),
    ("GET", "slas/policies"): ("", STAFF_ONLY),
    ("GET", "slas/policies/definitions"): ("", STAFF_ONLY),
    ("GET", "slas/policies/<int:policy_id>"): ("", STAFF_ONLY),
    ("POST", "slas/policies"): (NEW_POLICY, answers((RULERS, 201), other=403)),
    ("PUT", "slas/policies/reorder"): ({"sla_policy_ids": []}, answers((RULERS, 200), other=403)),
    ("PUT", "slas/policies/<int:policy_id>"): (
        {"sla_policy": {"active": False}}, answers((RULERS, 200), other=403),
    ),
    ("DELETE", "slas/policies/<int:policy_id>"): (
        # The lead comes first.
        {}, answers((("lead",), 204), (("admin",), 404), other=403),
    ),
    ("GET", "tickets/<int:ticket_id>/slas/policy_metrics"): (
        "", answers((STAFF_WHO_SEE_IT, 200), (CUSTOMERS, 403), other=404),
    ),
    ("GET", "business_hours/schedules"): ("", STAFF_ONLY),
    ("POST", "business_hours/schedules"): (
        {"schedule": {"name": "Nights", "time_zone": "UTC"}},
        answers((("admin",), 201), other=403),
    ),
    ("GET", "business_hours/schedules/<int:schedule_id>"): ("", STAFF_ONLY),
    ("PUT", "business_hours/schedules/<int:schedule_id>"): (
        {"schedule": {"name": "Days"}}, ADMIN_ONLY,
    ),
    ("DELETE", "business_hours/schedules/<int:schedule_id>"): (
        {}, answers((("admin",), 204), other=403),
    ),
    ("PUT", "business_hours/schedules/<int:schedule_id>/workweek"): (
        {"workweek": {"intervals": [{"start_time": 0, "end_time": 60}]}}, ADMIN_ONLY,
    ),
    ("GET", "business_hours/schedules/<int:schedule_id>/holidays"): ("", STAFF_ONLY),
    ("POST", "business_hours/schedules/<int:schedule_id>/holidays"): (
        {"holiday": {"name": "Trip", "start_date": "2026-05-05", "end_date": "2026-05-05"}},
        answers((("admin",), 201), other=403),
    ),
    ("GET", "business_hours/schedules/<int:schedule_id>/holidays/<int:holiday_id>"): (
        "", STAFF_ONLY,
    ),
    ("PUT", "business_hours/schedules/<int:schedule_id>/holidays/<int:holiday_id>"): (
        {"holiday": {"name": "Feast"}}, ADMIN_ONLY,
    ),
    ("DELETE", "business_hours/schedules/<int:schedule_id>/holidays/<int:holiday_id>"): (
        {}, answers((("admin",), 204), other=403),
    ),
    ("GET", "incremental/tickets/cursor"): (
        "?start_time=1", answers((("lead", "admin"), 200), other=403),
    ),
    ("GET", "incremental/ticket_metric_events"): (
        "?start_time=1", answers((("lead", "admin"), 200), other=403),
    ),
}  # fmt: skip

MAY_READ_NOTES = set(STAFF_WHO_SEE_IT)


def api_patterns() -> list[URLPattern]:
    api = next(p for p in get_resolver().url_patterns if str(p.pattern) == "api/v2/")
    return list(api.url_patterns)


def routes() -> set[tuple[str, str]]:
    return {
        (verb, str(pattern.pattern).removesuffix(".json"))
        for pattern in api_patterns()
        if str(pattern.pattern)
        for verb in pattern.callback.cls.verbs
    }


def test_every_route_of_the_api_stands_in_the_matrix():
    assert routes() == set(MATRIX)


def test_every_door_asks_for_a_token():
    from rest_framework.permissions import IsAuthenticated

    from api.authentication import TokenAuthentication

    for pattern in api_patterns():
        door = pattern.callback.cls
        assert door.authentication_classes == [TokenAuthentication]
        assert door.permission_classes == [IsAuthenticated]


def test_an_address_with_json_is_the_same_door_as_without():
    doors: dict[str, set[object]] = {}
    for pattern in api_patterns():
        route = str(pattern.pattern).removesuffix(".json")
        doors.setdefault(route, set()).add(pattern.callback)
    assert all(len(same) == 1 for same in doors.values())


@pytest.mark.parametrize(("verb", "route"), MATRIX)
def test_the_matrix_holds(world, carol, nordwind, billing, verb, route):
    webhook, _ = create_webhook(actor=SETUP, name="Hook", url="https://hook.example/")
    trigger = Trigger.objects.earliest("id")
    policy = make_policy(target("first_reply_time", 60))
    christmas = Holiday("Christmas", date(2026, 12, 24), date(2026, 12, 26))
    schedule = save_schedule(
        actor=SETUP, draft=ScheduleDraft("Office", "UTC", [(540, 1020)], holidays=[christmas])
    )
    macro = create_macro(
        actor=SYSTEM,
        draft=MacroDraft("All", [{"field": "priority", "value": "low"}], scope="everyone"),
    )
    identity = carol.identities.get()
    form = save_ticket_form(actor=SETUP, draft=FormDraft(title="Inside only"))
    parts = {
        "form_id": form.pk, "identity_id": identity.pk, "macro_id": macro.pk, "job_id": 1,
        "ticket_id": world.ticket.pk, "attachment_id": world.secret_file.pk, "user_id": carol.pk,
        "organization_id": nordwind.pk, "group_id": billing.pk, "field_id": world.field.pk,
        "view_id": world.view.pk, "automation_id": Automation.objects.earliest("id").pk,
        "trigger_id": trigger.pk, "category_id": trigger.category_id, "webhook_id": webhook.pk,
        "policy_id": policy.pk, "schedule_id": schedule.pk, "holiday_id": 202612240003,
    }  # fmt: skip
    side = open_side_conversation(
        actor=as_actor(world.people["agent"]), ticket_id=world.ticket.pk, subject=SECRET,
        message=SideDraft(body=SECRET, to={"third@party.example": ""}),
    )  # fmt: skip
    path = route.replace("<uuid:side_id>", str(side.uuid))
    for name, value in parts.items():
        path = path.replace(f"<int:{name}>", str(value))
    payload, expected = MATRIX[verb, route]
    query = payload.format(ticket=world.ticket.pk) if isinstance(payload, str) else ""
    body = json.dumps(payload) if isinstance(payload, dict) else "a file's bytes"
    found = {}
    for person, user in world.people.items():
        Ticket.objects.filter(pk=world.ticket.pk).update(deleted_at=None)
        Organization.objects.filter(name="New").delete()
        identity.save()  # again, where the one before has deleted it
        answer = api_client(user).generic(
            verb, f"/api/v2/{path}.json{query}".replace("content.json", "content"), body,
            content_type="application/json",
        )  # fmt: skip
        found[person] = answer.status_code
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        leaks = SECRET.encode() in content and person not in MAY_READ_NOTES
        assert not leaks, f"{person} was told the secret by {verb} {route}"
        assert b"password" not in content
        assert b"digest" not in content
    assert found == expected
