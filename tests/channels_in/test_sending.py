"""Sending by a real SMTP server on loopback that refuses, fails and goes away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings

from channels_in.actions import send_due
from channels_in.email import send
from core import clock
from tests.channels_in.conftest import Arrive, free_port
from tests.factories import as_actor
from tickets.actions import claim_deliveries, note_lost_deliveries, retry_delivery
from tickets.models import Delivery, DeliveryState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account")]


class Server:
    """Takes every mail, or answers DATA with `refusal`."""

    def __init__(self) -> None:
        self.refusal = ""
        self.drops_connection = False
        self.taken: list[str] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        if self.drops_connection:
            server.transport.abort()
        if self.refusal:
            return self.refusal
        self.taken += envelope.rcpt_tos
        return "250 taken"


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield handler
    controller.stop()


def test_a_mail_is_sent_once(arrive: Arrive, server: Server) -> None:
    arrive()

    send_due()
    send_due()

    assert server.taken == ["carol.customer@nordwind.example"]
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_a_final_refusal_is_shown_with_the_servers_words(arrive: Arrive, server: Server) -> None:
    server.refusal = "550 5.1.1 no such user here"
    arrive()

    send_due()

    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.FAILED
    assert "no such user here" in delivery.error


def test_a_passing_refusal_is_tried_again_later(arrive: Arrive, server: Server) -> None:
    server.refusal = "451 4.7.1 greylisted"
    arrive()
    send_due()
    waiting = Delivery.objects.get()
    assert waiting.state == DeliveryState.QUEUED
    assert waiting.next_attempt_at > clock.now() + timedelta(seconds=30)

    server.refusal = ""
    with clock.frozen(waiting.next_attempt_at + timedelta(seconds=1)):
        send_due()

    assert server.taken == ["carol.customer@nordwind.example"]


def test_a_server_that_is_away_loses_nothing(arrive: Arrive) -> None:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    arrive()

    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):
        send_due()

    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_what_a_dead_worker_left_is_unknown_and_not_repeated(
    arrive: Arrive, server: Server, alice
) -> None:
    arrive()
    Delivery.objects.update(
        state=DeliveryState.SENDING, next_attempt_at=clock.now(), sent_at=clock.now()
    )

    note_lost_deliveries()
    send_due()

    lost = Delivery.objects.get()
    assert lost.state == DeliveryState.UNKNOWN
    assert server.taken == []

    retry_delivery(actor=as_actor(alice), delivery_id=lost.pk)
    send_due()
    assert server.taken == ["carol.customer@nordwind.example"]


def test_what_a_dead_worker_had_only_claimed_is_sent(arrive: Arrive, server: Server) -> None:
    arrive()
    (claimed,) = claim_deliveries(channel="email", limit=10)
    Delivery.objects.update(next_attempt_at=clock.now())

    note_lost_deliveries()
    send.send([claimed])  # the worker was not dead, only slow: it is not its own any more
    assert server.taken == []
    send_due()

    assert server.taken == ["carol.customer@nordwind.example"]
    assert Delivery.objects.get().attempts == 1


def test_a_line_that_goes_dead_while_sending_is_unknown_and_harms_no_other(
    arrive: Arrive, server: Server
) -> None:
    server.drops_connection = True
    arrive(sender="one@x.example")
    send_due()
    server.drops_connection = False
    arrive(sender="two@x.example")
    send_due()

    states = dict(Delivery.objects.values_list("address", "state"))
    assert states == {"one@x.example": "unknown", "two@x.example": "sent"}
    assert server.taken == ["one@x.example", "two@x.example"]  # it had arrived: once is enough


def test_a_message_that_cannot_be_composed_harms_no_other(
    arrive: Arrive, server: Server, monkeypatch
) -> None:
    real = send.compose

    def fragile(delivery: Delivery, **how: object) -> object:
        if delivery.address == "one@x.example":
            raise ValueError("the template is broken")
        return real(delivery, **how)

    monkeypatch.setattr(send, "compose", fragile)
    arrive(sender="one@x.example")
    arrive(sender="two@x.example")

    send_due()

    assert server.taken == ["two@x.example"]
    waiting = Delivery.objects.get(address="one@x.example")
    assert waiting.state == DeliveryState.QUEUED
    assert "the template is broken" in waiting.error
