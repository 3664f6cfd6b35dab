"""What this room keeps of messages that were redacted: originals, and mail in the local outbox."""

from __future__ import annotations

from email import message_from_bytes, policy

from django.db.models import Q

from channels_in.actions.stream.posts import forget_posts_of
from channels_in.models import InboundItem, LocalMail
from core import outbox, redaction
from tickets.actions.redaction import FILES_TOPIC, Redaction
from tickets.models import Delivery, SideMessage

STUB = b"Subject: redacted\r\n\r\nThis message was redacted; its original is no longer kept.\r\n"


def forget_originals(taken: Redaction) -> None:
    """Drop the originals of the comments that lost something, and local copies of mails that say
    it. An original is dropped whole: encoded as it is, nothing can be cut out of it for certain.
    """
    of_them = Q(comment_id__in=taken.comment_ids)
    if (
        taken.side_message_ids
    ):  # an item does not say which message of a side conversation it became
        of_them |= Q(ticket_id__in=taken.ticket_ids, comment=None)
    items = InboundItem.objects.filter(of_them)
    keys = [key for key in items.values_list("raw_key", flat=True) if key]
    forget_posts_of(item_ids=list(items.values_list("pk", flat=True)))
    items.update(raw=STUB, raw_key="", subject="", preview="", detail="")
    if keys:
        outbox.post(FILES_TOPIC, {"keys": keys})
    _forget_copies(taken)


def _forget_copies(taken: Redaction) -> None:
    sent = Delivery.objects.filter(ticket__in=taken.ticket_ids).exclude(message_id=None)
    own = Q(comment__in=taken.comment_ids)
    ids = dict(sent.values_list("message_id", "comment_id"))
    of_comments = set(sent.filter(own).values_list("message_id", flat=True))
    side = SideMessage.objects.filter(conversation__ticket__in=taken.ticket_ids)
    ids |= dict(side.exclude(message_id=None).values_list("message_id", "pk"))
    for mail in LocalMail.objects.filter(message_id__in=ids).iterator(chunk_size=50):
        if mail.message_id in of_comments or _says(mail, taken):
            mail.raw, mail.subject = STUB, ""
            mail.save(update_fields=["raw", "subject"])


def _says(mail: LocalMail, taken: Redaction) -> bool:
    if taken.pattern is None:
        return False
    message = message_from_bytes(bytes(mail.raw), policy=policy.default)
    if taken.pattern.search(mail.subject):
        return True
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        text = part.get_content()
        if taken.pattern.search(text):
            return True
        is_html = part.get_content_subtype() == "html"
        if is_html and redaction.redact_html(text, taken.pattern) != text:
            return True
    return False
