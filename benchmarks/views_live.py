"""live_burst, live_idle: 200 agents with an open view each.

The sockets are those that the pages open: they watch their view and name the rows they show.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import psutil
import websockets

from benchmarks import desk
from benchmarks.house import House
from benchmarks.result import Result, timed

VIEWS_OPEN = 200
ROWS = 50
CHANGES_A_SECOND = 50
BURST_SECONDS = 6
IDLE_SECONDS = 40
ALIVE_EVERY = 20.0  # seconds; static/js/live.js


def live_burst(house: House) -> Iterator[Result]:
    """Changes of tickets that the views hold, committed at a steady rate; each view counts each."""
    desk.fill()
    seconds, rate, cpu = asyncio.run(_burst(house, _sessions(VIEWS_OPEN)))
    result = timed(
        "live_burst", seconds,
        f"{VIEWS_OPEN} open views; {rate:.0f} changes/s for {BURST_SECONDS} s; commit to message, "
        "each view counted; the web process while they last",
    )  # fmt: skip
    yield replace(result, core_percent=cpu)


def live_idle(house: House) -> Iterator[Result]:
    """Nothing happens; the pages only say every 20 seconds that they are there."""
    desk.fill()
    cpu = asyncio.run(_idle(house, _sessions(VIEWS_OPEN)))
    yield Result(
        name="live_idle", n=VIEWS_OPEN, core_percent=cpu,
        conditions=f"idle agents with open views; the web process over {IDLE_SECONDS} s",
    )  # fmt: skip


def _sessions(count: int) -> list[str]:
    """Session keys of so many agents, made without their passwords."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.actions import add_to_group, create_user
    from accounts.actor import system_actor
    from accounts.models import Group, User

    setup, group, keys = system_actor("Benchmark"), Group.objects.first(), []
    for number in range(count):
        email = f"viewer{number}@example.com"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = create_user(actor=setup, name=f"Viewer {number}", email=email, role="agent")
            add_to_group(actor=setup, user=user, group=group)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.EmailBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


async def _open(house: House, keys: Sequence[str], view: int, rows: list[int]):
    sockets = []
    for key in keys:
        headers = {"Cookie": f"sessionid={key}", "Origin": f"http://localhost:{house.port}"}
        socket = await websockets.connect(
            f"ws://127.0.0.1:{house.port}/ws/", additional_headers=headers, max_queue=None
        )
        await socket.send(json.dumps({"watch": [f"view.{view}"]}))
        while "watching" not in json.loads(await socket.recv()):
            pass
        await socket.send(json.dumps({"rows": rows}))
        sockets.append(socket)
    return sockets


async def _burst(house: House, keys: Sequence[str]) -> tuple[list[float], float, float]:
    from asgiref.sync import sync_to_async

    view, numbers = await sync_to_async(_view_and_rows)()
    sockets = await _open(house, keys, view, numbers[:ROWS])
    web = _web(house)
    began_at: dict[int, float] = {}
    burst = numbers[: CHANGES_A_SECOND * BURST_SECONDS]  # each ticket once: its message is its own
    seconds: list[float] = []

    async def listen(socket) -> None:
        waits_for = set(burst)
        async with asyncio.timeout(BURST_SECONDS + 300):
            while waits_for:
                message = json.loads(await socket.recv())
                now = time.perf_counter()
                for change in message.get("tickets", ()):
                    if change["id"] in waits_for:
                        waits_for.discard(change["id"])
                        seconds.append(now - began_at.get(change["id"], now))

    listeners = [asyncio.ensure_future(listen(socket)) for socket in sockets]
    before, began = _cpu(web), time.perf_counter()
    await asyncio.to_thread(_change, burst, began_at)
    rate = len(burst) / (time.perf_counter() - began)
    await asyncio.gather(*listeners)
    cpu = 100 * (_cpu(web) - before) / (time.perf_counter() - began)
    for socket in sockets:
        await socket.close()
    return seconds, rate, cpu


async def _idle(house: House, keys: Sequence[str]) -> float:
    from asgiref.sync import sync_to_async

    view, numbers = await sync_to_async(_view_and_rows)()
    sockets = await _open(house, keys, view, numbers[:ROWS])
    web = _web(house)

    async def live(socket, delay: float) -> None:
        await asyncio.sleep(delay)
        while True:
            await socket.send(json.dumps({"alive": True}))
            await asyncio.sleep(ALIVE_EVERY)

    lives = [
        asyncio.ensure_future(live(socket, place * ALIVE_EVERY / len(sockets)))
        for place, socket in enumerate(sockets)
    ]
    await asyncio.sleep(ALIVE_EVERY)  # the first round is a beginning, not rest
    before = _cpu(web)
    await asyncio.sleep(IDLE_SECONDS)
    cpu = 100 * (_cpu(web) - before) / IDLE_SECONDS
    for task in lives:
        task.cancel()
    for socket in sockets:
        await socket.close()
    return cpu


def _view_and_rows() -> tuple[int, list[int]]:
    from tickets.models import Ticket, View

    view = View.objects.get(key="all-unsolved")
    tickets = Ticket.objects.existing().unsolved().order_by("-updated_at", "-id")
    return view.pk, list(tickets.values_list("pk", flat=True)[:1_000])


def _change(numbers: Sequence[int], began_at: dict[int, float]) -> None:
    from django.db import connection

    from accounts.actor import actor_for
    from accounts.models import User
    from tickets.actions import update_ticket
    from tickets.drafts import TicketChanges

    actor = actor_for(User.objects.get(email="agent1@example.com"))
    start = time.perf_counter()
    for place, number in enumerate(numbers):
        time.sleep(max(0.0, start + place / CHANGES_A_SECOND - time.perf_counter()))
        stamp = f"burst_{time.monotonic_ns()}"
        # From the end of the transaction; what its notice takes from then on is what is measured.
        update_ticket(actor=actor, ticket_id=number, changes=TicketChanges(tags=(stamp,)))
        began_at[number] = time.perf_counter()
    connection.close()


def _web(house: House) -> psutil.Process:
    for process in psutil.Process(house.process.pid).children(recursive=True):
        if "uvicorn" in " ".join(process.cmdline()):
            return process
    raise RuntimeError("There is no web process.")


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
