"""Attack 24: redacted text vanishes from every stored form, redacted files from the disk."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage

from accounts.roles import Role
from channels_in.accounts import default_account, forget_accounts
from channels_in.models import InboundItem, LocalMail
from core import clock, outbox
from core.html import from_text, sanitize
from core.storage import blobs
from macros.actions.bulk import run_bulk
from macros.models import Webhook, WebhookInvocation
from tests.factories import as_actor, make_user, sign_in
from tickets.actions import (
    begin_bulk,
    create_ticket_field,
    redact_comment,
    redact_words,
    split_comment,
    update_ticket,
)
from tickets.bulk import BulkRequest
from tickets.drafts import CommentDraft, NewFile, TicketChanges
from tickets.errors import CommentNotFound, InvalidChange, NotPermitted
from tickets.models import AuditEvent, BulkKind, Comment, Delivery, EventType
from tickets.selectors.search import search_tickets

pytestmark = pytest.mark.django_db
CARD = "4111 1111 1111 1111"
PLAIN = "411111"  # what must not be left in any form, spaces taken out


def everything_stored() -> str:
    """Every row of every table as text, spaces taken out, bytes read as text."""
    pieces = []
    for model in apps.get_models():
        for row in model._base_manager.all().values_list():
            for value in row:
                if isinstance(value, bytes | memoryview):
                    value = bytes(value).decode("latin-1")
                pieces.append(json.dumps(value, default=str, ensure_ascii=False))
    return "".join("".join(pieces).split())


@pytest.fixture
def leaky(make_ticket, alice, carol, lead):
    """A card number in a mail, quoted, in subject, notice, call of a webhook, local outbox."""
    forget_accounts()
    html = sanitize(
        "<p>Card <b>4111</b> 1111&nbsp;1111 1111</p><a href='tel:4111111111111111'>x</a>"
    )
    file = NewFile(blobs.keep(b"scan of the card"), "card.png", "image/png", 16, "c" * 64)
    ticket = make_ticket(
        subject=f"Card {CARD}", body=f"Card {CARD}", comment={"html": html, "files": (file,)}
    )
    quoted = "Please do not send this.\n\n> Card 4111 1111\n> 1111 1111"
    reply = CommentDraft(
        author_id=alice.pk, body=quoted, html=from_text(quoted),
        reply_text="Please do not send this.",
    )  # fmt: skip
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, comment=reply,
        changes=TicketChanges(subject=f"{CARD} again", custom_fields={}),
    )  # fmt: skip
    first = ticket.comments.order_by("id").first()
    now = clock.now()
    raw = f"Subject: Card\r\n\r\nCard {CARD}".encode()
    InboundItem.objects.create(
        account=default_account(), external_id="1", raw=raw, size=len(raw), received_at=now,
        next_attempt_at=now, fate="comment", comment=first, ticket=ticket, preview=f"Card {CARD}",
        subject=CARD,
    )  # fmt: skip
    delivery = Delivery.objects.filter(ticket=ticket).first()
    Delivery.objects.filter(pk=delivery.pk).update(
        message_id="sent@mail", subject=f"Re: {CARD}", body=f"They wrote: {CARD}"
    )
    LocalMail.objects.create(
        sender="a@b", recipients=["c@d"], subject="Re", message_id="sent@mail", created_at=now,
        raw=b"Content-Type: text/html\r\n\r\n<p>4111<b> 1111</b> 1111 1111</p>",
    )  # fmt: skip
    hook = Webhook.objects.create(
        name="x", url="https://x.example", sealed_secret="", created_at=now, updated_at=now
    )
    WebhookInvocation.objects.create(
        webhook=hook, ticket=ticket, message_id="w1", body=json.dumps({"text": f"Card {CARD}"}),
        response=CARD, next_attempt_at=now, created_at=now,
    )  # fmt: skip
    return first


def test_words_vanish_from_every_table(leaky, lead, alice):
    assert PLAIN in everything_stored()
    redact_comment(actor=as_actor(lead), comment_id=leaky.pk, texts=[CARD])
    outbox.drain()
    assert PLAIN not in everything_stored()
    leaky.refresh_from_db()
    assert leaky.body == "Card █████"
    assert leaky.redacted_at is not None
    assert "Card" in leaky.html
    assert not search_tickets("4111", as_actor(alice)).exists()
    events = AuditEvent.objects.filter(type=EventType.COMMENT_REDACTION)
    assert events.count() == 2  # the message, and the reply that quoted it


def test_a_whole_message_goes_with_its_quoted_copies_and_its_original(leaky, lead, carol):
    redact_comment(actor=as_actor(lead), comment_id=leaky.pk, is_whole=True)
    leaky.refresh_from_db()
    assert (leaky.body, leaky.html, leaky.reply_text) == ("█████", "", "█████")
    quoting = Comment.objects.filter(ticket=leaky.ticket).order_by("id").last()
    assert PLAIN not in "".join(f"{quoting.body}{quoting.html}".split())
    assert quoting.reply_text == "Please do not send this."
    assert PLAIN.encode() not in bytes(InboundItem.objects.get().raw).replace(b" ", b"")


def test_a_redacted_file_is_gone_from_the_disk_with_its_pictures_and_copies(leaky, lead, alice):
    file = leaky.attachments.get()
    made = split_comment(
        actor=as_actor(alice), comment_id=leaky.pk, subject="x", requester_id=leaky.author_id
    ).made
    copy = made.comments.get().attachments.get()
    redact_comment(actor=as_actor(lead), comment_id=leaky.pk, attachment_ids=[file.pk])
    outbox.drain()
    for key in (file.key, copy.key):
        assert not default_storage.exists(key)
    assert not leaky.attachments.exists()
    assert not made.comments.get().attachments.exists()
    event = AuditEvent.objects.filter(type=EventType.ATTACHMENT_REDACTION).first()
    assert "card" not in json.dumps(event.value)


def test_the_copy_on_a_ticket_split_from_it_is_redacted_too(leaky, lead, alice):
    made = split_comment(
        actor=as_actor(alice), comment_id=leaky.pk, subject="x", requester_id=leaky.author_id
    ).made
    redact_comment(actor=as_actor(lead), comment_id=leaky.pk, texts=[CARD])
    assert PLAIN not in "".join(made.comments.get().body.split())
    assert made.audits.filter(events__type=EventType.COMMENT_REDACTION).exists()


def test_only_leads_and_administrators_redact(leaky, alice, lightly, carol, confined_bob, settings):
    for person, error in (
        (alice, NotPermitted), (lightly, NotPermitted), (carol, NotPermitted),
        (confined_bob, CommentNotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            redact_comment(actor=as_actor(person), comment_id=leaky.pk, is_whole=True)
    assert Comment.objects.get(pk=leaky.pk).redacted_at is None
    settings.AGENTS_MAY_REDACT = True
    assert redact_comment(actor=as_actor(alice), comment_id=leaky.pk, is_whole=True).redacted_at


@pytest.fixture
def confined_bob(billing):
    bob = make_user("Boris Confined", Role.AGENT, groups=[billing])
    bob.ticket_access = "groups"
    bob.save(update_fields=["ticket_access"])
    return bob


@pytest.mark.parametrize("texts", [[], ["  "], ["ab"], ["not in there"]])
def test_nothing_to_take_out_is_refused_and_nothing_changes(leaky, lead, texts):
    before = everything_stored()
    with pytest.raises(InvalidChange):
        redact_comment(actor=as_actor(lead), comment_id=leaky.pk, texts=texts)
    assert everything_stored() == before


def test_the_page_asks_before_it_is_done(leaky, lead, client):
    from tests.factories import sign_in

    browser = sign_in(client, lead)
    path = f"/comments/{leaky.pk}/redaction/"
    asked = browser.get(path, headers={"HX-Request": "true"}).content.decode()
    assert f'value="{CARD}"' in asked  # found by its check digit
    refused = browser.post(path, {"text": CARD}, headers={"HX-Request": "true"})
    assert (refused.status_code, "gone for good" in refused.content.decode()) == (422, True)
    assert CARD in Comment.objects.get(pk=leaky.pk).body
    done = browser.post(path, {"text": CARD, "confirmed": "1"}, headers={"HX-Request": "true"})
    assert done.status_code == 204
    assert CARD not in Comment.objects.get(pk=leaky.pk).body
    page = browser.get(f"/tickets/{leaky.ticket_id}/").content.decode()
    assert "redacted a message" in page
    assert CARD not in page


def test_redacting_changes_no_clock(leaky, lead):
    before = leaky.created_at
    with clock.frozen(clock.now() + timedelta(hours=1)):
        redact_comment(actor=as_actor(lead), comment_id=leaky.pk, texts=[CARD])
    leaky.refresh_from_db()
    assert leaky.created_at == before


@pytest.fixture
def fields(lead):
    return [
        create_ticket_field(actor=as_actor(lead), key=key, title=key.title(), type=kind)
        for key, kind in (("card", "text"), ("since", "date"))
    ]


@pytest.fixture
def in_a_field(make_ticket, alice, fields):
    """A card number in a field and its history, set one by one and by a change of many."""
    card, since = fields
    ticket = make_ticket(custom_fields={str(card.pk): "none", str(since.pk): "2026-11-30"})
    begin_bulk(
        actor=as_actor(alice), kind=BulkKind.UPDATE, ticket_ids=[ticket.pk],
        request=BulkRequest(add_tags=("card",)),
    )  # fmt: skip
    run_bulk()
    changes = TicketChanges(custom_fields={str(card.pk): f"No {CARD}, please"})
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=changes)
    return ticket


def test_words_of_a_message_go_from_the_fields_and_their_history_too(in_a_field, lead, fields):
    comment = in_a_field.comments.get()
    Comment.objects.filter(pk=comment.pk).update(body=f"My card {CARD}")
    redact_comment(actor=as_actor(lead), comment_id=comment.pk, texts=[CARD])
    in_a_field.refresh_from_db()
    assert in_a_field.custom_fields == {
        str(fields[0].pk): "No █████, please", str(fields[1].pk): "2026-11-30",
    }  # fmt: skip
    assert PLAIN not in everything_stored()
    event = in_a_field.audits.latest("id").events.get(type=EventType.FIELD_REDACTION)
    assert (event.field_name, event.value) == (f"custom_fields_{fields[0].pk}", None)


def test_words_that_stand_in_a_field_alone_are_chosen_and_gone(
    in_a_field, alice, lead, client, fields
):
    path = f"/tickets/{in_a_field.pk}/redaction/"
    assert sign_in(client, alice).get(path).status_code == 403
    browser = sign_in(client, lead)
    assert f"No {CARD}, please" in browser.get(path).content.decode()
    unsure = browser.post(path, {"text": CARD}, headers={"HX-Request": "true"})
    missing = browser.post(path, {"text": "5500 0000", "confirmed": "1"})
    assert (unsure.status_code, missing.status_code) == (422, 422)
    assert PLAIN in everything_stored()
    answer = browser.post(path, {"text": CARD, "confirmed": "1"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert PLAIN not in everything_stored()
    in_a_field.refresh_from_db()
    assert in_a_field.custom_fields[str(fields[1].pk)] == "2026-11-30"
    page = browser.get(f"/tickets/{in_a_field.pk}/").content.decode()
    assert "redacted the field Card" in page


def test_a_subject_is_emptied_of_words_that_no_message_holds(make_ticket, lead):
    ticket = make_ticket(subject=f"Refund to {CARD}")
    redact_words(actor=as_actor(lead), ticket_id=ticket.pk, texts=[CARD])
    ticket.refresh_from_db()
    assert ticket.subject == "Refund to █████"
    with pytest.raises(InvalidChange):
        redact_words(actor=as_actor(lead), ticket_id=ticket.pk, texts=[CARD])
    with pytest.raises(InvalidChange):
        redact_words(actor=as_actor(lead), ticket_id=ticket.pk, texts=["x"])
