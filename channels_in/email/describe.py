"""A parsed mail as plain values: for `parse_mail`, for people and for the corpus scorer. Pure."""

from __future__ import annotations

import json
import time
from pathlib import Path

from channels_in.email.parse import UnreadableMail, parse
from channels_in.messages import IncomingMessage


def describe_file(path: Path) -> dict[str, object]:
    """Parse one file; the id is the stem of its name with `__` read as `/`. Never raises on its
    content.
    """
    row: dict[str, object] = {"id": path.stem.replace("__", "/"), "ok": False, "error": ""}
    started = time.perf_counter()
    try:
        message = parse(path.read_bytes())
    except (UnreadableMail, OSError) as error:
        row["error"] = str(error)
    else:
        row |= {"ok": True, **describe_message(message)}
    row["seconds"] = round(time.perf_counter() - started, 6)
    return row


def describe_message(message: IncomingMessage) -> dict[str, object]:
    """The fields of a message under the names of `parse_mail --json`."""
    bounce = message.bounce
    forwarded = message.forwarded_from
    return {
        "from_email": message.sender.email if message.sender else "",
        "from_name": message.sender.name if message.sender else "",
        "subject": message.subject,
        "to": [address.email for address in message.to],
        "cc": [address.email for address in message.cc],
        "reply_to": [address.email for address in message.reply_to],
        "delivered_to": list(message.delivered_to),
        "date": message.date.isoformat() if message.date else None,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to[0] if message.in_reply_to else None,
        "references": list(message.references),
        "text": message.text,
        "html": message.html,
        "reply_text": message.reply_text,
        "quoted_text": message.quoted_text,
        "attachments": [
            {
                "filename": attachment.filename,
                "size": attachment.size,
                "sha256": attachment.sha256,
                "content_type": attachment.content_type,
            }
            for attachment in message.attachments
        ],
        "is_bounce": message.is_bounce,
        "is_auto_reply": message.is_auto_reply,
        "auto_reply_reason": message.auto_reply_reason,
        "may_be_answered": message.may_be_answered,
        "is_feedback_report": message.is_feedback_report,
        "bounce_status": bounce.status if bounce else None,
        "forwarded_from_email": forwarded.email if forwarded else None,
        "defects": list(message.defects),
    }


def write_json(row: dict[str, object]) -> str:
    """One line of ASCII json, so nothing in a mail can break the output."""
    return json.dumps(row, ensure_ascii=True)


def summarize(row: dict[str, object]) -> str:
    """A few lines for people."""
    if not row["ok"]:
        return f"{row['id']}: not readable: {row['error']}"
    files = row["attachments"]
    names = (
        ", ".join(f"{f['filename']} ({f['size']})" for f in files)
        if isinstance(files, list)
        else ""
    )
    kinds = [k for k in ("is_bounce", "is_auto_reply", "is_feedback_report") if row[k]]
    lines = [
        f"{row['id']}  ({row['seconds']} s)",
        f"  From:    {row['from_name']} <{row['from_email']}>",
        f"  Subject: {row['subject']}",
        f"  Kind:    {', '.join(kinds) or 'ordinary'}; may be answered: {row['may_be_answered']}"
        f" {row['auto_reply_reason']}",
        f"  Files:   {names or 'none'}",
        f"  Defects: {'; '.join(map(str, row['defects'])) if row['defects'] else 'none'}",  # type: ignore[call-overload]
        "  " + str(row["reply_text"]).replace("\n", "\n  "),
    ]
    return "\n".join(lines)
