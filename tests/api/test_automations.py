"""Automations over the API, in Zendesk's shape."""

from __future__ import annotations

import pytest

from macros.models import Automation

pytestmark = pytest.mark.django_db

OLD = {"field": "PENDING", "operator": "greater_than", "value": "24"}
UNTOLD = {"field": "current_tags", "operator": "not_includes", "value": "told"}
MAIL = {"field": "notification_user", "value": ["requester_id", "Hello", "Still there?"]}
TAG = {"field": "current_tags", "value": "told"}


def test_an_automation_goes_there_and_back(api, lead):
    client = api(lead)
    sent = {"title": "Remind", "all": [OLD, UNTOLD], "actions": [MAIL, TAG]}
    answer = client.post("/api/v2/automations.json", {"automation": sent})
    assert answer.status_code == 201
    made = answer.json()["automation"]
    assert made["conditions"] == {"all": [OLD, UNTOLD], "any": []}
    assert made["actions"] == [MAIL, TAG]
    path = f"/api/v2/automations/{made['id']}.json"
    changed = client.put(path, {"automation": {"active": False}}).json()["automation"]
    assert (changed["active"], changed["title"]) == (False, "Remind")
    assert changed["actions"] == made["actions"]
    assert client.get(path).json()["automation"] == changed
    ids = [row["id"] for row in client.get("/api/v2/automations.json").json()["automations"]]
    assert made["id"] in ids
    active = client.get("/api/v2/automations/active.json").json()["automations"]
    assert [row["title"] for row in active] == ["Close tickets 4 days after they were solved"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": "x", "all": [OLD], "actions": [MAIL]}, "never come to an end"),
        ({"title": "x", "all": [OLD, UNTOLD], "actions": ["x"]}, "must be an object"),
        ({"title": "", "all": [OLD, UNTOLD], "actions": [TAG]}, "title"),
        ({"title": "x", "all": [OLD, UNTOLD], "actions": []}, "at least one action"),
    ],
)
def test_what_cannot_be_saved_is_a_422_that_says_why(api, lead, sent, words):
    before = Automation.objects.count()
    answer = api(lead).post("/api/v2/automations.json", {"automation": sent})
    assert answer.status_code == 422
    assert words in str(answer.json())
    assert Automation.objects.count() == before


def test_unknown_conditions_are_refused(api, lead):
    sent = {"title": "x", "all": [{"field": "password", "operator": "is"}], "actions": [TAG]}
    answer = api(lead).post("/api/v2/automations.json", {"automation": sent})
    assert (answer.status_code, answer.json()["error"]) == (422, "InvalidQuery")
