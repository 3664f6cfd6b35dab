"""Behind a real mail server: postfix forwards the company's address to us and takes our answers."""

from __future__ import annotations

import json
import smtplib
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from tests.journeys.house import House, free_port, running, wait_for
from tests.journeys.postfix import Postfix, postfix, reason_against
from tests.tls import write_certificate

pytestmark = [
    pytest.mark.circle,
    pytest.mark.skipif(bool(reason_against()), reason=reason_against() or "postfix is here"),
]

ADDRESS = "support@example.com"


class World:
    """The customers' mail servers."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str, EmailMessage]] = []  # envelope sender, recipient, mail
        self.gone: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.gone:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        self.mails += [(envelope.mail_from, to, mail) for to in envelope.rcpt_tos]
        return "250 taken"

    def to(self, address: str, *, is_answer: bool) -> list[tuple[str, EmailMessage]]:
        """What a person got: acknowledgements, or what people wrote."""
        return [
            (sender, mail)
            for sender, to, mail in self.mails
            if to == address and (mail["Auto-Submitted"] is None) is is_answer
        ]


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[World, int]]:
    handler, port = World(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, world: tuple[World, int]
) -> Iterator[tuple[House, Postfix]]:
    """A help desk whose mail comes and goes through a postfix, encrypted on the way in."""
    port, folder = free_port(), tmp_path_factory.mktemp("desk")
    cert, key = write_certificate(folder)
    with (
        running(
            folder, "--no-demo", EMAIL_URL=f"smtp://127.0.0.1:{port}", UNDO_SEND_SECONDS="0",
            SMTP_TLS_CERT=str(cert), SMTP_TLS_KEY=str(key),
        ) as house,
        postfix(port=port, listener_port=house.smtp_port, world_port=world[1]) as server,
    ):  # fmt: skip
        yield house, server


def _write(
    server: Postfix, sender: str, number: int, text: str, to: str = ADDRESS, subject: str = "Kettle"
) -> None:
    """A customer's mail program hands a mail to the company's server."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = f"<{number}@customers.example>"
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0000"
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        client.send_message(mail, from_addr=sender, to_addrs=[to])


def _answer(house: House, token: str, ticket: int, text: str) -> None:
    request = urllib.request.Request(  # noqa: S310  our own house
        f"{house.url}/api/v2/tickets/{ticket}.json", method="PUT",
        data=json.dumps({"ticket": {"comment": {"body": text}}}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )  # fmt: skip
    urllib.request.urlopen(request, timeout=30).close()  # noqa: S310


def _ticket_of(house: House, number: int) -> int:
    query = "SELECT ticket_id FROM tickets_comment WHERE message_id LIKE '{}@customers%'"
    query = query.format(number)
    wait_for(lambda: house.value(query), 60, house.log.read_text)
    return int(house.value(query))


def test_a_conversation_and_a_dead_address_behind_a_postfix(
    desk: tuple[House, Postfix], world: tuple[World, int]
) -> None:
    house, server = desk
    customers = world[0]
    token = house.make_agent()
    erin, gone = "erin@customers.example", "gone@customers.example"

    # A customer writes to the company's address; the answer comes back through the same server.
    _write(server, erin, 1, "It smokes.")
    ticket = _ticket_of(house, 1)
    assert "TLS connection established to 127.0.0.1" in server.log()
    _answer(house, token, ticket, "Please unplug it.")
    wait_for(lambda: customers.to(erin, is_answer=True), 60, server.log)
    return_path, answer = customers.to(erin, is_answer=True)[0]
    assert return_path.startswith("support+b")
    assert answer["Reply-To"].addresses[0].username.startswith("support+")

    # Her answer goes to the tagged address and ends on the same ticket.
    _write(
        server, erin, 2, "Done, thank you.", to=str(answer["Reply-To"]), subject="Something else"
    )
    assert _ticket_of(house, 2) == ticket

    # An address that dies after the first mail: postfix reports it to the delivery's own address.
    _write(server, gone, 3, "Are you there?")
    other = _ticket_of(house, 3)
    wait_for(lambda: customers.to(gone, is_answer=False), 60, server.log)
    customers.gone.add(gone)
    _answer(house, token, other, "Yes, we are.")
    bounced = (
        "SELECT count(*) FROM tickets_delivery d JOIN tickets_comment c ON c.id = d.comment_id"
        " WHERE d.state = 'bounced' AND d.error LIKE '%550 5.1.1%' AND c.body LIKE 'Yes, we are.%'"
    )
    wait_for(lambda: house.value(bounced) == 1, 60, lambda: server.log() + house.log.read_text())

    assert house.value("SELECT count(*) FROM tickets_delivery WHERE state = 'bounced'") == 1
    assert house.rows("SELECT value FROM accounts_identity WHERE undeliverable_at IS NOT NULL") == [
        (gone,)
    ]
    assert house.value("SELECT count(*) FROM tickets_ticket") == 2
    assert house.value(
        "SELECT count(*) FROM channels_in_inbounditem WHERE fate NOT IN ('comment', 'bounce')"
    ) == 0  # fmt: skip
    wait_for(lambda: server.waiting() == 0, 30, server.log)
    assert "Traceback" not in house.log.read_text()


def test_postfix_keeps_mail_while_the_help_desk_is_away(desk: tuple[House, Postfix]) -> None:
    house, server = desk
    for number in range(10, 20):
        if number == 13:
            house.kill("listen_mail")
        _write(server, f"c{number}@customers.example", number, "Still there?")
    _write(server, "erin@customers.example", 30, "Typo", to="sport@example.com")

    known = "SELECT count(DISTINCT message_id) FROM tickets_comment WHERE message_id LIKE '1_@%'"
    wait_for(lambda: house.value(known) == 10, 90, server.log)
    assert house.value(known.replace("DISTINCT ", "")) == 10
    assert house.value("SELECT count(*) FROM tickets_comment WHERE message_id LIKE '30@%'") == 0
