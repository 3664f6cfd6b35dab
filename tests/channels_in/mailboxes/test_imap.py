"""IMAP against a real dovecot: fetched once, whatever happens in between."""

from __future__ import annotations

import hashlib
import threading

import pytest
from django.db import OperationalError

from channels_in import funnel
from channels_in.actions.fetching import Lease, claim_mailboxes
from channels_in.email.mailboxes import imap_reading, storing
from channels_in.email.mailboxes.visits import visit
from channels_in.models import InboundItem, Mailbox
from core import clock
from tests.channels_in.conftest import make_mail
from tests.channels_in.mailboxes.conftest import claim, fetch

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = (rb"\Seen",)


def subjects() -> list[str]:
    """What came in, in the order of arrival, as the funnel understands it."""
    funnel.process_due()
    return list(InboundItem.objects.order_by("id").values_list("subject", flat=True))


def test_unread_mail_is_fetched_byte_for_byte_and_marked(connect, post):
    mail = make_mail(subject="Ünread")
    post.put(make_mail(subject="Read long ago"), flags=SEEN)
    post.put(mail)

    mailbox = fetch(connect())

    item = InboundItem.objects.get()
    assert bytes(item.raw) == mail
    assert item.external_id == hashlib.sha256(mail).hexdigest()
    assert (item.envelope["via"], item.envelope["to"]) == ("imap", ["support@example.com"])
    assert post.flags() == [SEEN, SEEN]
    assert (mailbox.last_uid, mailbox.error, mailbox.failures) == (2, "", 0)
    assert mailbox.checked_at is not None
    assert mailbox.fetched_at is not None


def test_what_comes_later_is_fetched_even_when_somebody_has_read_it(connect, post):
    mailbox = fetch(connect())
    post.put(make_mail(subject="Read on a phone"), flags=SEEN)

    fetch(mailbox)

    mailbox.refresh_from_db()
    assert mailbox.error == ""
    assert subjects() == ["Read on a phone"]


def test_mail_that_is_left_begins_from_now_on_and_stays_unread(connect, post):
    post.put(make_mail(subject="Of old"))
    mailbox = fetch(connect(afterwards="leave"))
    post.put(make_mail(subject="Of today"))

    fetch(mailbox)

    assert subjects() == ["Of today"]
    assert post.flags() == [(), ()]


def test_mail_is_moved_into_a_folder_that_is_made_for_it(connect, post):
    post.put(make_mail(subject="One"), flags=SEEN)
    post.put(make_mail(subject="Two"))

    fetch(connect(afterwards="move", move_to="Öffentlich erledigt"))

    assert subjects() == ["One", "Two"]
    assert post.flags() == []
    assert len(post.flags("Öffentlich erledigt")) == 2


@pytest.mark.parametrize("missing", [("MOVE",), ("MOVE", "UIDPLUS")])
def test_a_server_without_extensions_never_expunges_what_others_marked(
    connect, post, monkeypatch, missing
):
    monkeypatch.setattr(
        imap_reading.IMAPClient, "has_capability",
        lambda self, name, real=imap_reading.IMAPClient.has_capability: (
            name not in missing and real(self, name)
        ),
    )  # fmt: skip
    post.put(make_mail(subject="Somebody's"), flags=(rb"\Deleted",))
    post.put(make_mail(subject="Ours"))

    fetch(connect(afterwards="move", move_to="Done"))

    assert subjects() == ["Ours"]
    assert post.flags()[0] == (rb"\Deleted",)
    assert post.flags()[1:] == ([(rb"\Deleted",)] if "UIDPLUS" in missing else [])
    assert len(post.flags("Done")) == 1


def test_mail_is_deleted_after_it_is_stored(connect, post):
    post.put(make_mail(subject="Gone"), make_mail(subject="Gone too"))

    fetch(connect(afterwards="delete"))

    assert subjects() == ["Gone", "Gone too"]
    assert post.flags() == []


def test_the_same_mail_by_smtp_and_by_imap_is_one_comment(connect, post, arrive):
    mail = make_mail()
    arrive(mail)
    post.put(mail)

    fetch(connect())

    assert InboundItem.objects.count() == 1
    assert post.flags() == [SEEN]


def test_a_folder_made_anew_is_read_from_its_beginning_without_doubles(connect, post):
    first, second = make_mail(subject="First"), make_mail(subject="Second")
    with post.client() as client:
        client.create_folder("Help")
    post.put(first, folder="Help")
    mailbox = fetch(connect(folder="Help"))
    before = mailbox.uid_validity
    with post.client() as client:
        client.delete_folder("Help")
        client.create_folder("Help")
    post.put(first, folder="Help", flags=SEEN)
    post.put(second, folder="Help", flags=SEEN)

    fetch(mailbox)

    assert mailbox.uid_validity != before
    assert subjects() == ["First", "Second"]


@pytest.mark.parametrize("afterwards", ["seen", "move", "delete", "leave"])
@pytest.mark.parametrize("step", ["before storing", "after storing", "after acting"])
def test_an_interruption_at_any_step_loses_and_doubles_nothing(
    connect, post, monkeypatch, afterwards, step
):
    mailbox = fetch(connect(afterwards=afterwards, move_to="Done"))
    post.put(make_mail(subject="One"), make_mail(subject="Two"))
    module, name = {
        "before storing": (imap_reading, "store"),
        "after storing": (imap_reading, "_act"),
        "after acting": (Lease, "advance"),
    }[step]
    with monkeypatch.context() as patch:
        patch.setattr(module, name, _killed)
        with pytest.raises(KeyboardInterrupt):
            visit(claim(mailbox), threading.Event(), may_wait=False)
    mailbox.refresh_from_db()

    fetch(mailbox)

    assert subjects() == ["One", "Two"]
    left = {"seen": [SEEN, SEEN], "leave": [(), ()]}.get(afterwards, [])
    assert post.flags() == left


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_database_that_is_away_leaves_the_mail_where_it_is(connect, post, monkeypatch):
    post.put(make_mail(subject="Patient"))
    mailbox = connect()
    with monkeypatch.context() as patch:
        patch.setattr(storing, "receive", _no_database)
        fetch(mailbox)
    assert post.flags() == [()]
    assert mailbox.error == ""

    fetch(mailbox)

    assert subjects() == ["Patient"]


def _no_database(*_: object) -> None:
    raise OperationalError


def test_a_message_that_is_deleted_meanwhile_does_not_stop_the_others(connect, post, monkeypatch):
    post.put(make_mail(subject="One"), make_mail(subject="Two"), make_mail(subject="Three"))
    real = imap_reading._fetch

    def while_somebody_deletes(client, batch):
        with post.client() as other:
            other.select_folder("INBOX")
            other.delete_messages([2])
            other.uid_expunge([2])
        return real(client, batch)

    monkeypatch.setattr(imap_reading, "_fetch", while_somebody_deletes)

    mailbox = fetch(connect())

    assert subjects() == ["One", "Three"]
    assert mailbox.error == ""


@pytest.mark.parametrize("afterwards", ["seen", "delete"])
def test_a_message_that_is_too_large_is_seen_suspended_and_never_deleted(
    connect, post, settings, afterwards
):
    settings.MAIL_MAX_BYTES = 10_000
    post.put(make_mail(subject="A film", text="x" * 70 + "\n" + ("y" * 70 + "\n") * 300))
    post.put(make_mail(subject="A line"))

    fetch(connect(afterwards=afterwards))

    assert subjects() == ["A film", "A line"]
    large = InboundItem.objects.order_by("id").first()
    assert (large.fate, large.reason) == ("suspended", "too_large")
    assert large.size < 2_000
    assert len(post.flags()) == (2 if afterwards == "seen" else 1)


def test_five_hundred_messages_arrive_once_and_in_order(connect, post):
    mails = [make_mail(subject=f"Number {number}") for number in range(500)]
    for number, mail in enumerate(mails):
        (post.maildir / "new" / f"{1_700_000_000 + number}.M1P1.test").write_bytes(mail)
    post.server._own(post.maildir)

    mailbox = fetch(connect())

    assert InboundItem.objects.count() == 500
    assert subjects()[:3] == ["Number 0", "Number 1", "Number 2"]
    assert mailbox.last_uid == 500
    assert set(post.flags()) == {SEEN}


def test_two_pollers_never_read_one_mailbox_at_once(connect, post):
    post.put(*(make_mail(subject=f"{number}") for number in range(20)))
    mailbox = connect()
    leases: list[Lease] = []

    def poll() -> None:
        leases.extend(claim_mailboxes(limit=10))

    pollers = [threading.Thread(target=poll) for _ in range(4)]
    for poller in pollers:
        poller.start()
    for poller in pollers:
        poller.join()

    assert [lease.mailbox.pk for lease in leases] == [mailbox.pk]


def test_who_has_lost_the_mailbox_changes_nothing_on_the_server(connect, post, monkeypatch):
    post.put(make_mail(subject="Once"))
    mailbox = connect()
    late = claim(mailbox)
    Mailbox.objects.filter(pk=mailbox.pk).update(next_check_at=clock.now())

    visit(late, threading.Event(), may_wait=False)
    assert post.flags() == [()]
    fetch(mailbox)

    assert subjects() == ["Once"]
    assert post.flags() == [SEEN]


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_each_kind_of_encryption_works(connect, post, security):
    post.put(make_mail(subject="Safe"))
    port = post.server.imaps if security == "tls" else post.server.imap

    mailbox = fetch(connect(security=security, port=port))

    assert mailbox.error == ""
    assert subjects() == ["Safe"]
