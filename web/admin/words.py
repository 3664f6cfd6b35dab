"""What happened to messages, in the words and colours of the settings pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_in import health
from channels_in.health import Health
from channels_in.models import Fate, InboundItem, OutgoingServer
from channels_in.reasons import Reason
from channels_in.social.names import names_of_deliveries, names_of_senders
from tickets.models import Delivery, DeliveryState
from web.admin.providers import title_of

_TONES = {
    Fate.COMMENT: "good", Fate.FAILED: "bad", Fate.SUSPENDED: "warn", Fate.REJECTED: "warn",
    DeliveryState.SENT: "good", DeliveryState.FAILED: "bad", DeliveryState.BOUNCED: "bad",
    DeliveryState.UNKNOWN: "warn",
}  # fmt: skip
_FATES = {
    Fate.PENDING: gettext_lazy("Waiting"),
    Fate.COMMENT: gettext_lazy("On a ticket"),
    Fate.DUPLICATE: gettext_lazy("Known already"),
    Fate.BOUNCE: gettext_lazy("Delivery report"),
    Fate.SUSPENDED: gettext_lazy("Suspended"),
    Fate.REJECTED: gettext_lazy("Rejected"),
    Fate.DELETED: gettext_lazy("Deleted"),
    Fate.FAILED: gettext_lazy("Failed"),
    Fate.STREAM: gettext_lazy("In the stream"),
}
_REASONS = dict(Reason.choices)
_STATES = {
    health.OK: gettext_lazy("Working"),
    health.WAITING: gettext_lazy("Waiting"),
    health.TROUBLE: gettext_lazy("Trouble"),
    health.OFF: gettext_lazy("Switched off"),
}


def state_word(row: Health) -> str:
    return str(_STATES[row.state])


def way_in_words(row: Health) -> str:
    """`IMAP · imap.company.com`, `Webhook · Mailgun` or `Forwarded to us`."""
    if row.way_in == "mailbox":
        mailbox = next(mailbox for mailbox in row.mailboxes if mailbox.is_active)
        return f"{mailbox.get_protocol_display()} · {mailbox.host}"
    if row.way_in == "webhook" and row.outgoing:
        return _("Webhook · %(provider)s") % {"provider": title_of(row.outgoing.provider)}
    return _("Forwarded to us")


def way_out_words(row: Health) -> str:
    """`SMTP · smtp.company.com`, the provider's name, or the server of the installation."""
    if row.outgoing and row.way_out == OutgoingServer.Kind.SMTP:
        return f"SMTP · {row.outgoing.host}"
    if row.outgoing and row.way_out == OutgoingServer.Kind.PROVIDER:
        return title_of(row.outgoing.provider)
    return _("Installation's server")


def item_rows(items: Sequence[InboundItem]) -> list[dict[str, Any]]:
    """Messages that came in, each with what became of it."""
    called = names_of_senders(items)
    return [
        {
            "item": item,
            "sender": called.get(item.pk, item.sender),
            "tone": _TONES.get(Fate(item.fate), ""),
            "fate": _("Live test") if item.reason == Reason.TEST else str(_FATES[Fate(item.fate)]),
            "why": _why(item),
            "can_retry": item.fate == Fate.FAILED,
        }
        for item in items
    ]


def delivery_rows(deliveries: Sequence[Delivery]) -> list[dict[str, Any]]:
    """Messages on their way out, each with how far it got."""
    called = names_of_deliveries(deliveries)
    return [
        {
            "delivery": delivery,
            "address": called.get(delivery.pk, delivery.address),
            "tone": _TONES.get(DeliveryState(delivery.state), ""),
            "state": str(DeliveryState(delivery.state).label),
            "is_waiting": delivery.state == DeliveryState.QUEUED,
        }
        for delivery in deliveries
    ]


def _why(item: InboundItem) -> str:
    if item.reason == Reason.TEST:
        return ""
    if item.fate == Fate.FAILED:
        return item.detail
    return str(_REASONS.get(item.reason, item.reason))
