"""The visitor's websocket: one a page of the widget that has, or begins, a chat.

In:  {"hello": {"widget", "token", "after"}} first; then {"say": {client_id, text, …}},
     {"typing": true}, {"got": 42, "read": 42}, {"alive": true}, {"page": {url, title}}
Out: {"welcome": {visitor, chat, messages}}, {"taken": client_id}, {"slow": client_id},
     {"refused": client_id}, {"messages": […]}, {"chat": {…}}, {"place": {…}}, {"typing": "Ada"}

"taken" is said when the message is stored, never before: what was not taken is sent again by the
page after any break, and recognised by its client id. A visitor hears of their own chat alone, and
only what customers may read (attacks 28, 36).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from channels_in.actions.chat import Surroundings, note_received, note_surroundings
from channels_in.chat import intake, presence
from channels_in.chat.conversation import latest_chat, messages_after, messages_among
from channels_in.chat.spoken import BadMessage, Spoken, line_text, read_spoken
from channels_in.models import Chat, Visitor
from web.chat import groups, shapes
from web.chat.access import is_calm, visitor_of
from web.live import groups as live_groups
from web.live.pool import in_pool

MAX_MESSAGE = 16_384  # characters
HELLO_SECONDS = 10.0
BURST, PER_SECOND = 40, 5.0  # frames of one connection
PLACE_PAUSE, PLACE_AGAIN = 1.0, 20.0
TYPING_PAUSE = 2.0

BAD_MESSAGE, UNKNOWN, TOO_MANY, SILENT, TOO_FAST = 4400, 4401, 4429, 4408, 4430

_open: Counter[str] = Counter()  # connections of this process by network address


class VisitorConsumer(AsyncWebsocketConsumer):
    visitor: Visitor | None = None
    chat: Chat | None = None

    async def connect(self) -> None:
        self.address = str((self.scope.get("client") or [""])[0])
        self.after = 0
        self.groups_joined: set[str] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        self.allowance, self.refilled_at = float(BURST), time.monotonic()
        self.typed_at = 0.0
        self.place: dict[str, Any] | None = None
        self.place_task: asyncio.Task[None] | None = None
        self.turn = asyncio.Lock()
        _open[self.address] += 1
        await self.accept()
        if _open[self.address] > settings.CHAT_CONNECTIONS_PER_ADDRESS:
            await self.close(TOO_MANY)
            return
        self.begin(self._close_when_silent())

    async def disconnect(self, code: int) -> None:
        _open[self.address] -= 1
        if _open[self.address] <= 0:
            del _open[self.address]
        for task in list(self.tasks):
            task.cancel()
        for name in self.groups_joined:
            await self.channel_layer.group_discard(name, self.channel_name)
        if self.visitor:
            await in_pool(presence.note_gone, self.visitor.key)

    def begin(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def _close_when_silent(self) -> None:
        await asyncio.sleep(HELLO_SECONDS)
        if self.visitor is None:
            await self.close(SILENT)

    # What the page says

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        content = _object(text_data)
        if content is None:
            await self.close(BAD_MESSAGE)
        elif not self._is_calm():
            await self.close(TOO_FAST)
        elif self.visitor is None:
            await self.greet(content.get("hello"))
        else:
            await self.take(self.visitor, content)

    def _is_calm(self) -> bool:
        now = time.monotonic()
        self.allowance += (now - self.refilled_at) * PER_SECOND
        self.allowance, self.refilled_at = min(self.allowance, BURST) - 1, now
        return self.allowance >= 0

    async def greet(self, hello: object) -> None:
        """The first frame; a secret that is none ends it, so that the page begins anew."""
        asked = hello if isinstance(hello, dict) else {}
        key, token = line_text(asked, "widget", 64), line_text(asked, "token", 100)
        visitor = await in_pool(visitor_of, key, token)
        if visitor is None:
            await self.close(UNKNOWN)
            return
        self.visitor = visitor
        await self.join(groups.of_visitor(visitor.pk))
        await self.catch_up()

    async def catch_up(self) -> None:
        """Join what there is first and read then: nothing is said between the two unheard."""
        assert self.visitor is not None  # noqa: S101  greeted before
        chat = await in_pool(latest_chat, self.visitor)
        if chat:
            await self.join(groups.of_chat(chat.ticket_id))
        self.chat, told = await in_pool(shapes.welcome, self.visitor)
        self._note_sent(told["messages"])
        await self.say({"welcome": told})
        await self.follow_queue()

    async def take(self, visitor: Visitor, content: dict[str, Any]) -> None:
        if "say" in content:
            await self.hear(visitor, content["say"])
        if "typing" in content:
            await self.tell_typing(content["typing"] is True)
        got, read = _id(content.get("got")), _id(content.get("read"))
        if self.chat and (got or read):
            await in_pool(_note_received, self.chat.pk, got, read)
        if content.get("alive"):
            await in_pool(presence.note_here, visitor.key)
            await self.say({"alive": True})
        if isinstance(page := content.get("page"), dict):
            await in_pool(_note_page, visitor, page)

    async def hear(self, visitor: Visitor, value: object) -> None:
        """Store, say "taken", then make it a comment; one after the other, in their order."""
        async with self.turn:
            client_id = line_text(value, "client_id", 40) if isinstance(value, dict) else ""
            try:
                spoken = read_spoken(value)
            except BadMessage:
                await self.say({"refused": client_id})
                return
            if not await in_pool(_store, visitor, spoken):
                await self.say({"slow": client_id})
                return
            await self.say({"taken": client_id})
            await in_pool(intake.process, visitor, client_id)
        if self.chat is None or not self.chat.is_living:
            await self.catch_up()

    async def tell_typing(self, is_typing: bool) -> None:
        now = time.monotonic()
        if self.chat is None or (is_typing and now - self.typed_at < TYPING_PAUSE):
            return
        self.typed_at = now if is_typing else 0.0
        number = self.chat.ticket_id
        for name in (live_groups.of_ticket(number), live_groups.of_desk(number)):
            await self.channel_layer.group_send(name, groups.visitor_types(number, is_typing))

    # What the groups say

    async def chat_said(self, event: dict[str, Any]) -> None:
        """Send the named messages and all after the last one; the page knows which it has."""
        if self.chat is None or event["ticket"] != self.chat.ticket_id:
            return
        said = await in_pool(_said, self.chat, self.after, event["comments"])
        told = shapes.messages_json(said)
        self._note_sent(told)
        if told:
            await self.say({"messages": told})

    async def chat_changed(self, event: dict[str, Any]) -> None:
        """Its state, its agent or what they have read is another."""
        if self.chat is None or event["ticket"] != self.chat.ticket_id:
            if event["kind"] == "queued":
                await self.catch_up()
            return
        if event["kind"] == "got":
            return
        assert self.visitor is not None  # noqa: S101  greeted before
        chat = await in_pool(latest_chat, self.visitor)
        if chat and chat.ticket_id == self.chat.ticket_id:
            self.chat = chat
            await self.say({"chat": await in_pool(shapes.chat_json, chat)})
            await self.follow_queue()

    async def agent_types(self, event: dict[str, Any]) -> None:
        if self.chat and event["ticket"] == self.chat.ticket_id:
            await self.say({"typing": event["name"]})

    async def queue_moved(self, event: dict[str, Any]) -> None:
        if (
            self.chat
            and self.chat.is_queued
            and (self.place_task is None or self.place_task.done())
        ):
            self.place_task = self.begin(self._tell_place(PLACE_PAUSE))

    async def follow_queue(self) -> None:
        """Hear of the queue while waiting in it, and of nothing afterwards."""
        if self.chat is None or self.visitor is None:
            return
        name = groups.of_queue(self.visitor.account_id)
        if self.chat.is_queued:
            await self.join(name)
        elif name in self.groups_joined:
            self.groups_joined.discard(name)
            await self.channel_layer.group_discard(name, self.channel_name)

    async def _tell_place(self, pause: float) -> None:
        """Many hear of it at once: each takes its time, and they share one look at the queue."""
        await asyncio.sleep(pause * (1 + random.random()))  # noqa: S311  jitter
        if self.chat is None:
            return
        place = await in_pool(shapes.place_json, self.chat)
        if place and place != self.place:
            self.place = place
            await self.say({"place": place})

    # The rest

    async def join(self, name: str) -> None:
        if name not in self.groups_joined:
            self.groups_joined.add(name)
            await self.channel_layer.group_add(name, self.channel_name)

    async def say(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            await self.send(json.dumps(message, ensure_ascii=False))

    def _note_sent(self, told: list[dict[str, Any]]) -> None:
        self.after = max([self.after, *(message["id"] for message in told)])


def _store(visitor: Visitor, spoken: Spoken) -> bool:
    """False for who says too much: nothing is stored then."""
    if not is_calm(visitor):
        return False
    intake.store(visitor, spoken)
    return True


def _object(text: str | None) -> dict[str, Any] | None:
    if text is None or len(text) > MAX_MESSAGE:
        return None
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _id(value: object) -> int:
    return value if isinstance(value, int) and 0 < value < 2**63 else 0


def _said(chat: Chat, after: int, comment_ids: list[int]) -> list[Any]:
    named = messages_among(chat, [pk for pk in comment_ids if pk <= after])
    return [*named, *messages_after(chat, after)]


def _note_received(chat_id: int, got: int, read: int) -> None:
    note_received(chat_id=chat_id, got=got, read=read)


def _note_page(visitor: Visitor, page: dict[str, Any]) -> None:
    around = Surroundings(
        page_url=line_text(page, "url", 1000), page_title=line_text(page, "title", 200)
    )
    note_surroundings(visitor=visitor, around=around)
