"""The shop's two e-mail addresses, with the hours somebody works on their mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from accounts.actor import Actor
from accounts.models import Group
from channels_in.accounts import default_account
from channels_in.actions import AccountChanges, create_account, update_account
from channels_in.models import ChannelAccount
from tickets.actions import Holiday, ScheduleDraft, save_schedule
from tickets.models import Schedule

_DAY = 24 * 60
_SHOP = (  # Monday to Saturday; minutes since Sunday 00:00
    *((day * _DAY + 8 * 60, day * _DAY + 19 * 60) for day in range(1, 6)),
    (6 * _DAY + 9 * 60, 6 * _DAY + 15 * 60),
)
_OFFICE = tuple(
    (day * _DAY + start * 60, day * _DAY + end * 60)
    for day in range(1, 6)
    for start, end in ((9, 12), (13, 17))
)
_SIGNATURE = """{{ current_user.name }}
BrightCart Support
Monday to Friday 8–19, Saturday 9–15"""
_BILLING_SIGNATURE = """{{ current_user.name }}
BrightCart Billing"""


def make_addresses(actor: Actor, groups: Mapping[str, Group], year: int) -> list[ChannelAccount]:
    """support@ for all, billing@ for the Billing group."""
    shop = _hours(actor, "Shop hours", _SHOP, year)
    office = _hours(actor, "Office hours", _OFFICE, year)
    support = default_account()
    update_account(
        actor=actor, account_id=support.pk,
        changes=AccountChanges(
            name=support.name, schedule_id=shop.pk, language="en", signature=_SIGNATURE,
            brand_color="#17413a",
        ),
    )  # fmt: skip
    domain = support.address.rpartition("@")[2]
    billing = create_account(actor=actor, address=f"billing@{domain}")
    group = groups.get("Billing")
    update_account(
        actor=actor, account_id=billing.pk,
        changes=AccountChanges(
            name="BrightCart Billing", group_id=group.pk if group else None,
            schedule_id=office.pk, language="en", signature=_BILLING_SIGNATURE,
            brand_color="#17413a", quotes_history=True,
        ),
    )  # fmt: skip
    return [support, billing]


def _hours(actor: Actor, name: str, intervals: tuple[tuple[int, int], ...], year: int) -> Schedule:
    holidays = [
        Holiday("Christmas", date(year, 12, 25), date(year, 12, 26)),
        Holiday("New Year", date(year + 1, 1, 1), date(year + 1, 1, 1)),
    ]
    draft = ScheduleDraft(name, "Europe/Berlin", intervals, holidays)
    return save_schedule(actor=actor, draft=draft)
