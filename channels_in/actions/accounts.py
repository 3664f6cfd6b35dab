"""Our own e-mail addresses: made, changed, switched off and on, and how their mail leaves."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.accounts import forget_accounts
from channels_in.models import ChannelAccount, Login, Mailbox, OutgoingServer, Security
from core import clock
from core.crypto import CannotUnseal, seal, unseal
from tickets.errors import InvalidChange, TicketError
from tickets.models import Channel

SIGNATURE_LENGTH = 10_000
_COLOR = re.compile(r"#[0-9a-f]{6}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_HOST = re.compile(r"[^\s/@:]{1,253}|\[?[0-9A-Fa-f:.]{2,45}\]?")


class AccountGone(TicketError):
    """There is no such address of ours."""

    def __init__(self) -> None:
        super().__init__("This address does not exist; somebody may have removed it.")


@dataclass(frozen=True, slots=True)
class AccountChanges:
    """What an address is called, who works on its mail, and how its answers look."""

    name: str = ""
    group_id: int | None = None
    schedule_id: int | None = None
    language: str = ""
    signature: str = ""
    brand_color: str = ""
    quotes_history: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingDraft:
    """How mail of an address leaves. A `password` or `provider_settings` of None stays as it is."""

    kind: str
    host: str = ""
    port: int = 587
    security: str = Security.STARTTLS
    login: str = Login.PASSWORD
    username: str = ""
    password: str | None = field(default=None, repr=False)
    grant_id: int | None = None
    provider: str = ""
    provider_settings: Mapping[str, str] | None = field(default=None, repr=False)


@transaction.atomic
def create_account(
    *, actor: Actor, address: str, name: str = "", group_id: int | None = None
) -> ChannelAccount:
    """Connect an e-mail address; the first one becomes the default.

    Raises NotPermitted, InvalidChange (address).
    """
    _require(actor)
    address = usable_address(address)
    if ChannelAccount.objects.filter(channel=Channel.EMAIL, address=address).exists():
        raise InvalidChange("address", _("This address is connected already."))
    now = clock.now()
    has_default = ChannelAccount.objects.filter(channel=Channel.EMAIL, is_default=True).exists()
    account = ChannelAccount.objects.create(
        channel=Channel.EMAIL, address=address, name=_one_line(name), group_id=group_id,
        is_default=not has_default, created_at=now, updated_at=now,
    )  # fmt: skip
    transaction.on_commit(forget_accounts)
    return account


@transaction.atomic
def update_account(*, actor: Actor, account_id: int, changes: AccountChanges) -> ChannelAccount:
    """Save what an address is called and how its answers look.

    Raises NotPermitted, AccountGone, InvalidChange (language, signature, brand_color).
    """
    account = _lock(actor, account_id)
    _check(changes)
    account.name = _one_line(changes.name)
    account.group_id = changes.group_id
    account.schedule_id = changes.schedule_id
    account.language = changes.language
    account.signature = changes.signature
    account.brand_color = changes.brand_color.lower()
    account.quotes_history = changes.quotes_history
    _save(account, "name", "group", "schedule", "language", "signature", "brand_color",
          "quotes_history")  # fmt: skip
    return account


@transaction.atomic
def make_default(*, actor: Actor, account_id: int) -> ChannelAccount:
    """Send what belongs to no other address from this one. Raises NotPermitted, AccountGone,
    InvalidChange when the address is switched off.
    """
    account = _lock(actor, account_id)
    if not account.is_active:
        raise InvalidChange("is_default", _("Switch the address on first."))
    others = ChannelAccount.objects.filter(channel=Channel.EMAIL, is_default=True)
    others.exclude(pk=account.pk).update(is_default=False, updated_at=clock.now())
    account.is_default = True
    _save(account, "is_default")
    return account


@transaction.atomic
def activate_account(*, actor: Actor, account_id: int) -> ChannelAccount:
    """Take mail for an address again. Raises NotPermitted, AccountGone."""
    account = _lock(actor, account_id)
    account.is_active = True
    _save(account, "is_active")
    return account


@transaction.atomic
def deactivate_account(*, actor: Actor, account_id: int) -> ChannelAccount:
    """Take no more mail for an address; its tickets, messages and settings stay.

    Raises NotPermitted, AccountGone, InvalidChange for the default address.
    """
    account = _lock(actor, account_id)
    if account.is_default:
        raise InvalidChange("is_active", _("Make another address the default one first."))
    account.is_active = False
    _save(account, "is_active")
    return account


@transaction.atomic
def remove_account(*, actor: Actor, account_id: int) -> None:
    """Remove an address that never received anything, with its settings.

    Raises NotPermitted, AccountGone, InvalidChange when there is mail, or for the default address.
    """
    account = _lock(actor, account_id)
    if account.is_default or account.items.exists():
        raise InvalidChange(
            "is_active", _("Only an address that never got mail can be removed. Switch it off.")
        )
    account.delete()
    transaction.on_commit(forget_accounts)


@transaction.atomic
def set_outgoing(*, actor: Actor, account_id: int, draft: OutgoingDraft) -> OutgoingServer:
    """Choose how an address's mail leaves; secrets are sealed, DKIM and webhook settings stay.

    Raises NotPermitted, AccountGone, InvalidChange (kind, host, port, security, login, password,
    provider, provider_settings).
    """
    account = _lock(actor, account_id)
    OutgoingServer.objects.select_for_update().filter(account=account).first()
    server = outgoing_from(actor=actor, account=account, draft=draft)
    server.error, server.failures, server.failed_at, server.retry_at = "", 0, None, None
    server.save()
    return server


def outgoing_from(*, actor: Actor, account: ChannelAccount, draft: OutgoingDraft) -> OutgoingServer:
    """The server as it would be saved, to try it before; nothing is written.

    A stored password goes to the server it was entered for and to no other one (attack 49).
    Raises NotPermitted and what `set_outgoing` raises.
    """
    _require(actor)
    _check_outgoing(draft)
    server = OutgoingServer.objects.filter(account=account).first()
    server = server or OutgoingServer(account=account)
    server.kind = draft.kind
    if draft.kind == OutgoingServer.Kind.SMTP:
        _use_smtp(server, draft)
    elif draft.kind == OutgoingServer.Kind.PROVIDER:
        _use_provider(server, draft)
    return server


def _use_smtp(server: OutgoingServer, draft: OutgoingDraft) -> None:
    host, username = draft.host.strip().lower(), draft.username.strip()
    goes_elsewhere = (server.host, server.username) != (host, username)
    server.host, server.port, server.username = host, draft.port, username
    server.security, server.login = draft.security, draft.login
    server.grant_id = draft.grant_id if draft.login == Login.OAUTH2 else None
    if draft.login == Login.OAUTH2 and server.grant_id is None:
        raise InvalidChange("login", _("Connect this address with OAuth 2 first."))
    if draft.login == Login.OAUTH2 or not username:
        server.sealed_password = ""
    elif draft.password is not None:
        server.sealed_password = seal(draft.password)
    elif goes_elsewhere or not server.sealed_password:
        raise InvalidChange("password", _("Enter the password of this server."))


def _use_provider(server: OutgoingServer, draft: OutgoingDraft) -> None:
    if draft.provider_settings is not None:
        kept = _settings_of(server) if server.provider == draft.provider else {}
        server.sealed_provider_settings = seal(json.dumps({**kept, **draft.provider_settings}))
    elif server.provider != draft.provider or not server.sealed_provider_settings:
        raise InvalidChange("provider_settings", _("Enter the key of this provider."))
    server.provider = draft.provider


@transaction.atomic
def rotate_webhook_secret(
    *, actor: Actor, account_id: int, provider: str, keys: Mapping[str, str] | None = None
) -> str:
    """Make a new secret for the addresses a provider posts to; the old one is void at once.

    `keys` are those with which the provider signs; empty ones stay as they are. Returns
    `user:password`, which is shown once and stored sealed. Raises NotPermitted, AccountGone,
    InvalidChange when mail leaves through another provider.
    """
    account = _lock(actor, account_id)
    server, _made = OutgoingServer.objects.select_for_update().get_or_create(
        account=account, defaults={"kind": OutgoingServer.Kind.DEFAULT}
    )
    if server.kind == OutgoingServer.Kind.PROVIDER and server.provider != provider:
        raise InvalidChange(
            "provider", _("Mail leaves through another provider; the same one has to post it.")
        )
    secret = f"helpdesk:{secrets.token_urlsafe(24)}"
    server.sealed_webhook_secret = seal(secret)
    known = _settings_of(server) if server.provider == provider else {}
    known |= {name: value for name, value in (keys or {}).items() if value}
    server.sealed_provider_settings = seal(json.dumps(known)) if known else ""
    server.provider = provider
    server.save(update_fields=["sealed_webhook_secret", "sealed_provider_settings", "provider"])
    return secret


@transaction.atomic
def clear_webhook_secret(*, actor: Actor, account_id: int) -> None:
    """Take nothing more from a provider's webhook. Raises NotPermitted, AccountGone."""
    account = _lock(actor, account_id)
    OutgoingServer.objects.filter(account=account).update(sealed_webhook_secret="")


@transaction.atomic
def set_dkim(
    *, actor: Actor, account_id: int, domain: str, selector: str, pem: str
) -> OutgoingServer:
    """Sign this address's mail with a private key (PEM, sealed); empty values: not any more.

    Raises NotPermitted, AccountGone, InvalidChange (dkim_domain, dkim_selector).
    """
    account = _lock(actor, account_id)
    domain, selector = domain.strip().lower(), selector.strip().lower()
    own = account.address.rpartition("@")[2]
    if pem and domain != own and not own.endswith(f".{domain}"):
        # RFC 7489 §3.1.1: another domain's signature would not count for this From.
        raise InvalidChange("dkim_domain", _("It has to be the domain of the address."))
    if pem and not _SELECTOR.fullmatch(selector):
        raise InvalidChange("dkim_selector", _("Use letters, digits and hyphens."))
    server, _made = OutgoingServer.objects.select_for_update().get_or_create(
        account=account, defaults={"kind": OutgoingServer.Kind.DEFAULT}
    )
    server.dkim_domain, server.dkim_selector = (domain, selector) if pem else ("", "")
    server.sealed_dkim_key = seal(pem)
    server.save(update_fields=["dkim_domain", "dkim_selector", "sealed_dkim_key"])
    return server


@transaction.atomic
def retry_account(*, actor: Actor, account_id: int) -> None:
    """Look into its mailboxes and let the sender knock again now, after refused logins.

    Raises NotPermitted, AccountGone.
    """
    account = _lock(actor, account_id)
    Mailbox.objects.filter(account=account, is_active=True).update(next_check_at=clock.now())
    OutgoingServer.objects.filter(account=account).update(retry_at=None)


def _settings_of(server: OutgoingServer) -> dict[str, str]:
    """What is stored for a provider; nothing when it cannot be read any more."""
    try:
        return dict(json.loads(unseal(server.sealed_provider_settings) or "{}"))
    except CannotUnseal:
        return {}


def usable_address(text: str) -> str:
    """A support address in its stored form. Raises InvalidChange with a sentence."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidChange(
            "address", _("Write an address such as support@company.com.")
        ) from error
    if "+" in address.partition("@")[0]:
        raise InvalidChange(
            "address",
            _("Leave out the part from the plus sign on: it is kept for signed answers."),
        )
    return address


def _check(changes: AccountChanges) -> None:
    if changes.language and not _LANGUAGE.fullmatch(changes.language):
        raise InvalidChange("language", _("Choose a language of the list."))
    if changes.brand_color and not _COLOR.fullmatch(changes.brand_color.lower()):
        raise InvalidChange("brand_color", _("Write a colour such as #1f6feb."))
    if len(changes.signature) > SIGNATURE_LENGTH:
        raise InvalidChange("signature", _("The signature is too long."))


def _check_outgoing(draft: OutgoingDraft) -> None:
    if draft.kind not in OutgoingServer.Kind.values:
        raise InvalidChange("kind", _("Choose how mail leaves."))
    if draft.kind == OutgoingServer.Kind.PROVIDER and not draft.provider:
        raise InvalidChange("provider", _("Choose the provider."))
    if draft.kind != OutgoingServer.Kind.SMTP:
        return
    if not _HOST.fullmatch(draft.host.strip()):
        raise InvalidChange("host", _("Write the name of the server, such as smtp.company.com."))
    if not 0 < draft.port < 65536:
        raise InvalidChange("port", _("A port is a number from 1 to 65535."))
    if draft.security not in Security.values:
        raise InvalidChange("security", _("Choose how the connection is secured."))


def _lock(actor: Actor, account_id: int) -> ChannelAccount:
    _require(actor)
    account = (
        ChannelAccount.objects.select_for_update()
        .filter(pk=account_id, channel=Channel.EMAIL)
        .first()
    )
    if account is None:
        raise AccountGone
    return account


def _save(account: ChannelAccount, *names: str) -> None:
    account.updated_at = clock.now()
    account.save(update_fields=[*names, "updated_at"])
    transaction.on_commit(forget_accounts)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:100]


def _require(actor: Actor) -> None:
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
