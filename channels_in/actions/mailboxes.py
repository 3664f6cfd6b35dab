"""Mailboxes on other servers: connected, changed, removed, and the consents they use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.models import ChannelAccount, Login, Mailbox, OAuthGrant, OutgoingServer, Security
from core import clock
from core.crypto import seal
from tickets.errors import InvalidChange, TicketError
from tickets.models import Channel

_HOST = re.compile(r"[^\s/@:]{1,253}|\[?[0-9A-Fa-f:.]{2,45}\]?")
_PLACE = ("protocol", "host", "port", "username", "folder")  # another one is read from its start


class MailboxGone(TicketError):
    """There is no such mailbox."""

    def __init__(self) -> None:
        super().__init__("This mailbox does not exist; somebody may have removed it.")


@dataclass(frozen=True, slots=True)
class MailboxDraft:
    """Where and how mail is fetched. An empty password means: the one that is stored."""

    host: str
    username: str
    password: str = field(default="", repr=False)
    protocol: str = Mailbox.Protocol.IMAP
    port: int = 993
    security: str = Security.TLS
    login: str = Login.PASSWORD
    grant_id: int | None = None
    folder: str = "INBOX"
    afterwards: str = Mailbox.Afterwards.SEEN
    move_to: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class GrantDraft:
    """A consent (RFC 6749 §6). An empty secret or token means: the one that is stored."""

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""


@transaction.atomic
def save_mailbox(
    *, actor: Actor, account_id: int, draft: MailboxDraft, mailbox_id: int | None = None
) -> Mailbox:
    """Connect a mailbox or change one; it is looked into at once.

    Raises NotPermitted, MailboxGone, InvalidChange (host, port, username, password, folder,
    afterwards, move_to, security, login).
    """
    mailbox = mailbox_from(actor=actor, account_id=account_id, draft=draft, mailbox_id=mailbox_id)
    same = Mailbox.objects.filter(**{name: getattr(mailbox, name) for name in _PLACE})
    if same.exclude(pk=mailbox.pk).exists():
        raise InvalidChange("username", _("This mailbox is connected already."))
    now = mailbox.updated_at = mailbox.next_check_at = clock.now()
    mailbox.error, mailbox.failures, mailbox.failed_at = "", 0, None
    mailbox.created_at = mailbox.created_at or now
    mailbox.save()
    return mailbox


@transaction.atomic
def mailbox_from(
    *, actor: Actor, account_id: int, draft: MailboxDraft, mailbox_id: int | None = None
) -> Mailbox:
    """The mailbox as it would be saved, for `probe` to try before; nothing is written.

    A stored password goes to the server it was entered for and to no other one (attack 49).
    Raises what `save_mailbox` raises.
    """
    _require(actor)
    if not ChannelAccount.objects.filter(pk=account_id, channel=Channel.EMAIL).exists():
        raise InvalidChange("account", _("Choose the address the mail belongs to."))
    mailbox = _stored(mailbox_id) if mailbox_id else Mailbox()
    _check(draft)
    before = tuple(getattr(mailbox, name) for name in _PLACE)
    goes_elsewhere = (mailbox.host, mailbox.username) != (
        draft.host.strip().lower(),
        draft.username.strip(),
    )
    mailbox.account_id = account_id
    mailbox.protocol, mailbox.port = draft.protocol, draft.port
    mailbox.host, mailbox.username = draft.host.strip().lower(), draft.username.strip()
    mailbox.security, mailbox.login = draft.security, draft.login
    mailbox.folder = draft.folder.strip() or "INBOX"
    mailbox.afterwards, mailbox.move_to = draft.afterwards, draft.move_to.strip()
    mailbox.is_active = draft.is_active
    mailbox.grant = _grant_of(draft)
    if draft.login == Login.OAUTH2:
        mailbox.sealed_password = ""
    elif draft.password:
        mailbox.sealed_password = seal(draft.password)
    elif goes_elsewhere or not mailbox.sealed_password:
        raise InvalidChange("password", _("Enter the password of this mailbox."))
    if before != tuple(getattr(mailbox, name) for name in _PLACE):
        mailbox.uid_validity, mailbox.last_uid = None, 0
        mailbox.seen_uidls, mailbox.checked_at = [], None
    return mailbox


@transaction.atomic
def remove_mailbox(*, actor: Actor, mailbox_id: int) -> None:
    """Fetch from a mailbox no more, and forget its password or unshared consent.

    What it brought stays. Raises NotPermitted, MailboxGone.
    """
    _require(actor)
    mailbox = _stored(mailbox_id)
    grant = mailbox.grant
    mailbox.delete()
    if grant and not (
        Mailbox.objects.filter(grant=grant).exists()
        or OutgoingServer.objects.filter(grant=grant).exists()
    ):
        grant.delete()


@transaction.atomic
def save_grant(*, actor: Actor, draft: GrantDraft, grant_id: int | None = None) -> OAuthGrant:
    """Store a consent to read and send mail, its secrets sealed; mailboxes that waited for it are
    looked into at once.

    Raises NotPermitted, InvalidChange (token_url, client_id, refresh_token).
    """
    _require(actor)
    grant = OAuthGrant.objects.select_for_update().filter(pk=grant_id or 0).first()
    grant = grant or OAuthGrant()
    now = clock.now()
    if not draft.token_url.startswith("https://"):
        raise InvalidChange("token_url", _("The address of the token server begins with https://."))
    if not draft.client_id.strip():
        raise InvalidChange("client_id", _("Enter the client's id."))
    goes_elsewhere = grant.pk is None or grant.token_url != draft.token_url
    if goes_elsewhere and not draft.refresh_token:
        raise InvalidChange("refresh_token", _("Enter the refresh token."))
    if draft.client_secret or goes_elsewhere:
        grant.sealed_client_secret = seal(draft.client_secret)
    if draft.refresh_token:
        grant.sealed_refresh_token = seal(draft.refresh_token)
    grant.token_url, grant.client_id = draft.token_url, draft.client_id.strip()
    grant.scope, grant.error = draft.scope.strip(), ""
    grant.sealed_access_token, grant.expires_at = "", None
    grant.created_at, grant.updated_at = grant.created_at or now, now
    grant.save()
    Mailbox.objects.filter(grant=grant).update(
        error="", failures=0, failed_at=None, next_check_at=now, updated_at=now
    )
    return grant


def _grant_of(draft: MailboxDraft) -> OAuthGrant | None:
    if draft.login != Login.OAUTH2:
        return None
    grant = OAuthGrant.objects.filter(pk=draft.grant_id or 0).first()
    if grant is None:
        raise InvalidChange("login", _("Connect the mailbox with OAuth 2 first."))
    return grant


def _check(draft: MailboxDraft) -> None:
    if not _HOST.fullmatch(draft.host.strip()):
        raise InvalidChange("host", _("Write the name of the server, such as imap.company.com."))
    if not 0 < draft.port < 65536:
        raise InvalidChange("port", _("A port is a number from 1 to 65535."))
    if not draft.username.strip() or len(draft.username) > 254 or _has_control(draft.username):
        raise InvalidChange("username", _("Enter the user name of the mailbox."))
    if _has_control(draft.password):
        raise InvalidChange("password", _("A password is one line."))
    if (
        _has_control(draft.folder + draft.move_to)
        or max(len(draft.folder), len(draft.move_to)) > 255
    ):
        raise InvalidChange("folder", _("This is not the name of a folder."))
    if draft.protocol not in Mailbox.Protocol.values:
        raise InvalidChange("protocol", _("Choose how mail is fetched."))
    if draft.security not in Security.values:
        raise InvalidChange("security", _("Choose how the connection is secured."))
    if draft.login not in Login.values:
        raise InvalidChange("login", _("Choose how to sign in."))
    _check_afterwards(draft)


def _check_afterwards(draft: MailboxDraft) -> None:
    afterwards = Mailbox.Afterwards
    if draft.afterwards not in afterwards.values:
        raise InvalidChange("afterwards", _("Choose what happens to fetched mail."))
    is_pop3 = draft.protocol == Mailbox.Protocol.POP3
    if is_pop3 and draft.afterwards not in (afterwards.DELETE, afterwards.LEAVE):
        raise InvalidChange(
            "afterwards", _("POP3 cannot mark or move mail: choose to delete or to leave it.")
        )
    if draft.afterwards == afterwards.MOVE and not draft.move_to.strip():
        raise InvalidChange("move_to", _("Name the folder that fetched mail is moved to."))
    if draft.afterwards == afterwards.MOVE and draft.move_to.strip() == draft.folder.strip():
        raise InvalidChange("move_to", _("Choose another folder than the one mail comes from."))


def _has_control(text: str) -> bool:
    return any(ord(letter) < 32 or ord(letter) == 127 for letter in text)


def _stored(mailbox_id: int) -> Mailbox:
    mailbox = (
        Mailbox.objects.select_for_update(of=("self",))
        .select_related("grant", "account")
        .filter(pk=mailbox_id)
        .first()
    )
    if mailbox is None:
        raise MailboxGone
    return mailbox


def _require(actor: Actor) -> None:
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
