"""A side message as a mail: nothing of the ticket's customer is in it (attack 34)."""

from __future__ import annotations

from email.utils import formatdate

from django.conf import settings

from accounts.models import User
from channels_in.email.addresses import return_path, side_reply_address
from channels_in.email.loops import LOOP_HEADER, loop_mark
from channels_in.email.sending.dkim import key_of
from channels_in.email.sending.files import enclose, files_of, with_pictures
from channels_in.email.sending.headers import (
    REFERENCES_LIMIT,
    is_one_token,
    is_sendable,
    mailbox,
    person_mailbox,
)
from channels_in.email.sending.message import OneRecipient
from channels_in.email.sending.rendering import language_for, one_line, render_letter
from channels_in.email.sending.routes import Route
from channels_in.models import ChannelAccount
from tickets.models import Delivery, SideMessage


def compose_side(
    delivery: Delivery, message: SideMessage, account: ChannelAccount, route: Route
) -> OneRecipient:
    """The mail of a claimed delivery of a side message. Errors as of `compose`."""
    person = delivery.recipient
    name = account.name or settings.SITE_NAME
    others = _others(delivery, message)
    context = {
        "subject": message.conversation.subject, "message": message, "site_name": name,
        "body_html": with_pictures(message),
        "preheader": one_line(message.body)[:140], "copies": others if route.is_provider else [],
        "is_first": not _earlier_ids(delivery, message),
    }  # fmt: skip
    letter = render_letter(
        "side_message", context, brand=account.brand_color,
        language=language_for(person.language, account.language),
    )  # fmt: skip
    sender = mailbox(f"{message.author.display_name} ({name})", account.address)
    headers = _headers(delivery, message, sender)
    if route.is_provider:
        del headers["From"]
    copies = (
        [] if route.is_provider else [person_mailbox(each, each.email or "") for each in others]
    )
    mail = OneRecipient(
        recipient=delivery.address, key=None if route.is_provider else key_of(route.server),
        subject=letter.subject, body=letter.text,
        from_email=sender if route.is_provider else return_path(delivery.pk, account.address),
        to=[person_mailbox(person, delivery.address)], cc=copies,
        reply_to=[mailbox("", side_reply_address(message.conversation_id, person.pk,
                                                 account.address))],
        headers=headers,
    )  # fmt: skip
    mail.attach_alternative(letter.html, "text/html")
    for file in files_of(message, recipient_id=person.pk)[0]:
        enclose(mail, file)
    return mail


def _headers(delivery: Delivery, message: SideMessage, sender: str) -> dict[str, str]:
    answered = _earlier_ids(delivery, message)
    headers = {
        "From": sender,
        "Message-ID": f"<{delivery.message_id}>",
        "Date": formatdate(delivery.created_at.timestamp(), usegmt=True),
        LOOP_HEADER: loop_mark(),
    }
    if answered:
        headers["In-Reply-To"] = f"<{answered[-1]}>"
        headers["References"] = " ".join(f"<{known}>" for known in answered)
    return headers


def _earlier_ids(delivery: Delivery, message: SideMessage) -> list[str]:
    """The conversation's Message-IDs as this person knows them, oldest first."""
    theirs = SideMessage.objects.filter(
        conversation=message.conversation_id, message_id__isnull=False, pk__lt=message.pk
    )
    ours = Delivery.objects.filter(
        side_message__conversation=message.conversation_id, recipient=delivery.recipient,
        message_id__isnull=False, pk__lt=delivery.pk,
    )  # fmt: skip
    columns = ("created_at", "message_id")
    known = [
        *theirs.order_by("-created_at").values_list(*columns)[:REFERENCES_LIMIT],
        *ours.order_by("-created_at").values_list(*columns)[:REFERENCES_LIMIT],
    ]
    ids = [str(message_id) for _at, message_id in sorted(known)]
    return [each for each in ids if is_one_token(each)][-REFERENCES_LIMIT:]


def _others(delivery: Delivery, message: SideMessage) -> list[User]:
    """Who else gets this message; each has a mail of their own."""
    rows = message.deliveries.exclude(recipient=delivery.recipient_id).select_related("recipient")
    people = [row.recipient for row in rows.order_by("id")]
    return [person for person in people if person.email and is_sendable(person.email)]
