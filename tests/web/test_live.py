"""Websockets: who may watch what, what is said, and what ends it (attack 28)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from core.outbox import Message
from tests.factories import as_actor
from tickets import policies
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Ticket
from web.live import consumer as live
from web.live import presence, subscribers
from web.live.consumer import LiveConsumer
from web.notifications.subscribers import announce as announce_notifications

# Committed, not rolled back: the consumer reads through a connection of its own.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_cache")]
WAIT = 3.0  # seconds; a busy machine may need them
SOON = 0.3  # long enough for what should not come


class Socket(ApplicationCommunicator):
    """A browser's socket (channels.testing would need Daphne)."""

    def __init__(self, application: Any, **scope: Any) -> None:
        super().__init__(
            application,
            {"type": "websocket", "path": "/ws/", "query_string": b"", "headers": [], **scope},
        )

    session_key = ""
    state: dict[str, Any]  # of what was watched last

    async def connect(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(timeout=WAIT)
        return answer["type"] == "websocket.accept"

    async def hear(self) -> dict[str, Any]:
        output = await self.receive_output(timeout=WAIT)
        assert output["type"] == "websocket.send", output
        return json.loads(output["text"])

    async def send_text(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def say(self, **message: Any) -> None:
        await self.send_text(json.dumps(message))

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(timeout=WAIT)

    async def watch(self, *names: str) -> dict[str, Any]:
        await self.say(watch=list(names))
        while True:
            message = await self.hear()
            if "presence" not in message:
                self.state = {key: message.pop(key, None) for key in ("versions", "unread")}
                return message


def session_of(user: User | None) -> SessionStore:
    session = SessionStore()
    if user:
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.EmailBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session


def play(scene: Callable[..., Awaitable[None]], *people: User | None) -> None:
    """Run a scene with one connected socket a person."""

    async def run() -> None:
        sockets = []
        for person in people:
            session = await database_sync_to_async(session_of)(person)
            sockets.append(Socket(LiveConsumer.as_asgi(), session=session))
            sockets[-1].session_key = session.session_key
        try:
            await scene(*sockets)
        finally:
            for socket in sockets:
                await socket.disconnect()

    async_to_sync(run)()


async def announce(*facts: dict[str, Any]) -> None:
    messages = [Message("ticket.changed", {"changes": list(facts)})]
    await asyncio.to_thread(subscribers.announce_changes, messages)


def fact(ticket: Ticket, kind: str = "updated", **more: Any) -> dict[str, Any]:
    return {"ticket": ticket.pk, "version": 2, "kind": kind, "comment": None, **more}


async def closed(socket: Socket) -> int:
    while True:
        output = await socket.receive_output(timeout=WAIT)
        if output["type"] == "websocket.close":
            return output["code"]


def test_who_begins_to_watch_hears_how_things_are_now(make_ticket, alice):
    ticket = make_ticket()
    comment = CommentDraft(author_id=alice.pk, body="Since the page was made")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=comment)

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.watch(f"ticket.{ticket.pk}", f"desk.{ticket.pk}", "ticket.999999")
        assert socket.state == {"versions": {str(ticket.pk): ticket.version + 1}, "unread": None}
        await socket.watch(f"user.{alice.pk}")
        assert socket.state == {"versions": None, "unread": 0}

    play(scene, alice)


def test_a_change_reaches_those_who_look_as_ids_and_kinds_only(make_ticket, alice):
    ticket = make_ticket()

    async def scene(socket: Socket) -> None:
        await socket.connect()
        assert await socket.watch(f"ticket.{ticket.pk}") == {"watching": [f"ticket.{ticket.pk}"]}
        await announce(fact(ticket, comment=7, is_public=False))
        message = await socket.hear()
        while "presence" in message:
            message = await socket.hear()
        assert message == {"ticket": ticket.pk, "version": 2, "kinds": ["comment", "updated"]}

    play(scene, alice)


def test_visitors_and_customers_are_turned_away(carol):
    async def scene(*sockets: Socket) -> None:
        for socket in sockets:
            await socket.connect()
            assert await closed(socket) == live.SIGNED_OUT

    play(scene, None, carol)


def test_hidden_and_absent_and_made_up_are_refused_alike(make_ticket, support, confined_bob):
    hidden = make_ticket(group_id=support.pk)
    names = [f"ticket.{hidden.pk}", "ticket.999999", "ticket.*", "ticket.-1", "view.999", "tickets",
             f"user.{confined_bob.pk + 1}", "ticket.1e3", "", "ticket." + "9" * 40]  # fmt: skip

    async def scene(socket: Socket) -> None:
        await socket.connect()
        assert await socket.watch(*names) == {"refused": names}
        await announce(fact(hidden))
        assert await socket.receive_nothing(timeout=SOON)

    play(scene, confined_bob)


def test_everybody_hears_how_many_notifications_are_theirs(alice, bob):
    async def scene(hers: Socket, his: Socket) -> None:
        await hers.connect()
        await his.connect()
        own = f"user.{alice.pk}"
        assert await hers.watch(own) == {"watching": [own]}
        assert await his.watch(own) == {"refused": [own]}
        told = [Message("notification.created", {"users": [alice.pk]})]
        await database_sync_to_async(announce_notifications)(told)
        assert await hers.hear() == {"user": alice.pk, "notifications": 0}
        assert await his.receive_nothing(timeout=SOON)

    play(scene, alice, bob)


def test_a_right_that_ended_ends_the_push(make_ticket, billing, support, confined_bob):
    ticket = make_ticket(group_id=billing.pk)
    name = f"ticket.{ticket.pk}"

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.watch(name)
        await database_sync_to_async(Ticket.objects.filter(pk=ticket.pk).update)(group=support)
        await announce(fact(ticket))
        message = await socket.hear()
        while "presence" in message:
            message = await socket.hear()
        assert message == {"refused": [name]}
        await announce(fact(ticket))
        assert await socket.receive_nothing(timeout=SOON)

    play(scene, confined_bob)


@pytest.mark.parametrize("ending", ["sign-out", "password", "deactivation", "role"])
def test_a_session_that_ended_closes_the_socket(make_ticket, alice, monkeypatch, ending):
    monkeypatch.setattr(live, "RECHECK", -1.0)
    ticket = make_ticket()

    def end(session_key: str) -> None:
        match ending:
            case "sign-out":
                SessionStore(session_key).delete()
            case "password":
                alice.set_password("another one entirely")
                alice.save()
            case "deactivation":
                User.objects.filter(pk=alice.pk).update(is_active=False)
            case "role":
                User.objects.filter(pk=alice.pk).update(role="customer")

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.watch(f"ticket.{ticket.pk}")
        await database_sync_to_async(end)(socket.session_key)
        await announce(fact(ticket))
        assert await closed(socket) == live.SIGNED_OUT

    play(scene, alice)


def test_a_list_hears_of_a_burst_a_few_times_only(make_ticket, alice, views):
    tickets = [make_ticket() for _ in range(5)]
    name = f"view.{views['unassigned'].pk}"

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.watch(name)
        for ticket in tickets:
            await announce(fact(ticket))
        await announce(*[fact(ticket, "created") for ticket in tickets])
        told, messages = set(), 0
        while told != {(ticket.pk, "created") for ticket in tickets}:
            heard = await socket.hear()
            told = told | {(change["id"], change["kind"]) for change in heard["tickets"]}
            told -= {(pk, "updated") for pk, _ in told}
            messages += 1
        assert messages < 6  # a busy machine may need a pause more than the usual two
        assert await socket.receive_nothing(timeout=SOON)

    play(scene, alice)


def test_a_list_is_not_told_of_tickets_one_may_not_see(make_ticket, billing, support, views):
    from tests.factories import make_user

    confined = make_user("Corin Confined", "agent", groups=[billing])
    User.objects.filter(pk=confined.pk).update(ticket_access="groups")
    seen, hidden = make_ticket(group_id=billing.pk), make_ticket(group_id=support.pk)

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.watch(f"view.{views['unassigned'].pk}")
        await announce(fact(seen), fact(hidden))
        message = await socket.hear()
        assert message == {"tickets": [{"id": seen.pk, "kind": "updated"}], "others": True}

    play(scene, confined)


def test_who_else_looks_is_known_and_fades(make_ticket, alice, bob):
    ticket = make_ticket()
    name = f"ticket.{ticket.pk}"

    async def scene(first: Socket, second: Socket) -> None:
        await first.connect()
        await second.connect()
        await first.watch(name)
        await second.watch(name)
        assert await first.hear() == {"presence": ticket.pk}
        present = await database_sync_to_async(presence.present_at)(ticket.pk)
        assert present.viewing == {alice.pk, bob.pk}
        await second.say(typing=ticket.pk)
        while not (await database_sync_to_async(presence.present_at)(ticket.pk)).typing:
            await first.hear()
        await second.disconnect()
        present = await database_sync_to_async(presence.present_at)(ticket.pk)
        assert present.viewing == {alice.pk}

    play(scene, alice, bob)


def test_the_page_names_the_others(browser_of, make_ticket, alice, bob):
    ticket = make_ticket()
    presence.enter(ticket.pk, presence.member(alice.pk, "one"))
    presence.enter(ticket.pk, presence.member(bob.pk, "two"))
    presence.types(ticket.pk, presence.member(bob.pk, "two"))
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/viewers/").content.decode()
    assert "Bob" in page
    assert "is typing" in page
    assert "Alice" not in page


def test_subscriptions_are_bounded(make_ticket, alice):
    tickets = [make_ticket() for _ in range(live.MAX_SUBSCRIPTIONS + 1)]
    names = [f"ticket.{ticket.pk}" for ticket in tickets]

    async def scene(socket: Socket) -> None:
        await socket.connect()
        answer = await socket.watch(*names)
        assert answer == {"watching": names[:-1], "refused": names[-1:]}

    play(scene, alice)


@pytest.mark.parametrize("text", ["x" * 5000, "not json", "[1]", '"watch"', "{"])
def test_what_makes_no_sense_closes_the_socket(alice, text):
    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.send_text(text)
        assert await closed(socket) == live.BAD_MESSAGE

    play(scene, alice)


def test_typing_on_a_ticket_one_does_not_watch_is_not_heard(make_ticket, alice):
    ticket = make_ticket()

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.say(typing=ticket.pk, watch="ticket.1", unwatch=[3], alive=True)
        assert await socket.receive_nothing(timeout=SOON)
        assert not (await database_sync_to_async(presence.present_at)(ticket.pk)).typing

    play(scene, alice)


def test_another_sites_page_cannot_open_a_socket(alice):
    from helpdesk.asgi import application

    async def scene() -> None:
        headers = [(b"origin", b"https://evil.example"), (b"host", b"testserver")]
        assert not await Socket(application, headers=headers).connect()

    async_to_sync(scene)()


def test_a_list_that_says_what_it_shows_hears_of_that_and_of_its_view_only(
    make_ticket, alice, views
):
    shown, inside = make_ticket(assignee_id=alice.pk), make_ticket()
    outside = make_ticket(assignee_id=alice.pk)

    async def scene(socket: Socket) -> None:
        await socket.connect()
        await socket.watch(f"view.{views['unassigned'].pk}")
        await socket.say(rows=[shown.pk, 10**9, "x"])
        await announce(*[fact(ticket) for ticket in (shown, inside, outside)])
        message = await socket.hear()
        assert {change["id"] for change in message["tickets"]} == {shown.pk, inside.pk}
        assert not message["others"]
        assert await socket.hear() == {"counts": True}

    play(scene, alice)


def test_a_list_shows_who_comes_types_and_goes(make_ticket, alice, bob, views):
    ticket = make_ticket()

    async def scene(reader: Socket, other: Socket) -> None:
        await reader.connect()
        await reader.watch(f"view.{views['unassigned'].pk}")
        await reader.say(rows=[ticket.pk])
        await other.connect()
        await other.watch(f"ticket.{ticket.pk}")
        expected = {"viewing": [bob.pk], "typing": []}
        assert await reader.hear() == {"present": {str(ticket.pk): expected}}
        await other.say(typing=ticket.pk)
        await other.say(typing=ticket.pk)
        expected["typing"] = [bob.pk]
        assert await reader.hear() == {"present": {str(ticket.pk): expected}}
        await other.say(unwatch=[f"ticket.{ticket.pk}"])
        gone = {"viewing": [], "typing": []}
        assert await reader.hear() == {"present": {str(ticket.pk): gone}}

    play(scene, alice, bob)


def test_nobody_hears_who_is_at_a_ticket_they_may_not_see(
    make_ticket, support, confined_bob, alice, views
):
    hidden = make_ticket(group_id=support.pk)

    async def scene(reader: Socket, other: Socket) -> None:
        await reader.connect()
        await reader.watch(f"view.{views['unassigned'].pk}")
        await reader.say(rows=[hidden.pk])
        await other.connect()
        await other.watch(f"ticket.{hidden.pk}")
        assert await reader.receive_nothing(timeout=1.5)

    play(scene, confined_bob, alice)


@pytest.mark.parametrize("access", ["all", "groups", "assigned"])
def test_who_reaches_a_ticket_is_the_same_in_memory_as_in_the_database(
    make_ticket, alice, bob, support, billing, access
):
    User.objects.filter(pk=alice.pk).update(ticket_access=access)
    tickets = [
        make_ticket(group_id=group and group.pk, assignee_id=person and person.pk)
        for group, person in [(None, None), (support, None), (support, alice), (billing, None),
                              (billing, bob)]
    ]  # fmt: skip
    actor = as_actor(alice)
    visible = set(policies.visible_tickets(actor).values_list("pk", flat=True))
    assert {ticket.pk for ticket in tickets if policies.reaches(actor, ticket)} == visible
