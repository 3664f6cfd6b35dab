"""routing: 1,000 waiting tickets find their agents among 50."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.house import House
from benchmarks.result import Result

TICKETS = 1_000
AGENTS = 50
LONGEST = 300  # seconds
MODES = ("round_robin", "least_loaded", "skills")


def routing(house: House) -> Iterator[Result]:
    """Each mode by itself, by the house's own worker; every assignment is a submit with triggers,
    audit and a mail to the agent.
    """
    for number, mode in enumerate(MODES):
        group_id, customer_id = _team(number)
        _fill(group_id, customer_id)
        yield _measure(group_id, mode)


def _measure(group_id: int, mode: str) -> Result:
    from django.db.models import Count

    from accounts.actor import system_actor
    from macros.actions import set_routing
    from tickets.models import Ticket

    tickets = Ticket.objects.filter(group_id=group_id)
    began = time.perf_counter()
    set_routing(
        actor=system_actor("Benchmark"), group_id=group_id, mode=mode, reassigns_on_offline=False
    )
    while tickets.filter(assignee=None).exists():
        if time.perf_counter() - began > LONGEST:
            raise RuntimeError(f"{mode} did not end")
        time.sleep(0.1)
    seconds = time.perf_counter() - began
    counts = dict(tickets.values_list("assignee_id").annotate(count=Count("id")).order_by())
    if set(counts.values()) != {TICKETS // AGENTS}:
        raise RuntimeError(f"{mode} was not fair: {sorted(counts.values())}")
    return Result(
        f"routing_{mode}", TICKETS, per_second=TICKETS / seconds,
        conditions=f"{TICKETS:,} waiting tickets, {AGENTS} agents with room for 20 each",
    )  # fmt: skip


def _team(number: int) -> tuple[int, int]:
    from accounts.actions import add_to_group, create_group, create_user
    from accounts.actor import actor_for, system_actor
    from macros.actions import (
        add_skill_rule,
        create_skill,
        set_availability,
        set_skill_holders,
    )

    setup = system_actor("Benchmark")
    group = create_group(actor=setup, name=f"Routing {number}")
    agents = []
    for place in range(AGENTS):
        agent = create_user(
            actor=setup, name=f"Router {place}", role="agent",
            email=f"router-{number}-{place}@example.com",
        )  # fmt: skip
        add_to_group(actor=setup, user=agent, group=group)
        set_availability(actor=actor_for(agent), chosen="online")
        agents.append(agent)
    skill = create_skill(actor=setup, name=f"Parcels {number}")
    set_skill_holders(actor=setup, skill_id=skill.pk, user_ids=[agent.pk for agent in agents])
    condition = {"field": "group_id", "operator": "is", "value": group.pk}
    add_skill_rule(actor=setup, skill_id=skill.pk, conditions={"all": [condition]})
    customer = create_user(
        actor=setup, name="Routed Customer", role="customer", email=f"routed{number}@example.com"
    )
    return group.pk, customer.pk


def _fill(group_id: int, customer_id: int) -> None:
    from accounts.actor import system_actor
    from tickets.actions import create_tickets
    from tickets.drafts import CommentDraft, TicketDraft

    priorities = ("", "low", "normal", "high", "urgent")
    drafts = [
        TicketDraft(
            subject=f"Question {number}", requester_id=customer_id, channel="email",
            group_id=group_id, priority=priorities[number % 5],
            comment=CommentDraft(author_id=customer_id, body="Where is it?"),
        )
        for number in range(TICKETS)
    ]  # fmt: skip
    for start in range(0, TICKETS, 200):
        create_tickets(actor=system_actor("Benchmark"), drafts=drafts[start : start + 200])
