"""page_list, page_ticket, page_search: whole answers of the real server, one after another."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from benchmarks import desk
from benchmarks.browser import Visitor
from benchmarks.house import House
from benchmarks.result import Result, timed

REQUESTS = 200
TICKETS = f"{desk.TICKETS:,} tickets"


def page_list(house: House) -> Iterator[Result]:
    """The largest view: all unsolved tickets, with the counts of all views."""
    visitor = agent_of(house)
    from tickets.models import View

    path = f"/views/{View.objects.get(key='all-unsolved').pk}/"
    yield measure(
        "page_list", visitor, lambda _: path, f"{TICKETS}; view of all unsolved, all counts"
    )


def page_ticket(house: House) -> Iterator[Result]:
    visitor = agent_of(house)
    from tickets.models import Ticket

    numbers = list(Ticket.objects.values_list("pk", flat=True)[: desk.TICKETS])
    yield measure(
        "page_ticket",
        visitor,
        lambda rng: f"/tickets/{rng.choice(numbers)}/",
        f"{TICKETS}; random ones",
    )


def page_search(house: House) -> Iterator[Result]:
    """As somebody looks for a ticket: two words of the subject of one that exists."""
    visitor = agent_of(house)
    from tickets.models import Ticket

    subjects = list(Ticket.objects.order_by("pk").values_list("subject", flat=True)[:5_000])

    def path(rng: random.Random) -> str:
        return f"/search/?q={'+'.join(rng.sample(rng.choice(subjects).split(), 2))}"

    yield measure("page_search", visitor, path, f"{TICKETS}; two words of a subject")


def agent_of(house: House) -> Visitor:
    desk.fill()
    visitor = Visitor(house.port)
    visitor.sign_in("agent0@example.com")
    return visitor


def measure(name: str, visitor: Visitor, path: Callable[[random.Random], str], what: str) -> Result:
    rng = random.Random(7)
    for _ in range(20):
        visitor.get(path(rng))
    seconds = []
    for _ in range(REQUESTS):
        address = path(rng)
        began = time.perf_counter()
        visitor.get(address)
        seconds.append(time.perf_counter() - began)
    return timed(name, seconds, f"{what}; HTTP included")
