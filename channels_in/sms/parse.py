"""A text message as Twilio posts it: the fields of its form, stored as JSON. Pure."""

from __future__ import annotations

from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage, RemoteFile
from channels_in.models import InboundItem
from channels_in.payloads import payload_of, subject_of

MEDIA_LIMIT = 10  # files of one message, by Twilio's documentation
# What carriers understand by themselves; nobody waits for an answer to these.
STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})


def parse(raw: bytes, item: InboundItem | None = None) -> IncomingMessage:
    """Raises UnreadableMessage for what names no number."""
    form = payload_of(raw)
    number, key = form.text("From"), form.text("MessageSid") or form.text("SmsSid")
    if not number or not key:
        raise UnreadableMessage("This text message names no sender.")
    text = form.text("Body").strip()
    is_command = bool(form.text("OptOutType")) or text.casefold() in STOP
    count = min(form.number("NumMedia") or 0, MEDIA_LIMIT)
    files = (
        RemoteFile(
            reference=form.text(f"MediaUrl{at}")[:2000], filename=f"file-{at + 1}",
            content_type=form.text(f"MediaContentType{at}").lower()[:127],
        )
        for at in range(count)
    )  # fmt: skip
    return IncomingMessage(
        subject=subject_of(text) or ("Photo" if count else ""),
        text=text, reply_text=text,
        remote_files=tuple(file for file in files if file.reference.startswith("https://")),
        message_id=key[:255],
        is_auto_reply=is_command, auto_reply_reason="opt-out" if is_command else "",
        may_be_answered=not is_command,
        author=Handle(kind="phone", value=number, name=form.text("ProfileName")[:200]),
        conversation=number, is_private=True,
    )  # fmt: skip
