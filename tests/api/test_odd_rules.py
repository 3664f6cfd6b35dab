"""Rules as no client should send them: refused with a sentence, or kept without the odd part."""

from __future__ import annotations

import json

import pytest

from macros.models import Macro, Trigger
from tests.factories import SETUP
from tickets.actions import create_ticket_field

pytestmark = pytest.mark.django_db
WHEN = '[{"field": "update_type", "operator": "is", "value": "Create"}]'
THEN = '[{"field": "priority", "value": "high"}]'
DIGITS = "9" * 5_000


def when(field: str, operator: str, value: str) -> str:
    return f'[{{"field": "{field}", "operator": "{operator}", "value": {value}}}]'


def sent(client, *, title="T", conditions=WHEN, actions=THEN, more=""):
    body = '{"trigger": {"title": "%s", "all": %s, "actions": %s%s}}'
    return client.post(
        "/api/v2/triggers.json", body % (title, conditions, actions, more),
        content_type="application/json",
    )  # fmt: skip


@pytest.mark.parametrize(
    "odd",
    [
        {"conditions": when("replies", "is", "1e400")},
        {"conditions": when("replies", "is", f'"{DIGITS}"')},
        {"conditions": when("group_id", "is", f'"{DIGITS}"')},
        {"conditions": when("recipient", "is", '"\\u0000"')},
        {"conditions": when("current_tags", "includes", '["\\ud800"]')},
        {"conditions": when("status", "is", '"\\u0000"')},
        {"conditions": when("status", "is", f'"{"x" * 9_000}"')},
        {"actions": f'[{{"field": "custom_fields_{DIGITS}", "value": 1}}]'},
        {"actions": '[{"field": "\\ud800", "value": 1}]'},
        {"actions": f'[{{"field": "group_id", "value": "{DIGITS}"}}]'},
        {"actions": '[{"field": "subject", "value": "\\u0000\\ud800"}]'},
    ],
)
def test_what_nothing_can_hold_is_refused_in_a_short_sentence(api, lead, odd):
    answer = sent(api(lead), **odd)
    assert answer.status_code == 422, answer.content[:300]
    assert len(answer.content) < 1_000
    assert not Trigger.objects.filter(title="T").exists()


def test_letters_that_no_column_holds_are_left_out(api, lead):
    answer = sent(
        api(lead), conditions=when("subject_includes_word", "includes", '"a\\u0000b"'),
        actions='[{"field": "subject", "value": "x\\ud800y"}]',
    )  # fmt: skip
    assert answer.status_code == 201
    trigger = Trigger.objects.get(title="T")
    assert trigger.conditions["all"][0]["value"] == "ab"
    assert trigger.effects == [{"field": "subject", "value": "xy"}]


def test_nothing_is_kept_of_conditions_but_what_they_ask(api, lead):
    beside = '{"field": "status", "operator": "changed", "value": [[{"x": "\\u0000"}]], "y": 1}'
    answer = sent(api(lead), more=f', "conditions": {{"all": [{beside}], "z": "\\u0000"}}')
    assert answer.status_code == 201
    trigger = Trigger.objects.get(title="T")
    assert trigger.conditions == {
        "all": [{"field": "update_type", "operator": "is", "value": "Create"}]
    }
    sent(api(lead), conditions=f"[{beside}]")
    kept = Trigger.objects.latest("id").conditions["all"]
    assert kept == [{"field": "status", "operator": "changed"}]


def test_a_rule_has_a_size(api, lead):
    text = '{"field": "comment_value", "value": "%s"}' % ("x" * 18_000)
    answer = sent(api(lead), actions=f"[{text}, {text}, {text}, {text}]")
    assert answer.status_code == 422
    assert "too long" in answer.content.decode()
    assert sent(api(lead), actions=f"[{text}, {text}, {text}]").status_code == 201


def test_a_macro_with_odd_files_is_refused(api, lead):
    body = '{"macro": {"title": "T", "actions": [{"field": "attachments", "value": "%s"}]}}'
    answer = api(lead).post("/api/v2/macros.json", body % DIGITS, content_type="application/json")
    assert answer.status_code == 422
    assert not Macro.objects.filter(title="T").exists()


@pytest.mark.parametrize(
    ("type", "right", "wrong"),
    [("date", "2026-11-22", "soon"), ("integer", 5, "five"), ("tagger", "red", "blue"),
     ("decimal", "5.5", 1e300)],
)  # fmt: skip
def test_a_custom_field_is_set_to_what_it_can_hold(api, lead, type, right, wrong):
    field = create_ticket_field(actor=SETUP, key="f", title="Colour", type=type, options=["red"])
    effect = {"field": f"custom_fields_{field.pk}"}
    refused = sent(api(lead), actions=json.dumps([{**effect, "value": wrong}]))
    assert refused.status_code == 422
    assert "Colour: " in refused.content.decode()
    assert sent(api(lead), actions=json.dumps([{**effect, "value": right}])).status_code == 201


@pytest.mark.parametrize("name", ["cc", "follower"])
def test_only_single_people_are_added_to_a_ticket(api, lead, name):
    actions = json.dumps([{"field": name, "value": "requester_and_ccs"}])
    assert sent(api(lead), actions=actions).status_code == 422
    assert sent(api(lead), actions=json.dumps([{"field": name, "value": "requester"}])).json()


@pytest.mark.parametrize(
    ("name", "many", "more"),
    [("trigger", "triggers", {"all": [json.loads(WHEN)[0]]}),
     ("automation", "automations", {"all": [{"field": "OPEN", "operator": "is", "value": 24}]}),
     ("macro", "macros", {})],
)  # fmt: skip
def test_a_client_that_names_the_revision_it_read_overwrites_nobody(api, lead, name, many, more):
    client = api(lead)
    new = {name: {"title": "T", "actions": json.loads(THEN), **more}}
    made = client.post(f"/api/v2/{many}.json", new).json()[name]
    address = f"/api/v2/{many}/{made['id']}.json"
    mine = {name: {"title": "Mine", "revision": made["revision"]}}
    assert client.put(address, {name: {"title": "Theirs"}}).json()[name]["revision"] == 2
    assert client.put(address, mine).status_code == 409
    assert client.get(address).json()[name]["title"] == "Theirs"
    mine[name]["revision"] = 2
    assert client.put(address, mine).json()[name]["title"] == "Mine"
