"""What a network takes now: length, files, and for how long after the customer's last message.

The composer shows it while somebody writes; a submit that breaks a rule is refused with the same
sentence, whatever door it came by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_in.adapters import Capabilities
from channels_in.models import ChannelThread
from channels_in.networks.limits import capabilities_of
from channels_in.networks.network import Network


@dataclass(frozen=True, slots=True)
class Window:
    """`closes_at` is None where one may write at any time; `heard_at` None if they never wrote."""

    heard_at: datetime | None = None
    closes_at: datetime | None = None
    has_limit: bool = False

    def is_open(self, at: datetime) -> bool:
        return not self.has_limit or bool(self.closes_at and at < self.closes_at)


ALWAYS = Window()


def windows_of(networks: dict[str, Network], person_id: int) -> dict[str, Window]:
    """For each channel: until when this person may be written to. One query, or none."""
    limited = {
        channel: window
        for channel, network in networks.items()
        if (window := network.capabilities.of(is_private=True).reply_window)
    }
    windows = dict.fromkeys(networks, ALWAYS)
    if not limited:
        return windows
    theirs = Q(person=person_id) | Q(person__merged_into=person_id)
    rows = ChannelThread.objects.filter(theirs, account__channel__in=limited)
    latest = dict(rows.values_list("account__channel").annotate(Max("heard_at")).order_by())
    for channel, length in limited.items():
        heard_at = latest.get(channel)
        closes_at = heard_at + length if heard_at else None
        windows[channel] = Window(heard_at, closes_at, has_limit=True)
    return windows


def closed_words(network: Network, window: Window) -> str:
    """Why nothing can be written freely, and what can be done."""
    window_length = network.capabilities.of(is_private=True).reply_window
    length = hours_words(window_length or timedelta(0))
    names = {"network": str(network.label), "length": length}
    if window.heard_at is None:
        said = _("The customer has not written on %(network)s yet, so no free text may be sent "
                 "there.") % names  # fmt: skip
    else:
        said = _("The customer last wrote on %(network)s more than %(length)s ago: no free text "
                 "may be sent there any more.") % names  # fmt: skip
    more = (
        _("Choose an approved template, or another way to answer.")
        if network.capabilities.has_templates
        else _("Choose another way to answer.")
    )
    return f"{said} {more}"


def hours_words(length: timedelta) -> str:
    hours = int(length.total_seconds() // 3600)
    if hours and hours % 24 == 0 and hours > 24:
        return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def too_long_words(label: str, capabilities: Capabilities, text: str) -> str:
    """Empty while the text fits."""
    limit = capabilities.length_limit
    length = capabilities.counts(text)
    if limit is None or length <= limit:
        return ""
    return _("This is %(length)d long as %(network)s counts; it carries %(limit)d.") % {
        "length": length, "network": label, "limit": limit,
    }  # fmt: skip


def problem_of(
    network: Network,
    *,
    text: str,
    has_files: bool,
    window: Window,
    leaves_at: datetime,
    has_template: bool = False,
    is_private: bool = True,
) -> str:
    """Why a reply cannot leave by a network as it is; empty when it can."""
    capabilities, label = capabilities_of(network.channel), str(network.label)
    capabilities = capabilities.of(is_private=is_private)
    if has_template and capabilities.has_templates:
        return ""
    if is_private and not window.is_open(leaves_at):
        return closed_words(network, window)
    if has_files and not capabilities.has_attachments:
        return _("%(network)s carries no files. Take them off, or answer another way.") % {
            "network": label
        }
    return too_long_words(label, capabilities, text.strip())
