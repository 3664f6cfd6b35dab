"""Who may connect a mailbox, what is checked, and what becomes of the secrets."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from channels_in.actions import (
    GrantDraft,
    MailboxDraft,
    MailboxGone,
    mailbox_from,
    remove_mailbox,
    save_grant,
    save_mailbox,
)
from channels_in.email.mailboxes import well_known
from channels_in.models import Mailbox, OAuthGrant
from core import clock
from core.crypto import unseal
from tickets.errors import InvalidChange

pytestmark = pytest.mark.django_db
DRAFT = {"host": "IMAP.company.example", "username": "support@company.example"}


@pytest.fixture
def save(account, admin, as_actor):
    def do(mailbox_id=None, *, actor=None, **values):
        draft = MailboxDraft(**{**DRAFT, "password": "s3cret", **values})
        return save_mailbox(
            actor=actor or as_actor(admin), account_id=account.pk, draft=draft,
            mailbox_id=mailbox_id,
        )  # fmt: skip

    return do


def test_a_mailbox_is_connected_with_its_password_sealed(save):
    mailbox = save()

    assert mailbox.host == "imap.company.example"
    assert unseal(mailbox.sealed_password) == "s3cret"
    assert "s3cret" not in mailbox.sealed_password
    assert mailbox.next_check_at <= clock.now()
    assert "s3cret" not in repr(MailboxDraft(**DRAFT, password="s3cret"))


def test_an_empty_password_keeps_the_old_one(save):
    mailbox = save(save().pk, password="", folder="Help")

    assert unseal(mailbox.sealed_password) == "s3cret"
    assert mailbox.folder == "Help"


@pytest.mark.parametrize("change", [{"host": "imap.thief.example"}, {"username": "other"}])
def test_a_stored_password_goes_to_no_other_server(save, change):
    mailbox = save()

    with pytest.raises(InvalidChange, match="Enter the password"):
        save(mailbox.pk, password="", **change)

    assert Mailbox.objects.get().host == "imap.company.example"


def test_another_folder_is_read_from_its_beginning_and_errors_are_forgotten(save):
    mailbox = save()
    Mailbox.objects.update(uid_validity=5, last_uid=7, error="No.", failures=3)

    save(mailbox.pk, afterwards="leave")
    same = Mailbox.objects.get()
    assert (same.uid_validity, same.last_uid, same.error, same.failures) == (5, 7, "", 0)

    save(mailbox.pk, folder="Help")
    other = Mailbox.objects.get()
    assert (other.uid_validity, other.last_uid) == (None, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"host": "a b"}, "host"),
        ({"host": "user@host"}, "host"),
        ({"port": 0}, "port"),
        ({"username": " "}, "username"),
        ({"username": "a\r\nb"}, "username"),
        ({"password": "a\r\nDELE 1"}, "password"),
        ({"folder": "a\nb"}, "folder"),
        ({"protocol": "gopher"}, "protocol"),
        ({"security": "hope"}, "security"),
        ({"login": "oauth2"}, "login"),
        ({"afterwards": "burn"}, "afterwards"),
        ({"protocol": "pop3", "afterwards": "seen"}, "afterwards"),
        ({"afterwards": "move"}, "move_to"),
        ({"afterwards": "move", "move_to": "INBOX"}, "move_to"),
    ],
)
def test_what_cannot_be_is_refused(save, values, field):
    with pytest.raises(InvalidChange) as refused:
        save(**values)

    assert refused.value.field == field
    assert not Mailbox.objects.exists()


def test_one_mailbox_is_connected_once(save):
    save()

    with pytest.raises(InvalidChange, match="connected already"):
        save()


def test_only_who_manages_channels_may(save, alice, as_actor, account):
    mailbox = save()
    agent = as_actor(alice)

    with pytest.raises(NotPermitted):
        save(actor=agent, folder="Other")
    with pytest.raises(NotPermitted):
        mailbox_from(actor=agent, account_id=account.pk, draft=MailboxDraft(**DRAFT))
    with pytest.raises(NotPermitted):
        remove_mailbox(actor=agent, mailbox_id=mailbox.pk)
    with pytest.raises(NotPermitted):
        save_grant(actor=agent, draft=GrantDraft("https://token.example", "desk", "", "refresh"))

    assert Mailbox.objects.count() == 1
    assert not OAuthGrant.objects.exists()


def test_a_mailbox_can_be_tried_without_being_saved(account, admin, as_actor):
    draft = MailboxDraft(**DRAFT, password="s3cret")

    mailbox = mailbox_from(actor=as_actor(admin), account_id=account.pk, draft=draft)

    assert mailbox.pk is None
    assert not Mailbox.objects.exists()


def test_a_removed_mailbox_takes_its_consent_along(save, admin, as_actor):
    actor = as_actor(admin)
    grant = save_grant(
        actor=actor, draft=GrantDraft("https://token.example/t", "desk", "s3cret", "refresh")
    )
    mailbox = save(login="oauth2", grant_id=grant.pk)
    assert mailbox.sealed_password == ""

    remove_mailbox(actor=actor, mailbox_id=mailbox.pk)

    assert not OAuthGrant.objects.exists()
    with pytest.raises(MailboxGone):
        remove_mailbox(actor=actor, mailbox_id=mailbox.pk)


def test_a_consents_secrets_are_sealed_and_go_to_no_other_server(admin, as_actor):
    actor = as_actor(admin)
    draft = GrantDraft("https://token.example/t", "desk", "s3cret", "refresh")
    grant = save_grant(actor=actor, draft=draft)
    assert (unseal(grant.sealed_client_secret), unseal(grant.sealed_refresh_token)) == (
        "s3cret",
        "refresh",
    )

    with pytest.raises(InvalidChange, match="refresh token"):
        save_grant(
            actor=actor, draft=GrantDraft("https://thief.example/t", "desk"), grant_id=grant.pk
        )
    with pytest.raises(InvalidChange, match="https"):
        save_grant(actor=actor, draft=GrantDraft("http://token.example/t", "desk", "", "refresh"))


@pytest.mark.parametrize(
    ("address", "host", "login"),
    [
        ("Carol@Gmail.com", "imap.gmail.com", "password"),
        ("c@outlook.com", "outlook.office365.com", "oauth2"),
        ("c@company.onmicrosoft.com", "outlook.office365.com", "oauth2"),
        ("c@gmx.de", "imap.gmx.net", "password"),
        ("c@proton.me", "127.0.0.1", "password"),
    ],
)
def test_big_providers_are_known(address, host, login):
    found = well_known(address)

    assert found is not None
    assert (found["imap"], found["login"]) == (host, login)


def test_other_domains_are_not_guessed():
    assert well_known("support@company.example") is None
    assert well_known("nonsense") is None
