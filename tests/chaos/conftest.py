"""The full proof runs only when it is asked for: `bin/test -m chaos`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "chaos" in config.getoption("markexpr"):
        return
    proofs = [item for item in items if item.get_closest_marker("chaos")]
    items[:] = [item for item in items if item not in proofs]
    config.hook.pytest_deselected(items=proofs)
