"""An administrator's browser, and two addresses of ours."""

from __future__ import annotations

import pytest

from channels_in.accounts import forget_accounts
from channels_in.actions import create_account
from tests.channels_in.conftest import ports  # noqa: F401  a fixture
from tests.factories import as_actor


@pytest.fixture(autouse=True)
def fresh_accounts(clean_cache):
    forget_accounts()
    yield
    forget_accounts()


@pytest.fixture
def chief(browser_of, admin):
    return browser_of(admin)


@pytest.fixture
def boss(admin):
    return as_actor(admin)


@pytest.fixture
def account(boss, support):
    return create_account(
        actor=boss, address="support@example.com", name="Support", group_id=support.pk
    )


@pytest.fixture
def second(boss, account):
    return create_account(actor=boss, address="billing@example.com")
