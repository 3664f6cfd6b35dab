"""What is wrong is said in a sentence, without secrets, and asked again politely."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta

import pytest

from channels_in.actions.fetching import _wait
from channels_in.email.mailboxes import MailboxError, connections, probe
from channels_in.models import InboundItem
from core import clock
from core.crypto import seal
from tests.channels_in.conftest import free_port, make_mail
from tests.channels_in.mailboxes.conftest import fetch
from tests.channels_in.mailboxes.dovecot import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = "wr0ng secret"


@pytest.mark.parametrize("protocol", ["imap", "pop3"])
def test_a_wrong_password_is_said_and_not_tried_again_soon(connect, post, protocol):
    port = post.server.imaps if protocol == "imap" else post.server.pop3s
    mailbox = connect(protocol=protocol, port=port, sealed_password=seal(WRONG))

    fetch(mailbox)

    assert "refuses the user name or password" in mailbox.error
    assert post.name in mailbox.error
    assert WRONG not in mailbox.error
    assert mailbox.failures == 1
    assert mailbox.failed_at is not None
    assert mailbox.next_check_at > clock.now() + timedelta(minutes=7)
    assert mailbox.checked_at is None


def test_the_right_password_clears_the_failure(connect, post):
    mailbox = fetch(connect(sealed_password=seal(WRONG)))
    mailbox.sealed_password = seal(PASSWORD)
    mailbox.save()

    fetch(mailbox)

    assert (mailbox.error, mailbox.failures, mailbox.failed_at) == ("", 0, None)


def test_a_password_that_cannot_be_unsealed_is_said(connect):
    assert "Enter it again" in fetch(connect(sealed_password="not sealed by us")).error


def test_a_dead_host_is_said(connect):
    assert "No mail server answers at localhost" in fetch(connect(port=free_port())).error


def test_an_unknown_host_is_said(connect):
    mailbox = fetch(connect(host="no-such-host.invalid"))

    assert mailbox.error == "There is no server with the name no-such-host.invalid. Check the name."


def test_a_server_that_says_nothing_is_left_in_time(connect, monkeypatch):
    monkeypatch.setattr(connections, "ANSWER_SECONDS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        mailbox = fetch(connect(security="none", port=silent.getsockname()[1]))

    assert "did not answer in time" in mailbox.error


def test_a_certificate_of_another_name_is_said(connect):
    assert "made out for another name" in fetch(connect(host="127.0.0.1")).error


def test_a_certificate_of_nobody_known_is_said(connect, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    assert "issued by nobody this machine knows" in fetch(connect()).error


def test_tls_at_a_port_without_it_is_said(connect, post):
    assert "does not speak TLS" in fetch(connect(port=post.server.imap)).error


def test_a_wrong_folder_is_said_with_the_folders_there_are(connect, post):
    with post.client() as client:
        client.create_folder("Anfragen")

    mailbox = fetch(connect(folder="Helpdesk"))

    assert mailbox.error == (
        "There is no folder “Helpdesk” in this mailbox. There are: “Anfragen”, “INBOX”."
    )


def test_servers_on_private_networks_need_the_operators_leave(connect, settings, post):
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = False
    post.put(make_mail())

    mailbox = fetch(connect())

    assert "MAIL_SERVERS_ON_PRIVATE_NETWORKS" in mailbox.error
    assert not InboundItem.objects.exists()


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "::ffff:169.254.1.1"])  # noqa: S104
def test_metadata_and_link_local_addresses_are_never_spoken_to(connect, host):
    assert "not spoken to" in fetch(connect(host=host)).error


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "127.1", "::ffff:127.0.0.1"])
def test_other_notations_of_this_machine_are_seen_through(connect, settings, host):
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = False

    assert "not spoken to" in fetch(connect(host=host)).error


def test_without_encryption_only_this_machine_is_spoken_to(connect, monkeypatch, post):
    monkeypatch.setattr(connections, "_is_loopback", lambda sock: False)

    mailbox = fetch(connect(security="none", port=post.server.imap))

    assert "Without encryption only a server on this machine is used" in mailbox.error


def test_probing_counts_and_names_and_changes_nothing(connect, post):
    post.put(make_mail(), make_mail())
    mailbox = connect()

    found = probe(mailbox)
    of_pop3 = probe(connect(protocol="pop3", port=post.server.pop3s))

    assert (found.messages, found.folders, found.has_idle) == (2, ("INBOX",), True)
    assert (of_pop3.messages, of_pop3.folders) == (2, ())
    assert post.flags() == [(), ()]
    mailbox.sealed_password = seal(WRONG)
    with pytest.raises(MailboxError, match="refuses"):
        probe(mailbox)


def test_a_hostile_answer_ends_the_visit_not_the_fetching(connect):
    """A server that announces more than any message may have."""
    with socket.socket() as hostile:
        hostile.bind(("127.0.0.1", 0))
        hostile.listen()
        threading.Thread(target=_answer_hostile, args=(hostile,), daemon=True).start()

        mailbox = fetch(connect(security="none", port=hostile.getsockname()[1]))

    assert "broke off" in mailbox.error


def _answer_hostile(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    connection.sendall(b"* OK [CAPABILITY IMAP4rev1] hello\r\n* X {99999999999}\r\n")
    connection.recv(1000)


def test_waits_grow_and_stay_bounded():
    assert 12 <= _wait(1, is_refusal=False) <= 18
    assert 24 <= _wait(2, is_refusal=False) <= 36
    assert _wait(50, is_refusal=False) <= 1.2 * 1800
    assert 480 <= _wait(1, is_refusal=True) <= 720
    assert 1.2 * 1800 < _wait(50, is_refusal=True) <= 1.2 * 4 * 3600
