"""Attack 46: nothing of a stranger's becomes a header, a recipient or a command of SMTP."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.core.files.base import ContentFile

from accounts.actions import find_or_create_customers
from accounts.models import User
from channels_in.email.sending.errors import CannotSend
from channels_in.email.sending.files import files_of
from channels_in.email.sending.headers import COPIES_LIMIT, is_sendable, mailbox
from channels_in.models import ChannelAccount, LocalMail
from tests.channels_in.conftest import account, local_outbox  # noqa: F401
from tests.channels_in.sending.conftest import answer  # noqa: F401
from tests.factories import as_actor, make_ticket
from tickets.actions import keep_upload
from tickets.models import Attachment, Delivery, DeliveryState, Participant, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]

EVIL = [
    "a\r\nBcc: victim@x.example", "a\nBcc: victim@x.example", "a\rBcc: victim@x.example",
    "a\x00\r\n\r\nbody", "a\u2028Bcc: victim@x.example", "a\u0085Bcc: victim@x.example",
    "a\x0bBcc: victim@x.example", "=?utf-8?q?a=0d=0aBcc:_victim@x.example?=", "a" * 5000,
]  # fmt: skip


def latest():
    return message_from_bytes(bytes(LocalMail.objects.latest("id").raw), policy=policy.default)


def harmless(mail) -> None:
    assert mail["Bcc"] is None
    raw_headers = mail.as_bytes().split(b"\n\n")[0]
    assert b"\nBcc" not in raw_headers
    assert b"\x00" not in raw_headers
    assert all(len(line) <= 998 for line in raw_headers.split(b"\n"))


@pytest.mark.parametrize("evil", EVIL)
def test_in_a_subject(carol: User, answer, evil: str) -> None:  # noqa: F811
    ticket = make_ticket(requester=carol)
    Ticket.objects.filter(pk=ticket.pk).update(subject=evil.replace("\x00", "")[:998])
    answer(ticket)

    harmless(latest())
    assert LocalMail.objects.latest("id").recipients == [carol.email]


@pytest.mark.parametrize("evil", EVIL)
def test_in_names(carol: User, alice: User, dave: User, answer, evil: str) -> None:  # noqa: F811
    ticket = make_ticket(requester=carol)
    Participant.objects.create(
        ticket=ticket, user=dave, role="cc", is_accepted=True, created_at=ticket.created_at
    )
    for person in (carol, alice, dave):
        User.objects.filter(pk=person.pk).update(name=evil.replace("\x00", "")[:200])
    ChannelAccount.objects.update(name=evil.replace("\x00", "")[:100])
    answer(ticket)

    for mail in LocalMail.objects.all():
        made = message_from_bytes(bytes(mail.raw), policy=policy.default)
        harmless(made)
        assert len(mail.recipients) == 1
        assert len(made["To"].addresses) == 1
        assert len(made["From"].addresses) == 1


@pytest.mark.parametrize(
    "address",
    [
        "a@x.example\r\nRCPT TO:<victim@x.example>", "a@x.example, victim@x.example",
        "a b@x.example",
        "<a@x.example>", '"a"@x.example', "a@", "@x.example", "plain", "ä@x.example",
        "a@x.example>", "a;b@x.example", "a@[127.0.0.1]", "a\x00@x.example", "",
    ],
)  # fmt: skip
def test_in_addresses(carol: User, answer, address: str) -> None:  # noqa: F811
    assert not is_sendable(address)
    with pytest.raises(CannotSend):
        mailbox("Name", address)
    if "\x00" in address or not address:
        return
    ticket = make_ticket(requester=carol)
    Delivery.objects.all().delete()
    User.objects.filter(pk=carol.pk).update(email=address.lower())
    answer(ticket)

    assert LocalMail.objects.count() == 0
    assert Delivery.objects.get().state == DeliveryState.FAILED


def test_names_and_domains_outside_ascii_are_written_as_the_standards_say() -> None:
    assert mailbox("", "carol@bücher.example") == "carol@xn--bcher-kva.example"
    assert mailbox('O"Brien, Ann', "a@x.example") == '"O\\"Brien, Ann" <a@x.example>'


@pytest.mark.parametrize("evil", EVIL[:6])
def test_in_file_names_and_types(alice: User, carol: User, answer, evil: str) -> None:  # noqa: F811
    ticket = make_ticket(requester=carol)
    kept = keep_upload(actor=as_actor(alice), file=ContentFile(b"x", "x.txt"), filename="größe.txt")
    Attachment.objects.filter(pk=kept.pk).update(
        filename=f"{evil}.txt".replace("\x00", "")[:255], content_type="text/plain\r\nBcc: v@x",
        content_id="a\r\nBcc: v@x", is_inline=True,
    )  # fmt: skip
    answer(ticket, upload_ids=(kept.pk,))

    mail = latest()
    harmless(mail)
    (part,) = mail.iter_attachments()
    assert part["Bcc"] is None
    assert part.get_content_type() == "application/octet-stream"
    assert "\n" not in part.get_filename()


def test_in_message_ids_of_strangers(carol: User, answer) -> None:  # noqa: F811
    ticket = make_ticket(requester=carol)
    ticket.comments.update(message_id="a@x> <b@y\r\nBcc: victim@x.example")
    answer(ticket)

    mail = latest()
    harmless(mail)
    assert "victim" not in str(mail["References"])
    assert "b@y" not in str(mail["In-Reply-To"])


def test_at_most_forty_eight_people_are_named_in_copy(carol: User, answer) -> None:  # noqa: F811
    ticket = make_ticket(requester=carol)
    names = {f"person{n}@x.example": f"Person {n}" for n in range(60)}
    for person in find_or_create_customers(names_by_email=names).values():
        Participant.objects.create(
            ticket=ticket, user=person, role="cc", is_accepted=True, created_at=ticket.created_at
        )
    answer(ticket)

    for mail in LocalMail.objects.all():
        made = message_from_bytes(bytes(mail.raw), policy=policy.default)
        assert made["Cc"] is None or len(made["Cc"].addresses) <= COPIES_LIMIT
        assert made["Bcc"] is None


def test_everything_carries_our_mark_against_loops(carol: User, answer) -> None:  # noqa: F811
    answer(make_ticket(requester=carol))
    assert {bool(message_from_bytes(bytes(m.raw))["X-Helpdesk-Loop"]) for m in
            LocalMail.objects.all()} == {True}  # fmt: skip


def test_files_are_counted_as_they_are_encoded(alice, carol, answer, settings) -> None:  # noqa: F811
    settings.MAIL_ATTACHMENTS_MAX_BYTES = 10_000
    kept = keep_upload(
        actor=as_actor(alice), file=ContentFile(b"x" * 7_400, "x.txt"), filename="x.txt"
    )
    comment = answer(make_ticket(requester=carol), upload_ids=(kept.pk,))

    along, links, _ = files_of(comment, recipient_id=carol.pk)
    assert (len(along), len(links)) == (0, 1)
    assert len(LocalMail.objects.latest("id").raw) < 10_000
