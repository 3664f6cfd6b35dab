"""Named errors of live chat; each message is a sentence that may be shown to people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tickets.errors import TicketError


class ChatNotFound(TicketError):
    """There is no such chat, or the actor may not know of it."""

    def __init__(self) -> None:
        super().__init__(_("This chat does not exist, or you may not see it."))


class ChatTaken(TicketError):
    """Somebody else was quicker, or the offer is over."""

    def __init__(self, name: str = "") -> None:
        words = _("%(name)s has taken this chat already.") % {"name": name} if name else ""
        super().__init__(words or _("This chat was given to somebody else."))


class ChatEnded(TicketError):
    """What is asked for needs a living chat."""

    def __init__(self) -> None:
        super().__init__(_("This chat has ended. Answer the ticket: it goes by e-mail."))


class NotYourChat(TicketError):
    """Only the agent of a chat may do that."""

    def __init__(self) -> None:
        super().__init__(_("Another agent is in this chat. Take it over first."))


class WidgetGone(TicketError):
    """There is no such chat widget."""

    def __init__(self) -> None:
        super().__init__(_("This chat widget does not exist; somebody may have removed it."))


class CannotJoin(TicketError):
    """Whom an agent wants to bring into a chat cannot come."""

    def __init__(self) -> None:
        super().__init__(_("This colleague cannot take part in the chat. Choose another one."))


class NotInvited(TicketError):
    """Nobody has asked the actor into the chat, or they left it."""

    def __init__(self) -> None:
        super().__init__(_("You were not asked into this chat, or the invitation is over."))
