from channels_in.actions.accounts import (
    AccountChanges,
    AccountGone,
    OutgoingDraft,
    activate_account,
    clear_webhook_secret,
    create_account,
    deactivate_account,
    make_default,
    remove_account,
    retry_account,
    rotate_webhook_secret,
    set_outgoing,
    update_account,
)
from channels_in.actions.items import retry_item
from channels_in.actions.mailboxes import (
    GrantDraft,
    MailboxDraft,
    MailboxGone,
    mailbox_from,
    remove_mailbox,
    save_grant,
    save_mailbox,
)
from channels_in.actions.senders import allow_sender, block_sender, remove_rule
from channels_in.actions.sending import send_due
from channels_in.actions.suspended import ItemGone, delete_item, recover_item

__all__ = [
    "AccountChanges",
    "AccountGone",
    "GrantDraft",
    "ItemGone",
    "MailboxDraft",
    "MailboxGone",
    "OutgoingDraft",
    "activate_account",
    "allow_sender",
    "block_sender",
    "clear_webhook_secret",
    "create_account",
    "deactivate_account",
    "delete_item",
    "mailbox_from",
    "make_default",
    "recover_item",
    "remove_account",
    "remove_mailbox",
    "remove_rule",
    "retry_item",
    "retry_account",
    "rotate_webhook_secret",
    "save_grant",
    "save_mailbox",
    "send_due",
    "set_outgoing",
    "update_account",
]
