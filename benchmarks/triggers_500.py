"""triggers_500: what 500 active triggers add to a save."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
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

    The triggers are of every kind, no two alike, and stop at their first, second or third
    condition; see `_MAKERS`. One in 25 fires and changes a tag, so that the pass begins anew as
    often.
    """
    rules = triggers()
    actor, ticket_id = ticket_of_an_agent()
    plain: list[float] = []
    with_rules: list[float] = []
    for _ in range(ROUNDS):
        switch(rules, is_active=False)
        plain += _saves(actor, ticket_id)
        switch(rules, is_active=True)
        with_rules += _saves(actor, ticket_id)
    switch(rules, is_active=False)
    without = timed("save_stock", plain, "a save with the stock triggers")
    yield without
    loaded = timed(
        "save_500_triggers", with_rules, f"the same, {TRIGGERS} triggers, {_FIRING} fire"
    )
    yield loaded
    added = (loaded.p50_ms or 0) - (without.p50_ms or 0)
    yield replace(loaded, name="triggers_500", p50_ms=added, p95_ms=None,
                  conditions="what they add at the median (promise: < 60 ms)")  # fmt: skip


def triggers() -> list[Any]:
    """Make the triggers; all are active."""
    from accounts.actor import system_actor
    from macros.actions import TriggerDraft, create_trigger
    from tickets.actions import create_ticket_field

    setup = system_actor("Benchmark")
    field = create_ticket_field(
        actor=setup, key="warehouse", title="Warehouse", type="tagger",
        options=[f"w{number}" for number in range(50)],
    )  # fmt: skip
    return [
        create_trigger(
            actor=setup,
            draft=TriggerDraft(
                title=f"Benchmark {number}", conditions=_conditions(number, field.pk),
                effects=[{"field": "current_tags" if number % 50 < 25 else "remove_tags",
                          "value": f"bench{number}"}],
            ),
        )
        for number in range(TRIGGERS)
    ]  # fmt: skip


def _one(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def _said(*words: str) -> dict[str, Any]:
    return _one("comment_includes_word", "includes", " ".join(words))


def _tagged(*tags: str) -> dict[str, Any]:
    return _one("current_tags", "includes", " ".join(tags))


_CREATED, _CHANGED = (_one("update_type", "is", kind) for kind in ("Create", "Change"))
_BY_CUSTOMER = _one("role", "is", "end_user")
_UNSOLVED = _one("status", "less_than", "solved")


def _conditions(number: int, field_id: int) -> dict[str, Any]:
    if number % (TRIGGERS // _FIRING) == 0:
        return {"all": [_CHANGED, _UNSOLVED, _one("comment_is_public", "is", "private")]}
    return _MAKERS[number % len(_MAKERS)](number, f"custom_fields_{field_id}")


# What help desks sort, escalate and tag by. About a third are about new tickets, a third about what
# has changed, and the rest are only decided by looking at texts, tags and people.
_MAKERS: tuple[Callable[[int, str], dict[str, Any]], ...] = (
    lambda n, _: {"all": [_CREATED, _one("subject_includes_word", "includes", f"not{n} no{n}")]},
    lambda n, _: {"all": [_CREATED, _one("recipient", "is", f"sales{n}@example.com")]},
    lambda n, field: {"all": [_CREATED, _one(field, "is", f"w{n % 50}")]},
    lambda n, _: {
        "all": [_CREATED],
        "any": [_one("subject_includes_word", "includes", f"refund{n}"),
                _said(f"refund{n}")],
    },
    lambda n, _: {"all": [_one("status", "value", "solved"), _one("group_id", "is", 10**6 + n)]},
    lambda n, _: {"all": [_one("assignee_id", "changed"), _tagged(f"a{n}")]},
    lambda n, _: {"all": [_one("priority", "value", "urgent"), _one("type", "is", "problem")]},
    lambda n, _: {"all": [_one("priority", "changed"), _tagged(f"p{n}")]},
    lambda n, field: {"all": [_one(field, "value", f"w{n % 50}")]},
    lambda n, _: {"all": [_CHANGED, _BY_CUSTOMER, _said(f"c{n}")]},
    lambda n, _: {"all": [_CHANGED, _said(f"wombat{n}", f"emu{n}")]},
    lambda n, _: {"all": [_CHANGED, _tagged(f"none{n}", f"never{n}")]},
    lambda n, field: {"all": [_CHANGED, _one(field, "is", f"w{n % 50}"), _UNSOLVED]},
    lambda n, _: {"all": [_UNSOLVED, _one("requester_email", "includes", f"@company{n}.example")]},
    lambda n, _: {"all": [_one("sla_event", "is", "breach"), _one("group_id", "is", 10**6 + n)]},
    lambda n, _: {
        "all": [_CHANGED],
        "any": [_one("organization_tags", "includes", f"gold{n}"),
                {"all": [_one("reopens", "greater_than", n), _one("replies", "greater_than", n)]}],
    },
    lambda n, _: {
        "all": [{"all": [], "any": [_one("reopens", "greater_than", n),
                                    _one("status", "value_previous", "solved")]},
                _one("group_id", "is", 10**6 + n)],
    },
)  # fmt: skip


def ticket_of_an_agent() -> tuple[Any, int]:
    """An agent at the screen, and a customer's ticket that is theirs."""
    from accounts.actions import add_to_group, create_group, create_user
    from accounts.actor import actor_for, system_actor
    from accounts.models import Group, User
    from tickets.actions import create_ticket
    from tickets.drafts import CommentDraft, TicketDraft

    setup = system_actor("Benchmark")
    email = "ruler@example.com"
    agent = User.objects.filter(email=email).first() or create_user(
        actor=setup, name="Agent Ruler", email=email, role="agent"
    )
    group = Group.objects.first() or create_group(actor=setup, name="Support")
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


def switch(rules: list[Any], *, is_active: bool) -> None:
    """Switch all of the triggers on or off."""
    from accounts.actor import system_actor
    from macros.actions import set_trigger_active

    setup = system_actor("Benchmark")
    for rule in rules:
        set_trigger_active(actor=setup, trigger_id=rule.pk, is_active=is_active)


def save(actor: Any, ticket_id: int, number: int) -> None:
    """What the composer sends: a note and a field, with the version that was on the screen."""
    from macros.actions import submit_with_macros
    from tickets.drafts import CommentDraft, TicketChanges
    from tickets.models import Ticket

    version = Ticket.objects.values_list("version", flat=True).get(pk=ticket_id)
    note = CommentDraft(author_id=actor.user_id, body="Looked into it. " * 40, is_public=False)
    submit_with_macros(
        actor=actor, ticket_id=ticket_id, applied=(), expected_version=version, comment=note,
        changes=TicketChanges(priority=("low", "high")[number % 2], tags=()),
    )  # fmt: skip


def _saves(actor: Any, ticket_id: int) -> list[float]:
    seconds = []
    for number in range(SAVES + 3):
        began = time.perf_counter()
        save(actor, ticket_id, number)
        seconds.append(time.perf_counter() - began)
    return seconds[3:]  # the first ones read the rules
