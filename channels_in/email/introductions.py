"""Whose words a new mail holds: Reply-To of web forms, and mail forwarded by a colleague."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from accounts.addresses import canonical
from accounts.selectors import staff_addresses
from channels_in.accounts import own_addresses, split_tag
from channels_in.adapters import Arrival
from channels_in.email import parse as mail
from channels_in.email.parse.forwards import Forward, read_forward
from channels_in.introductions import Introduction
from channels_in.messages import Address, IncomingMessage
from channels_in.proof import Standing

# Why a machine may not answer the From of a form's mail; its Reply-To is a person all the same.
_FORM_REASONS = ("", "no-reply-sender", "null-return-path")


def introduce(arrivals: Sequence[Arrival]) -> list[Introduction]:
    """One introduction for each arrival: one query when any of them may speak for another."""
    asked = {
        canonical(address.email)
        for arrival in arrivals
        for address in _named(arrival.message)
        if _may_speak_for_another(arrival.message)
    }
    staff = staff_addresses(asked) if asked else set()
    return [_introduce_one(arrival, staff) for arrival in arrivals]


def _introduce_one(arrival: Arrival, staff: Collection[str]) -> Introduction:
    message = arrival.message
    if message.sender is None:
        return Introduction(message)
    is_refuted = arrival.proof is not None and arrival.proof.standing is Standing.FAIL
    if message.is_forward and canonical(message.sender.email) in staff and not is_refuted:
        return _of_forward(message, staff) or Introduction(message)
    if author := _author_by_reply_to(message, staff):
        may_be_answered = not message.is_auto_reply
        spoken = replace(message, sender=author, may_be_answered=may_be_answered)
        return Introduction(spoken, flags=("reply_to_differs",))
    return Introduction(message)


def _may_speak_for_another(message: IncomingMessage) -> bool:
    return message.is_forward or bool(message.reply_to)


def _named(message: IncomingMessage) -> tuple[Address, ...]:
    return (*([message.sender] if message.sender else []), *message.reply_to[:1])


def _author_by_reply_to(message: IncomingMessage, staff: Collection[str]) -> Address | None:
    """The person a web form or a group writes for; None where Reply-To means anything else.

    Believed where From is a machine's (no-reply@…), one of our own domain's, or was rewritten on
    the way (`X-Original-From`, Google Groups). Never a colleague's address, one of ours, or a
    list's: who answers to a list is not who wrote (RFC 5322 §3.6.2, attack 6).
    """
    if message.sender is None or len(message.reply_to) != 1:
        return None
    author = message.reply_to[0]
    email, sender = canonical(author.email), canonical(message.sender.email)
    if "@" not in email or email == sender or email in staff or _is_ours(email):
        return None
    headers = {name.lower(): value for name, value in message.headers}
    if "x-original-from" in headers:
        was_rewritten = email in headers["x-original-from"].lower()
        return author if was_rewritten else None
    if "list-id" in headers or message.auto_reply_reason not in _FORM_REASONS:
        return None
    is_machine = message.auto_reply_reason == "no-reply-sender"
    is_our_domain = sender.rpartition("@")[2] in {own.rpartition("@")[2] for own in own_addresses()}
    if not (is_machine or (is_our_domain and sender not in staff)):
        return None
    return author


def _of_forward(message: IncomingMessage, staff: Collection[str]) -> Introduction | None:
    """The mail inside a colleague's forward, in its sender's name."""
    enclosed = _enclosed(message)
    if enclosed is not None:
        return _hand_in(message, enclosed, message.reply_text.strip(), staff)
    forward = read_forward(message.text)
    if forward is None:
        return None
    return _hand_in(message, _as_message(message, forward), forward.note, staff)


def _hand_in(
    message: IncomingMessage, inner: IncomingMessage, note: str, staff: Collection[str]
) -> Introduction | None:
    if message.sender is None or inner.sender is None:
        return None
    author = canonical(inner.sender.email)
    if "@" not in author or _is_ours(author) or author in staff:
        return None
    spoken = replace(
        inner,
        subject=inner.subject or message.subject,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        references=message.references,
        may_be_answered=message.may_be_answered and inner.may_be_answered,
        is_auto_reply=False,
    )
    return Introduction(
        spoken, forwarder=canonical(message.sender.email), note=note, flags=("forwarded_by_agent",)
    )


def _as_message(message: IncomingMessage, forward: Forward) -> IncomingMessage:
    return replace(
        message, sender=forward.sender, subject=forward.subject, text=forward.text, html="",
        reply_text=forward.text, quoted_text="", to=forward.to, cc=forward.cc, reply_to=(),
    )  # fmt: skip


def _enclosed(message: IncomingMessage) -> IncomingMessage | None:
    """The one mail that was forwarded as an attachment."""
    mails = [file for file in message.attachments if file.content_type == "message/rfc822"]
    if len(mails) != 1:
        return None
    try:
        return mail.parse(mails[0].content)
    except mail.UnreadableMail:
        return None


def _is_ours(email: str) -> bool:
    return split_tag(email)[0] in own_addresses()
