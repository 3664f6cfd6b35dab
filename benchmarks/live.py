"""live_update: from the commit of a change to the fact in a browser's websocket."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator

import websockets

from benchmarks import desk
from benchmarks.browser import Visitor
from benchmarks.house import House
from benchmarks.result import Result, timed

CHANGES = 60
BROWSERS = 10


def live_update(house: House) -> Iterator[Result]:
    """A change is committed here; each open page is told through worker, Valkey and web."""
    desk.fill()
    visitor = Visitor(house.port)
    visitor.sign_in("agent0@example.com")
    seconds = asyncio.run(_measure(house, visitor.cookie))
    yield timed(
        "live_update", seconds,
        f"{BROWSERS} open pages; commit to message in the browser, each counted",
    )  # fmt: skip


async def _measure(house: House, cookie: str) -> list[float]:
    from asgiref.sync import sync_to_async

    from tickets.models import Ticket

    number = await Ticket.objects.filter(status="open").values_list("pk", flat=True).afirst()
    headers = {"Cookie": cookie, "Origin": f"http://localhost:{house.port}"}
    sockets = [
        await websockets.connect(f"ws://127.0.0.1:{house.port}/ws/", additional_headers=headers)
        for _ in range(BROWSERS)
    ]
    for socket in sockets:
        await socket.send(json.dumps({"watch": [f"ticket.{number}"]}))
        await _next(socket, lambda fact: "watching" in fact)
    seconds: list[float] = []
    for change in range(CHANGES):
        waiting = [
            asyncio.ensure_future(_next(socket, lambda fact: fact.get("ticket") == number))
            for socket in sockets
        ]
        await sync_to_async(_change)(number, change)
        began = time.perf_counter()
        for told in asyncio.as_completed(waiting):
            await told
            seconds.append(time.perf_counter() - began)
        await asyncio.sleep(0.05)
    for socket in sockets:
        await socket.close()
    return seconds


async def _next(socket: websockets.ClientConnection, wanted) -> None:
    async with asyncio.timeout(10):
        while not wanted(json.loads(await socket.recv())):
            pass


def _change(number: int, change: int) -> None:
    from accounts.actor import actor_for
    from accounts.models import User
    from tickets.actions import update_ticket
    from tickets.drafts import TicketChanges

    actor = actor_for(User.objects.get(email="agent1@example.com"))
    update_ticket(actor=actor, ticket_id=number, changes=TicketChanges(tags=(f"change_{change}",)))
