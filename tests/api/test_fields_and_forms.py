"""Ticket fields and forms in Zendesk's shape: reads, writes, errors."""

from __future__ import annotations

import pytest

from tests.factories import api_client
from tickets.models import TicketField, TicketForm, TicketFormCondition

pytestmark = pytest.mark.django_db

FIELDS, FORMS = "/api/v2/ticket_fields", "/api/v2/ticket_forms"


@pytest.fixture
def admins(admin):
    return api_client(admin)


def make(client, **field):
    answer = client.post(f"{FIELDS}.json", {"ticket_field": field}, format="json")
    assert answer.status_code == 201, answer.json()
    return answer.json()["ticket_field"]


def options(*names):
    return [{"name": name, "value": name} for name in names]


def test_a_field_is_made_changed_put_elsewhere_switched_off_and_deleted(admins):
    first = make(admins, type="text", title="First")
    answer = admins.post(f"{FIELDS}.json", {"ticket_field": {
        "type": "tagger", "title": "Topic", "custom_field_options": options("Return", "Fault"),
        "required": True, "visible_in_portal": True, "position": 1,
    }}, format="json")  # fmt: skip
    topic = answer.json()["ticket_field"]
    assert answer["Location"] == topic["url"]
    assert (topic["required"], topic["visible_in_portal"], topic["position"]) == (True, True, 1)
    assert [each["name"] for each in topic["custom_field_options"]] == ["Return", "Fault"]
    path = f"{FIELDS}/{topic['id']}"
    found = admins.get(f"{path}/options.json").json()
    assert (found["count"], found["custom_field_options"][1]["value"]) == (2, "Fault")
    changed = admins.put(f"{path}.json", {"ticket_field": {"active": False}}, format="json")
    assert changed.json()["ticket_field"]["active"] is False
    assert changed.json()["ticket_field"]["required"] is True
    assert admins.get(f"{FIELDS}/count.json").json() == {"count": {"value": 2}}
    assert admins.delete(f"{path}.json").status_code == 204
    assert admins.delete(f"{path}.json").status_code == 404
    assert list(TicketField.objects.values_list("pk", flat=True)) == [first["id"]]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ({"type": "text"}, "title"),
        ({"title": "x"}, "type"),
        ({"title": "x", "type": "lookup"}, "type"),
        ({"title": "x", "type": "tagger"}, "options"),
        ({"title": "x", "type": "regexp"}, "pattern"),
        ({"title": "x", "type": "regexp", "regexp_for_validation": "(?=a)"}, "pattern"),
    ],
)
def test_a_wrong_field_is_refused_in_the_shape_of_errors(admins, field, wrong):
    answer = admins.post(f"{FIELDS}.json", {"ticket_field": field}, format="json")
    assert (answer.status_code, answer.json()["error"]) == (422, "RecordInvalid")
    assert wrong in answer.json()["details"]
    assert not TicketField.objects.exists()


def test_a_pattern_holds_for_tickets_of_programs(admins, alice, make_ticket):
    order = make(admins, type="regexp", title="Order", regexp_for_validation="^BC-[0-9]{5}$")
    parts = make(admins, type="multiselect", title="Parts", custom_field_options=options("A", "B"))
    path = f"/api/v2/tickets/{make_ticket().pk}.json"
    client = api_client(alice)

    def put(*pairs):
        values = [{"id": field["id"], "value": value} for field, value in pairs]
        return client.put(path, {"ticket": {"custom_fields": values}}, format="json")

    assert put((order, "12345")).status_code == 422
    kept = put((order, "BC-12345"), (parts, ["B", "A"])).json()["ticket"]["custom_fields"]
    assert {each["id"]: each["value"] for each in kept} == {
        order["id"]: "BC-12345", parts["id"]: ["A", "B"],
    }  # fmt: skip


def test_a_form_keeps_conditions_for_agents_and_customers(admins):
    topic = make(admins, type="tagger", title="Topic", custom_field_options=options("Return", "x"))
    box, reason = (make(admins, type=kind, title=kind) for kind in ("checkbox", "text"))
    for_agents = [{"parent_field_id": topic["id"], "value": "Return",
                   "child_fields": [{"id": reason["id"], "is_required": True}]}]  # fmt: skip
    for_users = [{"parent_field_id": box["id"], "value": True,
                  "child_fields": [{"id": reason["id"], "is_required": False}]}]  # fmt: skip
    answer = admins.post(f"{FORMS}.json", {"ticket_form": {
        "name": "Contact", "ticket_field_ids": [topic["id"], box["id"], reason["id"]],
        "end_user_visible": True, "agent_conditions": for_agents, "end_user_conditions": for_users,
    }}, format="json")  # fmt: skip
    assert answer.status_code == 201
    form = answer.json()["ticket_form"]
    assert form["ticket_field_ids"] == [topic["id"], box["id"], reason["id"]]
    assert form["end_user_conditions"] == for_users
    child = form["agent_conditions"][0]["child_fields"][0]
    assert child["required_on_statuses"] == {"type": "SOME_STATUSES", "statuses": ["solved"]}
    path = f"{FORMS}/{form['id']}.json"
    both = admins.put(path, {"ticket_form": {"end_user_conditions": for_agents}}, format="json")
    assert both.status_code == 200
    assert list(TicketFormCondition.objects.values_list("audience", flat=True)) == ["everybody"]
    renamed = admins.put(path, {"ticket_form": {"name": "Write"}}, format="json").json()
    assert renamed["ticket_form"]["agent_conditions"] == form["agent_conditions"]
    circle = [{"parent_field_id": box["id"], "value": True, "child_fields": [{"id": box["id"]}]}]
    wrong = admins.put(path, {"ticket_form": {"agent_conditions": circle}}, format="json")
    assert (wrong.status_code, list(wrong.json()["details"])) == (422, ["conditions"])


def test_forms_are_ordered_cloned_found_and_deleted(admins):
    first, second = (
        admins.post(f"{FORMS}.json", {"ticket_form": {"name": name}}, format="json").json()[
            "ticket_form"
        ]["id"]
        for name in ("One", "Two")
    )
    admins.put(f"{FORMS}/reorder.json", {"ticket_form_ids": [second, first]}, format="json")
    assert [form["id"] for form in admins.get(f"{FORMS}.json").json()["ticket_forms"]] == [
        second, first,
    ]  # fmt: skip
    copy = admins.post(f"{FORMS}/{first}/clone.json").json()["ticket_form"]
    assert copy["name"] == "One copy 1"
    some = admins.get(f"{FORMS}/show_many.json?ids={first},{copy['id']}").json()["ticket_forms"]
    assert {form["id"] for form in some} == {first, copy["id"]}
    assert admins.get(f"{FORMS}/show_many.json?ids=x").status_code == 400
    assert admins.delete(f"{FORMS}/{first}.json").status_code == 204
    assert admins.get(f"{FORMS}/{first}.json").status_code == 404


def test_only_who_manages_rules_writes(admins, alice, carol):
    field = make(admins, type="text", title="One")
    for person, status in ((alice, 403), (carol, 404)):
        client = api_client(person)
        change = {"ticket_field": {"title": "Mine"}}
        path = f"{FIELDS}/{field['id']}.json"
        assert client.put(path, change, format="json").status_code == status
        assert client.delete(path).status_code == status
    new = {"ticket_form": {"name": "Mine"}}
    assert api_client(alice).post(f"{FORMS}.json", new, format="json").status_code == 403
    assert not TicketForm.objects.exists()
    assert TicketField.objects.get().title == "One"
