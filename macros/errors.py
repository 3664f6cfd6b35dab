"""Named errors of this app; each message is a sentence that may be shown to people."""

from __future__ import annotations

from tickets.errors import TicketError


class RuleGone(TicketError):
    """The rule does not exist any more: somebody has deleted it."""

    def __init__(self) -> None:
        super().__init__("This rule does not exist any more; somebody has deleted it.")


class InvalidRule(TicketError):
    """A rule that cannot be saved as it is; the message says what to change."""


class ChangedRule(TicketError):
    """Somebody saved the rule meanwhile; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed this rule since you opened it. Your text is kept here: open "
            "the rule in another tab, compare, and save again."
        )
