"""What can go wrong with a route, apart from what can go wrong with one message."""

from __future__ import annotations


class RouteTrouble(Exception):
    """Nothing can leave by a route now: a login refused, a host away, a key that cannot be read.

    The sentence is for the page of the account; it holds no secret. `is_refusal`: asking again soon
    does no good, somebody has to change something.
    """

    def __init__(self, sentence: str, *, is_refusal: bool = False) -> None:
        super().__init__(sentence)
        self.is_refusal = is_refusal


class CannotSend(Exception):
    """This message can never leave as it is; the sentence says why."""
