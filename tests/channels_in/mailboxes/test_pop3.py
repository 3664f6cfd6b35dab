"""POP3 against a real dovecot."""

from __future__ import annotations

import threading

import pytest

from channels_in import funnel
from channels_in.actions.fetching import Lease
from channels_in.email.mailboxes import pop3_reading
from channels_in.email.mailboxes.visits import visit
from channels_in.models import InboundItem
from tests.channels_in.conftest import make_mail
from tests.channels_in.mailboxes.conftest import claim, fetch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drop(connect, post):
    """Connect the maildrop of the user: `drop(afterwards="delete")`."""
    return lambda **overrides: connect(
        **{"protocol": "pop3", "port": post.server.pop3s, "afterwards": "delete", **overrides}
    )


def subjects() -> list[str]:
    funnel.process_due()
    return list(InboundItem.objects.order_by("id").values_list("subject", flat=True))


def test_mail_is_fetched_byte_for_byte_and_deleted(drop, post):
    mail = make_mail(subject="Dots", text=".\n..\n.one\n" + "x" * 5000)
    post.put(mail)

    mailbox = fetch(drop())

    assert bytes(InboundItem.objects.get().raw) == mail
    assert post.flags() == []
    assert mailbox.error == ""


def test_the_same_mail_by_imap_and_pop3_is_one(drop, connect, post):
    post.put(make_mail())
    fetch(connect())

    fetch(drop())

    assert InboundItem.objects.count() == 1


def test_mail_that_is_left_begins_from_now_on_and_is_fetched_once(drop, post):
    post.put(make_mail(subject="Of old"))
    mailbox = fetch(drop(afterwards="leave"))
    post.put(make_mail(subject="Of today"))

    fetch(fetch(mailbox))

    assert subjects() == ["Of today"]
    assert len(post.flags()) == 2
    assert len(mailbox.seen_uidls) == 2


def test_the_list_of_known_mail_is_no_longer_than_the_maildrop(drop, post):
    mailbox = fetch(drop(afterwards="leave"))
    post.put(make_mail(), make_mail())
    fetch(mailbox)
    with post.client() as client:
        client.select_folder("INBOX")
        client.delete_messages([1])
        client.expunge()

    fetch(mailbox)

    assert len(mailbox.seen_uidls) == 1


@pytest.mark.parametrize("step", ["before storing", "after storing", "before deleting"])
def test_an_interruption_at_any_step_loses_and_doubles_nothing(drop, post, monkeypatch, step):
    mailbox = fetch(drop())
    post.put(make_mail(subject="One"), make_mail(subject="Two"))
    module, name = {
        "before storing": (pop3_reading, "store"),
        "after storing": (Lease, "advance"),
        "before deleting": (pop3_reading.pop3.Connection, "dele"),
    }[step]

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        with pytest.raises(KeyboardInterrupt):
            visit(claim(mailbox), threading.Event(), may_wait=False)
    mailbox.refresh_from_db()

    fetch(mailbox)

    assert subjects() == ["One", "Two"]
    assert post.flags() == []


def test_a_message_that_is_too_large_is_suspended_and_never_deleted(drop, post, settings):
    settings.MAIL_MAX_BYTES = 10_000
    post.put(make_mail(subject="A film", text=("y" * 70 + "\n") * 300), make_mail(subject="A line"))

    mailbox = fetch(fetch(drop()))

    assert subjects() == ["A film", "A line"]
    assert InboundItem.objects.order_by("id").first().reason == "too_large"
    assert len(post.flags()) == 1
    assert mailbox.error == ""


def test_starttls_works(drop, post):
    post.put(make_mail(subject="Safe"))

    fetch(drop(security="starttls", port=post.server.pop3))

    assert subjects() == ["Safe"]
