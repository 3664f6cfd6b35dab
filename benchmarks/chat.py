"""chat_in, chat_out: 1,000 visitors and 50 agents, from one's key to the other's screen.

Every visitor has a websocket and a living chat; each agent watches twenty of them. In: a visitor
sends, the agent's page is told and has fetched the words. Out: an agent's page posts an answer, the
visitor's page has the words. Five a second each way is each agent answering every ten seconds; ten
are more than fifty people write, and show what is left.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import websockets

from benchmarks.house import House
from benchmarks.result import Result, timed
from benchmarks.views_live import _cpu, _sessions, _web

VISITORS, AGENTS = 1_000, 50
RATES, SECONDS = (5, 10), 20  # messages a second each way; seconds of each rate
CONNECT_AT_ONCE = 25
LIMITS = httpx.Limits(max_connections=AGENTS, keepalive_expiry=2)  # before the server hangs up
TOKEN = "b" * 32  # of the forms; the cookie says the same


def chat(house: House) -> Iterator[Result]:
    """One house and its people; each rate for SECONDS."""
    yield from asyncio.run(_measure(house, _visitors(), _sessions(AGENTS)))


async def _measure(house: House, visitors: list[Guest], keys: list[str]) -> list[Result]:
    talk = Talk(house, visitors, keys)
    await talk.begin()
    among = f"{VISITORS:,} visitors and {AGENTS} agents connected"
    results = [
        timed("chat_open", talk.opening, f"a visitor's page connects, has its chat; {among}")
    ]
    for rate in RATES:
        into, out, cpu = await talk.go_on(rate)
        at = f"{among}; {rate} messages/s each way"
        into_words = timed("chat_in", into, f"visitor sends to words on the agent's page; {at}")
        results += [
            replace(into_words, core_percent=cpu),
            timed("chat_out", out, f"agent's page sends to words on the visitor's page; {at}"),
        ]
    await talk.end()
    return results


Guest = tuple[str, str, int, int]  # widget's key, token, chat and ticket of a visitor


def _visitors() -> list[Guest]:
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


@dataclass
class Talk:
    """Everybody's connections, and how long words took, in seconds."""

    house: House
    visitors: list[Guest]
    keys: list[str]
    opening: list[float] = field(default_factory=list)
    into: list[float] = field(default_factory=list)
    out: list[float] = field(default_factory=list)
    waiting: dict[int, float] = field(default_factory=dict)  # what was said, by ticket
    sent: dict[str, float] = field(default_factory=dict)  # what was answered, by text
    pages: list[Any] = field(default_factory=list)  # websockets of visitors
    headers: list[dict[str, str]] = field(default_factory=list)  # of each agent's browser
    shown: dict[int, str] = field(default_factory=dict)  # the last message a page shows, by ticket
    listeners: list[asyncio.Future[None]] = field(default_factory=list)

    async def begin(self) -> None:
        gate = asyncio.Semaphore(CONNECT_AT_ONCE)
        self.http = httpx.AsyncClient(base_url=self.house_url, timeout=60, limits=LIMITS)
        self.pages = await asyncio.gather(*(self.visit(gate, *v[:2]) for v in self.visitors))
        for page in self.pages:
            self.listeners.append(asyncio.ensure_future(self.read_answers(page)))
        for number, key in enumerate(self.keys):
            self.listeners.append(asyncio.ensure_future(await self.sit_down(number, key)))
        await asyncio.sleep(2)

    @property
    def house_url(self) -> str:
        return f"http://localhost:{self.house.port}"

    async def visit(self, gate: asyncio.Semaphore, key: str, token: str) -> Any:
        async with gate:
            began = time.perf_counter()
            page = await websockets.connect(
                f"ws://127.0.0.1:{self.house.port}/ws/chat/", max_queue=None, open_timeout=60,
                additional_headers={"Origin": self.house_url},
            )  # fmt: skip
            await page.send(json.dumps({"hello": {"widget": key, "token": token}}))
            while "welcome" not in json.loads(await page.recv()):
                pass
            self.opening.append(time.perf_counter() - began)
            return page

    async def sit_down(self, number: int, key: str) -> Any:
        headers = {
            "Cookie": f"sessionid={key}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Origin": self.house_url, "HX-Request": "true",
        }  # fmt: skip
        self.headers.append(headers)
        page = await websockets.connect(
            f"ws://127.0.0.1:{self.house.port}/ws/", additional_headers=headers, max_queue=None
        )
        tickets = [ticket for *_, ticket in self.visitors[number::AGENTS]]
        for ticket in tickets:
            await self.fetch(ticket, 0, headers)
        mine = [f"ticket.{ticket}" for ticket in tickets]
        await page.send(json.dumps({"watch": mine}))
        return self.read_visitors(page, headers)

    async def read_answers(self, page: Any) -> None:
        async for text in page:
            now = time.perf_counter()
            for said in json.loads(text).get("messages", ()):
                if said["text"] in self.sent:
                    self.out.append(now - self.sent.pop(said["text"]))

    async def read_visitors(self, page: Any, headers: dict[str, str]) -> None:
        """As the page of a ticket does: told by the websocket, it fetches what is new."""
        async for text in page:
            fact = json.loads(text)
            number = fact.get("ticket")
            if "comment" in fact.get("kinds", ()) and number in self.waiting:
                text = await self.fetch(number, fact["version"] - 1, headers)
                if "Message " in text:  # not only what an agent said a moment before
                    self.into.append(time.perf_counter() - self.waiting.pop(number))

    async def fetch(self, number: int, version: int, headers: dict[str, str]) -> str:
        shown = {"version": version, "since": self.shown.get(number, ""), "only": ""}
        answer = await self.http.get(f"/tickets/{number}/parts/", params=shown, headers=headers)
        self.shown[number] = re.findall(r'id="comment-\d+" data-order="(\d+)"', answer.text)[-1]
        return answer.text

    async def go_on(self, rate: int) -> tuple[list[float], list[float], float]:
        """Seconds of each message in and out, and the web process's part of a core in percent."""
        self.into, self.out = [], []
        turns = rate * SECONDS
        web = _web(self.house)
        before, began = _cpu(web), time.perf_counter()
        rng = random.Random(rate)
        speaking, answered = (rng.sample(range(VISITORS), turns) for _ in range(2))
        answers = []
        for turn, (who, whom) in enumerate(zip(speaking, answered, strict=True)):
            await asyncio.sleep(max(0.0, began + turn / rate - time.perf_counter()))
            await self.say(who, f"Message {turn}")
            answers.append(asyncio.ensure_future(self.answer(whom, f"Answer {rate}/{turn}")))
        await asyncio.gather(*answers)
        for _ in range(600):
            if len(self.into) + len(self.out) < 2 * turns:
                await asyncio.sleep(0.1)
        cpu = 100 * (_cpu(web) - before) / (time.perf_counter() - began)
        assert len(self.into) == turns, f"{turns - len(self.into)} messages never came in"
        assert len(self.out) == turns, f"{turns - len(self.out)} answers never came out"
        return self.into, self.out, cpu

    async def say(self, number: int, text: str) -> None:
        self.waiting[self.visitors[number][3]] = time.perf_counter()
        say = {"client_id": uuid.uuid4().hex, "text": text}
        await self.pages[number].send(json.dumps({"say": say}))

    async def answer(self, number: int, text: str) -> None:
        self.sent[text] = time.perf_counter()
        done = await self.http.post(
            f"/chats/{self.visitors[number][2]}/messages/", headers=self.headers[number % AGENTS],
            data={"body": text, "submit_key": uuid.uuid4().hex},
        )  # fmt: skip
        assert done.status_code == 204, done.text[:200]

    async def end(self) -> None:
        for listener in self.listeners:
            listener.cancel()
            with suppress(asyncio.CancelledError):
                await listener
        await self.http.aclose()
