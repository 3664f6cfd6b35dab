"""Mail fetched from mailboxes on other servers: IMAP and POP3 (docs/mail.md).

To set one up: `well_known(address)` suggests, `channels_in.actions.mailbox_from` makes an unsaved
one, `probe` tries it, `channels_in.actions.save_mailbox` connects it.
"""

from channels_in.email.mailboxes.errors import MailboxError
from channels_in.email.mailboxes.probe import Probe, probe
from channels_in.email.mailboxes.providers import well_known

__all__ = ["MailboxError", "Probe", "probe", "well_known"]
