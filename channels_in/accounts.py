"""Our own connected addresses: which there are, which one a message came to."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.conf import settings

from channels_in.models import ChannelAccount
from core import clock
from tickets.models import Channel

_FRESH_SECONDS = 5
_kept: dict[str, tuple[float | None, dict[str, ChannelAccount]]] = {}


def email_accounts() -> dict[str, ChannelAccount]:
    """Active support addresses by address; kept for some seconds (the hot path asks often)."""
    read_at, accounts = _kept.get(Channel.EMAIL, (None, {}))
    if read_at is None or time.monotonic() - read_at > _FRESH_SECONDS:
        rows = ChannelAccount.objects.filter(channel=Channel.EMAIL, is_active=True)
        accounts = {row.address: row for row in rows.select_related("group")}
        _kept[Channel.EMAIL] = (time.monotonic(), accounts)
    return accounts


def forget_accounts() -> None:
    """Drop what was kept, after a change."""
    _kept.clear()


def own_addresses() -> set[str]:
    """Every address that is ours: mail from them is a loop, and they are nobody's CC."""
    return {settings.SUPPORT_ADDRESS, *email_accounts()}


def split_tag(address: str) -> tuple[str, str]:
    """`support+token@example.com` → (`support@example.com`, `token`); both in lower case."""
    local, _, domain = address.strip().lower().rpartition("@")
    name, _, tag = local.partition("+")
    return f"{name}@{domain}", tag


def account_of(address: str) -> ChannelAccount | None:
    """The account an envelope recipient belongs to, with or without a tag."""
    return email_accounts().get(split_tag(address)[0])


def account_of_any(addresses: Iterable[str]) -> ChannelAccount:
    """The first known account among recipients, else the default one, which always exists."""
    for address in addresses:
        if account := account_of(address):
            return account
    return default_account()


def default_account() -> ChannelAccount:
    """The default address; the one of the settings is made when there is none yet."""
    accounts = email_accounts()
    chosen = next((account for account in accounts.values() if account.is_default), None)
    if account := chosen or accounts.get(settings.SUPPORT_ADDRESS):
        return account
    now = clock.now()
    account, _ = ChannelAccount.objects.get_or_create(
        channel=Channel.EMAIL, address=settings.SUPPORT_ADDRESS,
        defaults={
            "name": settings.SITE_NAME, "is_default": not accounts,
            "created_at": now, "updated_at": now,
        },
    )  # fmt: skip
    forget_accounts()
    return account
