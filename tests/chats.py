"""A widget, visitors of it, and what they say."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from channels_in.actions.chat import Surroundings, create_widget, meet_visitor
from channels_in.chat import intake
from channels_in.chat.spoken import read_spoken
from channels_in.models import Chat, ChatWidget, Visitor
from tests.factories import as_actor


@pytest.fixture
def widget(admin, support) -> ChatWidget:
    widget = create_widget(actor=as_actor(admin), name="BrightCart", sites=["https://shop.example"])
    widget.account.group = support
    widget.account.save()
    return widget


@pytest.fixture
def visitor(widget) -> Visitor:
    return meet_visitor(account=widget.account, around=Surroundings(language="en"))[0]


@pytest.fixture
def say() -> Callable[..., str]:
    """`say(visitor, "Hello")`: stored and made into a comment; returns the client's id."""

    def speak(visitor: Visitor, text: str, **more: object) -> str:
        client_id = str(more.pop("client_id", uuid.uuid4().hex))
        intake.store(visitor, read_spoken({"client_id": client_id, "text": text, **more}))
        intake.process(visitor, client_id)
        return client_id

    return speak


@pytest.fixture
def chat(visitor, say) -> Chat:
    say(visitor, "My parcel is late")
    return Chat.objects.get(visitor=visitor)
