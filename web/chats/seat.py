"""A chat on its ticket's page: who is in it, what the visitor is up to, what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.actor import Actor
from accounts.models import User
from accounts.roles import Permission
from channels_in.actions.chat.departures import address_of
from channels_in.chat import presence
from channels_in.models import Chat, ChatState
from tickets.models import Channel, Ticket
from web.chats.desk import name_of, page_of, visible_chats, with_words


@dataclass(frozen=True, slots=True)
class Seat:
    """`guests` are colleagues in it, `invited` those who were asked."""

    chat: Chat
    actor: Actor
    guests: list[User]
    invited: list[User]
    unread: int
    waits_since: datetime | None
    last_of_house: int

    @property
    def name(self) -> str:
        return name_of(self.chat)

    @property
    def page(self) -> str:
        return page_of(self.chat)

    @property
    def is_here(self) -> bool:
        return presence.is_here(self.chat.visitor.key)

    @property
    def is_mine(self) -> bool:
        return self.chat.agent_id == self.actor.user_id and self.is_active

    @property
    def is_guest(self) -> bool:
        return any(guest.pk == self.actor.user_id for guest in self.guests)

    @property
    def is_invited(self) -> bool:
        return any(guest.pk == self.actor.user_id for guest in self.invited)

    @property
    def is_active(self) -> bool:
        return self.chat.state in (ChatState.ACTIVE, ChatState.HELD)

    @property
    def is_held(self) -> bool:
        return self.chat.state == ChatState.HELD

    @property
    def may_speak(self) -> bool:
        return self.is_active and (self.is_mine or self.is_guest)

    @property
    def mode(self) -> str:
        """What the composer is: `chat` for who is in it, else that of any ticket."""
        if self.may_speak:
            return "chat"
        return "ended" if self.chat.state == ChatState.ENDED else "ticket"

    @property
    def address(self) -> str:
        """Where answers go once the chat has ended; empty when nobody knows."""
        return address_of(self.chat)

    @property
    def receipt(self) -> str:
        """How far the house's last words have come: sent, got, read; empty without any."""
        if not self.last_of_house:
            return ""
        if self.chat.visitor_read >= self.last_of_house:
            return "read"
        return "got" if self.chat.visitor_got >= self.last_of_house else "sent"


def seat_of(ticket: Ticket, actor: Actor) -> Seat | None:
    """None for tickets that are no chat, and for who does not answer customers: no query then."""
    if ticket.channel != Channel.CHAT or not actor.can(Permission.REPLY_PUBLICLY):
        return None
    chat = with_words(visible_chats(actor).filter(ticket=ticket)).first()
    if chat is None:
        return None
    guests = list(chat.guests.filter(left_at=None).select_related("user").order_by("id"))
    return Seat(
        chat=chat, actor=actor,
        guests=[guest.user for guest in guests if guest.joined_at],
        invited=[guest.user for guest in guests if not guest.joined_at],
        unread=chat.unread, waits_since=chat.waits_since, last_of_house=chat.answered,
    )  # fmt: skip
