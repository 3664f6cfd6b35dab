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
    set_dkim,
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
from channels_in.actions.scrubbing import scrub_due, scrub_items
from channels_in.actions.senders import allow_sender, block_sender, remove_rule
from channels_in.actions.sending import send_due
from channels_in.actions.signatures import sign_with
from channels_in.actions.spam import handle_spam, not_spam
from channels_in.actions.suspended import (
    ItemGone,
    block_item,
    delete_item,
    expire_suspended,
    recover_item,
)

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
    "block_item",
    "block_sender",
    "clear_webhook_secret",
    "create_account",
    "deactivate_account",
    "delete_item",
    "expire_suspended",
    "handle_spam",
    "mailbox_from",
    "make_default",
    "not_spam",
    "recover_item",
    "remove_account",
    "remove_mailbox",
    "remove_rule",
    "retry_account",
    "retry_item",
    "rotate_webhook_secret",
    "save_grant",
    "save_mailbox",
    "scrub_due",
    "scrub_items",
    "send_due",
    "set_dkim",
    "set_outgoing",
    "sign_with",
    "update_account",
]
