"""Many tickets at once, in the shape of Zendesk's job statuses."""

from __future__ import annotations

from macros.actions.bulk import run_bulk
from tickets.bulk import JOB_LIMIT
from tickets.models import BulkJob


def test_update_many_is_a_job_that_tells_what_became_of_each_ticket(api, alice, make_ticket):
    tickets = [make_ticket(tags=("a", "b")) for _ in range(2)]
    numbers = [tickets[0].pk, tickets[1].pk, 10**9]
    answer = api(alice).put(
        f"/api/v2/tickets/update_many.json?ids={','.join(map(str, numbers))}",
        {"ticket": {"status": "open", "additional_tags": ["c"], "remove_tags": ["a"],
                    "comment": {"body": "Hi {{ticket.id}}", "public": False}}},
        format="json",
    )  # fmt: skip
    assert answer.status_code == 200
    began = answer.json()["job_status"]
    assert (began["status"], began["total"], began["progress"]) == ("queued", 3, 0)
    run_bulk()
    done = api(alice).get(f"/api/v2/job_statuses/{began['id']}.json").json()["job_status"]
    assert (done["status"], done["progress"]) == ("completed", 3)
    assert [result["success"] for result in done["results"]] == [True, True, False]
    assert done["results"][2]["details"].startswith("There is no ticket")
    for ticket in tickets:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.tags) == ("open", ["b", "c"])
        assert ticket.comments.latest("id").body == f"Hi {ticket.pk}"
    listed = api(alice).get("/api/v2/job_statuses.json").json()["job_statuses"]
    assert [each["id"] for each in listed] == [began["id"]]
    many = api(alice).get(f"/api/v2/job_statuses/show_many.json?ids={began['id']}").json()
    assert many["job_statuses"][0]["results"] == done["results"]


def test_a_job_is_nobody_elses_business(api, alice, admin, make_ticket):
    ticket = make_ticket()
    body = {"ticket": {"priority": "low"}}
    address = f"/api/v2/tickets/update_many.json?ids={ticket.pk}"
    job = api(alice).put(address, body, format="json").json()["job_status"]
    assert api(admin).get(f"/api/v2/job_statuses/{job['id']}.json").status_code == 404
    assert api(admin).get("/api/v2/job_statuses.json").json()["job_statuses"] == []


def test_bounds_of_many(api, alice, lead, make_ticket):
    ticket, body = make_ticket(), {"ticket": {"priority": "low"}}
    many = ",".join(map(str, range(1, 102)))
    address = "/api/v2/tickets/update_many.json?ids="
    assert api(alice).put(address + many, body, format="json").status_code == 400
    assert api(alice).put(address, body, format="json").status_code == 400
    own = {"ticket": {"requester_id": ticket.requester_id}}
    assert api(alice).put(f"{address}{ticket.pk}", own, format="json").status_code == 422
    destroy = f"/api/v2/tickets/destroy_many.json?ids={ticket.pk}"
    assert api(alice).delete(destroy).status_code == 403
    for _ in range(JOB_LIMIT):
        assert api(lead).delete(destroy).status_code == 200
    assert api(lead).delete(destroy).status_code == 429
    assert BulkJob.objects.count() == JOB_LIMIT
    run_bulk()
    ticket.refresh_from_db()
    assert ticket.is_deleted
