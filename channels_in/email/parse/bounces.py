"""Delivery reports: RFC 3464 parts first, then the words of mail systems that write none.

Words count only in mail that looks machine-made (null return path, a daemon as sender, or a
report's subject); a customer who pastes a bounce into his question must stay a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels_in.email.parse.auto_replies import (
    is_absence_subject,
    is_daemon,
    is_null_return_path,
)
from channels_in.email.parse.bounce_words import (
    ADMINISTRATOR_NAMES,
    BODY_MARKS,
    DAEMON_NAMES,
    DELAY_MARKS,
    ORIGINAL_MARKS,
    SUBJECT_MARKS,
    SUBJECT_STARTS,
)
from channels_in.email.parse.charset import decode_text, make_storable
from channels_in.email.parse.headers import Headers, decode_header, read_headers
from channels_in.email.parse.ids import parse_message_id
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.quotes.marks import find_subject_kind
from channels_in.email.parse.structure import Part
from channels_in.messages import Address, Bounce

_READ = 64 * 1024
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY_STATUS = re.compile(r"(?<!\d)[45]\d\d[ -]['\"#(]?([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
# Amazon SES tells of bounces by mail through SNS, as JSON.
_SES_BOUNCE = re.compile(r"\"notificationType\"\s{0,9}:\s{0,9}\"Bounce\"")
_SMTP_CODE = re.compile(r"(?<![\d.:-])([45])(\d\d)(?=:?[ -](?:#?[245]\.\d|[A-Za-z<'\"]))")
_ADDRESS = re.compile(
    r"[^\s<>,;:\"'()\[\]@：，。、（）【】「」《》]{1,64}@[^\s<>,;:\"'()\[\]@：，。、（）【】「」《》]{1,254}"
    r"[^\s<>,;:.!?\"'()\[\]@：，。、（）【】「」《》]"
)
_MESSAGE_ID_LINE = re.compile(
    r"^[> \t]{0,10}Message-I[dD]:[ \t]*\n?[ \t]*<([^<>\s]{1,500})>", re.MULTILINE
)


_ORIGINALS = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
_REPORT_TYPE = re.compile(r";\s{0,9}report-type\s{0,9}=\s{0,9}\"?delivery-status", re.IGNORECASE)
_NO_SENDER = re.compile(r"<\s{0,9}>\s{0,9}$")  # From: "Mail System" <>
# People who ask about a report, in the languages of most mail.
_PERSONAL = re.compile(
    r"\?|？|\b(?:my|our|meine[nrm]?|unsere[nrm]?|mes|nos|mis|nuestr[oa]s|"
    r"i (?:get|got|keep|sent|tried))\b"
)


@dataclass(slots=True)
class _Recipient:
    action: str = ""
    status: str = ""
    recipient: str = ""
    diagnostic: str = ""


def read_bounce(
    headers: Headers, sender: Address | None, subject: str, text: str, reports: list[Part]
) -> Bounce | None:
    """The bounce that this mail is, or None. A notice of success (RFC 3461 NOTIFY=SUCCESS) is
    none.
    """
    statuses = [part for part in reports if part.content_type.endswith("delivery-status")]
    recipients = [recipient for part in statuses for recipient in _read_statuses(part)]
    original_id = _find_original_id(reports) or _find_original_id_in_text(text)
    if find_subject_kind(subject) and not is_daemon(sender) and not is_null_return_path(headers):
        return None  # a person answers or forwards a report, with its parts
    if recipients:
        return _judge_report(recipients, original_id, text)
    if statuses or headers.has("x-failed-recipients"):
        return _read_words(headers, text, original_id)
    if text.lstrip()[:1] == "{" and _SES_BOUNCE.search(text[:4000]):
        return _read_words(headers, text, original_id)
    if not _looks_machine_made(headers, sender, subject, text, has_original=bool(original_id)):
        return None
    return _read_words(headers, text, original_id)


def _read_statuses(part: Part) -> list[_Recipient]:
    """The per-recipient groups of a message/delivery-status body (RFC 3464 §2.3)."""
    raw, _ = part.decode()
    raw = raw[:_READ].replace(b"\r\n", b"\n").strip(b"\n")
    found: list[_Recipient] = []
    for group in re.split(rb"\n[ \t]*\n", raw)[:200]:
        fields, _ = read_headers(group + b"\n\n", 0, len(group) + 2, Limits())
        if (
            not fields.has("status")
            and not fields.has("action")
            and not fields.has("final-recipient")
        ):
            continue
        recipient = fields.get("original-recipient") or fields.get("final-recipient")
        final = fields.get("final-recipient") or recipient
        address = _ADDRESS.search(final) or _ADDRESS.search(recipient)
        found.append(
            _Recipient(
                action=fields.get("action").strip().split(" ")[0].lower(),
                status=_first_status(fields.get("status")),
                recipient=address[0] if address else final.rpartition(";")[2].strip(),
                diagnostic=fields.get("diagnostic-code"),
            )
        )
    return found


def _judge_report(
    recipients: list[_Recipient], original_id: str | None, text: str
) -> Bounce | None:
    failed = [
        r for r in recipients if r.action == "failed" or (not r.action and r.status[:1] in "45")
    ]
    delayed = [r for r in recipients if r.action == "delayed"]
    if not failed and not delayed:
        good = all(r.action in ("delivered", "relayed", "expanded") for r in recipients)
        if good:
            return None
    chosen = (failed or delayed or recipients)[0]
    status = _choose_status(chosen.status, chosen.diagnostic, text)
    return Bounce(
        original_message_id=original_id,
        recipient=chosen.recipient or None,
        status=status,
        is_permanent=False if chosen.action == "delayed" else _is_permanent(status),
        diagnostic=chosen.diagnostic[:1000],
    )


def _choose_status(reported: str, diagnostic: str, text: str) -> str | None:
    """The most telling code: many systems report 5.0.0 and put the real one in the diagnostic."""
    inner = _replied_status(diagnostic) or _first_status(diagnostic)
    if reported and not reported.endswith(".0.0"):
        return reported
    if inner and (not reported or inner[0] == reported[0]):
        return inner
    return reported or inner or _first_status(text[:5000]) or None


def _read_words(headers: Headers, text: str, original_id: str | None) -> Bounce:
    """A report in prose: recipient, code and the line that says why."""
    notice = _cut_at_original(text)[:20_000]
    failed = headers.get("x-failed-recipients")
    address = _ADDRESS.search(failed) if failed else None
    address = address or _find_failed_address(notice)
    status = _replied_status(notice) or _first_status(notice)
    lowered = notice.casefold()
    is_delay = any(mark in lowered for mark in DELAY_MARKS)
    if not status:
        code = _SMTP_CODE.search(notice)
        status = f"{code[1]}.0.0" if code else ""
    return Bounce(
        original_message_id=original_id,
        recipient=address[0] if address else None,
        status=status or None,
        is_permanent=False if is_delay else _is_permanent(status or None),
        diagnostic=_find_reason(notice),
    )


def _cut_at_original(text: str) -> str:
    lowered = text.lower()
    places = [place for mark in ORIGINAL_MARKS if (place := lowered.find(mark)) > 0]
    return text[: min(places)] if places else text


def _find_failed_address(notice: str) -> re.Match[str] | None:
    """The first address that is not in a header-like line or a hint whom to ask."""
    for line in notice.split("\n")[:400]:
        lowered = line.lower()
        if (
            "@" not in line
            or "postmaster" in lowered
            or lowered.startswith(("from:", "reply-to:", "sender:"))
        ):
            continue
        match = _ADDRESS.search(line[:1000])
        if match:
            return match
    return None


def _find_reason(notice: str) -> str:
    for line in notice.split("\n")[:400]:
        line = line[:1000]
        if _STATUS.search(line) or _SMTP_CODE.search(line):
            return line.strip()
    return ""


def _replied_status(text: str) -> str:
    """The status right behind an SMTP reply code (`550 5.1.1 …`): the remote server's own word."""
    match = _REPLY_STATUS.search(text[:20_000])
    return match[1] if match else ""


def _first_status(text: str) -> str:
    """The first enhanced status code (RFC 3463) that is no success, else the first at all."""
    best = ""
    for match in _STATUS.finditer(text[:20_000]):
        if match[1] != "2":
            return match[0]
        best = best or match[0]
    return best


def _is_permanent(status: str | None) -> bool | None:
    return {"5": True, "4": False}.get(status[0]) if status else None


def _find_original_id(reports: list[Part]) -> str | None:
    for part in reports:
        if part.content_type in _ORIGINALS:
            raw, _ = part.decode()
            original, _ = read_headers(raw, 0, min(len(raw), _READ), Limits(), is_top=True)
            found = parse_message_id(decode_header(original.get_raw("message-id")))
            if found:
                return found
    for part in reports:
        if part.content_type.endswith("delivery-status"):
            fields, _ = read_headers(part.body, 0, len(part.body), Limits())
            found = parse_message_id(fields.get("x-original-message-id"))
            if found:
                return found
    return None


def _find_original_id_in_text(text: str) -> str | None:
    match = _MESSAGE_ID_LINE.search(text[:200_000])
    return match[1] if match else None


def _looks_machine_made(
    headers: Headers, sender: Address | None, subject: str, text: str, *, has_original: bool
) -> bool:
    """Signs of a mail system: at least one about who sent it, and one about what it says.

    `has_original`: whether the mail shows the one that came back (its Message-ID).
    """
    lowered_subject = subject.casefold()[:300]
    names = (
        f"{sender.name} {sender.email}".casefold()
        if sender
        else decode_header(headers.get_raw("from")).casefold()
    )
    is_named = any(name in names for name in DAEMON_NAMES) or _says_report(headers)
    is_administrator = any(name in names for name in ADMINISTRATOR_NAMES)
    has_subject = any(mark in lowered_subject for mark in SUBJECT_MARKS)
    is_null = is_null_return_path(headers) or _NO_SENDER.search(headers.get("from")) is not None
    if find_subject_kind(subject) and not (is_null or is_named or is_administrator):
        return False
    begins_as_notice = lowered_subject.strip().startswith(SUBJECT_STARTS)
    if not (is_null or is_named or is_administrator or begins_as_notice):
        return False  # nearly all mail: spare it the search for a hundred phrases
    if is_administrator and begins_as_notice and not _PERSONAL.search(text[:2000].casefold()):
        return True
    notice = " ".join(_cut_at_original(text)[:8000].casefold().split())
    marks = sum(mark in notice for mark in BODY_MARKS)
    marks += _REPLY_STATUS.search(notice) is not None
    if is_named:
        return has_subject or marks > 0
    if is_null or is_administrator:
        # Autoresponders send with a null path and administrators write mail themselves: one
        # common phrase alone proves nothing.
        enough = (has_subject and marks > 0) or marks > 1
        return (enough or (is_null and has_subject)) and not is_absence_subject(subject)
    # Anybody can be the sender here: parcels are returned and pumps fail too.
    is_about_mail = has_original or _ADDRESS.search(notice) is not None
    return marks > 1 and is_about_mail and not _PERSONAL.search(notice[:2000])


def _says_report(headers: Headers) -> bool:
    """A gateway that repacks a report (RFC 6522) leaves the parameter on its multipart/mixed."""
    return _REPORT_TYPE.search(headers.get("content-type")) is not None


def is_feedback_report(reports: list[Part], headers: Headers) -> bool:
    """Whether this is an abuse report (ARF, RFC 5965)."""
    if any(part.content_type == "message/feedback-report" for part in reports):
        return True
    return headers.get("x-loop").lower() == "scomp" or headers.get("x-hmxmroriginalrecipient") != ""


def decode_report(part: Part) -> str:
    """A report part as text, for showing."""
    raw, _ = part.decode()
    return make_storable(decode_text(raw[:_READ], part.type_value.get("charset")))
