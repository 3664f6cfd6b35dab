"""Macros in the form of a new ticket: planned on what stands there, counted when it is made."""

from __future__ import annotations

from typing import Any

import pytest

from macros.actions import MacroDraft, create_macro
from macros.models import Macro, MacroUse
from tests.factories import SETUP, as_actor
from tickets.actions import create_ticket_field
from tickets.models import AuditEvent, EventType, Ticket

pytestmark = pytest.mark.django_db
AT = "/tickets/new/"


def text(words: str) -> dict[str, Any]:
    return {"field": "comment_value", "value": {"mode": "append", "text": words}}


def effect(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "value": value}


@pytest.fixture
def browser(browser_of, alice):
    return browser_of(alice)


def made(user, *effects: dict[str, Any], title: str = "Late") -> Macro:
    return create_macro(actor=as_actor(user), draft=MacroDraft(title=title, effects=list(effects)))


def apply(browser, macro: Macro, **form: str) -> dict[str, Any]:
    answer = browser.post(f"{AT}macros/application/", {"add": macro.pk, "kind": "public", **form})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def create(browser, **form: Any) -> Ticket:
    browser.post(AT, {"requester": "carol@example.com", "subject": "Parcel", "body": "Hello",
                      "kind": "public", **form})  # fmt: skip
    return Ticket.objects.latest("id")


def test_applying_fills_the_form_and_writes_nothing(browser, alice, support, carol):
    macro = made(
        alice, text("Dear {{ticket.requester.first_name}}, about {{ticket.title}}"),
        effect("priority", "high"), effect("current_tags", "late"),
        effect("subject", "Late parcel"), effect("group_id", support.pk),
        effect("status", "pending"),
    )  # fmt: skip
    answer = apply(browser, macro, requester=carol.email, subject="Parcel", tags="dhl")
    assert answer["fields"] == {
        "subject": "Late parcel", "priority": "high", "tags": "dhl late",
        "assignment": f"{support.pk}/{alice.pk}",  # pending: somebody has to wait for the answer
    }  # fmt: skip
    assert answer["before"].startswith("Dear Carol, about ")
    assert 'data-status="pending"' in answer["chips"]
    assert not Ticket.objects.exists()
    assert not MacroUse.objects.exists()


def test_the_list_the_preview_and_the_chips_need_no_ticket(browser, alice):
    macro = made(alice, text("Sorry."), effect("priority", "low"))
    assert "Late" in browser.get(f"{AT}macros/").content.decode()
    preview = browser.post(f"{AT}macros/preview/", {"add": macro.pk, "subject": "x"})
    assert "Sorry." in preview.content.decode()
    chips = browser.get(f"{AT}macros/chips/", {"macro": f"{macro.pk}:1"})
    assert "Priority" in chips.content.decode()


def test_what_cannot_be_read_in_the_form_does_no_harm(browser, alice):
    macro = made(alice, text("Hello {{ticket.requester.first_name}}"))
    odd = {"requester": "nobody", "assignment": "x/y", "priority": "9", "type": "<b>", "tags": ","}
    assert apply(browser, macro, **odd)["fields"] == {}


def test_a_ticket_made_with_macros_names_them_and_counts_them(browser, alice, carol):
    field = create_ticket_field(actor=SETUP, key="order", title="Order", type="text")
    macro = made(
        alice, text("Sorry."), effect("priority", "high"),
        effect(f"custom_fields_{field.pk}", "A-1"), effect("follower", alice.pk),
    )  # fmt: skip
    ticket = create(browser, priority="high", macro=f"{macro.pk}:1")
    assert (ticket.priority, ticket.custom_fields) == ("high", {str(field.pk): "A-1"})
    reference = AuditEvent.objects.get(audit__ticket=ticket, type=EventType.AGENT_MACRO)
    assert reference.value == {"macro_id": macro.pk, "title": "Late", "revision": 1}
    use = MacroUse.objects.get()
    assert (use.macro, use.ticket, use.user) == (macro, ticket, alice)


def test_what_the_agent_chose_afterwards_is_the_agents(browser, alice, carol):
    macro = made(alice, effect("priority", "high"), text("Sorry."))
    ticket = create(browser, priority="low", macro=f"{macro.pk}:1")
    assert ticket.priority == "low"
    events = AuditEvent.objects.filter(audit__ticket=ticket, field_name="priority")
    assert all(event.cause.get("kind") != "macro" for event in events)


def test_a_macro_that_is_gone_keeps_the_form(browser, alice, carol):
    answer = browser.post(
        AT, {"requester": carol.email, "subject": "Parcel", "body": "Hello", "kind": "public",
             "macro": "99999:1"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "does not exist any more" in answer.content.decode()
    assert not Ticket.objects.exists()
