"""What rules ask for: checked when written, planned without a trace, done within a submit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Group, User
from core import clock
from macros.effects import InvalidEffect, parse_effects, plan
from tests.factories import as_actor
from tickets.actions.within import change_within, comment_within
from tickets.changes import TicketChange
from tickets.conditions import Situation
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Audit, Ticket

pytestmark = pytest.mark.django_db

RULE = {"kind": "trigger", "id": 1, "title": "Escalate", "revision": 2}


def planned(ticket: Ticket, agent: User, effects: list[dict[str, Any]], kind: str = "trigger"):
    situation = Situation(ticket=ticket, actor=as_actor(agent), now=clock.now())
    values = {"ticket": {"id": ticket.pk, "title": ticket.subject}}
    return plan(parse_effects(effects, kind), situation, values)


def submit_of(ticket: Ticket, agent: User) -> TicketChange:
    """A submit of the agent's that is under way."""
    audit = Audit.objects.create(ticket=ticket, author=agent, channel="web", created_at=clock.now())
    return TicketChange(ticket=ticket, actor=as_actor(agent), audit=audit)


@pytest.mark.parametrize(
    "effect",
    [
        {"field": "requester_id", "value": 1},
        {"field": "status", "value": "new"},
        {"field": "priority", "value": "very"},
        {"field": "group_id", "value": 999_999},
        {"field": "assignee_id", "value": "1 OR 1=1"},
        {"field": "current_tags", "value": ""},
        {"field": "comment_value", "value": {"mode": "replace_all", "text": "x"}},
        {"field": "notification_user", "value": {"who": "everyone", "subject": "x", "body": "y"}},
        {"field": "notification_user", "value": {"who": "requester", "subject": "", "body": "y"}},
        {"field": "custom_fields_999", "value": "x"},
        {"field": "custom_fields_1; DROP", "value": "x"},
        "status",
    ],
)
def test_effects_outside_the_list_are_refused(effect: Any) -> None:
    with pytest.raises(InvalidEffect):
        parse_effects([effect], "trigger")


def test_a_macro_sends_no_notices() -> None:
    notice = {"who": "requester", "subject": "Hello", "body": "You"}
    with pytest.raises(InvalidEffect):
        parse_effects([{"field": "notification_user", "value": notice}], "macro")


def test_an_automation_has_no_comment_to_send() -> None:
    reply = [{"field": "send_reply", "value": "requester"}]
    assert parse_effects(reply, "trigger") == reply
    for kind in ("automation", "macro"):
        with pytest.raises(InvalidEffect, match="Only a trigger has a comment to send"):
            parse_effects(reply, kind)


def test_a_plan_says_what_would_happen_and_writes_nothing(
    make_ticket: Callable[..., Ticket], alice: User, support: Group
) -> None:
    ticket = make_ticket(tags=("late",))

    made = planned(
        ticket,
        alice,
        [
            {"field": "set_tags", "value": "vip refund"},
            {"field": "remove_tags", "value": "refund"},
            {"field": "current_tags", "value": "urgent"},
            {"field": "group_id", "value": support.pk},
            {"field": "assignee_id", "value": "current_user"},
            {"field": "comment_value", "value": "About {{ticket.title}}"},
            {
                "field": "notification_user",
                "value": {"who": "requester", "subject": "#{{ticket.id}}", "body": "Hi"},
            },
        ],
    )

    ticket.refresh_from_db()
    assert ticket.tags == ["late"]
    assert made.fields == {
        "tags": ("vip", "urgent"), "group_id": support.pk, "assignee_id": alice.pk,
    }  # fmt: skip
    assert made.texts[0].text == f"About {ticket.subject}"
    assert made.notices[0].subject == f"#{ticket.pk}"


def test_a_rules_change_joins_the_submit_and_names_the_rule(
    make_ticket: Callable[..., Ticket], alice: User
) -> None:
    ticket = make_ticket()
    change = submit_of(ticket, alice)
    version = ticket.version

    events = change_within(change, TicketChanges(priority="urgent"), cause=RULE)

    ticket.refresh_from_db()
    assert ticket.priority == "urgent"
    assert ticket.version == version
    assert [(event.field_name, event.cause) for event in events] == [("priority", RULE)]


def test_a_rules_change_that_is_refused_leaves_nothing(
    make_ticket: Callable[..., Ticket], alice: User, support: Group
) -> None:
    ticket = make_ticket(priority="low")
    change = submit_of(ticket, alice)
    gone = support.pk + 10_000

    with pytest.raises(InvalidChange):
        change_within(change, TicketChanges(priority="urgent", group_id=gone), cause=RULE)

    assert ticket.priority == "low"
    assert change.events == []
    ticket.refresh_from_db()
    assert ticket.priority == "low"


def test_a_rules_comment_stands_beside_the_submits_own(
    make_ticket: Callable[..., Ticket], alice: User
) -> None:
    ticket = make_ticket()
    change = submit_of(ticket, alice)

    draft = CommentDraft(author_id=alice.pk, body="Added by a rule", is_public=False)
    comment = comment_within(change, draft, cause=RULE)

    assert change.comment is None
    assert comment.is_from_agent
    assert ticket.comments.filter(pk=comment.pk, is_public=False).exists()
    assert change.events[-1].cause == RULE
