"""The visitor's websocket: who may hear what, what is taken, and what is too much."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async

from channels_in.actions.chat import Surroundings, answer_chat, create_widget, meet_visitor
from channels_in.models import Chat
from core import outbox
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Comment, Delivery, DeliveryState
from web.chat import consumer as chat_consumer
from web.chat.consumer import VisitorConsumer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_cache")]
WAIT, SOON = 5.0, 0.3


class Page(ApplicationCommunicator):
    """A page of the widget with its socket."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        scope = {"type": "websocket", "path": "/ws/chat/", "query_string": b"", "headers": [],
                 "client": [address, 1]}  # fmt: skip
        super().__init__(VisitorConsumer.as_asgi(), scope)

    async def open(self, widget: Any, token: str) -> dict[str, Any]:
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(WAIT))["type"] == "websocket.accept"
        return await self.ask(hello={"widget": widget.account.address, "token": token})

    async def ask(self, **message: Any) -> dict[str, Any]:
        await self.send_input({"type": "websocket.receive", "text": json.dumps(message)})
        return await self.hear()

    async def hear(self) -> dict[str, Any]:
        output = await self.receive_output(WAIT)
        return json.loads(output["text"]) if "text" in output else output

    async def hear_of(self, name: str) -> Any:
        while name not in (told := await self.hear()):
            assert told.get("type") != "websocket.close", told
        return told[name]

    async def close(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(WAIT)


def run(scene: Callable[[], Awaitable[Any]]) -> Any:
    return async_to_sync(scene)()


@pytest.fixture
def met(widget) -> tuple[Any, str]:
    return meet_visitor(account=widget.account, around=Surroundings())


def words(text: str, **more: object) -> dict[str, Any]:
    return {"client_id": uuid.uuid4().hex, "text": text, **more}


do = database_sync_to_async


def test_taken_is_said_when_it_is_stored_and_answers_come_to_the_page(widget, met, alice):
    actor = as_actor(alice)

    async def scene() -> list[str]:
        page = Page()
        await page.open(widget, met[1])
        said = words("Hello")
        assert await page.ask(say=said) == {"taken": said["client_id"]}
        told = await page.hear_of("welcome")
        assert told["chat"]["state"] == "waiting"
        chat = await do(Chat.objects.get)()
        await do(answer_chat)(actor=actor, chat_id=chat.pk, body="Hi!")
        await do(outbox.drain)()
        heard = await page.hear_of("messages")
        await page.send_input(
            {"type": "websocket.receive", "text": json.dumps({"got": heard[-1]["id"]})}
        )
        await asyncio.sleep(SOON)
        await page.close()
        return [message["text"] for message in heard]

    assert run(scene)[-1] == "Hi!"
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_the_same_message_by_two_sockets_is_one_comment(widget, met):
    async def scene() -> None:
        one, two = Page(), Page()
        await one.open(widget, met[1])
        await two.open(widget, met[1])
        said = words("Only once")
        text = json.dumps({"say": said})
        await asyncio.gather(
            *(p.send_input({"type": "websocket.receive", "text": text}) for p in (one, two))
        )
        await asyncio.gather(one.hear_of("taken"), two.hear_of("taken"))
        await asyncio.sleep(SOON)
        await one.close()
        await two.close()

    run(scene)
    assert Comment.objects.filter(body="Only once").count() == 1
    assert Chat.objects.count() == 1


def test_another_widgets_or_a_made_up_secret_opens_nothing(widget, met, admin):
    other = create_widget(actor=as_actor(admin), name="Other brand")

    async def scene() -> list[Any]:
        codes = []
        for which, token in ((other, met[1]), (widget, "x" * 43), (widget, "")):
            page = Page()
            codes.append((await page.open(which, token)).get("code"))
        return codes

    assert run(scene) == [4401, 4401, 4401]


def test_notes_and_other_peoples_chats_are_never_said(widget, met, alice, carol, make_ticket):
    other = make_ticket(subject="Carol's")
    actor, program = as_actor(alice), as_actor(alice, channel="api")

    async def scene() -> str:
        page = Page()
        await page.open(widget, met[1])
        await page.ask(say=words("Mine"))
        await page.hear_of("welcome")
        chat = await do(Chat.objects.get)()
        note = CommentDraft(author_id=alice.pk, body="secret", is_public=False)
        await do(update_ticket)(actor=actor, ticket_id=chat.ticket_id, comment=note)
        reply = CommentDraft(author_id=alice.pk, body="for Carol")
        await do(update_ticket)(actor=program, ticket_id=other.pk, comment=reply)
        await do(outbox.drain)()
        heard = []
        while not await page.receive_nothing(SOON):
            heard.append(await page.hear())
        await page.close()
        return json.dumps(heard)

    heard = run(scene)
    assert "secret" not in heard
    assert "for Carol" not in heard


def test_one_address_opens_so_many_sockets_and_no_more(widget, met, settings):
    settings.CHAT_CONNECTIONS_PER_ADDRESS = 2

    async def scene() -> tuple[Any, Any]:
        pages = [Page() for _ in range(3)]
        answers = [await page.open(widget, met[1]) for page in pages]
        elsewhere = await Page("192.0.2.9").open(widget, met[1])
        return answers[2].get("code"), "welcome" in elsewhere

    assert run(scene) == (4429, True)


def test_who_says_too_much_is_asked_to_wait_and_then_cut_off(widget, met, settings, monkeypatch):
    settings.CHAT_MESSAGES_PER_MINUTE = 2

    async def scene() -> tuple[list[Any], Any]:
        page = Page()
        await page.open(widget, met[1])
        answers = []
        for _ in range(3):
            await page.send_input(
                {"type": "websocket.receive", "text": json.dumps({"say": words("again")})}
            )
            told = await page.hear()
            while not {"taken", "slow"} & told.keys():
                told = await page.hear()
            answers.append(next(iter(told)))
        monkeypatch.setattr(chat_consumer, "PER_SECOND", 0.0)
        for _ in range(chat_consumer.BURST + 1):
            await page.send_input({"type": "websocket.receive", "text": "{}"})
        told = await page.hear()
        while told.get("type") != "websocket.close":
            told = await page.hear()
        return answers, told["code"]

    assert run(scene) == (["taken", "taken", "slow"], 4430)


@pytest.mark.parametrize("text", ["no json", "[]", "1", json.dumps({"x": "y" * 20_000})])
def test_what_is_no_message_ends_it(widget, met, text):
    async def scene() -> Any:
        page = Page()
        await page.open(widget, met[1])
        await page.send_input({"type": "websocket.receive", "text": text})
        return (await page.hear())["code"]

    assert run(scene) == 4400


@pytest.mark.parametrize(
    "said",
    [{"text": "no id"}, {"client_id": "short", "text": "x"}, {"client_id": "a" * 32, "text": " "},
     {"client_id": "a" * 32, "text": "x" * 4_001}, {"client_id": "a" * 32, "files": ["1"]}],
)  # fmt: skip
def test_a_message_that_cannot_be_one_is_refused_and_nothing_is_kept(widget, met, said):
    async def scene() -> dict[str, Any]:
        page = Page()
        await page.open(widget, met[1])
        answer = await page.ask(say=said)
        await page.close()
        return answer

    assert "refused" in run(scene)
    assert not Chat.objects.exists()


def test_who_says_nothing_is_not_kept_waiting(widget, monkeypatch):
    monkeypatch.setattr(chat_consumer, "HELLO_SECONDS", 0.1)

    async def scene() -> Any:
        page = Page()
        await page.send_input({"type": "websocket.connect"})
        await page.hear()
        return (await page.hear())["code"]

    assert run(scene) == 4408
