"""Being let in to a mail server, by password or OAuth 2, whatever it speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from channels_in.email.mailboxes.errors import MailboxError
from channels_in.email.mailboxes.oauth import access_token
from channels_in.models import Login, Mailbox
from core.crypto import CannotUnseal, unseal

Client = TypeVar("Client")
Way = Callable[[Mailbox, str], Client]


def sign_in(mailbox: Mailbox, *, with_password: Way[Client], with_token: Way[Client]) -> Client:
    """A connection that is let in; a refused access token is renewed and tried once more.

    The ways get the mailbox and the password or token. Raises MailboxError.
    """
    if mailbox.login != Login.OAUTH2:
        try:
            password = unseal(mailbox.sealed_password)
        except CannotUnseal as error:
            raise MailboxError(str(error), is_refusal=True) from error
        return with_password(mailbox, password)
    token = access_token(mailbox.grant_id or 0)
    try:
        return with_token(mailbox, token)
    except MailboxError as error:
        if not error.is_refusal:
            raise
    return with_token(mailbox, access_token(mailbox.grant_id or 0, instead_of=token))
