"""The whole mail: headers, bodies, files, reply, and what kind of mail it is."""

from __future__ import annotations

from itertools import islice

from channels_in.email.parse.addresses import parse_addresses
from channels_in.email.parse.attachments import build_attachments
from channels_in.email.parse.auto_replies import Automation, judge_automation
from channels_in.email.parse.bodies import MESSAGES, Bodies, sort_parts
from channels_in.email.parse.bounces import is_feedback_report, read_bounce
from channels_in.email.parse.calendars import read_calendar
from channels_in.email.parse.dates import parse_date
from channels_in.email.parse.headers import Headers, decode_header
from channels_in.email.parse.ids import parse_message_id, parse_message_ids
from channels_in.email.parse.limits import Limits, UnreadableMail
from channels_in.email.parse.readable import Readable, read_blocks
from channels_in.email.parse.structure import Part, read_structure
from channels_in.email.parse.tnef import take_packed
from channels_in.email.parse.uuencode import take_uuencoded
from channels_in.messages import Address, IncomingAttachment, IncomingMessage

_RECIPIENT_HEADERS = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-forwarded-to",
    "x-delivered-to",
    "x-rcpt-to",
    "x-real-to",
    "apparently-to",
    "resent-to",
)
_SENDER_FALLBACKS = (
    "reply-to",
    "sender",
    "return-path",
    "resent-from",
    "x-sender",
    "x-envelope-from",
)


def parse(raw: bytes, *, limits: Limits = Limits()) -> IncomingMessage:  # noqa: B008 (frozen)
    """Understand the raw bytes of one mail.

    Nearly everything parses: an empty message, a binary blob, mail without a header. What was
    wrong is in `defects`. Raises UnreadableMail only when the input is no bytes or larger than
    `limits.max_message_size`.
    """
    if not isinstance(raw, (bytes, bytearray, memoryview)):
        raise UnreadableMail("A mail must be given as bytes.")
    raw = bytes(raw)
    if len(raw) > limits.max_message_size:
        raise UnreadableMail(f"The mail is larger than {limits.max_message_size} bytes.")
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")  # line ends of the old Macintosh
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]  # saved by an editor
    root, defects = read_structure(raw, limits)
    bodies = sort_parts(root, limits)
    headers = root.headers
    headers.charset = _find_charset(root)
    subject = headers.get("subject").strip()[:2000]
    unpacked = take_packed(bodies, limits, defects) + take_uuencoded(bodies.blocks, limits)
    readable = read_blocks(bodies.blocks, subject=subject, limits=limits)
    attachments = build_attachments(bodies.files, readable.html, limits, defects) + unpacked
    sender, defects = _find_sender(headers, defects)
    _note(defects, raw, headers, bodies)
    return _assemble(headers, bodies, readable, attachments, sender, subject, defects, limits)


def _report_parts(bodies: Bodies) -> list[Part]:
    """What tells of a bounce: report parts, and the mail that came back as a mere attachment."""
    returned = [part for part in bodies.files if part.content_type in MESSAGES]
    return bodies.reports + [part for part in returned if part not in bodies.reports]


def _assemble(
    headers: Headers,
    bodies: Bodies,
    readable: Readable,
    attachments: list[IncomingAttachment],
    sender: Address | None,
    subject: str,
    defects: list[str],
    limits: Limits,
) -> IncomingMessage:
    is_complaint = is_feedback_report(bodies.reports, headers)
    bounce = (
        None
        if is_complaint
        else read_bounce(headers, sender, subject, readable.text, _report_parts(bodies))
    )
    automation = _judge(
        headers, bodies, sender, subject, is_report=bounce is not None or is_complaint
    )
    return IncomingMessage(
        subject=subject,
        sender=sender,
        text=readable.text,
        html=readable.html,
        reply_text=readable.text if bounce or is_complaint else readable.reply,
        quoted_text="" if bounce or is_complaint else readable.quoted,
        date=parse_date(headers.get("date")),
        attachments=tuple(attachments),
        message_id=parse_message_id(headers.get("message-id")),
        in_reply_to=parse_message_ids(
            " ".join(headers.get_all("in-reply-to")), limits.max_references
        ),
        references=parse_message_ids(
            " ".join(headers.get_all("references")), limits.max_references
        ),
        reply_to=_read_addresses(headers, "reply-to", limits),
        to=_read_addresses(headers, "to", limits),
        cc=_read_addresses(headers, "cc", limits),
        delivered_to=_read_recipients(headers),
        is_auto_reply=automation.is_auto_reply,
        auto_reply_reason=automation.reason,
        may_be_answered=automation.may_be_answered,
        is_bounce=bounce is not None,
        bounce=bounce,
        is_feedback_report=is_complaint,
        is_forward=readable.is_forward,
        forwarded_from=readable.forwarded_from,
        is_signed=bodies.is_signed or "-----BEGIN PGP SIGNED MESSAGE-----" in readable.text[:2000],
        is_encrypted=bodies.is_encrypted or "-----BEGIN PGP MESSAGE-----" in readable.text[:2000],
        calendar=read_calendar(bodies.calendars),
        headers=tuple((name, decode_header(value, headers.charset)) for name, value in headers),
        defects=tuple(dict.fromkeys(defects)),
    )


def _find_charset(root: Part) -> str:
    """The charset of the first part that names one: raw bytes in the header are mostly in it."""
    return next(
        (name for part in islice(root.walk(), 10) if (name := part.type_value.get("charset"))), ""
    )


def _judge(
    headers: Headers, bodies: Bodies, sender: Address | None, subject: str, *, is_report: bool
) -> Automation:
    is_receipt = any(
        part.content_type == "message/disposition-notification" for part in bodies.reports
    )
    return judge_automation(headers, sender, subject, is_report=is_report, is_receipt=is_receipt)


def _find_sender(headers: Headers, defects: list[str]) -> tuple[Address | None, list[str]]:
    """One canonical sender: the first usable From; other fields only when From gives none (attack
    A11).
    """
    values = headers.get_all_raw("from")
    if len(values) > 1:
        defects.append("there is more than one From header, the first usable one counts")
    for value in values[:5]:
        found = parse_addresses(value, limit=2, charset=headers.charset)
        if len(found) > 1:
            defects.append("the From header names more than one address, the first one counts")
        if found:
            return found[0], defects
    defects.append("the From header has no usable address" if values else "there is no From header")
    for name in _SENDER_FALLBACKS:
        found = parse_addresses(headers.get_raw(name), limit=1, charset=headers.charset)
        if found:
            defects.append(f"the sender was taken from the {name} header")
            return found[0], defects
    return None, defects


def _read_addresses(headers: Headers, name: str, limits: Limits) -> tuple[Address, ...]:
    values = headers.get_all_raw(name)
    if len(values) <= 1:
        return (
            parse_addresses(values[0], limit=limits.max_addresses, charset=headers.charset)
            if values
            else ()
        )
    found: dict[str, Address] = {}
    for value in values[:20]:
        for address in parse_addresses(value, limit=limits.max_addresses, charset=headers.charset):
            found.setdefault(address.email.casefold(), address)
    return tuple(found.values())[: limits.max_addresses]


def _read_recipients(headers: Headers) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _RECIPIENT_HEADERS:
        for value in headers.get_all_raw(name)[:20]:
            for address in parse_addresses(value, limit=20):
                found.setdefault(address.email)
    return tuple(found)


def _note(defects: list[str], raw: bytes, headers: Headers, bodies: Bodies) -> None:
    defects += bodies.defects
    if not raw.strip():
        defects.append("the mail is empty")
    elif not headers.fields:
        defects.append("the mail has no header")
    if b"\0" in raw[:100_000]:
        defects.append("the mail holds NUL bytes")
