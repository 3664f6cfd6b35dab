"""Triggers, their categories and webhooks over the API, as a client of Zendesk's expects them."""

from __future__ import annotations

import pytest

from macros.actions.webhooks import create_webhook
from macros.models import RuleRevision, Trigger, TriggerCategory, Webhook
from tests.factories import SETUP, make_ticket

pytestmark = pytest.mark.django_db

NEW = {
    "title": "Raise VIPs",
    "all": [{"field": "current_tags", "operator": "includes", "value": "vip"}],
    "actions": [
        {"field": "priority", "value": "urgent"},
        {"field": "notification_user", "value": ["requester_id", "Hello", "It is urgent now."]},
    ],
}  # fmt: skip


def test_a_trigger_is_made_read_changed_and_deleted(api, lead, carol):
    client = api(lead)
    made = client.post("/api/v2/triggers.json", {"trigger": NEW}).json()["trigger"]
    assert made["conditions"] == {"all": NEW["all"], "any": []}
    assert made["actions"] == NEW["actions"]
    assert (made["active"], made["default"], made["error"]) == (True, False, None)
    assert make_ticket(requester=carol, tags=("vip",)).priority == "urgent"

    address = f"/api/v2/triggers/{made['id']}.json"
    changed = client.put(address, {"trigger": {"active": False}}).json()["trigger"]
    assert (changed["active"], changed["title"]) == (False, "Raise VIPs")
    assert client.get(address).json()["trigger"] == changed
    assert RuleRevision.objects.filter(kind="trigger", rule_id=made["id"]).count() == 2

    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"all": []},
        {"actions": []},
        {"all": [{"field": "password", "operator": "is", "value": "x"}]},
        {"actions": [{"field": "run_code", "value": "x"}]},
        {"actions": [{"field": "group_id", "value": 999_999}]},
        {"actions": [{"field": "notification_webhook", "value": [999_999, "{}"]}]},
        {"category_id": 999_999},
        {"actions": "status"},
        {"all": {"field": "status"}},
    ],
)
def test_what_cannot_be_a_rule_is_a_422_and_leaves_nothing(api, lead, wrong):
    before = Trigger.objects.count()
    answer = api(lead).post("/api/v2/triggers.json", {"trigger": {**NEW, **wrong}})
    assert answer.status_code == 422
    assert Trigger.objects.count() == before


def test_triggers_are_put_in_order(api, lead):
    client = api(lead)
    ids = [row["id"] for row in client.get("/api/v2/triggers.json").json()["triggers"]]
    wanted = [ids[-1], *ids[:-1]]
    answer = client.put("/api/v2/triggers/reorder.json", {"trigger_ids": wanted})
    assert [row["id"] for row in answer.json()["triggers"]] == wanted
    active = client.get("/api/v2/triggers/active.json").json()["triggers"]
    assert [row["id"] for row in active] == [
        pk for pk in wanted if Trigger.objects.get(pk=pk).is_active
    ]


def test_definitions_say_what_may_be_asked_and_done(api, alice):
    found = api(alice).get("/api/v2/triggers/definitions.json").json()["definitions"]
    fields = {each["subject"]: each for each in found["conditions_all"]}
    operators = {each["value"] for each in fields["status"]["operators"]}
    assert {"is", "less_than", "changed", "value_previous"} <= operators
    actions = {each["subject"]: each for each in found["actions"]}
    assert "urgent" in {value["value"] for value in actions["priority"]["values"]}
    assert {"notification_user", "notification_webhook", "satisfaction_score"} <= set(actions)
    assert "attachments" not in actions


def test_categories_are_made_moved_and_removed_when_empty(api, lead):
    client = api(lead)
    body = {"trigger_category": {"name": "VIPs"}}
    made = client.post("/api/v2/trigger_categories.json", body).json()["trigger_category"]
    address = f"/api/v2/trigger_categories/{made['id']}.json"
    moved = client.put(address, {"trigger_category": {"position": 1}}).json()["trigger_category"]
    assert moved["position"] == 1
    names = list(TriggerCategory.objects.order_by("position").values_list("name", flat=True))
    assert names == ["VIPs", "Notifications"]
    new = {"trigger": {**NEW, "category_id": int(made["id"])}}
    trigger = client.post("/api/v2/triggers.json", new).json()["trigger"]
    assert trigger["category_id"] == made["id"]
    assert client.delete(address).status_code == 422
    client.delete(f"/api/v2/triggers/{trigger['id']}.json")
    assert client.delete(address).status_code == 204


def test_a_webhooks_secret_is_told_once(api, admin):
    client = api(admin)
    body = {"webhook": {"name": "Shop", "endpoint": "https://shop.example/hook"}}
    made = client.post("/api/v2/webhooks.json", body).json()["webhook"]
    secret = made["signing_secret"]["secret"]
    assert secret.startswith("whsec_")
    row = Webhook.objects.get()
    assert secret not in row.sealed_secret
    address = f"/api/v2/webhooks/{made['id']}"
    for path in (f"{address}.json", "/api/v2/webhooks.json", f"{address}/invocations.json"):
        assert secret not in client.get(path).content.decode()
    renewed = client.post(f"{address}/signing_secret.json").json()["signing_secret"]["secret"]
    assert renewed != secret
    row.refresh_from_db()
    assert row.sealed_previous_secret
    assert client.put(f"{address}.json", {"webhook": {"status": "inactive"}}).json()["webhook"][
        "status"
    ] == "inactive"  # fmt: skip


@pytest.mark.parametrize(
    "endpoint",
    ["", "ftp://x.example/", "javascript:alert(1)", "https://user:pass@x.example/", "http://",
     "https://x.example/a b", "https://x.example:99999/", "https://" + "x" * 3000],
)  # fmt: skip
def test_a_webhook_needs_a_web_address(api, admin, endpoint):
    body = {"webhook": {"name": "Shop", "endpoint": endpoint}}
    assert api(admin).post("/api/v2/webhooks.json", body).status_code == 422
    assert not Webhook.objects.exists()


def test_a_webhook_that_a_rule_calls_is_not_deleted(api, admin):
    webhook, _ = create_webhook(actor=SETUP, name="Shop", url="https://shop.example/")
    action = {"field": "notification_webhook", "value": [webhook.pk, ""]}
    client = api(admin)
    made = client.post("/api/v2/triggers.json", {"trigger": {**NEW, "actions": [action]}})
    assert made.json()["trigger"]["actions"] == [action]
    answer = client.delete(f"/api/v2/webhooks/{webhook.pk}.json")
    assert "Raise VIPs" in answer.content.decode()
    assert Webhook.objects.exists()


def test_an_audit_names_the_rule_and_its_revision_behind_a_change(api, lead, carol):
    made = api(lead).post("/api/v2/triggers.json", {"trigger": NEW}).json()["trigger"]
    ticket = make_ticket(requester=carol, tags=("vip",))
    (audit,) = api(lead).get(f"/api/v2/tickets/{ticket.pk}/audits.json").json()["audits"]
    (change,) = (
        event for event in audit["events"] if event.get("field_name") == "priority"
    )  # fmt: skip
    assert change["via"] == {
        "channel": "rule",
        "source": {
            "from": {"id": made["id"], "title": "Raise VIPs", "revision_id": 1}, "to": {},
            "rel": "trigger",
        },
    }  # fmt: skip
