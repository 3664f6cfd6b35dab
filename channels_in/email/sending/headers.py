"""The headers of our mail. Whatever comes from outside is one clean line first (attack 46)."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import formatdate

from django.conf import settings

from accounts.models import User
from channels_in.email.loops import LOOP_HEADER, loop_mark
from channels_in.email.sending.errors import CannotSend
from channels_in.email.sending.rendering import one_line
from tickets.models import Comment, Delivery, DeliveryKind, Participant, ParticipantRole, Ticket

REFERENCES_LIMIT = 20
COPIES_LIMIT = 48  # people named in Cc; more belong on a mailing list
NAME_LENGTH = 100


def headers_of(delivery: Delivery, sender: str) -> dict[str, str]:
    """From, identity, thread, and what keeps machines from answering machines."""
    answered = _earlier_ids(delivery.ticket, delivery)
    headers = {
        "From": sender,
        "Message-ID": f"<{delivery.message_id}>",
        "Date": formatdate(delivery.created_at.timestamp(), usegmt=True),
        LOOP_HEADER: loop_mark(),
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
        ticket=ticket, recipient=delivery.recipient, message_id__isnull=False, pk__lt=delivery.pk,
        side_message=None,
    )  # fmt: skip
    columns = ("created_at", "message_id")
    theirs = list(comments.order_by("-created_at").values_list(*columns)[:REFERENCES_LIMIT])
    sent = list(ours.order_by("-created_at").values_list(*columns)[:REFERENCES_LIMIT])
    known = [str(message_id) for _, message_id in sorted([*theirs, *sent])]
    parent = str((theirs or sent)[0][1]) if known else ""
    ordered = [*(message_id for message_id in known if message_id != parent), parent]
    return [message_id for message_id in ordered if is_one_token(message_id)]


def is_one_token(message_id: str) -> bool:
    """A stranger's id may hold anything; only what is one token goes into a header (attack 46)."""
    return message_id.isascii() and message_id.isprintable() and not set(message_id) & set(' <>"')


def sender_of(delivery: Delivery, account_name: str, own_address: str) -> str:
    """`Alice Archer (Company) <support@…>`; notices come from the company alone."""
    name = account_name or settings.SITE_NAME
    if delivery.comment:
        name = f"{delivery.comment.author.display_name} ({name})"
    return mailbox(name, own_address)


def copies_of(delivery: Delivery) -> list[User]:
    """Who else gets this reply (each has a mail of their own): requester and accepted CCs."""
    if delivery.comment is None:
        return []
    rows = Participant.objects.filter(
        ticket=delivery.ticket, role=ParticipantRole.CC, is_accepted=True
    ).select_related("user")
    people = [delivery.ticket.requester, *(row.user for row in rows.order_by("id"))]
    others = (p for p in people if p.email and p.pk != delivery.recipient_id)
    return [person for person in others if is_sendable(person.email or "")][:COPIES_LIMIT]


def person_mailbox(person: User, address: str) -> str:
    return mailbox("" if person.name == address else person.name, address)


def mailbox(name: str, address: str) -> str:
    """`Name <address>`, the name as it needs to be written, the domain in ASCII (RFC 5890).

    Raises CannotSend for what is no address, or one that only few servers carry (RFC 6531).
    """
    local, _, domain = address.strip().rpartition("@")
    if not is_sendable(address):
        if local and not local.isascii():
            raise CannotSend(
                "This address has letters before the @ that only servers with SMTPUTF8 carry."
            )
        raise CannotSend("This is not an e-mail address.")
    try:
        return str(
            Address(
                display_name=one_line(name)[:NAME_LENGTH], username=local, domain=_ascii(domain)
            )
        )
    except (ValueError, IndexError) as error:
        raise CannotSend("This is not an e-mail address.") from error


def is_sendable(address: str) -> bool:
    """Whether an address can stand in a header: one line, ASCII before the @, a domain."""
    local, _, domain = address.strip().rpartition("@")
    if not (local and domain and local.isascii() and address.isprintable()):
        return False
    if set(address.strip()) & set(' <>,;:"\\()[]'):
        return False
    try:
        _ascii(domain)
    except UnicodeError:
        return False
    return True


def _ascii(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")
