"""One delivery as a mail: text and html twin, the thread's headers, a signed reply address."""

from __future__ import annotations

from django.conf import settings

from channels_in.email.addresses import reply_address, return_path
from channels_in.email.sending.dkim import key_of
from channels_in.email.sending.files import Enclosure, enclose, files_of, with_pictures
from channels_in.email.sending.headers import (
    copies_of,
    headers_of,
    mailbox,
    person_mailbox,
    sender_of,
)
from channels_in.email.sending.history import history_of
from channels_in.email.sending.hours import back_at
from channels_in.email.sending.message import OneRecipient
from channels_in.email.sending.providers import PROVIDERS
from channels_in.email.sending.rendering import Letter, language_for, one_line, render_letter
from channels_in.email.sending.routes import Route, account_for
from channels_in.email.sending.side import compose_side
from channels_in.email.sending.signatures import signature_of
from channels_in.models import ChannelAccount
from core import clock, html, ids
from tickets.models import Delivery, DeliveryKind

_TEMPLATES = {
    DeliveryKind.COMMENT: "reply",
    DeliveryKind.ACKNOWLEDGEMENT: "notification",
    DeliveryKind.SOLVED_NOTICE: "notification",
    DeliveryKind.NOTIFICATION: "notification",
}
METADATA = "helpdesk-delivery"  # what a provider's reports bring back


def compose(
    delivery: Delivery, *, route: Route | None = None, links_only: bool = False
) -> OneRecipient:
    """The mail of a claimed delivery (it has its Message-ID) for a route.

    `links_only`: no files, for a server that found the mail too large. Raises CannotSend for what
    can never leave, RouteTrouble when its domain's key cannot sign.
    """
    route = route or Route()
    account = account_for(delivery.ticket)
    if delivery.side_message:
        return compose_side(delivery, delivery.side_message, account, route)
    comment = delivery.comment
    files: list[Enclosure] = []
    context: dict[str, object] = {}
    if comment:
        files, context["links"], context["links_end_at"] = files_of(
            comment, recipient_id=delivery.recipient_id, links_only=links_only
        )
    letter = _letter(delivery, account, route, context)
    message = _addressed(delivery, account, route, letter)
    message.attach_alternative(letter.html, "text/html")
    for file in files:
        enclose(message, file)
    message.has_files = bool(files)
    return message


def _letter(
    delivery: Delivery, account: ChannelAccount, route: Route, context: dict[str, object]
) -> Letter:
    ticket, comment, person = delivery.ticket, delivery.comment, delivery.recipient
    language = language_for(person.language, account.language)
    context |= {
        "ticket": ticket, "comment": comment, "recipient": person,
        "site_name": account.name or settings.SITE_NAME,
        "subject": delivery.subject, "notice": delivery.body,
        "notice_html": html.from_text(delivery.body),
        # A provider's mail names nobody in Cc, because it would be sent to them once more.
        "copies": copies_of(delivery) if route.is_provider else [],
    }  # fmt: skip
    if comment:
        signature = signature_of(comment, account)
        context |= {
            "body_html": with_pictures(comment), "preheader": one_line(comment.body)[:140],
            "signature": signature, "signature_html": html.from_text(signature),
            "history": history_of(delivery) if account.quotes_history else [],
        }  # fmt: skip
    if delivery.kind == DeliveryKind.ACKNOWLEDGEMENT:
        context["back_at"] = back_at(account, clock.now())
    name = _TEMPLATES[DeliveryKind(delivery.kind)]
    return render_letter(name, context, brand=account.brand_color, language=language)


def _addressed(
    delivery: Delivery, account: ChannelAccount, route: Route, letter: Letter
) -> OneRecipient:
    sender = sender_of(delivery, account.name, account.address)
    headers = headers_of(delivery, sender)
    if route.is_provider:
        # A provider sends to everybody it is told of, and names its own envelope sender.
        del headers["From"]
    others = [] if route.is_provider else _copies(delivery)
    return OneRecipient(
        recipient=delivery.address, key=None if route.is_provider else key_of(route.server),
        subject=letter.subject, body=letter.text,
        from_email=sender if route.is_provider else return_path(delivery.pk, account.address),
        to=[person_mailbox(delivery.recipient, delivery.address)], cc=others,
        reply_to=[mailbox("", reply_address(delivery.ticket_id, delivery.recipient_id,
                                            account.address))],
        headers=headers, metadata=_metadata(delivery, route),
    )  # fmt: skip


def _copies(delivery: Delivery) -> list[str]:
    """Who else gets this reply, shown in Cc so that everybody knows."""
    return [person_mailbox(person, person.email or "") for person in copies_of(delivery)]


def _metadata(delivery: Delivery, route: Route) -> dict[str, str]:
    """What the provider's reports bring back, so that they name the delivery with proof."""
    provider = PROVIDERS.get(route.server.provider) if route.server else None
    if not (route.is_provider and provider and provider.has_metadata):
        return {}
    return {METADATA: ids.sign(METADATA, delivery.pk)}
