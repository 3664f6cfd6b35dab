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
    """Somebody saved the rule meanwhile; nothing was overwritten.

    `revision` is the present one: whoever has read this sentence may save over it.
    """

    def __init__(self, revision: int | str = "", *, what: str = "rule") -> None:
        super().__init__(
            f"Somebody else has changed this {what} since you opened it. What you wrote is kept "
            f"here: open the {what} in another tab and compare. Saving again replaces what they "
            "wrote."
        )
        self.revision = revision
