"""Clients that hold a token, as a program would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests import factories
from tests.macros.sla.conftest import _nothing_kept, desk  # noqa: F401  fixtures


@pytest.fixture
def api(db: None) -> Callable[..., APIClient]:
    """`api(alice)` is a client with a token of alice's; `api()` has none."""
    return factories.api_client
