"""Business hours over the API, as a client of Zendesk's expects them."""

from __future__ import annotations

import pytest

from tickets.models import Schedule

pytestmark = pytest.mark.django_db

SCHEDULES = "/api/v2/business_hours/schedules"
CHRISTMAS = {"name": "Christmas", "start_date": "2026-12-24", "end_date": "2026-12-26"}


@pytest.fixture
def client(api, admin):
    return api(admin)


def made(client, **values) -> dict:
    body = {"schedule": {"name": "Office", "time_zone": "Europe/Berlin", **values}}
    answer = client.post(f"{SCHEDULES}.json", body)
    assert answer.status_code == 201
    return answer.json()["schedule"]


def test_a_schedule_begins_with_the_working_week_and_goes_there_and_back(client):
    schedule = made(client)
    assert schedule["intervals"][0] == {"start_time": 1980, "end_time": 2460}
    assert len(schedule["intervals"]) == 5
    one = f"{SCHEDULES}/{schedule['id']}"
    changed = client.put(f"{one}.json", {"schedule": {"name": "Desk"}}).json()["schedule"]
    assert (changed["name"], changed["intervals"]) == ("Desk", schedule["intervals"])
    week = {"workweek": {"intervals": [{"start_time": 600, "end_time": 720},
                                       {"start_time": 780, "end_time": 900}]}}  # fmt: skip
    assert client.put(f"{one}/workweek.json", week).json() == week
    assert (
        client.get(f"{one}.json").json()["schedule"]["intervals"] == week["workweek"]["intervals"]
    )
    listed = client.get(f"{SCHEDULES}.json").json()["schedules"]
    assert [row["name"] for row in listed] == ["Desk"]
    assert client.delete(f"{one}.json").status_code == 204
    assert client.get(f"{one}.json").status_code == 404


def test_holidays_go_there_and_back(client):
    at = f"{SCHEDULES}/{made(client)['id']}/holidays"
    answer = client.post(f"{at}.json", {"holiday": CHRISTMAS})
    assert (answer.status_code, answer.json()["holiday"]) == (
        201,
        {"id": 202612240003, **CHRISTMAS},
    )
    assert client.get(f"{at}.json").json()["holidays"] == [answer.json()["holiday"]]
    one = f"{at}/202612240003.json"
    longer = client.put(one, {"holiday": {"end_date": "2026-12-31"}}).json()["holiday"]
    assert longer == {"id": 202612240008, **CHRISTMAS, "end_date": "2026-12-31"}
    assert client.get(one).status_code == 404
    assert client.delete(f"{at}/202612240008.json").status_code == 204
    assert client.get(f"{at}.json").json()["holidays"] == []


def test_holidays_stay_when_hours_change_and_the_other_way_round(client):
    schedule = made(client)
    one = f"{SCHEDULES}/{schedule['id']}"
    client.post(f"{one}/holidays.json", {"holiday": CHRISTMAS})
    client.put(f"{one}.json", {"schedule": {"time_zone": "UTC"}})
    row = Schedule.objects.get()
    assert (row.time_zone, len(row.intervals), row.holidays) == ("UTC", 5, [CHRISTMAS])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"time_zone": "Pacific Time (US & Canada)"},
        {"intervals": [{"start_time": 60, "end_time": 60}]},
        {"intervals": [{"start_time": 0, "end_time": 99_999}]},
        {"intervals": [{"start_time": 0, "end_time": 90}, {"start_time": 60, "end_time": 120}]},
        {"intervals": "always"},
    ],
)
def test_what_cannot_be_a_schedule_is_a_422_and_leaves_nothing(client, wrong):
    body = {"schedule": {"name": "Office", "time_zone": "UTC", **wrong}}
    assert client.post(f"{SCHEDULES}.json", body).status_code == 422
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"start_date": None}, {"end_date": "2026-12-01"}, {"start_date": "soon"}]
)
def test_what_cannot_be_a_holiday_is_a_422(client, wrong):
    at = f"{SCHEDULES}/{made(client)['id']}/holidays.json"
    body = {name: value for name, value in {**CHRISTMAS, **wrong}.items() if value}
    assert client.post(at, {"holiday": body}).status_code == 422
    assert Schedule.objects.get().holidays == []
