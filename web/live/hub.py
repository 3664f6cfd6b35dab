"""What all open lists of one process hear: one subscription, one pause, one look at the rights.

The changes of tickets and the comings and goings at them reach a process once, however many lists
are open in it. They are collected, and every PAUSE each list is told what concerns it: rows that it
shows, and tickets that are in its view now. What concerns nobody costs no message; rights of all
who are told anything are asked anew in one go.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from web.live import groups, permissions, presence, relevance
from web.live.pool import in_pool

if TYPE_CHECKING:
    from web.live.consumer import LiveConsumer

logger = logging.getLogger(__name__)

PAUSE = 0.4  # seconds between two messages to the lists about tickets
PEOPLE_PAUSE = 1.0  # … about who is there
SWEEP = 15.0  # seconds between two looks at who has faded without a word
MAX_TICKETS = 200  # in one message; beyond that the list asks for all it shows

_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The one of this process's event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


class Hub:
    """Begins with the first open list and ends with the last."""

    def __init__(self) -> None:
        self.lists: dict[LiveConsumer, None] = {}
        self.channel = ""
        self.tasks: list[asyncio.Task[None]] = []
        self.lock = asyncio.Lock()
        self._forget()

    def _forget(self) -> None:
        self.waiting: dict[int, str] = {}  # ticket → kind
        self.others = False
        self.moved: set[int] = set()  # tickets at which somebody came, went or typed
        self.here: dict[int, presence.Present] = {}  # what the lists were told last
        self.flush_task: asyncio.Task[None] | None = None
        self.people_task: asyncio.Task[None] | None = None
        self.flushed_at = self.people_at = 0.0

    async def join(self, member: LiveConsumer) -> None:
        async with self.lock:
            self.lists[member] = None
            if self.tasks:
                return
            layer = get_channel_layer()
            self.channel = await layer.new_channel()
            for name in (groups.ALL_TICKETS, groups.ALL_PRESENCE):
                await layer.group_add(name, self.channel)
            self.tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._sweep())]

    async def leave(self, member: LiveConsumer) -> None:
        async with self.lock:
            self.lists.pop(member, None)
            if self.lists or not self.tasks:
                return
            for task in (*self.tasks, self.flush_task, self.people_task):
                if task is not None:
                    task.cancel()
            self.tasks = []
            layer = get_channel_layer()
            for name in (groups.ALL_TICKETS, groups.ALL_PRESENCE):
                with contextlib.suppress(Exception):  # the layer may be on its way out, too
                    await layer.group_discard(name, self.channel)
            self._forget()

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                event = await layer.receive(self.channel)
            except Exception:
                logger.exception("hub.deaf")
                await asyncio.sleep(1)
                self.others = True  # something may have been said meanwhile
                continue
            if event["type"] == "tickets.changed":
                self.note(event)
            elif event["type"] == "presence.changed":
                self.note_people({event["ticket"]})

    # Tickets

    def note(self, event: dict[str, Any]) -> None:
        """Collect; tell at once, or PAUSE after the last time."""
        self.others |= event["others"]
        for change in event["tickets"]:
            if self.waiting.get(change["id"]) != "created":
                self.waiting[change["id"]] = change["kind"]
        if self.flush_task is None or self.flush_task.done():
            self.flush_task = asyncio.create_task(self._flush_all())

    async def _flush_all(self) -> None:
        while self.waiting:  # more may come in while the lists are being told
            await asyncio.sleep(max(0.0, self.flushed_at + PAUSE - time.monotonic()))
            try:
                await self._flush()
            except Exception:
                logger.exception("hub.failed")
                self.others = True  # with the next change the lists ask for all they show

    async def _flush(self) -> None:
        waiting, self.waiting = self.waiting, {}
        others, self.others = self.others, False
        self.flushed_at = time.monotonic()
        members = await self._entitled()
        wishes = [member.wish() for member in members]
        told = await in_pool(relevance.concerned, wishes, list(waiting))
        says = [
            member.tell_tickets(
                [{"id": pk, "kind": waiting[pk]} for pk in sorted(ids, reverse=True)[:MAX_TICKETS]],
                others=others or is_more or len(ids) > MAX_TICKETS,
            )
            for member, (ids, is_more) in zip(members, told, strict=True)
        ]
        await asyncio.gather(*says, return_exceptions=True)  # some may be gone by now

    async def _entitled(self) -> list[LiveConsumer]:
        """The lists whose people may still hear something; the others are closed."""
        members = list(self.lists)
        stale = [member for member in members if member.is_stale()]
        if stale:
            keys = [member.session_key() for member in stale]
            actors = await in_pool(permissions.actors_of_sessions, keys)
            for member, key in zip(stale, keys, strict=True):
                await member.renew(actors.get(key))
        return [member for member in members if member.actor is not None]

    # People

    def note_people(self, numbers: set[int]) -> None:
        self.moved |= {pk for pk in numbers if any(pk in member.rows for member in self.lists)}
        if self.moved and (self.people_task is None or self.people_task.done()):
            self.people_task = asyncio.create_task(self._tell_all_people())

    async def _tell_all_people(self) -> None:
        while self.moved:
            await asyncio.sleep(max(0.0, self.people_at + PEOPLE_PAUSE - time.monotonic()))
            await self._tell_people()

    async def _tell_people(self) -> None:
        moved, self.moved = self.moved, set()
        self.people_at = time.monotonic()
        found = await asyncio.to_thread(presence.present_at_many, moved)
        changed = {pk for pk in moved if found.get(pk) != self.here.get(pk)}
        for pk in changed:
            self.here.pop(pk, None)
        self.here |= {pk: found[pk] for pk in changed if pk in found}
        if any(at.typing for at in found.values()):  # typing fades without a word
            typed = {pk for pk, at in found.items() if at.typing}
            delay = presence.TYPING_TTL + 0.5
            asyncio.get_running_loop().call_later(delay, self.note_people, typed)
        if changed:
            members = await self._entitled()
            says = [member.tell_people(self.here, changed) for member in members]
            await asyncio.gather(*says, return_exceptions=True)

    async def show_people(self, member: LiveConsumer) -> None:
        """Who is at the rows that a list has begun to show."""
        found = await asyncio.to_thread(presence.present_at_many, member.rows)
        self.here |= found
        if found:
            await member.tell_people(self.here, set(found))

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            self.note_people(set(self.here))
