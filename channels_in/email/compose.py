"""One delivery as a mail: text and html twin, the thread's headers, a signed reply address."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import formatdate

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import User
from channels_in.email.addresses import reply_address, return_path
from core import html
from core.storage import blobs
from tickets.models import Comment, Delivery, DeliveryKind, Participant, ParticipantRole, Ticket

ATTACHMENTS_BYTES = 20 * 1024 * 1024  # beyond this many servers refuse; the portal has the rest
REFERENCES_LIMIT = 20


class OneRecipient(EmailMultiAlternatives):
    """A mail whose envelope names one person, whatever its To and Cc headers show."""

    def __init__(self, *, recipient: str, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.recipient = recipient

    def recipients(self) -> list[str]:
        return [self.recipient]


def compose(delivery: Delivery) -> OneRecipient:
    """The mail of a claimed delivery (it has its Message-ID)."""
    ticket, comment = delivery.ticket, delivery.comment
    own_address = ticket.recipient or settings.SUPPORT_ADDRESS
    name = f"email/{_TEMPLATES[DeliveryKind(delivery.kind)]}"
    context = {
        "ticket": ticket,
        "comment": comment,
        "recipient": delivery.recipient,
        "site_name": settings.SITE_NAME,
        "body_html": (comment.html or html.from_text(comment.body)) if comment else "",
    }
    message = OneRecipient(
        recipient=delivery.address,
        subject=_one_line(render_to_string(f"{name}.subject.txt", context)),
        body=render_to_string(f"{name}.txt", context),
        from_email=return_path(delivery.pk, own_address),
        to=[_mailbox(delivery.recipient, delivery.address)],
        cc=_others(delivery),
        reply_to=[reply_address(ticket.pk, delivery.recipient_id, own_address)],
        headers=_headers(delivery, own_address),
    )
    message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    if comment:
        _attach_files(message, comment)
    return message


_TEMPLATES = {
    DeliveryKind.COMMENT: "reply",
    DeliveryKind.ACKNOWLEDGEMENT: "acknowledgement",
    DeliveryKind.SOLVED_NOTICE: "solved_notice",
}


def _headers(delivery: Delivery, own_address: str) -> dict[str, str]:
    answered = _earlier_ids(delivery.ticket, delivery)
    headers = {
        "From": _sender(delivery, own_address),
        "Message-ID": f"<{delivery.message_id}>",
        "Date": formatdate((delivery.created_at).timestamp(), usegmt=True),
    }
    if answered:
        headers["In-Reply-To"] = f"<{answered[-1]}>"
        headers["References"] = " ".join(f"<{known}>" for known in answered)
    if delivery.kind != DeliveryKind.COMMENT:
        # RFC 3834 §5 and Microsoft's MS-OXCMAIL: nobody's machine should answer this one.
        headers["Auto-Submitted"] = "auto-replied"
        headers["X-Auto-Response-Suppress"] = "All"
    return headers


def _earlier_ids(ticket: Ticket, delivery: Delivery) -> list[str]:
    """The thread's Message-IDs, oldest first and the answered mail last (RFC 5322 §3.6.4).

    What is answered is the latest mail somebody wrote to us; where there is none, our own latest.
    """
    comments = Comment.objects.released().filter(ticket=ticket, message_id__isnull=False)
    ours = Delivery.objects.filter(
        ticket=ticket, recipient=delivery.recipient, message_id__isnull=False, pk__lt=delivery.pk
    )
    columns = ("created_at", "message_id")
    theirs = list(comments.order_by("-created_at").values_list(*columns)[:REFERENCES_LIMIT])
    sent = list(ours.order_by("-created_at").values_list(*columns)[:REFERENCES_LIMIT])
    known = [str(message_id) for _, message_id in sorted([*theirs, *sent])]
    parent = str((theirs or sent)[0][1]) if known else ""
    ordered = [*(message_id for message_id in known if message_id != parent), parent]
    return [message_id for message_id in ordered if _is_one_token(message_id)]


def _is_one_token(message_id: str) -> bool:
    """A stranger's id may hold anything; only what is one token goes into a header (attack 46)."""
    return message_id.isascii() and message_id.isprintable() and not set(message_id) & set(' <>"')


def _sender(delivery: Delivery, own_address: str) -> str:
    name = settings.SITE_NAME
    if delivery.comment:
        name = f"{delivery.comment.author.display_name} ({settings.SITE_NAME})"
    return _address(name, own_address)


def _others(delivery: Delivery) -> list[str]:
    """Who else gets this reply, shown in Cc so that everybody knows (each has a mail of their
    own).
    """
    if delivery.comment is None:
        return []
    rows = Participant.objects.filter(
        ticket=delivery.ticket, role=ParticipantRole.CC, is_accepted=True
    ).select_related("user")
    people = [delivery.ticket.requester, *(row.user for row in rows.order_by("id"))]
    return [
        _mailbox(person, person.email)
        for person in people
        if person.email and person.pk != delivery.recipient_id
    ]


def _mailbox(person: User, address: str) -> str:
    name = "" if person.name == address else person.name
    return _address(name, address)


def _address(name: str, address: str) -> str:
    """`Name <address>` with the name encoded as it needs; the bare address when it cannot be
    split.
    """
    local, _, domain = address.rpartition("@")
    clean = _one_line(name)
    try:
        return str(Address(display_name=clean, username=local, domain=domain))
    except ValueError:
        return address


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _attach_files(message: OneRecipient, comment: Comment) -> None:
    total = 0
    for file in comment.attachments.order_by("id"):
        total += file.size
        if total <= ATTACHMENTS_BYTES:
            message.attach(file.filename, blobs.read(file.key), file.content_type)
