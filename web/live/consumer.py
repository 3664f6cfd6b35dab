"""One websocket a page. The browser says what it watches; the server answers with small facts.

In:  {"watch": ["ticket.42", "view.7"]}, {"unwatch": [names]}, {"typing": 42}, {"alive": true},
     {"chatting": 42} (to the visitor of that chat),
     {"connected": true} (there, but out of sight), {"rows": [42, 43]} (what a list shows)
Out: {"watching": [names], "versions": {"42": 9}, "unread": 3} (of tickets and notifications among
     them: they may have changed between the page and its watching), {"refused": [names]},
     {"ticket": 42, "version": 9, "kinds": ["comment"]},
     {"tickets": [{"id": 42, "kind": "created"}], "others": false}, {"presence": 42},
     {"visitor": 42, "typing": true} (the visitor of that chat), {"user": 7, "notifications": 3},
     {"desk": "calls.7"} (something of chats changed: "desk.42", "calls.7", "queue.0"),
     {"counts": true} (some view's number may be another),
     {"present": {"42": {"viewing": [user ids], "typing": []}}} (of rows shown)

Lists are told by the hub of their process (web.live.hub), which hears everything once.

Every subscription is checked, and checked again when something is pushed: a session or a right that
has ended ends the push. A refusal is the same for what is absent and what is hidden (attack 28).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Mapping
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.actor import Actor
from accounts.roles import Permission
from macros.actions import come_back
from web import devices
from web.chat import groups as chat_groups
from web.live import connected, groups, permissions, presence
from web.live.hub import hub
from web.live.pool import in_pool
from web.live.relevance import Wish

MAX_SUBSCRIPTIONS = 20
MAX_MESSAGE = 4096  # characters
MAX_ROWS = 200  # that a list may name
RECHECK = 10.0  # seconds between two looks at the session before something is said
DEVICE_PAUSE = 60.0  # seconds between two notes of the browser that is signed in
IDLE_RECHECK = 60.0  # … when a page only says that it is there
ROWS_PAUSE = 0.3  # seconds between two lists of rows
COUNTS_PAUSE = 5.0  # seconds between two hints that numbers may have changed
_SIGNS_OF_LIFE = {"alive", "connected", "typing", "chatting"}

SIGNED_OUT = 4401
BAD_MESSAGE = 4400


class LiveConsumer(AsyncJsonWebsocketConsumer):
    actor: Actor | None = None

    async def connect(self) -> None:
        self.watched: set[str] = set()
        self.rows: frozenset[int] = frozenset()
        self.has_rows = False
        self.counts_task: asyncio.Task[None] | None = None
        self.checked_at = self.rows_at = self.counted_at = 0.0
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
        if self.counts_task:
            self.counts_task.cancel()
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
        age = IDLE_RECHECK if content.keys() <= _SIGNS_OF_LIFE else RECHECK
        if not await self.is_still_allowed(age):
            await self.close(SIGNED_OUT)
            return
        for name in _names(content.get("unwatch")):
            await self.unwatch(name)
        if names := _names(content.get("watch")):
            await self.watch(names)
        if isinstance(content.get("rows"), list):
            await self.show_rows(content["rows"])
        if isinstance(content.get("typing"), int):
            await self.note_typing(content["typing"])
        if isinstance(content.get("chatting"), int):
            await self.note_chatting(content["chatting"])
        if content.get("alive"):
            await self.renew_presence()
        if content.get("alive") or content.get("connected"):
            await self.note_connected()

    # Subscriptions

    async def watch(self, names: list[str]) -> None:
        answers: dict[str, Any] = {"watching": [], "refused": []}
        for name in names:
            is_free = name in self.watched or len(self.watched) < MAX_SUBSCRIPTIONS
            is_allowed = is_free and await self.may_watch(name)
            answers["watching" if is_allowed else "refused"].append(name)
            if is_allowed and name not in self.watched:
                self.watched.add(name)
                if name.startswith("view."):
                    await hub().join(self)
                else:
                    await self.channel_layer.group_add(name, self.channel_name)
                await self.come(name)
        # Read after joining: what is committed later is pushed.
        if self.actor and answers["watching"]:
            watched = set(map(_split, answers["watching"]))
            answers |= await in_pool(permissions.state_of, self.actor, watched)
        await self.send_json({key: value for key, value in answers.items() if value != []})

    async def may_watch(self, name: str) -> bool:
        kind, number = _split(name)
        if self.actor is None or number is None:
            return False
        if kind in ("user", "calls"):
            return number == self.user_id
        if kind == "queue":
            return number == 0 and self.actor.can(Permission.REPLY_PUBLICLY)
        check = {
            "ticket": permissions.may_watch_ticket,
            "desk": permissions.may_watch_ticket,
            "view": permissions.may_watch_view,
        }.get(kind)
        return check is not None and await in_pool(check, self.actor, number)

    async def unwatch(self, name: str) -> None:
        if name not in self.watched:
            return
        self.watched.discard(name)
        if not name.startswith("view."):
            await self.channel_layer.group_discard(name, self.channel_name)
        elif not self.views:
            await hub().leave(self)
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
            await in_pool(come_back, user_id=self.user_id)
        now = time.monotonic()
        if now - self.noted_at > DEVICE_PAUSE:
            self.noted_at = now
            await in_pool(devices.note_socket, self.user_id, self.scope)

    async def note_typing(self, number: int) -> None:
        if groups.of_ticket(number) in self.watched and await _in_thread(
            presence.types, number, self.member
        ):
            await self.tell_presence(number)

    async def note_chatting(self, number: int) -> None:
        """The agent writes to the visitor of a chat: their page shows it."""
        if groups.of_ticket(number) in self.watched and self.actor is not None:
            fact = chat_groups.agent_types(number, self.actor.name)
            await self.channel_layer.group_send(chat_groups.of_chat(number), fact)

    async def tell_presence(self, number: int) -> None:
        fact = groups.presence_changed(number)
        await self.channel_layer.group_send(groups.of_ticket(number), fact)
        await self.channel_layer.group_send(groups.ALL_PRESENCE, fact)

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

    async def visitor_types(self, event: dict[str, Any]) -> None:
        names = {groups.of_ticket(event["ticket"]), groups.of_desk(event["ticket"])}
        if names & self.watched:
            await self.send_json({"visitor": event["ticket"], "typing": event["typing"]})

    async def desk_changed(self, event: dict[str, Any]) -> None:
        if event["name"] in self.watched and await self.is_still_allowed_or_close():
            await self.send_json({"desk": event["name"]})

    async def notifications_changed(self, event: dict[str, Any]) -> None:
        if groups.of_user(event["user"]) in self.watched and await self.is_still_allowed_or_close():
            await self.send_json({"user": event["user"], "notifications": event["unread"]})

    # What the hub says to a list

    @property
    def views(self) -> frozenset[int]:
        pairs = map(_split, self.watched)
        return frozenset(pk for kind, pk in pairs if kind == "view" and pk is not None)

    def wish(self) -> Wish:
        assert self.actor is not None  # noqa: S101  the hub has asked
        return Wish(self.actor, self.views, self.rows if self.has_rows else None)

    async def show_rows(self, values: list[Any]) -> None:
        """Note what a list shows, as far as its reader may know of it."""
        now = time.monotonic()
        if self.actor is None or not self.views or now - self.rows_at < ROWS_PAUSE:
            return
        self.rows_at, self.has_rows = now, True
        ids = {pk for pk in values[:MAX_ROWS] if isinstance(pk, int) and 0 < pk < 2**63}
        visible = await in_pool(permissions.visible_among, self.actor, ids)
        self.rows = frozenset(visible)
        await hub().show_people(self)

    async def tell_tickets(self, changes: list[dict[str, Any]], *, others: bool) -> None:
        if changes or others:
            await self.say({"tickets": changes, "others": others})
        if self.has_rows and (self.counts_task is None or self.counts_task.done()):
            wait = max(0.0, self.counted_at + COUNTS_PAUSE - time.monotonic())
            self.counts_task = asyncio.create_task(self.tell_counts(wait))

    async def tell_counts(self, wait: float) -> None:
        await asyncio.sleep(wait)
        self.counted_at = time.monotonic()
        await self.say({"counts": True})

    async def tell_people(self, here: Mapping[int, presence.Present], changed: set[int]) -> None:
        """Who else is at those of the changed tickets that this list shows."""
        shown = self.rows & changed
        if shown and self.actor is not None and self.actor.ticket_access != "all":
            shown &= await in_pool(permissions.visible_among, self.actor, shown)
        if not shown:
            return
        me = {self.user_id}
        people = {
            str(pk): {
                "viewing": sorted(here[pk].viewing - me) if pk in here else [],
                "typing": sorted(here[pk].typing - me) if pk in here else [],
            }
            for pk in sorted(shown)
        }
        await self.say({"present": people})

    async def say(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            await self.send_json(message)

    def is_stale(self) -> bool:
        return self.actor is None or time.monotonic() - self.checked_at > RECHECK

    async def renew(self, actor: Actor | None) -> None:
        """What the hub has found out about the session; one that has ended is closed."""
        self.actor, self.checked_at = actor, time.monotonic()
        if actor is None:
            await self.close(SIGNED_OUT)

    # Rights

    async def is_still_allowed_or_close(self) -> bool:
        is_allowed = await self.is_still_allowed()
        if not is_allowed:
            await self.close(SIGNED_OUT)
        return is_allowed

    def session_key(self) -> str | None:
        session = self.scope.get("session")
        return session.session_key if session else None

    async def is_still_allowed(self, age: float | None = None) -> bool:
        """Look at session, person and role again unless that was done `age` seconds ago."""
        now = time.monotonic()
        if self.actor is None or now - self.checked_at > (RECHECK if age is None else age):
            key = self.session_key()
            self.actor = await in_pool(permissions.actor_of_session, key)
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


async def _in_thread(function: Any, *args: Any) -> Any:
    return await sync_to_async(function, thread_sensitive=False)(*args)
