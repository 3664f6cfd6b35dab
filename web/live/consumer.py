"""One websocket a page. The browser says what it watches; the server answers with small facts.

In:  {"watch": ["ticket.42", "view.7"]}, {"unwatch": [names]}, {"typing": 42}, {"alive": true},
     {"connected": true} (there, but out of sight)
Out: {"watching": [names]}, {"refused": [names]},
     {"ticket": 42, "version": 9, "kinds": ["comment"]},
     {"tickets": [{"id": 42, "kind": "created"}], "others": false}, {"presence": 42},
     {"user": 7, "notifications": 3}

Every subscription is checked, and checked again when something is pushed: a session or a right that
has ended ends the push. A refusal is the same for what is absent and what is hidden (attack 28).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import Any

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.actor import Actor
from macros.actions import come_back
from web import devices
from web.live import connected, groups, permissions, presence

MAX_SUBSCRIPTIONS = 20
MAX_MESSAGE = 4096  # characters
MAX_TICKETS = 200  # in one message to a list; beyond that the list asks for all it shows
RECHECK = 10.0  # seconds between two looks at the session
DEVICE_PAUSE = 60.0  # seconds between two notes of the browser that is signed in
LIST_PAUSE = 0.4  # seconds between two messages to a list

SIGNED_OUT = 4401
BAD_MESSAGE = 4400


class LiveConsumer(AsyncJsonWebsocketConsumer):
    actor: Actor | None = None

    async def connect(self) -> None:
        self.watched: set[str] = set()
        self.waiting: dict[int, str] = {}  # ticket → kind, for the next message to the list
        self.waits_for_others = False
        self.flush_task: asyncio.Task[None] | None = None
        self.flushed_at = self.checked_at = 0.0
        self.noted_at = -DEVICE_PAUSE
        self.user_id = 0
        if not await self.is_still_allowed():
            # Accepted first: only an accepted socket can tell the browser why it is closed.
            await self.accept()
            await self.close(SIGNED_OUT)
            return
        self.user_id = (self.actor and self.actor.user_id) or 0
        await self.accept()
        await self.note_connected()

    async def disconnect(self, code: int) -> None:
        if self.flush_task:
            self.flush_task.cancel()
        for name in list(self.watched):
            await self.unwatch(name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        if text_data is None or len(text_data) > MAX_MESSAGE:
            await self.close(BAD_MESSAGE)
            return
        try:
            content = json.loads(text_data)
        except ValueError:
            content = None
        if not isinstance(content, dict):
            await self.close(BAD_MESSAGE)
            return
        await self.take(content)

    async def take(self, content: dict[str, Any]) -> None:
        if not await self.is_still_allowed():
            await self.close(SIGNED_OUT)
            return
        for name in _names(content.get("unwatch")):
            await self.unwatch(name)
        if names := _names(content.get("watch")):
            await self.watch(names)
        if isinstance(content.get("typing"), int):
            await self.note_typing(content["typing"])
        if content.get("alive"):
            await self.renew_presence()
        if content.get("alive") or content.get("connected"):
            await self.note_connected()

    # Subscriptions

    async def watch(self, names: list[str]) -> None:
        answers: dict[str, list[str]] = {"watching": [], "refused": []}
        for name in names:
            is_free = name in self.watched or len(self.watched) < MAX_SUBSCRIPTIONS
            is_allowed = is_free and await self.may_watch(name)
            answers["watching" if is_allowed else "refused"].append(name)
            if is_allowed and name not in self.watched:
                self.watched.add(name)
                await self.channel_layer.group_add(_group(name), self.channel_name)
                await self.come(name)
        await self.send_json({key: value for key, value in answers.items() if value})

    async def may_watch(self, name: str) -> bool:
        kind, number = _split(name)
        if self.actor is None or number is None:
            return False
        if kind == "user":
            return number == self.user_id
        check = {
            "ticket": permissions.may_watch_ticket,
            "view": permissions.may_watch_view,
        }.get(kind)
        return bool(check) and await database_sync_to_async(check)(self.actor, number)

    async def unwatch(self, name: str) -> None:
        if name not in self.watched:
            return
        self.watched.discard(name)
        if _group(name) not in map(_group, self.watched):
            await self.channel_layer.group_discard(_group(name), self.channel_name)
        kind, number = _split(name)
        if kind == "ticket" and number is not None:
            await _in_thread(presence.leave, number, self.member)
            await self.tell_presence(number)

    # Presence

    @property
    def member(self) -> str:
        return presence.member(self.user_id, self.channel_name[-12:])

    async def come(self, name: str) -> None:
        kind, number = _split(name)
        if kind == "ticket" and number is not None:
            await _in_thread(presence.enter, number, self.member)
            await self.tell_presence(number)

    async def renew_presence(self) -> None:
        for name in self.watched:
            kind, number = _split(name)
            is_new = kind == "ticket" and await _in_thread(presence.enter, number, self.member)
            if is_new and number is not None:
                await self.tell_presence(number)

    async def note_connected(self) -> None:
        """Keep the person connected; one who was not for a while is given tickets again."""
        if await _in_thread(connected.note, self.user_id):
            await database_sync_to_async(come_back)(user_id=self.user_id)
        now = time.monotonic()
        if now - self.noted_at > DEVICE_PAUSE:
            self.noted_at = now
            await database_sync_to_async(devices.note_socket)(self.user_id, self.scope)

    async def note_typing(self, number: int) -> None:
        if groups.of_ticket(number) in self.watched and await _in_thread(
            presence.types, number, self.member
        ):
            await self.tell_presence(number)

    async def tell_presence(self, number: int) -> None:
        await self.channel_layer.group_send(
            groups.of_ticket(number), groups.presence_changed(number)
        )

    # What the groups say

    async def ticket_changed(self, event: dict[str, Any]) -> None:
        number = event["ticket"]
        name = groups.of_ticket(number)
        if name not in self.watched or not await self.is_still_allowed_or_close():
            return
        if not await self.may_watch(name):
            await self.unwatch(name)
            await self.send_json({"refused": [name]})
            return
        await self.send_json(
            {"ticket": number, "version": event["version"], "kinds": event["kinds"]}
        )

    async def presence_changed(self, event: dict[str, Any]) -> None:
        if groups.of_ticket(event["ticket"]) in self.watched:
            await self.send_json({"presence": event["ticket"]})

    async def notifications_changed(self, event: dict[str, Any]) -> None:
        if groups.of_user(event["user"]) in self.watched and await self.is_still_allowed_or_close():
            await self.send_json({"user": event["user"], "notifications": event["unread"]})

    async def tickets_changed(self, event: dict[str, Any]) -> None:
        """Collect for the list; send at once, or LIST_PAUSE after the last message."""
        self.waits_for_others |= event["others"]
        for change in event["tickets"]:
            if self.waiting.get(change["id"]) != "created":
                self.waiting[change["id"]] = change["kind"]
        if self.flush_task is None or self.flush_task.done():
            wait = max(0.0, self.flushed_at + LIST_PAUSE - time.monotonic())
            self.flush_task = asyncio.create_task(self.flush(wait))

    async def flush(self, wait: float) -> None:
        await asyncio.sleep(wait)
        waiting, self.waiting = self.waiting, {}
        others, self.waits_for_others = self.waits_for_others, False
        self.flushed_at = time.monotonic()
        if not waiting or not await self.is_still_allowed_or_close() or self.actor is None:
            return
        visible = await database_sync_to_async(permissions.visible_among)(self.actor, list(waiting))
        told = sorted(visible, reverse=True)[:MAX_TICKETS]
        with contextlib.suppress(RuntimeError):  # closed while we asked the database
            await self.send_json(
                {
                    "tickets": [{"id": pk, "kind": waiting[pk]} for pk in told],
                    "others": others or len(told) < len(waiting),
                }
            )

    # Rights

    async def is_still_allowed_or_close(self) -> bool:
        is_allowed = await self.is_still_allowed()
        if not is_allowed:
            await self.close(SIGNED_OUT)
        return is_allowed

    async def is_still_allowed(self) -> bool:
        """Look at session, person and role again, at most every RECHECK seconds."""
        now = time.monotonic()
        if self.actor is None or now - self.checked_at > RECHECK:
            session = self.scope.get("session")
            key = session.session_key if session else None
            self.actor = await database_sync_to_async(permissions.actor_of_session)(key)
            self.checked_at = now
        return self.actor is not None


def _names(value: Any) -> list[str]:
    if not isinstance(value, list):
        return []
    return [name for name in value[: 2 * MAX_SUBSCRIPTIONS] if isinstance(name, str)]


def _split(name: str) -> tuple[str, int | None]:
    kind, _, number = name.partition(".")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return kind, int(number) if is_number else None


def _group(name: str) -> str:
    """Views share one group: which of them a change concerns, the page asks with its own rights."""
    return groups.ALL_TICKETS if name.startswith("view.") else name


async def _in_thread(function: Any, *args: Any) -> Any:
    return await sync_to_async(function, thread_sensitive=False)(*args)
