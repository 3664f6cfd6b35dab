from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from macros.actions import AutomationDraft, create_automation
from macros.models import Automation
from tests import factories


@pytest.fixture
def automate(db: None) -> Callable[..., Automation]:
    """`automate([conditions], [effects], title=…)`: an active automation."""

    def make(conditions: Any, effects: list[dict[str, Any]], **draft: Any) -> Automation:
        conditions = {"all": conditions} if isinstance(conditions, list) else conditions
        values = {"title": "Rule", "conditions": conditions, "effects": effects, **draft}
        return create_automation(actor=factories.SETUP, draft=AutomationDraft(**values))

    return make
