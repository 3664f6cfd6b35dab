"""A voicemail, its transcription or a missed call, as Twilio's form tells of it. Pure."""

from __future__ import annotations

from channels_in.adapters import UnreadableMessage
from channels_in.messages import Call, Handle, IncomingMessage, RemoteFile
from channels_in.models import InboundItem
from channels_in.payloads import Payload, payload_of

VOICEMAIL, TRANSCRIPTION, MISSED = "voicemail", "transcription", "missed"
# What Twilio writes in From for callers who withhold their number (support article 223179988).
WITHHELD = frozenset({"", "anonymous", "+266696687", "+7378742833", "+2562533", "+8566696",
                      "+86282452253", "restricted", "unknown", "unavailable"})  # fmt: skip


def parse(raw: bytes, item: InboundItem | None = None) -> IncomingMessage:
    """Raises UnreadableMessage for what names no call."""
    form = payload_of(raw)
    kind, key = form.text("stage"), form.text("CallSid")
    if kind not in (VOICEMAIL, TRANSCRIPTION, MISSED) or not key:
        raise UnreadableMessage("This tells of no call.")
    number = form.text("From")
    seconds = form.number("RecordingDuration" if kind == VOICEMAIL else "CallDuration") or 0
    call = Call(
        kind=kind, direction="inbound", ours=form.text("To")[:40], seconds=max(seconds, 0),
        number="" if is_withheld(number) else number[:40],
    )  # fmt: skip
    return IncomingMessage(
        subject=_subject(kind, form, call), text=_text(kind, form, call),
        reply_text=_text(kind, form, call), remote_files=_recording(kind, form),
        message_id=f"{kind}:{form.text('RecordingSid') or key}"[:255], call=call,
        may_be_answered=False, author=_caller(form, key), conversation=key, is_private=True,
    )  # fmt: skip


def is_withheld(number: str) -> bool:
    return number.strip().lower() in WITHHELD


def _caller(form: Payload, key: str) -> Handle:
    """By the number; who withholds theirs is somebody of their own, for nothing connects them."""
    number = form.text("From").strip()
    if is_withheld(number):
        return Handle("phone", f"withheld-{key}"[:254].lower(), "Withheld number")
    return Handle("phone", number[:254].lower(), form.text("CallerName")[:200] or number)


def _subject(kind: str, form: Payload, call: Call) -> str:
    who = form.text("CallerName")[:100] or call.number or "a withheld number"
    return f"Missed call from {who}" if kind == MISSED else f"Voicemail from {who}"


def _text(kind: str, form: Payload, call: Call) -> str:
    if kind == TRANSCRIPTION:
        return form.text("TranscriptionText").strip()
    if kind == MISSED:
        return "The call ended before a message was left."
    minutes, seconds = divmod(call.seconds, 60)
    return f"Voice message, {minutes}:{seconds:02}."


def _recording(kind: str, form: Payload) -> tuple[RemoteFile, ...]:
    sid = form.text("RecordingSid")
    if kind != VOICEMAIL or not sid:
        return ()
    return (RemoteFile(sid[:100], "voicemail.mp3", "audio/mpeg"),)
