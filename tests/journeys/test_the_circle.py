"""The main job in a real browser on a whole house; nothing mocked.

Mail in, a ticket, an answer out, a reply in; two colleagues at one ticket; a server that is killed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect, sync_playwright

from helpdesk import settings
from tests.browser.pages import wait_until_usable
from tests.journeys.house import House, free_port, running, wait_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

expect.set_options(timeout=15_000)
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


@pytest.fixture(scope="module")
def provider() -> Iterator[tuple[CustomersMailServer, int]]:
    handler, port = CustomersMailServer(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, provider: tuple[CustomersMailServer, int]
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("circle")
    with running(folder, EMAIL_URL=f"smtp://127.0.0.1:{provider[1]}") as house:
        yield house


@pytest.fixture
def sign_in(house: House) -> Iterator[Callable[[str], Page]]:
    """`sign_in("alice")`: her window, from the sign-in page to home."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )

        def make(person: str) -> Page:
            context = browser.new_context(base_url=house.url)
            context.set_default_timeout(20_000)
            page = context.new_page()
            page.goto("/")
            enter(page, person)
            page.wait_for_url("**/home/")
            return page

        yield make
        browser.close()


def enter(page: Page, person: str) -> None:
    """Fill the form of the sign-in page."""
    page.get_by_label("E-mail").fill(f"{person}@example.com")
    page.get_by_label("Password").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_customer_and_an_agent_write_to_each_other(
    house: House, provider: tuple[CustomersMailServer, int], sign_in: Callable[[str], Page]
) -> None:
    mailbox = provider[0]
    page = sign_in("alice")
    page.goto("/views/")
    page.get_by_role("link", name="Unassigned").click()
    page.wait_for_load_state("networkidle")

    # A customer writes with any mail program.
    house.send(_mail("Kettle is smoking", "<kettle-1@customers.example>", "It smells burnt."))

    # The open list offers the ticket without being reloaded.
    page.get_by_role("link", name="1 new ticket").click()
    page.get_by_role("link", name="Kettle is smoking").click()
    expect(page.get_by_text("It smells burnt.").first).to_be_visible()

    # The agent answers.
    wait_until_usable(page)
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

    assert (
        house.value("SELECT count(*) FROM tickets_ticket WHERE subject ILIKE '%kettle is smok%'")
        == 1
    )
    # One acknowledgement to her; her answer was told to the agent. The lead hears of other tickets.
    automatic = [
        str(mail["To"])
        for mail in mailbox.mails
        if mail["Auto-Submitted"] == "auto-replied"
        and ("erin" in str(mail["To"]) or "Kettle" in str(mail["Subject"]))
    ]
    assert ["erin" in to for to in automatic if "lead@" not in to] == [True, False]
    assert "Traceback" not in house.log.read_text()


def test_two_colleagues_at_one_ticket_see_each_other_and_lose_no_words(
    house: House, sign_in: Callable[[str], Page]
) -> None:
    house.send(_mail("Lid is loose", "<lid-1@customers.example>", "It fell off."))
    path = f"/tickets/{_ticket_of(house, 'lid-1')}/"
    alice, bob = sign_in("alice"), sign_in("bob")
    for page in (alice, bob):
        page.goto(path)
    alice.locator(".rich-area").press_sequentially("Half a sentence")
    expect(bob.locator(".viewers")).to_contain_text("Alice is typing")
    bob.locator(".rich-area").press_sequentially("I look into it.")
    expect(alice.locator(".viewers")).to_contain_text("Bob is typing")
    bob.keyboard.press("Control+Enter")

    # Alice is told before she sends anything, and keeps what she wrote.
    notice = alice.locator(".meanwhile")
    expect(notice).to_contain_text("New while you are writing")
    expect(notice).to_contain_text("I look into it.")
    expect(alice.locator(".rich-area")).to_have_text("Half a sentence")
    house.send(
        _mail(
            "Re: Lid is loose",
            "<lid-2@customers.example>",
            "The hinge, too.",
            in_reply_to="<lid-1@customers.example>",
        )  # fmt: skip
    )
    expect(notice).to_contain_text("The hinge, too.")
    notice.get_by_role("button", name="Got it, keep writing").click()
    expect(notice).to_have_count(0)
    expect(alice.locator(".rich-area")).to_be_focused()
    alice.keyboard.type(" is whole now.")
    alice.keyboard.press("Control+Enter")
    expect(alice.locator(".msg.agent").last).to_contain_text("Half a sentence is whole now.")


def test_a_draft_outlives_the_web_server_the_tab_and_the_sign_in(
    house: House, sign_in: Callable[[str], Page]
) -> None:
    house.send(_mail("Cord is short", "<cord-1@customers.example>", "Too short."))
    path = f"/tickets/{_ticket_of(house, 'cord-1')}/"
    page = sign_in("alice")
    page.goto(path)
    page.locator(".rich-area").press_sequentially("One metre")
    state = page.locator("[data-draft-state]")
    expect(state).to_have_text("Draft saved")

    assert house.kill("uvicorn") >= 1
    page.keyboard.type(" is all there is")
    expect(state).to_have_text("No connection: the draft is kept in this browser")
    expect(state).to_have_text("Draft saved", timeout=30_000)  # supervisor has started it again

    page.close(run_before_unload=False)
    house.execute("DELETE FROM django_session")
    page = page.context.new_page()
    page.goto(path)
    enter(page, "alice")
    expect(page.locator(".rich-area")).to_have_text("One metre is all there is")
    page.locator(".rich-area").press("Control+Enter")
    expect(page.locator(".msg.agent").last).to_contain_text("One metre is all there is")


def _ticket_of(house: House, message: str) -> int:
    query = "SELECT ticket_id FROM tickets_comment WHERE message_id = '{}@customers.example'"
    query = query.format(message)
    wait_for(lambda: house.value(query), 30, house.log.read_text)
    return int(house.value(query))


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
