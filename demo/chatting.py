"""Chats at the widget of the shop: finished ones with ratings, one going on, one that waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actor import actor_for
from accounts.models import User
from channels_in.actions.chat import (
    Surroundings,
    accept_chat,
    answer_chat,
    end_chat,
    introduce_visitor,
    mark_house_read,
    meet_visitor,
    note_received,
    rate_own_chat,
)
from channels_in.chat import intake
from channels_in.chat.spoken import read_spoken
from channels_in.models import Chat, ChatWidget
from core import clock

SHOP = "https://shop.brightcart.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True, slots=True)
class Conversation:
    """`lines` are (seconds since the line before, words); those of the agent begin with ">"."""

    name: str
    email: str
    page: tuple[str, str]  # path, title
    ago: timedelta
    lines: Sequence[tuple[int, str]]
    agent: str = ""
    status: str = ""  # of the ended chat
    rating: bool | None = None
    comment: str = ""


CONVERSATIONS = (
    Conversation(
        "Ines Prado", "ines.prado@demo.example", ("/lamps/arc-floor", "Arc floor lamp"),
        timedelta(days=3, hours=2),
        ((0, "Is the arc lamp dimmable with a normal wall dimmer?"),
         (24, "> Hi Ines! Yes, with any trailing-edge dimmer up to 150 W."),
         (41, "Great, that is the one we have."),
         (20, "> Then you are all set. Anything else?"), (15, "No, thank you!")),
        agent="alice", status="solved", rating=True, comment="An answer in half a minute, wow.",
    ),
    Conversation(
        "Tomasz", "", ("/checkout", "Checkout"), timedelta(days=1, hours=5),
        ((0, "My voucher SPRING10 does not work"),
         (190, "> Sorry for the wait. It ended on Sunday; I can give you another one."),
         (30, "ok but I waited three minutes for that"), (25, "> You are right, I am sorry.")),
        agent="bob", status="solved", rating=False, comment="Too slow",
    ),
    Conversation(
        "Mina Okafor", "mina.okafor@demo.example", ("/returns", "Returns"), timedelta(hours=7),
        ((0, "Can I return a rug that was rolled out once?"),
         (18, "> Of course, within 30 days. Shall I send the label by mail?"),
         (22, "Yes please, to this address.")),
        agent="alice", status="open",
    ),
    Conversation(
        "Leo Brandt", "leo.brandt@demo.example", ("/orders/88213", "Your order"),
        timedelta(minutes=3),
        ((0, "Hello, my order 88213 says delivered, but there is nothing here."),
         (21, "> Hi Leo, I look at the tracking right away."),
         (38, "> The courier left it with a neighbour, number 14. Could you ask there?"),
         (44, "They say they have not got anything 😕")),
        agent="alice",
    ),
    Conversation(
        "Sunniva", "", ("/sofas/fjord", "Fjord sofa, three seats"), timedelta(seconds=35),
        ((0, "Does the Fjord sofa fit through a door of 78 cm?"),),
    ),
)  # fmt: skip


def make_chats(widget: ChatWidget, users: Mapping[str, User], now: datetime) -> None:
    """Tell them as they happened, through the doors that visitors and agents use."""
    for number, told in enumerate(CONVERSATIONS):
        _tell(widget, told, users, number, now - told.ago)


def _tell(
    widget: ChatWidget, told: Conversation, users: Mapping[str, User], number: int, at: datetime
) -> None:
    path, title = told.page
    around = Surroundings(
        page_url=SHOP + path, page_title=title, referrer="https://search.example/",
        language="en", time_zone="Europe/Berlin", user_agent=BROWSER,
    )  # fmt: skip
    with clock.frozen(at):
        visitor, _token = meet_visitor(account=widget.account, around=around)
        introduce_visitor(visitor=visitor, name=told.name, email=told.email)
    chat: Chat | None = None
    for line, (pause, words) in enumerate(told.lines):
        at += timedelta(seconds=pause)
        with clock.frozen(at):
            if words.startswith("> ") and chat:
                actor = actor_for(users[told.agent])
                if chat.agent_id is None:
                    chat = accept_chat(actor=actor, chat_id=chat.pk)
                answer_chat(actor=actor, chat_id=chat.pk, body=words[2:])
                newest = chat.ticket.comments.latest("id").pk
                note_received(chat_id=chat.pk, got=newest, read=newest)
            else:
                client_id = f"demo-chat-{number}-{line}"
                said = {"client_id": client_id, "text": words, "page_url": SHOP + path,
                        "page_title": title}  # fmt: skip
                intake.store(visitor, read_spoken(said))
                intake.process(visitor, client_id)
                chat = chat or Chat.objects.get(visitor=visitor)
    if chat and told.status:
        _end(chat, told, users, at + timedelta(seconds=20))


def _end(chat: Chat, told: Conversation, users: Mapping[str, User], at: datetime) -> None:
    actor = actor_for(users[told.agent])
    with clock.frozen(at):
        newest = chat.ticket.comments.latest("id").pk
        mark_house_read(actor=actor, chat_id=chat.pk, comment_id=newest)
        end_chat(actor=actor, chat_id=chat.pk, status=told.status)
    if told.rating is None:
        return
    with clock.frozen(at + timedelta(seconds=15)):
        rate_own_chat(
            visitor=chat.visitor, key=chat.key, is_good=told.rating, comment=told.comment
        )  # fmt: skip
