"""A draft rehearsed from its form, looked at, stopped, taken up again."""

from __future__ import annotations

import pytest

from macros.actions import TriggerDraft, create_trigger
from macros.actions.rehearsals import rehearse_some
from macros.models import Automation, Rehearsal, RuleRevision, SlaPolicy, Trigger
from tests.factories import as_actor
from tickets.actions import delete_ticket

pytestmark = pytest.mark.django_db

NEW = "/admin/rules/triggers/new/"
CREATED = {"field": "update_type", "operator": "is", "value": "Create"}


@pytest.fixture
def chief(browser_of, lead):
    return browser_of(lead)


def form(**changes):
    """Every new ticket becomes urgent, and its requester is told."""
    return {
        "title": "All are urgent", "is_active": "on", "category": "", "op": "rehearse",
        "stretch": "1000", "c": ["1:all:c"],
        "c1-field": "update_type", "c1-operator": "is", "c1-value": "Create",
        "e": ["1", "2"], "e1-field": "priority", "e1-value": "urgent",
        "e2-field": "notification_user", "e2-who": "requester",
        "e2-subject": "About {{ticket.title}}", "e2-text": "Hello {{ticket.requester.name}}",
        **changes,
    }  # fmt: skip


def rehearsed(client, path=NEW, **changes):
    answer = client.post(path, form(**changes))
    assert answer.status_code == 302, answer.content.decode()
    while rehearse_some():
        pass
    return answer["Location"]


def shown(client, path) -> str:
    return client.get(path).content.decode()


def test_an_unsaved_draft_is_rehearsed_and_not_saved(chief, make_ticket):
    ticket = make_ticket(subject="Parcel & co")
    rules = Trigger.objects.count(), RuleRevision.objects.count()
    page = shown(chief, rehearsed(chief))

    assert (Trigger.objects.count(), RuleRevision.objects.count()) == rules
    assert "Would have fired on 1 of 1 updates, on 1 ticket." in page
    assert f'href="/tickets/{ticket.pk}/"' in page
    assert "priority Urgent" in page
    assert "Parcel &amp; co" in page
    assert "About Parcel &amp; co" in page
    assert "Hello Carol Customer" in page
    assert 'hx-trigger="every 1s"' not in page


def test_it_shows_how_far_it_is_and_can_be_stopped(chief, make_ticket):
    make_ticket()
    path = chief.post(NEW, form())["Location"]
    page = shown(chief, path)
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "0 of 1 updates" in page

    chief.post(f"{path}cancellation/")
    assert "Stopped before anything was found." in shown(chief, path)
    assert not rehearse_some()


def test_a_mistake_in_the_draft_is_shown_where_it_is(chief):
    answer = chief.post(NEW, form(title=""))
    assert answer.status_code == 422
    assert "Give the rule a title" in answer.content.decode()
    assert not Rehearsal.objects.exists()


def test_the_draft_is_taken_up_again_as_it_was_typed(chief, make_ticket):
    make_ticket()
    page = shown(chief, rehearsed(chief))
    assert f'action="{NEW}"' in page
    assert "csrfmiddlewaretoken" in page
    again = chief.post(NEW, form(op="back")).content.decode()
    assert 'value="All are urgent"' in again
    assert "Hello {{ticket.requester.name}}" in again
    assert not Trigger.objects.filter(title="All are urgent").exists()


def test_a_rule_that_is_changed_is_rehearsed_in_its_place(chief, lead, make_ticket):
    draft = TriggerDraft(title="Low", conditions={"all": [CREATED]},
                         effects=[{"field": "priority", "value": "low"}])  # fmt: skip
    rule = create_trigger(actor=as_actor(lead), draft=draft)
    ticket = make_ticket()
    path = rehearsed(chief, f"/admin/rules/triggers/{rule.pk}/", category=str(rule.category_id))
    row = Rehearsal.objects.get()
    assert row.rule_id == rule.pk
    assert row.result["examples"][0]["changes"][0] == ["priority", "", "urgent"]
    assert f"#{ticket.pk}" in shown(chief, path)


def test_an_automation_and_a_policy_are_rehearsed(chief, make_ticket):
    make_ticket()
    late = {"c1-field": "created_hours_ago", "c1-operator": "greater_than", "c1-value": "4"}
    answer = chief.post("/admin/rules/automations/new/", form(**late))
    while rehearse_some():
        pass
    page = shown(chief, answer["Location"])
    assert "Would not have run on any of 1 tickets." in page
    assert "never come to an end" in page
    assert not Automation.objects.filter(title="All are urgent").exists()

    policy = {"title": "Soon", "is_active": "on", "warnings": "75 %", "op": "rehearse",
              "first_reply_time-none": "1h", "hours-first_reply_time": "calendar"}  # fmt: skip
    answer = chief.post("/admin/rules/policies/new/", policy)
    while rehearse_some():
        pass
    page = shown(chief, answer["Location"])
    assert "Of 1 promises on 1 ticket, 0 would have been kept and 0 broken; 1 still run." in page
    assert not SlaPolicy.objects.exists()


def test_nobody_else_reads_it_and_tickets_that_went_are_not_named(
    chief, browser_of, admin, alice, make_ticket
):
    ticket = make_ticket(subject="Secret matter")
    path = rehearsed(chief)
    assert "Secret matter" in shown(chief, path)
    assert browser_of(admin).get(path).status_code == 404
    assert browser_of(alice).get(path).status_code == 403

    delete_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    assert ">Secret matter<" not in shown(chief, path)
