"""Drafts on the server: one a person and ticket, nobody else's, never overwritten unseen."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from core import clock
from tests.factories import as_actor
from tickets.actions import (
    DraftContent,
    forget_old_drafts,
    save_reply_draft,
    update_ticket,
)
from tickets.actions.reply_drafts import KEPT_FOR
from tickets.drafts import TicketChanges
from tickets.models import ReplyDraft, Ticket
from tickets.selectors.drafts import my_drafts

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def ticket(make_ticket, support) -> Ticket:
    return make_ticket(group_id=support.pk)


def put(browser, ticket, html: str, version: int = 0, **more: object):
    body = json.dumps({"html": html, "version": version, "kind": "public", **more})
    return browser.put(
        f"/tickets/{ticket.pk}/composer/draft/", body, content_type="application/json",
        headers=FRAGMENT,
    )  # fmt: skip


def draft_of(browser, ticket) -> dict[str, Any] | None:
    return browser.get(f"/tickets/{ticket.pk}/composer/draft/").json()["draft"]


def test_a_draft_is_kept_clean_and_read_on_another_machine(browser_of, ticket, alice):
    saved = put(browser_of(alice), ticket, "<p>Half<script>x</script></p>", uploads=[{"id": 1}],
                kind="internal", stray="no")  # fmt: skip
    assert saved.status_code == 200
    draft = draft_of(browser_of(alice), ticket)
    assert draft is not None
    assert {name: draft[name] for name in ("html", "kind", "uploads", "version")} == {
        "html": "<p>Half</p>", "kind": "internal", "uploads": [{"id": 1}],
        "version": saved.json()["version"],
    }  # fmt: skip
    assert "stray" not in draft
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    assert "&lt;p&gt;Half&lt;/p&gt;" in page.replace("\\u003C", "&lt;").replace("\\u003E", "&gt;")


def test_a_draft_is_nobody_elses(browser_of, ticket, alice, bob):
    put(browser_of(alice), ticket, "<p>Secret</p>")
    assert draft_of(browser_of(bob), ticket) is None
    assert "Secret" not in browser_of(bob).get(f"/tickets/{ticket.pk}/").content.decode()
    browser_of(bob).delete(f"/tickets/{ticket.pk}/composer/draft/")
    assert draft_of(browser_of(alice), ticket) is not None


def test_a_ticket_that_may_not_be_seen_takes_no_draft(browser_of, ticket, alice, carol):
    assert put(browser_of(carol), ticket, "<p>x</p>").status_code == 403
    alice.ticket_access = "assigned"
    alice.save()
    assert put(browser_of(alice), ticket, "<p>x</p>").status_code == 404
    assert not ReplyDraft.objects.exists()


def test_a_second_window_does_not_overwrite_the_first(browser_of, ticket, alice):
    browser = browser_of(alice)
    first = put(browser, ticket, "<p>One</p>").json()["version"]
    second = put(browser, ticket, "<p>One two</p>", first).json()["version"]
    late = put(browser, ticket, "<p>One other</p>", first)
    assert late.status_code == 409
    assert late.json()["draft"]["html"] == "<p>One two</p>"
    assert put(browser, ticket, "<p>Begun</p>").status_code == 409
    assert put(browser, ticket, "<p>One other</p>", second).status_code == 200
    browser.delete(f"/tickets/{ticket.pk}/composer/draft/?version={second}")
    assert draft_of(browser, ticket) is not None


def test_a_submit_throws_the_draft_away_and_a_late_save_does_not_bring_it_back(
    browser_of, ticket, alice
):
    browser = browser_of(alice)
    version = put(browser, ticket, "<p>Done</p>").json()["version"]
    browser.post(f"/tickets/{ticket.pk}/comments/", {"html": "<p>Done</p>", "kind": "internal"},
                 headers=FRAGMENT)  # fmt: skip
    assert draft_of(browser, ticket) is None
    assert put(browser, ticket, "<p>Done</p>", version).status_code == 409
    assert draft_of(browser, ticket) is None


def test_a_submit_without_a_text_leaves_the_draft(browser_of, ticket, alice):
    browser = browser_of(alice)
    put(browser, ticket, "<p>Later</p>")
    browser.post(f"/tickets/{ticket.pk}/comments/", {"status": "pending"}, headers=FRAGMENT)
    assert draft_of(browser, ticket) is not None


@pytest.mark.parametrize("body", ["", "[]", '{"html": 1, "version": 0}', '{"html": ""}'])
def test_what_is_no_draft_is_refused(browser_of, ticket, alice, body):
    answer = browser_of(alice).put(
        f"/tickets/{ticket.pk}/composer/draft/", body, content_type="application/json"
    )
    assert answer.status_code == 422


def test_a_new_ticket_has_a_draft_too(browser_of, alice):
    browser = browser_of(alice)
    body = json.dumps({"html": "<p>New</p>", "version": 0, "fields": {"subject": "Lamp"}})
    browser.put("/tickets/new/composer/draft/", body, content_type="application/json")
    assert browser.get("/tickets/new/composer/draft/").json()["draft"]["fields"] == {
        "subject": "Lamp"
    }
    browser.post("/tickets/new/", {"requester": "c@x.example", "subject": "Lamp", "body": "Hello"})
    assert browser.get("/tickets/new/composer/draft/").json()["draft"] is None


def test_a_follow_ups_draft_lies_with_the_ticket_that_it_follows(browser_of, ticket, alice):
    for status in ("solved", "closed"):
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status=status)
        )
    browser = browser_of(alice)
    url = f"/tickets/{ticket.pk}/composer/draft/followup/"
    body = json.dumps(
        {"html": "<p>Once more</p>", "version": 0, "recipients": {"added": ["a@b.c"]}}
    )
    assert browser.put(url, body, content_type="application/json").status_code == 200
    page = browser.get(f"/tickets/new/?followup={ticket.pk}").content.decode()
    assert f'data-draft="{url}"' in page
    assert "Once more" in page
    assert "Once more" not in browser.get("/tickets/new/").content.decode()
    assert browser.get(url).json()["draft"]["recipients"] == {"added": ["a@b.c"]}
    browser.post("/tickets/new/", {"requester": "c@x.example", "subject": "Again", "body": "Hello",
                                   "followup": ticket.pk})  # fmt: skip
    assert Ticket.objects.latest("id").followup_source_id == ticket.pk
    assert not ReplyDraft.objects.exists()


def test_my_drafts_are_mine_the_latest_first_in_one_query(
    make_ticket, alice, bob, django_assert_num_queries
):
    tickets = [make_ticket(subject=f"Lamp {number}") for number in range(3)]
    for person in (alice, bob):
        for ticket in tickets:
            content = DraftContent(html=f"<p>{person.name} on {ticket.pk}</p>")
            save_reply_draft(
                actor=as_actor(person), ticket_id=ticket.pk, content=content, expected_version=0
            )
    actor = as_actor(alice)
    with django_assert_num_queries(1):
        found = [(draft.ticket.subject, draft.ticket.requester.name, draft.preview)  # type: ignore[union-attr]
                 for draft in my_drafts(actor)]  # fmt: skip
    assert [row[0] for row in found] == ["Lamp 2", "Lamp 1", "Lamp 0"]
    assert found[0][2] == f"{alice.name} on {tickets[2].pk}"


def test_drafts_that_nobody_touches_are_swept(ticket, alice, monkeypatch):
    actor, content = as_actor(alice), DraftContent(html="<p>Old</p>")
    save_reply_draft(actor=actor, ticket_id=ticket.pk, content=content, expected_version=0)
    assert forget_old_drafts() is False
    assert ReplyDraft.objects.count() == 1
    later = clock.now() + KEPT_FOR + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    forget_old_drafts()
    assert ReplyDraft.objects.count() == 0


def test_a_change_of_a_property_touches_no_draft(browser_of, ticket, alice, bob):
    put(browser_of(alice), ticket, "<p>Mine</p>")
    changes = TicketChanges(priority="high")
    update_ticket(actor=as_actor(bob), ticket_id=ticket.pk, changes=changes)
    assert draft_of(browser_of(alice), ticket) is not None
