"""Each address's mail by its own way: logins, faults, and what waits when nothing can leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels_in.actions import send_due
from channels_in.email import send as sending
from channels_in.email.sending import smtp
from channels_in.models import LocalMail, Login, OAuthGrant, OutgoingServer, Security
from core import clock
from core.crypto import seal
from tests.channels_in.conftest import Arrive
from tests.channels_in.sending.conftest import PASSWORD, TOKEN, USER, Sink
from tickets.models import Delivery, DeliveryState, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]


def test_an_address_with_a_server_of_its_own_signs_in_there(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    arrive()
    send_due()

    assert len(sink.mails) == 1
    assert sink.logins == ["PLAIN"]
    assert sink.envelopes[0].mail_from.startswith("support+b")
    assert Delivery.objects.get().state == DeliveryState.SENT
    own_server.refresh_from_db()
    assert own_server.sent_at is not None
    assert LocalMail.objects.count() == 0


def test_a_batch_needs_one_connection(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    for number in range(5):
        arrive(sender=f"person{number}@x.example")
    send_due()

    assert len(sink.mails) == 5
    assert len(sink.logins) == 1


def test_a_refused_login_is_shown_and_its_mail_waits_while_other_mail_leaves(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink, billing_address
) -> None:
    sink.accepts_login = False
    arrive(sender="one@x.example")
    arrive(sender="two@x.example")
    other = arrive(sender="three@x.example").ticket
    Ticket.objects.filter(pk=other.pk).update(recipient="billing@example.com")

    while send_due():
        pass

    own_server.refresh_from_db()
    assert "refuses the user name or password" in own_server.error
    assert PASSWORD not in own_server.error
    assert own_server.failures == 1
    assert own_server.retry_at > clock.now() + timedelta(minutes=4)
    assert len(sink.logins) == 1, "nobody knocks again before it is time"
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    assert {row.address for row in waiting} == {"one@x.example", "two@x.example"}
    assert {row.attempts for row in waiting} == {0}
    assert all("refuses" in row.error for row in waiting)
    assert Delivery.objects.get(address="three@x.example").state == DeliveryState.SENT


def test_what_waited_leaves_when_the_login_works_again(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    sink.accepts_login = False
    arrive()
    send_due()
    sink.accepts_login = True

    with clock.frozen(clock.now() + timedelta(minutes=10)):
        send_due()

    assert len(sink.mails) == 1
    own_server.refresh_from_db()
    assert (own_server.error, own_server.failures, own_server.retry_at) == ("", 0, None)


def test_pauses_grow_but_never_beyond_an_hour(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    sink.accepts_login = False
    arrive()
    instant = clock.now()
    waits = []
    for _ in range(7):
        with clock.frozen(instant):
            send_due()
        own_server.refresh_from_db()
        waits.append(own_server.retry_at - instant)
        instant = own_server.retry_at + timedelta(seconds=1)

    assert waits[0] < timedelta(minutes=6)
    assert waits[-1] < timedelta(minutes=67)
    assert waits[-1] > timedelta(minutes=50)
    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_a_dead_host_costs_no_attempt(arrive: Arrive, own_server: OutgoingServer) -> None:
    OutgoingServer.objects.update(port=1)
    arrive()
    send_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.QUEUED, 0)
    own_server.refresh_from_db()
    assert "No mail server answers at 127.0.0.1, port 1" in own_server.error


def test_a_password_that_cannot_be_read_stops_the_route(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    OutgoingServer.objects.update(sealed_password="garbage")
    arrive()
    send_due()

    own_server.refresh_from_db()
    assert "SECRET_KEY has changed" in own_server.error
    assert sink.logins == []
    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_starttls_that_is_not_offered_is_not_done_without(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    OutgoingServer.objects.update(security=Security.STARTTLS)
    arrive()
    send_due()

    own_server.refresh_from_db()
    assert "no STARTTLS" in own_server.error
    assert sink.logins == sink.envelopes == []


def test_oauth_signs_in_with_the_token(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink, monkeypatch
) -> None:
    now = clock.now()
    grant = OAuthGrant.objects.create(
        token_url="https://token.example/", client_id="c", sealed_refresh_token=seal("r"),
        created_at=now, updated_at=now,
    )  # fmt: skip
    OutgoingServer.objects.update(login=Login.OAUTH2, grant=grant, sealed_password="")
    asked: list[str] = []

    def token(grant_id: int, *, instead_of: str = "") -> str:
        asked.append(instead_of)
        return TOKEN if instead_of else "stale"

    monkeypatch.setattr(smtp, "access_token", token)
    arrive()
    send_due()

    assert asked == ["", "stale"], "a refused token is renewed once"
    assert sink.logins == ["XOAUTH2", "XOAUTH2"]
    assert len(sink.mails) == 1
    assert USER  # the user stands in the token's words, which the sink compares


def test_a_line_that_ends_before_the_message_is_tried_again(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    sink.drops_at_mail = True
    arrive()
    send_due()

    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.QUEUED, "the server never saw the message"


def test_a_line_that_ends_after_the_message_is_not_known(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    sink.drops_after_data = True
    arrive()
    send_due()

    assert Delivery.objects.get().state == DeliveryState.UNKNOWN
    send_due()
    assert len(sink.envelopes) == 1


def test_a_server_that_accepts_too_slowly_is_not_known(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink, monkeypatch
) -> None:
    monkeypatch.setattr(smtp, "ACCEPT_SECONDS", 0.3)
    sink.wait = 1.0
    arrive()
    send_due()

    assert Delivery.objects.get().state == DeliveryState.UNKNOWN


def test_what_there_was_no_time_for_waits_without_a_mark(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink, monkeypatch
) -> None:
    monkeypatch.setattr(sending, "BATCH_SECONDS", -1)
    arrive()
    send_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.QUEUED, 0)


def test_an_authentication_that_is_wanted_late_is_the_routes_trouble(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink
) -> None:
    sink.refusals = ["530 5.7.0 authentication required"]
    arrive()
    send_due()

    assert Delivery.objects.get().state == DeliveryState.QUEUED
    own_server.refresh_from_db()
    assert own_server.error.startswith("530")


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ("451 4.7.1 greylisted", DeliveryState.QUEUED),
        ("421 4.3.2 going down", DeliveryState.QUEUED),
        ("550 5.1.1 no such user", DeliveryState.FAILED),
        ("554 5.7.1 spam", DeliveryState.FAILED),
    ],
)
def test_replies_mean_what_the_standard_says(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink, reply, state
) -> None:
    sink.refusals = [reply]
    arrive()
    send_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (state, 1)
    assert reply[4:] in delivery.error


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "169.254.169.254", "0x7f000001", "[::1]", "10.0.0.1"]
)
def test_attack_44_a_host_within_our_network_is_not_spoken_to(
    arrive: Arrive, own_server: OutgoingServer, sink: Sink, settings, host
) -> None:
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = False
    OutgoingServer.objects.update(host=host)
    arrive()
    send_due()

    own_server.refresh_from_db()
    assert "not on the public internet" in own_server.error
    assert sink.knocks == 0
    assert Delivery.objects.get().state == DeliveryState.QUEUED
