"""chat_in, chat_out: 1,000 visitors and 50 agents, from one's key to the other's screen.

Every visitor has a websocket and a living chat; each agent watches twenty of them. In: a visitor
sends, the agent's page is told and has fetched the words. Out: an agent's page posts an answer, the
visitor's page has the words. Rates are modest and said: a house with fifty agents in twenty chats
each hears a few words a second.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace

import httpx
import websockets

from benchmarks.house import House
from benchmarks.result import Result, timed
from benchmarks.views_live import _cpu, _sessions, _web

VISITORS, AGENTS = 1_000, 50
PER_SECOND, SECONDS = 10, 20  # of each direction
CONNECT_AT_ONCE = 25
TOKEN = "b" * 32  # of the forms; the cookie says the same


def chat(house: House) -> Iterator[Result]:
    """Both directions at the same time, at PER_SECOND messages a second each."""
    visitors = _visitors()
    keys = _sessions(AGENTS)
    into, out, opening, cpu = asyncio.run(_measure(house, visitors, keys))
    among = (
        f"{VISITORS:,} visitors and {AGENTS} agents connected; {PER_SECOND} messages/s each way "
        f"for {SECONDS} s"
    )
    yield timed("chat_open", opening, f"a visitor's page connects and has its chat; {among}")
    yield replace(
        timed("chat_in", into, f"visitor sends to words on the agent's page; {among}"),
        core_percent=cpu,
    )
    yield timed("chat_out", out, f"agent answers to words on the visitor's page; {among}")


def _visitors() -> list[tuple[str, str, int, int]]:
    """Widget key, token, chat and ticket of each visitor; every chat has its agent."""
    from accounts.actor import actor_for, system_actor
    from accounts.models import Group, User
    from channels_in.actions.chat import Surroundings, accept_chat, create_widget, meet_visitor
    from channels_in.chat import intake
    from channels_in.chat.spoken import Spoken
    from channels_in.models import Chat

    _sessions(AGENTS)
    widget = create_widget(actor=system_actor("Benchmark"), name="Benchmark")
    widget.account.group = Group.objects.first()
    widget.account.save()
    found = []
    people = [User.objects.get(email=f"viewer{n}@example.com") for n in range(AGENTS)]
    actors = [actor_for(person) for person in people]
    for number in range(VISITORS):
        visitor, token = meet_visitor(account=widget.account, around=Surroundings())
        client_id = uuid.uuid4().hex
        intake.store(visitor, Spoken(client_id, text="Hello, is anybody there?"))
        intake.process(visitor, client_id)
        living = Chat.objects.get(visitor=visitor)
        accept_chat(actor=actors[number % AGENTS], chat_id=living.pk)
        found.append((widget.account.address, token, living.pk, living.ticket_id))
    return found


async def _measure(house: House, visitors, keys):
    opening: list[float] = []
    gate = asyncio.Semaphore(CONNECT_AT_ONCE)
    sent: dict[str, float] = {}
    into: list[float] = []
    out: list[float] = []

    async def visit(key: str, token: str):
        async with gate:
            began = time.perf_counter()
            socket = await websockets.connect(
                f"ws://127.0.0.1:{house.port}/ws/chat/", max_queue=None, open_timeout=60,
                additional_headers={"Origin": f"http://localhost:{house.port}"},
            )  # fmt: skip
            await socket.send(json.dumps({"hello": {"widget": key, "token": token}}))
            while "welcome" not in json.loads(await socket.recv()):
                pass
            opening.append(time.perf_counter() - began)
            return socket

    async def listen_out(socket) -> None:
        async for text in socket:
            now = time.perf_counter()
            for said in json.loads(text).get("messages", ()):
                if said["text"] in sent:
                    out.append(now - sent.pop(said["text"]))

    async def listen_in(socket, headers: dict[str, str], waiting: dict[int, float]) -> None:
        async for text in socket:
            fact = json.loads(text)
            number = fact.get("ticket")
            if "comment" in fact.get("kinds", ()) and number in waiting:
                since = {"version": fact["version"] - 1, "only": ""}
                page = await http.get(f"/tickets/{number}/parts/", params=since, headers=headers)
                if "Message " in page.text:  # not only what an agent said a moment before
                    into.append(time.perf_counter() - waiting.pop(number))

    async def answer(chat_id: int, headers: dict[str, str], text: str) -> None:
        sent[text] = time.perf_counter()
        form = {"body": text, "submit_key": uuid.uuid4().hex}
        done = await http.post(f"/chats/{chat_id}/messages/", data=form, headers=headers)
        assert done.status_code == 204, done.text[:200]

    http = httpx.AsyncClient(
        base_url=f"http://localhost:{house.port}", timeout=60,
        limits=httpx.Limits(max_connections=AGENTS),
    )  # fmt: skip

    sockets = await asyncio.gather(*(visit(key, token) for key, token, _, _ in visitors))
    waiting: dict[int, float] = {}
    agents, browsers = [], []
    for number, session in enumerate(keys):
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Origin": f"http://localhost:{house.port}", "HX-Request": "true",
        }  # fmt: skip
        browsers.append(headers)
        socket = await websockets.connect(
            f"ws://127.0.0.1:{house.port}/ws/", additional_headers=headers, max_queue=None
        )
        await socket.send(
            json.dumps({"watch": [f"ticket.{v[3]}" for v in visitors[number::AGENTS]]})
        )
        agents.append(socket)
    listeners = [asyncio.ensure_future(listen_out(socket)) for socket in sockets]
    listeners += [
        asyncio.ensure_future(listen_in(socket, headers, waiting))
        for socket, headers in zip(agents, browsers, strict=True)
    ]
    await asyncio.sleep(2)
    web = _web(house)
    before, began = _cpu(web), time.perf_counter()
    rng = random.Random(7)
    speaking = rng.sample(range(VISITORS), PER_SECOND * SECONDS)
    answered = rng.sample(range(VISITORS), PER_SECOND * SECONDS)
    answers = []
    for turn in range(PER_SECOND * SECONDS):
        at = began + turn / PER_SECOND
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        chosen = speaking[turn]
        waiting[visitors[chosen][3]] = time.perf_counter()
        await sockets[chosen].send(
            json.dumps({"say": {"client_id": uuid.uuid4().hex, "text": f"Message {turn}"}})
        )
        other = answered[turn]
        by = browsers[other % AGENTS]
        answers.append(asyncio.ensure_future(answer(visitors[other][2], by, f"Answer {turn}")))
    await asyncio.gather(*answers)
    for _ in range(100):
        if len(into) >= len(speaking) and len(out) >= len(answered):
            break
        await asyncio.sleep(0.1)
    cpu = 100 * (_cpu(web) - before) / (time.perf_counter() - began)
    for listener in listeners:
        listener.cancel()
    await http.aclose()
    assert len(into) == len(speaking), f"{len(speaking) - len(into)} messages never came in"
    assert len(out) == len(answered), f"{len(answered) - len(out)} answers never came out"
    return into, out, opening, cpu
