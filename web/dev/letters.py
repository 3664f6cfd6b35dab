"""Kept mail as its receiver would see it, and a receiver's answer as a real mail (RFC 5322)."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, make_msgid

from django.core.files.uploadedfile import UploadedFile
from django.utils.safestring import SafeString, mark_safe

from channels_in.email.parse import UnreadableMail, parse
from channels_in.messages import Address, IncomingMessage
from channels_in.models import LocalMail
from core import clock, html

_MOST_REFERENCES = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """One kept mail, read."""

    mail: LocalMail
    message: IncomingMessage
    body: SafeString

    @property
    def receiver(self) -> Address:
        """Whose mailbox this is: the envelope's recipient, with the name that the header gives."""
        email = str(self.mail.recipients[0]) if self.mail.recipients else ""
        named = (*self.message.to, *self.message.cc)
        return next((a for a in named if a.email.lower() == email.lower()), Address("", email))

    @property
    def answers_go_to(self) -> Address:
        sender = self.message.sender or Address("", self.mail.sender)
        return self.message.reply_to[0] if self.message.reply_to else sender


def read(mail: LocalMail) -> Letter:
    """The mail, parsed by the same parser as any that comes in."""
    try:
        message = parse(bytes(mail.raw))
    except UnreadableMail:
        message = IncomingMessage(subject=mail.subject)
    inert = html.sanitize(message.html, keep_styles=False) if message.html else ""
    return Letter(mail, message, mark_safe(inert or html.from_text(message.text)))  # noqa: S308


def answer(letter: Letter, text: str, files: Sequence[UploadedFile] = ()) -> EmailMessage:
    """The reply a mail program would write: threaded, the letter quoted below the new text."""
    original = letter.message
    receiver = letter.receiver
    subject = original.subject
    if not subject.lower().startswith("re:"):
        subject = f"Re: {subject}"
    reply = compose(receiver, letter.answers_go_to, subject, f"{text}\n\n{_quoted(letter)}", files)
    if original.message_id:
        known = [*original.references, original.message_id][-_MOST_REFERENCES:]
        reply["In-Reply-To"] = f"<{original.message_id}>"
        reply["References"] = " ".join(f"<{message_id}>" for message_id in known)
    return reply


def compose(
    sender: Address, to: Address, subject: str, text: str, files: Sequence[UploadedFile] = ()
) -> EmailMessage:
    """A mail as a stranger's program would send it. Raises ValueError for an impossible address."""
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = _mailbox(sender)
    mail["To"] = _mailbox(to)
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=sender.email.rpartition("@")[2] or "localhost")
    mail.set_content(text)
    for file in files:
        guess = mimetypes.guess_type(file.name or "")[0] or "application/octet-stream"
        kind, _, subtype = guess.partition("/")
        mail.add_attachment(file.read(), maintype=kind, subtype=subtype, filename=file.name)
    return mail


def _mailbox(address: Address) -> MailAddress:
    name = " ".join(address.name.split())
    return MailAddress(display_name=name, addr_spec=address.email)


def _quoted(letter: Letter) -> str:
    message = letter.message
    written = message.date or letter.mail.created_at
    lines = "\n".join(f"> {line}".rstrip() for line in message.text.strip().splitlines())
    author = message.sender or letter.mail.sender
    return f"On {written:%a, %d %b %Y at %H:%M}, {author} wrote:\n\n{lines}\n"
