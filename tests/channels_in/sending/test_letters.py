"""What customers see: signature, history, files, opening hours, languages, looks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from channels_in.accounts import forget_accounts
from channels_in.actions import send_due
from channels_in.email.parse import parse
from channels_in.email.sending.files import read_link
from channels_in.email.sending.rendering import language_for, render_letter
from channels_in.models import ChannelAccount, LocalMail
from core import clock
from tests.channels_in.conftest import Arrive
from tests.channels_in.sending.conftest import Sink
from tests.factories import as_actor
from tickets.actions import keep_upload, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Attachment, Comment, Delivery, DeliveryState, Schedule, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]


def latest():
    return parse(bytes(LocalMail.objects.latest("id").raw))


def shape(**changes: object) -> None:
    ChannelAccount.objects.update(**changes)
    forget_accounts()


def give_signature(user: User, text: str) -> None:
    User.objects.filter(pk=user.pk).update(signature=text)


# Acknowledgements (attack 9)


def test_an_acknowledgement_holds_no_word_of_whoever_wrote(arrive: Arrive) -> None:
    arrive(
        subject="WIN A PRIZE at evil.example", text="Click http://evil.example now",
        sender='"Prize http://evil.example" <victim@x.example>',
    )  # fmt: skip
    send_due()

    mail = latest()
    ticket = Ticket.objects.get()
    assert mail.subject == f"We received your request #{ticket.pk}"
    assert "evil" not in mail.text + mail.html + mail.subject
    assert "PRIZE" not in (mail.text + mail.html).upper()


def test_an_acknowledgement_says_when_people_are_back(arrive: Arrive) -> None:
    now = clock.now()
    schedule = Schedule.objects.create(
        name="Office", time_zone="Europe/Berlin", created_at=now, updated_at=now,
        intervals=[[day * 1440 + 540, day * 1440 + 1020] for day in range(1, 6)],
    )  # fmt: skip
    shape(schedule=schedule)
    with clock.frozen(datetime(2026, 11, 21, 12, tzinfo=UTC)):
        arrive(sender="weekend@x.example")
        send_due()
    assert "back on Monday" in " ".join(latest().text.split())
    assert "9 a.m." in latest().html

    with clock.frozen(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        arrive(sender="monday@x.example")
        send_due()
    assert "back on" not in latest().text + latest().html


# Signatures


def test_the_agents_signature_stands_below_and_not_in_the_comment(ticket, answer, alice) -> None:
    give_signature(alice, "Alice\nCustomer Care")
    comment = answer(ticket, "Hello.")

    text = LocalMail.objects.latest("id").raw
    assert b"\n--=20\nAlice\nCustomer Care" in bytes(text)
    assert "Customer Care" in latest().html
    assert comment.body == "Hello."
    assert "Care" not in comment.html


def test_the_addresss_signature_is_filled_in_and_wins(ticket, answer, alice) -> None:
    give_signature(alice, "Own {{ ticket.id }}")
    shape(signature="{{ current_user.first_name }}, #{{ ticket.id }}\n{{ current_user.signature }}")
    answer(ticket, "Hello.")

    raw = bytes(LocalMail.objects.latest("id").raw).decode()
    assert f"Alice, #{ticket.pk}\nOwn {ticket.pk}" in raw
    assert raw.count(f"Own {ticket.pk}") == 2  # once in text, once in html


def test_a_signature_is_never_there_twice(ticket, answer, alice) -> None:
    give_signature(alice, "Best\nAlice")
    answer(ticket, "Hello.\n\nBest\n  Alice")

    raw = bytes(LocalMail.objects.latest("id").raw)
    assert b"--=20" not in raw


def test_a_broken_signature_stops_no_mail(ticket, answer) -> None:
    shape(signature="{% if %} & <b>Bold</b>")
    answer(ticket, "Hello.")

    assert "{% if %} & <b>Bold</b>" in bytes(LocalMail.objects.latest("id").raw).decode()
    assert "&lt;b&gt;Bold" in latest().html
    assert Delivery.objects.get(kind="comment").state == DeliveryState.SENT


def test_attack_22_a_customers_words_are_not_rendered(arrive: Arrive, answer) -> None:
    ticket = arrive(subject="{{ site.url }}", sender='"{{ ticket.id }}" <eve@x.example>').ticket
    shape(signature="About {{ ticket.title }} of {{ ticket.requester.name }}")
    answer(ticket, "Body {{ ticket.id }} {% if %}")

    text = latest().text
    assert "About {{ site.url }} of {{ ticket.id }}" in text
    assert "Body {{ ticket.id }} {% if %}" in text


# History (attack 34)


def note(ticket: Ticket, author: User, body: str, **draft: object) -> None:
    ticket.refresh_from_db()
    update_ticket(
        actor=as_actor(author), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=author.pk, body=body, **draft),
    )  # fmt: skip


def test_history_is_what_was_said_in_public_and_our_parser_takes_it_for_a_quote(
    ticket, answer, alice
) -> None:
    shape(quotes_history=True)
    note(ticket, alice, "She sounds angry", is_public=False)
    answer(ticket, "We are looking.")
    answer(ticket, "We found it.")

    mail = latest()
    assert mail.reply_text.strip().startswith("We found it.")
    assert "We are looking." not in mail.reply_text
    assert "We are looking." in mail.text
    assert "Where is my lamp?" in mail.text
    assert "angry" not in bytes(LocalMail.objects.latest("id").raw).decode()
    assert mail.text.count("wrote:") == 2


def test_redacted_words_and_replies_that_wait_are_not_quoted(ticket, answer, alice) -> None:
    shape(quotes_history=True)
    Comment.objects.filter(ticket=ticket).update(redacted_at=clock.now())
    answer(ticket, "First.")
    later = clock.now() + timedelta(days=1)
    Comment.objects.filter(ticket=ticket, is_from_agent=True).update(send_at=later)
    ticket.refresh_from_db()
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=alice.pk, body="Second."),
    )  # fmt: skip
    Delivery.objects.update(next_attempt_at=clock.now())
    Comment.objects.filter(body="Second.").update(send_at=None)
    while send_due():
        pass

    shown = latest().text
    assert "Second." in shown
    assert "First." not in shown
    assert "lamp?" not in shown


def test_without_the_wish_nothing_is_quoted(ticket, answer) -> None:
    answer(ticket, "Hello.")
    assert "wrote:" not in latest().text + latest().html


# Files


def file(user: User, name: str, size: int) -> Attachment:
    content = ContentFile(b"%PDF-" + b"x" * size, name)
    return keep_upload(actor=as_actor(user), file=content, filename=name)


def test_small_files_go_along_and_large_ones_become_links(
    ticket, answer, alice, settings, client
) -> None:
    settings.MAIL_ATTACHMENTS_MAX_BYTES = 20_000
    small, large = file(alice, "small.pdf", 4_000), file(alice, "größe.pdf", 16_000)
    answer(ticket, "See here.", upload_ids=(small.pk, large.pk))

    mail = latest()
    assert [each.filename for each in mail.attachments] == ["small.pdf"]
    assert "größe.pdf (16 kB)" in mail.text
    url = re.search(r"http://localhost:8000(/shared/\S+)", mail.text)[1]
    answered = client.get(url)
    assert b"".join(answered.streaming_content).startswith(b"%PDF-")
    assert answered["Content-Disposition"].startswith("attachment")
    assert answered["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert answered["Cache-Control"] == "private, no-store"


def test_a_link_ends_and_is_bound_to_file_and_person(
    ticket, answer, alice, settings, client
) -> None:
    settings.MAIL_ATTACHMENTS_MAX_BYTES = 0
    answer(ticket, "See here.", upload_ids=(file(alice, "a.pdf", 10).pk,))
    url = re.search(r"http://localhost:8000(/shared/\S+)", latest().text)[1]
    token = url.split("/")[2]
    file_id, person_id, ends, mac = token.split("-")

    assert read_link(token) == (int(file_id), int(person_id))
    for forged in (
        f"{int(file_id) + 1}-{person_id}-{ends}-{mac}", f"{file_id}-1-{ends}-{mac}",
        f"{file_id}-{person_id}-{int(ends) + 9}-{mac}", f"{file_id}-{person_id}-{ends}",
    ):  # fmt: skip
        assert client.get(url.replace(token, forged)).status_code == 404
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert client.get(url).status_code == 404
    assert client.get(url).status_code == 200
    Comment.objects.filter(is_from_agent=True).update(is_public=False)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("reply", ["552 5.3.4 message too big", "552 too large", "554 5.2.3 big"])
def test_a_server_that_finds_a_mail_too_large_gets_it_with_links(
    ticket, own_server, sink: Sink, answer, alice, reply
) -> None:
    sink.refusals = [reply]
    answer(ticket, "See here.", upload_ids=(file(alice, "a.pdf", 900).pk,))

    mail = parse(sink.envelopes[-1].content)
    assert list(mail.attachments) == []
    assert "/shared/" in mail.text
    assert Delivery.objects.get(kind="comment").state == DeliveryState.SENT


def test_without_files_too_large_is_final(ticket, own_server, sink: Sink, answer) -> None:
    sink.refusals = ["552 5.3.4 message too big"]
    answer(ticket, "Short.")

    assert Delivery.objects.get(kind="comment").state == DeliveryState.FAILED
    assert sink.envelopes == []


# Looks


def test_styles_are_inlined_and_nothing_is_fetched(ticket, answer) -> None:
    shape(brand_color="#0f766e")
    answer(ticket, "Hello.")

    html = bytes(LocalMail.objects.latest("id").raw)
    page = latest().html
    assert b"#0f766e" in html.replace(b"=\n", b"")
    assert "http" not in re.sub(r"<a [^>]*>", "", page).lower()
    raw = html.decode().replace("=\n", "")
    assert "prefers-color-scheme" in raw
    assert "<link" not in raw


@pytest.mark.parametrize("color", ["red", "#12", "url(x)", '#123456"><script>'])
def test_a_color_that_is_none_is_ours(color) -> None:
    letter = render_letter("password_reset", {"name": "C", "link": "x", "hours": 4}, brand=color)
    assert "#3451b2" in letter.html
    assert "script" not in letter.html


def test_the_first_language_that_we_have_is_spoken() -> None:
    assert language_for("de-AT", "", "en-GB") == "de"
    assert language_for("tlh", "", "en-GB") == "en"
    assert language_for("xx", "no language at all") == "en"
