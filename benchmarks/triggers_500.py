"""triggers_500: what 500 active triggers add to a save."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks.house import House
from benchmarks.result import Result, timed

TRIGGERS = 500
SAVES = 100
ROUNDS = 3
_FIRING = 20  # of them change the ticket at each save


def triggers_500(house: House) -> Iterator[Result]:
    """Saves of an agent's (a field and an internal note), in turns without and with the triggers.

    The triggers are of every kind: fields, tags, words of a comment, people, changes, groups of
    conditions. One in 25 fires and changes a tag, so that the pass begins anew as often.
    """
    rules = _triggers()
    actor, ticket_id = _ticket()
    plain: list[float] = []
    with_rules: list[float] = []
    for _ in range(ROUNDS):
        _switch(rules, is_active=False)
        plain += _saves(actor, ticket_id)
        _switch(rules, is_active=True)
        with_rules += _saves(actor, ticket_id)
    _switch(rules, is_active=False)
    without = timed("save_stock", plain, "a save with the stock triggers")
    yield without
    loaded = timed(
        "save_500_triggers", with_rules, f"the same, {TRIGGERS} triggers, {_FIRING} fire"
    )
    yield loaded
    added = (loaded.p50_ms or 0) - (without.p50_ms or 0)
    yield replace(loaded, name="triggers_500", p50_ms=added, p95_ms=None,
                  conditions="what they add at the median (promise: < 60 ms)")  # fmt: skip


def _triggers() -> list[Any]:
    from accounts.actor import system_actor
    from macros.actions import TriggerDraft, create_trigger

    setup = system_actor("Benchmark")
    return [
        create_trigger(
            actor=setup,
            draft=TriggerDraft(
                title=f"Benchmark {number}", conditions=_conditions(number),
                effects=[{"field": "current_tags" if number % 50 < 25 else "remove_tags",
                          "value": f"bench{number}"}],
            ),
        )
        for number in range(TRIGGERS)
    ]  # fmt: skip


def _conditions(number: int) -> dict[str, Any]:
    def one(field: str, operator: str, value: Any = None) -> dict[str, Any]:
        return {"field": field, "operator": operator, "value": value}

    change = one("update_type", "is", "Change")
    if number % (TRIGGERS // _FIRING) == 0:
        return {"all": [change, one("comment_is_public", "is", "private")]}
    kinds: list[dict[str, Any]] = [
        {"all": [change, one("comment_includes_word", "includes", f"wombat{number}")]},
        {"all": [change, one("current_tags", "includes", f"none{number}")]},
        {"all": [one("subject_includes_word", "includes", f"nothing{number}")]},
        {"all": [change, one("priority", "value", "urgent"), one("type", "is", "problem")]},
        {"all": [one("requester_email", "includes", f"@company{number}.example")]},
        {"all": [change], "any": [one("status", "is", "closed"), one("group_id", "is", 10**9)]},
        {"all": [{"all": [], "any": [one("reopens", "greater_than", 99),
                                     one("priority", "value_previous", "urgent")]}]},
    ]  # fmt: skip
    return kinds[number % len(kinds)]


def _ticket() -> tuple[Any, int]:
    from accounts.actions import add_to_group, create_user
    from accounts.actor import actor_for, system_actor
    from accounts.models import Group, User
    from tickets.actions import create_ticket
    from tickets.drafts import CommentDraft, TicketDraft

    setup = system_actor("Benchmark")
    email = "ruler@example.com"
    agent = User.objects.filter(email=email).first() or create_user(
        actor=setup, name="Agent Ruler", email=email, role="agent"
    )
    group = Group.objects.first() or Group.objects.create(name="Support")
    add_to_group(actor=setup, user=agent, group=group)
    customer = create_user(actor=setup, name="Customer Ruled", email="ruled@company.example")
    first = CommentDraft(author_id=customer.pk, body="Where is my parcel?", channel="email")
    ticket = create_ticket(
        actor=system_actor("mail", channel="email"),
        draft=TicketDraft(
            subject="Parcel", comment=first, requester_id=customer.pk, channel="email",
            assignee_id=agent.pk,
        ),
    )  # fmt: skip
    return actor_for(agent), ticket.pk


def _switch(rules: list[Any], *, is_active: bool) -> None:
    from accounts.actor import system_actor
    from macros.actions import set_trigger_active

    setup = system_actor("Benchmark")
    for rule in rules:
        set_trigger_active(actor=setup, trigger_id=rule.pk, is_active=is_active)


def _saves(actor: Any, ticket_id: int) -> list[float]:
    from tickets.actions import update_ticket
    from tickets.drafts import CommentDraft, TicketChanges

    seconds = []
    for number in range(SAVES + 3):
        note = CommentDraft(author_id=actor.user_id, body="Looked into it. " * 40, is_public=False)
        changes = TicketChanges(priority=("low", "high")[number % 2], tags=())
        began = time.perf_counter()
        update_ticket(actor=actor, ticket_id=ticket_id, changes=changes, comment=note)
        seconds.append(time.perf_counter() - began)
    return seconds[3:]  # the first ones read the rules
