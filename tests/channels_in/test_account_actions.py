"""Our own addresses: who may change them, and what stays as it was."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from channels_in.accounts import account_of, default_account, forget_accounts
from channels_in.actions import (
    AccountChanges,
    AccountGone,
    ItemGone,
    OutgoingDraft,
    activate_account,
    clear_webhook_secret,
    create_account,
    deactivate_account,
    make_default,
    remove_account,
    retry_account,
    retry_item,
    rotate_webhook_secret,
    set_outgoing,
    update_account,
)
from channels_in.models import ChannelAccount, Fate, InboundItem, OutgoingServer
from core import clock
from core.crypto import unseal
from tests.factories import as_actor
from tickets.errors import InvalidChange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    forget_accounts()
    yield
    forget_accounts()


@pytest.fixture
def boss(admin):
    return as_actor(admin)


@pytest.fixture
def account(boss):
    return create_account(actor=boss, address="Support@Example.com ", name="Support\r\nTeam")


@pytest.fixture
def item(account):
    now = clock.now()
    return InboundItem.objects.create(
        account=account, external_id="x", raw=b"x", size=1, received_at=now, next_attempt_at=now,
        fate=Fate.FAILED,
    )  # fmt: skip


def test_the_first_address_is_the_default_and_stored_tidily(account):
    assert (account.address, account.name) == ("support@example.com", "Support Team")
    assert account.is_default


def test_a_second_address_leaves_the_default_alone(boss, account):
    second = create_account(actor=boss, address="billing@example.com")
    assert not second.is_default


@pytest.mark.parametrize("text", ["", "support", "support+x@example.com", "support@example.com"])
def test_unusable_and_known_addresses_are_refused(boss, account, text):
    with pytest.raises(InvalidChange) as caught:
        create_account(actor=boss, address=text)
    assert caught.value.field == "address"
    assert ChannelAccount.objects.count() == 1


def test_nobody_but_administrators_changes_an_address(lead, account, item):
    actor = as_actor(lead)
    for refused in (
        lambda: create_account(actor=actor, address="x@example.com"),
        lambda: update_account(actor=actor, account_id=account.pk, changes=AccountChanges()),
        lambda: make_default(actor=actor, account_id=account.pk),
        lambda: activate_account(actor=actor, account_id=account.pk),
        lambda: deactivate_account(actor=actor, account_id=account.pk),
        lambda: remove_account(actor=actor, account_id=account.pk),
        lambda: set_outgoing(
            actor=actor, account_id=account.pk, draft=OutgoingDraft(kind="default")
        ),
        lambda: rotate_webhook_secret(actor=actor, account_id=account.pk, provider="mailgun"),
        lambda: clear_webhook_secret(actor=actor, account_id=account.pk),
        lambda: retry_account(actor=actor, account_id=account.pk),
        lambda: retry_item(actor=actor, item_id=item.pk),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert ChannelAccount.objects.count() == 1
    assert not OutgoingServer.objects.exists()


def test_an_address_that_is_gone_says_so(boss):
    with pytest.raises(AccountGone):
        update_account(actor=boss, account_id=1, changes=AccountChanges())


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "klingon!"), ("brand_color", "red"), ("signature", "x" * 10_001)],
)
def test_what_cannot_be_saved_names_its_field(boss, account, field, value):
    with pytest.raises(InvalidChange) as caught:
        update_account(actor=boss, account_id=account.pk, changes=AccountChanges(**{field: value}))
    assert caught.value.field == field


def test_making_an_address_the_default_takes_it_from_the_other(boss, account):
    second = create_account(actor=boss, address="billing@example.com")
    make_default(actor=boss, account_id=second.pk)
    account.refresh_from_db()
    assert not account.is_default
    forget_accounts()
    assert default_account().address == "billing@example.com"


def test_the_default_address_cannot_be_switched_off_or_removed(boss, account):
    for act in (deactivate_account, remove_account):
        with pytest.raises(InvalidChange):
            act(actor=boss, account_id=account.pk)
    account.refresh_from_db()
    assert account.is_active


@pytest.mark.django_db(transaction=True)
def test_a_switched_off_address_takes_no_mail_until_it_is_switched_on(boss, account):
    second = create_account(actor=boss, address="billing@example.com")
    assert account_of("billing@example.com") == second
    deactivate_account(actor=boss, account_id=second.pk)
    assert account_of("billing@example.com") is None
    with pytest.raises(InvalidChange):
        make_default(actor=boss, account_id=second.pk)
    activate_account(actor=boss, account_id=second.pk)
    assert account_of("billing@example.com") == second


def test_an_address_with_mail_cannot_be_removed_one_without_can(boss, account, item):
    second = create_account(actor=boss, address="billing@example.com")
    make_default(actor=boss, account_id=second.pk)
    with pytest.raises(InvalidChange):
        remove_account(actor=boss, account_id=account.pk)
    make_default(actor=boss, account_id=account.pk)
    remove_account(actor=boss, account_id=second.pk)
    assert list(ChannelAccount.objects.all()) == [account]


def smtp(**values):
    return OutgoingDraft(
        **{"kind": "smtp", "host": "smtp.example.com", "username": "us", "password": "x", **values}
    )


def test_a_password_is_sealed_and_stays_when_none_is_given(boss, account):
    set_outgoing(actor=boss, account_id=account.pk, draft=smtp(password="pass-word"))
    server = set_outgoing(actor=boss, account_id=account.pk, draft=smtp(port=465, password=None))
    assert "pass-word" not in server.sealed_password
    assert unseal(server.sealed_password) == "pass-word"
    assert server.port == 465


def test_a_stored_password_goes_to_no_other_server(boss, account):
    set_outgoing(actor=boss, account_id=account.pk, draft=smtp(password="pass-word"))
    for elsewhere in ({"host": "evil.example"}, {"username": "other"}):
        with pytest.raises(InvalidChange) as caught:
            set_outgoing(actor=boss, account_id=account.pk, draft=smtp(password=None, **elsewhere))
        assert caught.value.field == "password"
    server = OutgoingServer.objects.get()
    assert (server.host, server.username) == ("smtp.example.com", "us")


def test_secrets_are_no_part_of_what_a_draft_says_of_itself():
    assert "hush" not in repr(smtp(password="hush", provider_settings={"api_key": "hush"}))


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("kind", OutgoingDraft(kind="pigeon")),
        ("host", smtp(host="smtp example")),
        ("host", smtp(host="")),
        ("port", smtp(port=70_000)),
        ("security", smtp(security="hope")),
        ("provider", OutgoingDraft(kind="provider")),
    ],
)
def test_a_server_that_cannot_work_is_refused_at_its_field(boss, account, field, draft):
    with pytest.raises(InvalidChange) as caught:
        set_outgoing(actor=boss, account_id=account.pk, draft=draft)
    assert caught.value.field == field
    assert not OutgoingServer.objects.exists()


def test_a_new_webhook_secret_replaces_the_old_one(boss, account):
    first = rotate_webhook_secret(actor=boss, account_id=account.pk, provider="mailgun")
    second = rotate_webhook_secret(actor=boss, account_id=account.pk, provider="mailgun")
    server = OutgoingServer.objects.get()
    assert first != second
    assert unseal(server.sealed_webhook_secret) == second
    assert server.kind == "default"
    clear_webhook_secret(actor=boss, account_id=account.pk)
    server.refresh_from_db()
    assert server.sealed_webhook_secret == ""


def test_a_failed_message_is_tried_again_at_once_a_processed_one_is_not(boss, item):
    later = item.next_attempt_at.replace(year=2040)
    InboundItem.objects.update(next_attempt_at=later)
    assert retry_item(actor=boss, item_id=item.pk).next_attempt_at < later
    InboundItem.objects.update(fate=Fate.COMMENT)
    with pytest.raises(ItemGone):
        retry_item(actor=boss, item_id=item.pk)


def test_the_sender_may_knock_again_at_once(boss, account):
    set_outgoing(actor=boss, account_id=account.pk, draft=smtp())
    OutgoingServer.objects.update(retry_at=clock.now())
    retry_account(actor=boss, account_id=account.pk)
    assert OutgoingServer.objects.get().retry_at is None
