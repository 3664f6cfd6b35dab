"""SLA policies, promises on tickets, the log of metrics, as a client of Zendesk's expects them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from macros.actions import tick_sla
from macros.models import MetricEvent, RuleRevision, SlaPolicy, SlaRecount
from tests.macros.sla.conftest import MONDAY, make_policy, target

pytestmark = pytest.mark.django_db

POLICIES = "/api/v2/slas/policies"
EVENTS = "/api/v2/incremental/ticket_metric_events.json"
NEW = {
    "title": "Incidents",
    "description": "For urgent incidents, we will respond in 10 minutes",
    "filter": {"all": [{"field": "type", "operator": "is", "value": "incident"}], "any": []},
    "policy_metrics": [
        {"priority": "urgent", "metric": "first_reply_time", "target": 10, "business_hours": False},
        {"priority": "high", "metric": "requester_wait_time", "target_in_seconds": 7200,
         "business_hours": True},
    ],
}  # fmt: skip


def test_a_policy_goes_there_and_back(api, lead):
    client = api(lead)
    answer = client.post(f"{POLICIES}.json", {"sla_policy": NEW})
    assert answer.status_code == 201
    made = answer.json()["sla_policy"]
    assert (made["title"], made["position"], made["active"]) == ("Incidents", 1, True)
    assert made["filter"] == NEW["filter"]
    assert made["policy_metrics"][0] == {
        "priority": "urgent", "metric": "first_reply_time", "target": 10,
        "target_in_seconds": 600, "business_hours": False,
    }  # fmt: skip
    assert made["policy_metrics"][1]["target"] == 120
    one = f"{POLICIES}/{made['id']}.json"
    changed = client.put(one, {"sla_policy": {"title": "Accidents"}}).json()["sla_policy"]
    assert changed["title"] == "Accidents"
    assert changed["policy_metrics"] == made["policy_metrics"]
    assert client.get(one).json()["sla_policy"] == changed
    assert SlaRecount.objects.count() == 2
    assert RuleRevision.objects.filter(kind="sla_policy", rule_id=made["id"]).count() == 2
    assert client.put(one, {"sla_policy": changed}).status_code == 200  # a whole one sent back
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_policies_stand_where_they_are_put(api, lead):
    client = api(lead)
    first, second = (
        client.post(f"{POLICIES}.json", {"sla_policy": {**NEW, "title": title}}).json()[
            "sla_policy"
        ]["id"]
        for title in ("First", "Second")
    )
    third = client.post(f"{POLICIES}.json", {"sla_policy": {**NEW, "position": 1}}).json()
    assert third["sla_policy"]["position"] == 1
    assert listed(client) == [third["sla_policy"]["id"], first, second]
    client.put(f"{POLICIES}/reorder.json", {"sla_policy_ids": [second, first]})
    assert listed(client)[:2] == [second, first]
    client.put(f"{POLICIES}/reorder.json?sla_policy_ids[]={first}&sla_policy_ids[]={second}", {})
    assert listed(client)[:2] == [first, second]
    client.put(f"{POLICIES}/{first}.json", {"sla_policy": {"position": 3}})
    assert listed(client)[-1] == first


def listed(client) -> list[int]:
    return [row["id"] for row in client.get(f"{POLICIES}.json").json()["sla_policies"]]


def test_zendesks_advanced_settings_are_ours_where_we_have_them(api, lead):
    client = api(lead)
    settings = {"periodic_update_time": {"activate_on_agent_internal_note": True}}
    answer = client.post(f"{POLICIES}.json", {"sla_policy": {**NEW, "metric_settings": settings}})
    made = answer.json()["sla_policy"]
    assert made["metric_settings"]["periodic_update_time"] == settings["periodic_update_time"]
    assert SlaPolicy.objects.get().settings == {"internal_notes_update": True}
    one = f"{POLICIES}/{made['id']}.json"
    wrong = {"first_reply_time": {"fulfill_on_agent_internal_note": True}}
    refused = client.put(one, {"sla_policy": {"metric_settings": wrong}})
    assert refused.status_code == 422
    assert "cannot be switched on here" in str(refused.json())
    none = {"first_reply_time": {"fulfill_on_agent_internal_note": False}}
    assert client.put(one, {"sla_policy": {"metric_settings": none}}).status_code == 200
    assert SlaPolicy.objects.get().settings == {"internal_notes_update": True}


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"filter": {"all": [{"field": "password", "operator": "is", "value": "x"}]}},
        {"filter": {"all": [{"field": "update_type", "operator": "is", "value": "Create"}]}},
        {"filter": []},
        {"policy_metrics": []},
        {"policy_metrics": [{"priority": "high", "metric": "speed", "target": 1}]},
        {"policy_metrics": [{"priority": "high", "metric": "first_reply_time"}]},
        {"policy_metrics": [{"metric": "first_reply_time", "target_in_seconds": 4}]},
        {"policy_metrics": [{"metric": "first_reply_time", "target": -1}]},
        {"policy_metrics": "first_reply_time"},
        {"warnings": [2]},
        {"metric_settings": {"first_reply_time": True}},
        {"schedule_id": 999_999},
    ],
)
def test_what_cannot_be_a_policy_is_a_422_and_leaves_nothing(api, lead, wrong):
    answer = api(lead).post(f"{POLICIES}.json", {"sla_policy": {**NEW, **wrong}})
    assert answer.status_code == 422
    assert not SlaPolicy.objects.exists()


def test_definitions_offer_what_filters_may_ask(api, alice):
    found = api(alice).get(f"{POLICIES}/definitions.json").json()["definitions"]
    fields = {field["value"]: field for field in found["all"]}
    assert "update_type" not in fields
    assert {"value": "urgent", "title": "Urgent"} in fields["priority"]["values"]["list"]
    assert {"is", "is_not"} <= {each["value"] for each in fields["priority"]["operators"]}


def test_tickets_carry_their_promises_when_asked(api, desk, alice, carol):
    make_policy(target("first_reply_time", 60), target("total_resolution_time", 60 * 24 * 5))
    desk.open()
    client, number = api(alice), desk.ticket.pk
    with desk.at(50):
        shown = client.get(f"/api/v2/tickets/{number}.json?include=users,slas").json()["ticket"]
        asked = client.get(f"/api/v2/tickets/{number}/slas/policy_metrics.json").json()
    assert shown["slas"] == asked
    assert asked["policy_metrics"] == [
        {"breach_at": "2026-03-02T10:00:00Z", "stage": "active", "metric": "first_reply_time",
         "minutes": 10},
        {"breach_at": "2026-03-07T09:00:00Z", "stage": "active", "metric": "total_resolution_time",
         "days": 4},
    ]  # fmt: skip
    desk.answers(55)
    for query in ("tickets.json?include=slas", f"tickets/show_many.json?ids={number}&include=slas"):
        with desk.at(60):
            row = client.get(f"/api/v2/{query}").json()["tickets"][0]
        assert row["slas"]["policy_metrics"][0] == {
            "breach_at": None, "stage": "achieved", "metric": "first_reply_time",
        }  # fmt: skip
    assert "slas" not in client.get(f"/api/v2/tickets/{number}.json").json()["ticket"]
    own = api(carol).get(f"/api/v2/tickets/{number}.json?include=slas").json()["ticket"]
    assert "slas" not in own


def test_promises_of_a_page_cost_two_queries(api, desk, alice, django_assert_max_num_queries):
    make_policy(target("first_reply_time", 60))
    for _ in range(5):
        desk.open()
    client = api(alice)
    client.get("/api/v2/tickets.json")
    with django_assert_max_num_queries(40) as plain:
        client.get("/api/v2/tickets.json")
    with django_assert_max_num_queries(40) as more:
        client.get("/api/v2/tickets.json?include=slas")
    assert len(more) == len(plain) + 2


def events(client, start=MONDAY, **params) -> dict:
    return client.get(EVENTS, {"start_time": int(start.timestamp()), **params}).json()


def test_metric_events_have_zendesks_shape(api, desk, lead):
    policy = make_policy(target("first_reply_time", 30), target("next_reply_time", 600))
    desk.open()
    with desk.at(31):
        tick_sla()
    desk.answers(40)
    desk.asks(50)
    with desk.at(60):
        answer = events(api(lead))
    sla = {
        "target": 30, "target_in_seconds": 1800, "business_hours": False,
        "policy": {"id": policy.pk, "title": "Standard", "description": None},
    }  # fmt: skip
    short = [(row["metric"], row["instance_id"], row["type"], row["time"])
             for row in answer["ticket_metric_events"]]  # fmt: skip
    assert short == [
        ("reply_time", 1, "activate", "2026-03-02T09:00:00Z"),
        ("reply_time", 1, "apply_sla", "2026-03-02T09:00:00Z"),
        ("reply_time", 1, "breach", "2026-03-02T09:30:00Z"),
        ("reply_time", 1, "fulfill", "2026-03-02T09:40:00Z"),
        ("reply_time", 1, "update_status", "2026-03-02T09:40:00Z"),
        ("reply_time", 2, "activate", "2026-03-02T09:50:00Z"),
        ("reply_time", 2, "apply_sla", "2026-03-02T09:50:00Z"),
    ]
    rows = answer["ticket_metric_events"]
    assert rows[1]["sla"] == rows[2]["sla"] == sla
    assert (rows[2]["deleted"], rows[4]["status"]) == (False, {"calendar": 40, "business": 40})
    assert (answer["count"], answer["end_of_stream"]) == (7, True)


def test_metric_events_are_read_in_pages_and_later_ones_follow(api, desk, lead):
    make_policy(target("first_reply_time", 30))
    desk.open()
    client = api(lead)
    with desk.at(5):
        first = events(client, per_page=1)
        assert [row["type"] for row in first["ticket_metric_events"]] == ["activate"]
        assert not first["end_of_stream"]
        second = client.get(first["next_page"]).json()
        assert [row["type"] for row in second["ticket_metric_events"]] == ["apply_sla"]
        assert second["end_of_stream"]
    desk.answers(100)  # the breach at 30 is written down only now
    with desk.at(105):
        later = client.get(second["next_page"].replace("per_page=1", "per_page=9")).json()
    assert [row["type"] for row in later["ticket_metric_events"]] == [
        "breach", "fulfill", "update_status",
    ]  # fmt: skip
    with desk.at(105):
        paged = events(client, **{"page[size]": 4})
        assert [len(paged["ticket_metric_events"]), paged["meta"]["has_more"]] == [4, True]
        rest = client.get(paged["links"]["next"]).json()
    assert len(rest["ticket_metric_events"]) == 1


def test_what_was_written_within_the_last_minute_comes_later(api, desk, lead):
    make_policy(target("first_reply_time", 30))
    desk.open()
    with desk.at(0.5):
        assert events(api(lead))["ticket_metric_events"] == []


def test_a_wrong_start_is_a_400(api, lead):
    assert api(lead).get(f"{EVENTS}?start_time=monday").status_code == 400
    assert api(lead).get(f"{EVENTS}?start_time=1&per_page=0").status_code == 400


def test_events_before_the_start_are_left_out(api, desk, lead):
    make_policy(target("first_reply_time", 30))
    desk.open()
    with desk.at(60 * 48):
        assert events(api(lead), MONDAY + timedelta(days=1))["ticket_metric_events"] == []
    assert MetricEvent.objects.exists()
