"""A look into a mailbox before it is saved: does it let us in, and what is there?"""

from __future__ import annotations

from dataclasses import dataclass

from channels_in.email.mailboxes import imap, pop3
from channels_in.models import Mailbox


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found. POP3 has no folders."""

    folders: tuple[str, ...]
    messages: int
    has_idle: bool


def probe(mailbox: Mailbox) -> Probe:
    """Sign in with a saved or unsaved mailbox and count its messages; nothing is changed.

    Takes up to a minute or two with a server that hardly answers. Raises MailboxError.
    """
    if mailbox.protocol == Mailbox.Protocol.POP3:
        with pop3.signed_in(mailbox) as client:
            return Probe((), len(pop3.uidls_of(client)), has_idle=False)
    with imap.signed_in(mailbox) as connection:
        folders = tuple(imap.folders_of(connection))
        opened = imap.open_folder(connection, mailbox, readonly=True)
        return Probe(folders, int(opened.get(b"EXISTS", 0)), connection.has_capability("IDLE"))
