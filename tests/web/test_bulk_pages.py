"""Changing many tickets from a list: forms, jobs, and who may look at them."""

from __future__ import annotations

import pytest

from macros.actions.bulk import run_bulk
from tickets.models import BulkJob, Ticket

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def begin(browser, tickets, **data):
    numbers = ",".join(str(ticket.pk) for ticket in tickets)
    return browser.post("/bulk/", {"ids": numbers, **data}, headers=JSON)


def test_a_form_begins_a_job_whose_page_tells_what_became_of_it(browser_of, alice, make_ticket):
    tickets, browser = [make_ticket(subject=f"Lamp {n}") for n in range(2)], browser_of(alice)
    answer = begin(browser, tickets, what="edit", status="pending", priority="keep",
                   add_tags="VIP, late")  # fmt: skip
    assert answer.status_code == 201
    job = answer.json()["job"]
    assert "0 of 2 tickets" in browser.get(f"/bulk/{job}/pill/").content.decode()
    run_bulk()
    assert set(Ticket.objects.values_list("status", "priority")) == {("pending", "")}
    page = browser.get(f"/bulk/{job}/").content.decode()
    for words in ("2 tickets changed", "Status: Pending", "Add tags: vip, late", "Lamp 1"):
        assert words in page
    assert "Change 2 tickets" in browser.get("/bulk/").content.decode()
    conversation = browser.get(f"/tickets/{tickets[0].pk}/").content.decode()
    history = browser.get(f"/tickets/{tickets[0].pk}/history/").content.decode()
    assert "together with 1 other ticket" in conversation
    assert "together with 1 other ticket" in history
    undone = browser.post(f"/bulk/{job}/undo/", headers=JSON)
    assert undone.status_code == 201
    run_bulk()
    assert set(Ticket.objects.values_list("status", flat=True)) == {"new"}
    assert "data-undo" not in browser.get(f"/bulk/{job}/pill/").content.decode()


def test_what_is_refused_is_said_and_nothing_begins(browser_of, alice, lightly, make_ticket):
    tickets = [make_ticket()]
    refused = [
        (alice, {"what": "edit", "status": "keep"}, 422), (alice, {"what": "reply"}, 422),
        (alice, {"what": "macro", "macro": "7"}, 422), (alice, {"what": "nonsense"}, 422),
        (alice, {"what": "merge", "target": str(10**9)}, 422),
        (alice, {"what": "edit", "assignment": "7/7"}, 422),
        (alice, {"what": "delete"}, 403), (lightly, {"what": "edit", "status": "open"}, 403),
        (lightly, {"what": "reply", "text": "Hello"}, 403),
    ]  # fmt: skip
    for person, data, status in refused:
        answer = begin(browser_of(person), tickets, **data)
        assert answer.status_code == status, data
        assert answer.json()["error"]
    assert not BulkJob.objects.exists()


def test_somebody_elses_job_does_not_exist(browser_of, alice, bob, make_ticket):
    job = begin(browser_of(alice), [make_ticket()], what="edit", status="open").json()["job"]
    browser = browser_of(bob)
    assert browser.get(f"/bulk/{job}/").status_code == 404
    assert browser.get(f"/bulk/{job}/pill/").status_code == 404
    assert browser.post(f"/bulk/{job}/undo/").status_code == 404
    assert browser.post(f"/bulk/{job}/stop/").status_code == 404


def test_every_form_opens(browser_of, lead, make_ticket):
    ticket = make_ticket(subject="Lamp")
    for what in ("edit", "reply", "macro", "merge", "spam", "delete", "restore"):
        page = browser_of(lead).get(f"/bulk/form/{what}/?ids={ticket.pk}")
        assert page.status_code == 200, what
        assert f'value="{what}"' in page.content.decode()
    assert browser_of(lead).get("/bulk/form/other/").status_code == 404
