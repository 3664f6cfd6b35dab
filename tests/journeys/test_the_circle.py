"""The main job in a real browser: mail in, a ticket, an answer out, a reply in; nothing mocked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from helpdesk import settings
from tests.journeys.house import House, free_port, running, wait_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.circle,
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM or os.environ.get("CI")),
        reason="there is no Chromium here; install it (Debian: apt install chromium) to run this",
    ),
]


class CustomersMailServer:
    """Takes the mail that the help desk sends, as the customer's provider would."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        self.mails.append(mail)
        return "250 taken"

    def answers(self) -> list[EmailMessage]:
        """What people wrote, without acknowledgements."""
        return [mail for mail in self.mails if mail["Auto-Submitted"] is None]


@pytest.fixture
def provider() -> Iterator[tuple[CustomersMailServer, int]]:
    handler, port = CustomersMailServer(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def house(tmp_path: Path, provider: tuple[CustomersMailServer, int]) -> Iterator[House]:
    with running(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{provider[1]}") as house:
        yield house


def test_a_customer_and_an_agent_write_to_each_other(
    house: House, provider: tuple[CustomersMailServer, int]
) -> None:
    from playwright.sync_api import expect, sync_playwright

    mailbox = provider[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{house.url}/")
        page.get_by_label("E-mail").fill("alice@example.com")
        page.get_by_label("Password").fill(settings.DEMO_PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/home/")
        page.goto(f"{house.url}/views/")
        page.get_by_role("link", name="Unassigned").click()
        page.wait_for_load_state("networkidle")

        # A customer writes with any mail program.
        house.send(_mail("Kettle is smoking", "<kettle-1@customers.example>", "It smells burnt."))

        # The open list offers the ticket without being reloaded.
        page.get_by_role("link", name="1 new ticket").click()
        page.get_by_role("link", name="Kettle is smoking").click()
        expect(page.get_by_text("It smells burnt.").first).to_be_visible()

        # The agent answers.
        composer = page.get_by_role("textbox", name="Message")
        composer.fill("Please unplug it.\n\nA new one is on its way.")
        page.get_by_role("button", name="Submit as").first.click()
        expect(page.locator("article", has_text="A new one is on its way.")).to_be_visible()

        # The answer is a mail.
        wait_for(lambda: bool(mailbox.answers()), 30, house.log.read_text)
        answer = mailbox.answers()[0]
        assert answer["To"].addresses[0].addr_spec == "erin@customers.example"
        assert answer["Subject"] == "Re: Kettle is smoking"
        assert answer["In-Reply-To"] == "<kettle-1@customers.example>"
        assert "A new one is on its way." in answer.get_body(("plain",)).get_content()

        # The customer answers it, and the open page shows that without being reloaded.
        reply = _mail(
            str(answer["Subject"]), "<kettle-2@customers.example>", "It is unplugged, thank you!",
            to=str(answer["Reply-To"]), in_reply_to=str(answer["Message-ID"]),
        )  # fmt: skip
        house.send(reply, recipient=str(answer["Reply-To"]))
        expect(page.get_by_text("It is unplugged, thank you!").first).to_be_visible()
        browser.close()

    assert (
        house.value("SELECT count(*) FROM tickets_ticket WHERE subject ILIKE '%kettle is smok%'")
        == 1
    )
    # One acknowledgement to her; her answer was told to the agent. The lead hears of other tickets.
    automatic = [str(m["To"]) for m in mailbox.mails if m["Auto-Submitted"] == "auto-replied"]
    assert ["erin" in to for to in automatic if "lead@" not in to] == [True, False]
    assert "Traceback" not in house.log.read_text()


def _mail(
    subject: str, message_id: str, text: str, to: str = "support@example.com", in_reply_to: str = ""
) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Erin Customer <erin@customers.example>"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = message_id
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0000"
    if in_reply_to:
        mail["In-Reply-To"] = mail["References"] = in_reply_to
    mail.set_content(text)
    return mail.as_bytes(policy=policy.SMTP)
