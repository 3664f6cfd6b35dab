"""/dev/mail: what went out, shown and answered through a real listener on loopback."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from accounts.models import User
from channels_in import actions, funnel
from channels_in.accounts import default_account, forget_accounts
from channels_in.email import listener
from channels_in.models import InboundItem, LocalMail
from channels_in.receive import raw_bytes
from core import clock
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Ticket


@pytest.fixture(autouse=True)
def page_is_on(settings) -> None:
    settings.DEV_MAIL_PAGE = True
    settings.EMAIL_BACKEND = "channels_in.email.local_outbox.LocalOutbox"
    settings.SMTP_LISTEN = f"127.0.0.1:{_free_port()}"  # nobody listens unless `listening` is used


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def listening(transactional_db, settings) -> Iterator[None]:
    """The real listener at settings.SMTP_LISTEN, in a thread of its own."""
    forget_accounts()
    default_account()
    loop = asyncio.new_event_loop()
    task = loop.create_task(listener.serve(smtp=settings.SMTP_LISTEN, lmtp=""))

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=run)
    thread.start()
    host, _, port = settings.SMTP_LISTEN.partition(":")
    for _ in range(100):
        with suppress(OSError):
            socket.create_connection((host, int(port)), timeout=1).close()
            break
        threading.Event().wait(0.05)
    yield
    loop.call_soon_threadsafe(task.cancel)
    thread.join(10)
    connections.close_all()
    connection.close_pool()
    forget_accounts()


@pytest.fixture
def keep(db: None) -> Callable[..., LocalMail]:
    """`keep(subject="…", html="…")`: a mail in the local outbox."""

    def make(
        subject: str = "We have received your request (#7)",
        text: str = "It has the number 7.",
        html: str = "",
        file: tuple[str, bytes] | None = None,
        **headers: str,
    ) -> LocalMail:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = "BrightCart Support <support@example.com>"
        mail["To"] = "Carol Customer <carol@nordwind.example>"
        mail["Subject"] = subject
        mail["Message-ID"] = "<7-1-abc@example.com>"
        mail["Reply-To"] = "support+7-1-abc@example.com"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        if file:
            mail.add_attachment(
                file[1], maintype="application", subtype="octet-stream", filename=file[0]
            )
        return LocalMail.objects.create(
            sender="bounce@example.com", recipients=["carol@nordwind.example"], subject=subject,
            message_id="7-1-abc@example.com", raw=mail.as_bytes(), created_at=clock.now(),
        )  # fmt: skip

    return make


def arrived() -> EmailMessage:
    """The mail that the listener stored last."""
    return message_from_bytes(raw_bytes(InboundItem.objects.latest("id")), policy=SMTP)


# Whether the page is there at all


@pytest.mark.parametrize(
    "path",
    ["mail/", "mail/list/", "mail/new/", "mail/{pk}/", "mail/{pk}/files/0/"],
)
def test_without_the_setting_there_is_no_such_page(settings, keep, path: str) -> None:
    mail = keep(file=("a.txt", b"x"))
    assert Client().get(f"/dev/{path.format(pk=mail.pk)}").status_code == 200
    settings.DEV_MAIL_PAGE = False
    assert Client().get(f"/dev/{path.format(pk=mail.pk)}").status_code == 404


@pytest.mark.parametrize("path", ["mail/new/", "mail/{pk}/replies/"])
def test_without_the_setting_nothing_is_sent(settings, keep, path: str) -> None:
    settings.DEV_MAIL_PAGE = False
    data = {"body": "x", "sender": "a@b.example", "to": "support@example.com"}
    assert Client().post(f"/dev/{path.format(pk=keep().pk)}", data).status_code == 404


# What it shows


def test_the_latest_mail_stands_first(keep) -> None:
    keep(subject="The first")
    keep(subject="The second")
    html = Client().get("/dev/mail/").content.decode()
    assert html.index("The second") < html.index("The first")
    assert "carol@nordwind.example" in html


@pytest.mark.django_db
def test_an_empty_outbox_says_how_to_begin() -> None:
    assert "No mail yet" in Client().get("/dev/mail/").content.decode()


def test_the_list_answers_only_when_there_is_something_new(keep) -> None:
    first = keep(subject="The first")
    client = Client()
    assert client.get("/dev/mail/list/", {"newest": first.pk}).status_code == 204
    keep(subject="The second")
    answer = client.get("/dev/mail/list/", {"newest": first.pk, "selected": first.pk})
    assert answer.status_code == 200
    assert b"The second" in answer.content
    assert b"<html" not in answer.content


def test_a_mail_is_shown_as_its_receiver_sees_it(keep) -> None:
    mail = keep(html="<p>It has the <b>number 7</b>.</p>", Cc="Dave <dave@nordwind.example>")
    html = Client().get(f"/dev/mail/{mail.pk}/").content.decode()
    for words in (
        "We have received your request (#7)", "BrightCart Support &lt;support@example.com&gt;",
        "Carol Customer &lt;carol@nordwind.example&gt;", "Dave &lt;dave@nordwind.example&gt;",
        "<b>number 7</b>", "support+7-1-abc@example.com", "Message-ID: &lt;7-1-abc@example.com&gt;",
    ):  # fmt: skip
        assert words in html


def test_nothing_in_a_mail_runs(keep) -> None:
    mail = keep(
        subject="<script>alert(1)</script>",
        html='<script>alert(2)</script><p onclick="a()">Hi</p><iframe src="//x.example"></iframe>',
    )
    html = Client().get(f"/dev/mail/{mail.pk}/").content.decode()
    for words in ("<script>alert", "onclick", "<iframe"):
        assert words not in html
    assert "&lt;script&gt;alert(1)" in html


def test_attachments_are_saved_never_shown(keep) -> None:
    mail = keep(file=("evil.html", b"<script>alert(1)</script>"))
    response = Client().get(f"/dev/mail/{mail.pk}/files/0/")
    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Disposition"] == 'attachment; filename="evil.html"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert Client().get(f"/dev/mail/{mail.pk}/files/1/").status_code == 404


def test_a_mail_that_cannot_be_read_still_has_a_page(keep) -> None:
    mail = keep()
    LocalMail.objects.filter(pk=mail.pk).update(raw=b"\xff\x00" * 50, recipients=[])
    assert Client().get(f"/dev/mail/{mail.pk}/").status_code == 200


# What it sends


def test_a_reply_is_a_real_answer_in_the_thread(listening: None, keep) -> None:
    mail = keep(References="<older@example.com>")
    data = {"body": "Thank you!\nCarol", "file": SimpleUploadedFile("plan.png", b"\x89PNG")}
    assert Client().post(f"/dev/mail/{mail.pk}/replies/", data).status_code == 302
    reply = arrived()
    assert reply["From"] == "Carol Customer <carol@nordwind.example>"
    assert reply["To"] == "support+7-1-abc@example.com"
    assert reply["Subject"] == "Re: We have received your request (#7)"
    assert reply["In-Reply-To"] == "<7-1-abc@example.com>"
    assert reply["References"] == "<older@example.com> <7-1-abc@example.com>"
    assert reply["Message-ID"].endswith("@nordwind.example>")
    assert reply["Date"]
    text = reply.get_body(("plain",)).get_content()
    assert text.startswith("Thank you!")
    assert "> It has the number 7." in text
    assert [part.get_filename() for part in reply.iter_attachments()] == ["plan.png"]
    item = InboundItem.objects.latest("id")
    assert item.envelope["from"] == "carol@nordwind.example"
    assert item.envelope["to"] == ["support+7-1-abc@example.com"]


def test_a_new_mail_goes_in_as_any_strangers(listening: None) -> None:
    data = {
        "name": "Zoë Ž\r\nBcc: x@y.example", "sender": "zoe@elsewhere.example",
        "to": "support@example.com", "subject": "Grüße", "body": "Wo ist mein Paket?",
        "file": SimpleUploadedFile("Foto.jpg", b"\xff\xd8\xff"),
    }  # fmt: skip
    assert Client().post("/dev/mail/new/", data).status_code == 302
    mail = arrived()
    assert mail["From"].addresses[0].addr_spec == "zoe@elsewhere.example"
    assert mail["From"].addresses[0].display_name.startswith("Zoë Ž")
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Grüße"
    assert mail.get_body(("plain",)).get_content().strip() == "Wo ist mein Paket?"


def test_the_whole_circle_needs_no_mail_program(
    listening: None, alice: User, as_actor, settings
) -> None:
    client = Client()
    data = {"name": "Robin", "sender": "robin@example.net", "to": "support@example.com",
            "subject": "My parcel", "body": "Where is it?"}  # fmt: skip
    client.post("/dev/mail/new/", data)
    funnel.process_due()
    ticket = Ticket.objects.get()
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=alice.pk, body="In Madrid."),
    )  # fmt: skip
    while actions.send_due():
        pass
    answer = LocalMail.objects.order_by("-id").get(subject__contains="Re: My parcel")
    client.post(f"/dev/mail/{answer.pk}/replies/", {"body": "Thank you!"})
    funnel.process_due()
    assert Ticket.objects.count() == 1
    last = ticket.comments.latest("id")
    assert (last.reply_text, last.author.email) == ("Thank you!", "robin@example.net")


def test_a_listener_that_does_not_run_is_named_and_the_text_kept(keep, settings) -> None:
    response = Client().post(f"/dev/mail/{keep().pk}/replies/", {"body": "My long answer"})
    assert response.status_code == 502
    html = response.content.decode()
    assert f"The mail listener at {settings.SMTP_LISTEN} does not answer" in html
    assert "My long answer" in html


def test_a_refusal_of_the_listener_is_shown(listening: None) -> None:
    data = {"sender": "a@b.example", "to": "nobody@example.com", "body": "x"}
    response = Client().post("/dev/mail/new/", data)
    assert response.status_code == 502
    assert "550" in response.content.decode()
    assert not InboundItem.objects.exists()


@pytest.mark.parametrize("field", ["sender", "to"])
@pytest.mark.django_db
def test_an_impossible_address_is_refused(field: str) -> None:
    data = {"sender": "a@b.example", "to": "support@example.com", "body": "x", field: "no address"}
    assert Client().post("/dev/mail/new/", data).status_code == 422


def test_an_empty_reply_is_refused(keep) -> None:
    response = Client().post(f"/dev/mail/{keep().pk}/replies/", {"body": " "})
    assert response.status_code == 422
    assert "Write a reply first." in response.content.decode()


def test_forms_of_other_sites_are_refused(keep) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/dev/mail/{keep().pk}/replies/", {"body": "x"}).status_code == 403
