from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.macros.rehearsal.stories import Story
from tests.macros.rules import CHANGED, condition, effect, trigger


@pytest.fixture
def story(alice, bob, carol, dave, support, billing, settings) -> Callable[[int], Story]:
    """`story(7)`: the life number 7, with replies that wait a minute, and rules that interfere."""
    settings.UNDO_SEND_SECONDS = 60
    trigger("Urgent is green", [condition("priority", "is", "urgent"), CHANGED],
            effect("current_tags", "green"))  # fmt: skip
    trigger("Refunds are for billing", [condition("comment_includes_word", "includes", "refund")],
            effect("group_id", billing.pk), effect("priority", "high"))  # fmt: skip
    trigger("Reopened is not green", [condition("status", "value_previous", "solved")],
            effect("remove_tags", "green"), effect("satisfaction_score"))  # fmt: skip

    def live(seed: int, submits: int = 25) -> Story:
        told = Story(seed, [alice, bob], [carol, dave], [support, billing])
        told.live(submits)
        return told

    return live
