"""20,000 tickets as a busy help desk has them, made once a run."""

from __future__ import annotations

import random
from datetime import timedelta

from benchmarks.house import PASSWORD
from benchmarks.vocabulary import WORDS, sentence

TICKETS = 20_000
_BATCH = 200


def fill() -> None:
    """Make agents, customers and TICKETS tickets, a fifth of them answered, unless they are
    there.
    """
    from tickets.models import Ticket

    missing = TICKETS - Ticket.objects.count()
    if missing <= 0:
        return
    agents = _agents()
    rng = random.Random(20)
    from django.db import connection

    for _ in range(0, missing, _BATCH):
        _make_batch(agents, rng)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _agents() -> list:
    from accounts.actions import add_to_group, create_user
    from accounts.actor import actor_for, system_actor
    from accounts.models import Group, User

    setup = system_actor("Benchmark")
    group = Group.objects.first()
    actors = []
    for number in range(10):
        email = f"agent{number}@example.com"
        user = User.objects.filter(email=email).first() or create_user(
            actor=setup, name=f"Agent {number}", email=email, role="agent", password=PASSWORD
        )
        add_to_group(actor=setup, user=user, group=group)
        actors.append(actor_for(user))
    return actors


def _make_batch(agents: list, rng: random.Random) -> None:
    """A batch of new tickets some time in the last year; a third stays open, the rest is
    answered.
    """
    from accounts.actions import find_or_create_customers
    from accounts.actor import system_actor
    from core import clock
    from tickets.actions import create_tickets, update_ticket
    from tickets.drafts import CommentDraft, TicketChanges, TicketDraft

    instant = clock.now() - timedelta(hours=rng.randrange(4, 8_000))
    with clock.frozen(instant):
        emails = [f"customer{rng.randrange(5_000)}@customers.example" for _ in range(_BATCH)]
        people = find_or_create_customers(names_by_email={e: e.split("@")[0] for e in emails})
        drafts = [
            TicketDraft(
                subject=sentence(rng, 6), requester_id=people[email].pk, channel="email",
                tags=tuple(rng.sample(WORDS[:200], 2)), priority=rng.choice(["", "normal", "high"]),
                comment=CommentDraft(
                    author_id=people[email].pk, body=sentence(rng, rng.randrange(40, 150)),
                    channel="email",
                ),
                is_silent=True, **_place(agents, rng),
            )
            for email in emails
        ]  # fmt: skip
        tickets = create_tickets(actor=system_actor("Benchmark", channel="email"), drafts=drafts)
    with clock.frozen(instant + timedelta(hours=3)):
        # Solved ones of last year are closed by the house's own automation meanwhile.
        unsolved = [ticket for ticket in tickets if ticket.status != "solved"]
        for ticket in unsolved[: _BATCH // 5]:
            agent = rng.choice(agents)
            update_ticket(
                actor=agent, ticket_id=ticket.pk, is_silent=True,
                changes=TicketChanges(status="pending", assignee_id=agent.user_id),
                comment=CommentDraft(author_id=agent.user_id, body=sentence(rng, 60)),
            )  # fmt: skip


def _place(agents: list, rng: random.Random) -> dict:
    """Status and assignee: one in three is unsolved, of those half are assigned."""
    kind = rng.random()
    if kind < 0.17:
        return {}
    assignee_id = rng.choice(agents).user_id
    return {"assignee_id": assignee_id, "status": "open" if kind < 0.33 else "solved"}
