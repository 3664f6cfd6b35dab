"""XOAUTH2 with dovecot's own check of tokens, and a token server with TLS."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels_in.email.mailboxes import oauth
from channels_in.models import InboundItem, Mailbox, OAuthGrant
from core import clock
from core.crypto import seal, unseal
from tests.channels_in.conftest import make_mail
from tests.channels_in.mailboxes.conftest import fetch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def consent(connect, post, token_server):
    """Connect a mailbox with a consent: `consent(protocol="pop3")`."""
    token_server.revoked.clear()
    token_server.asked.clear()
    token_server.rotates = False
    token_server.lifetime = 3600

    def do(**overrides: object) -> Mailbox:
        now = clock.now()
        grant = OAuthGrant.objects.create(
            token_url=token_server.url, client_id="desk", sealed_client_secret=seal("s3cret"),
            sealed_refresh_token=seal(post.name), created_at=now, updated_at=now,
        )  # fmt: skip
        return connect(login="oauth2", sealed_password="", grant=grant, **overrides)

    return do


@pytest.mark.parametrize("protocol", ["imap", "pop3"])
def test_mail_is_fetched_with_a_token(consent, post, token_server, protocol):
    post.put(make_mail())
    port = post.server.imaps if protocol == "imap" else post.server.pop3s
    afterwards = "seen" if protocol == "imap" else "delete"

    mailbox = fetch(consent(protocol=protocol, port=port, afterwards=afterwards))

    assert mailbox.error == ""
    assert InboundItem.objects.count() == 1
    assert token_server.asked == [
        {"grant_type": "refresh_token", "refresh_token": post.name, "client_id": "desk",
         "client_secret": "s3cret"}
    ]  # fmt: skip


def test_a_token_is_kept_sealed_until_it_expires(consent, token_server):
    mailbox = fetch(fetch(consent()))
    grant = OAuthGrant.objects.get()
    assert len(token_server.asked) == 1
    assert unseal(grant.sealed_access_token) in token_server.valid
    assert unseal(grant.sealed_access_token) not in grant.sealed_access_token

    grant.expires_at = clock.now() + timedelta(seconds=30)
    grant.save()
    fetch(mailbox)

    assert len(token_server.asked) == 2
    assert mailbox.error == ""


@pytest.mark.parametrize("protocol", ["imap", "pop3"])
def test_a_token_that_is_refused_early_is_renewed_once(consent, post, token_server, protocol):
    port = post.server.imaps if protocol == "imap" else post.server.pop3s
    mailbox = fetch(consent(protocol=protocol, port=port, afterwards="delete"))
    token_server.valid.clear()

    fetch(mailbox)

    assert mailbox.error == ""
    assert len(token_server.asked) == 2


def test_a_consent_that_was_taken_back_is_said(consent, post, token_server):
    token_server.revoked.add(post.name)

    mailbox = fetch(consent())

    assert mailbox.error == oauth.CONSENT_EXPIRED
    assert OAuthGrant.objects.get().error == oauth.CONSENT_EXPIRED
    assert mailbox.next_check_at > clock.now() + timedelta(minutes=7)


def test_a_refresh_token_that_is_valid_once_is_replaced(consent, post, token_server):
    token_server.rotates = True
    token_server.lifetime = 1

    mailbox = fetch(fetch(consent()))

    assert mailbox.error == ""
    assert [form["refresh_token"] for form in token_server.asked] == [post.name, f"{post.name}/1"]


def test_the_token_server_must_speak_https(consent, token_server):
    mailbox = consent()
    OAuthGrant.objects.update(token_url=token_server.url.replace("https", "http"))

    assert "https://" in fetch(mailbox).error
    assert token_server.asked == []


def test_the_token_servers_host_is_judged_too(consent):
    mailbox = consent()
    OAuthGrant.objects.update(token_url="https://169.254.169.254/token")

    assert "not spoken to" in fetch(mailbox).error


def test_a_token_server_that_says_nothing_is_left_in_time(consent, token_server, monkeypatch):
    monkeypatch.setattr(oauth, "WHOLE_SECONDS", 0.0)

    assert fetch(consent()).error == "The token server did not answer in time."
