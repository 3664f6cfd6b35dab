"""Writing in a side conversation: rich text, drafts, taking back, what is looked over."""

from __future__ import annotations

import json
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.base import ContentFile

from channels_in.actions import send_due
from core import clock
from tests.factories import as_actor
from tickets.actions import (
    SideDraft,
    claim_deliveries,
    keep_upload,
    open_side_conversation,
    reply_in_side_conversation,
)
from tickets.models import (
    Attachment,
    Delivery,
    ReplyDraft,
    SideAttachment,
    SideConversation,
    SideMessage,
)

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
MAIL = {"kind": "email", "subject": "Parcel 12", "on_reply": "reopen",
        "to": ["carrie@carrier.example"]}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def side(ticket, alice) -> SideConversation:
    """Begun before the undo window was there: it has left."""
    return open_side_conversation(
        actor=as_actor(alice), ticket_id=ticket.pk, subject="Parcel 12",
        message=SideDraft(body="Where is it?", to={"carrie@carrier.example": "Carrie"}),
    )  # fmt: skip


@pytest.fixture
def window(settings) -> timedelta:
    settings.UNDO_SEND_SECONDS = 10
    return timedelta(seconds=10)


def post(browser, ticket, path="", **form):
    return browser.post(f"/tickets/{ticket.pk}/side/{path}", form, headers=FRAGMENT)


def undo_url(answer) -> str:
    return json.loads(answer["HX-Trigger"])["undoable"]["url"]


def draft_of(browser, ticket, place):
    return browser.get(f"/tickets/{ticket.pk}/composer/draft/{place}/").json()["draft"]


def test_formats_and_pictures_reach_the_other_side(browser_of, ticket, alice, mailoutbox):
    picture = keep_upload(actor=as_actor(alice), file=ContentFile(PNG), filename="label.png")
    html = f'<p>See <b>this</b></p><img src="cid:upload-{picture.pk}"><script>x</script>'
    assert post(browser_of(alice), ticket, **MAIL, html=html, upload=picture.pk).status_code == 200
    message = SideMessage.objects.get()
    file = message.attachments.get()
    assert message.body == "See this"
    assert "<b>this</b>" in message.html
    assert "script" not in message.html
    assert (file.is_inline, file.content_id) == (True, f"upload-{picture.pk}@example.com")
    send_due()
    mail = message_from_bytes(mailoutbox[-1].message().as_bytes(), policy=policy.default)
    shown = mail.get_body(("html",)).get_content()
    assert f'src="cid:{file.content_id}"' in shown
    assert f"<{file.content_id}>" in [part["Content-ID"] for part in mail.walk()]
    page = browser_of(alice).get(
        f"/tickets/{ticket.pk}/side/{message.conversation.uuid}/", headers=FRAGMENT
    )
    assert f"/side/files/{file.pk}/label.png" in page.content.decode()


def test_the_first_message_can_be_taken_back_and_is_a_draft_again(
    browser_of, ticket, alice, window
):
    upload = keep_upload(actor=as_actor(alice), file=ContentFile(PNG), filename="label.png")
    html = f'<p>Where?</p><img src="cid:upload-{upload.pk}">'
    answer = post(browser_of(alice), ticket, **MAIL, html=html, upload=upload.pk)
    side = SideConversation.objects.get()
    delivery = Delivery.objects.get(side_message__isnull=False)
    assert delivery.next_attempt_at == side.messages.get().send_at
    assert claim_deliveries(channel="email", limit=5) == []
    taken = browser_of(alice).post(undo_url(answer), headers=FRAGMENT)
    assert taken.json() == {"side": f"/tickets/{ticket.pk}/side/new/mail/"}
    assert not SideConversation.objects.exists()
    assert not Delivery.objects.filter(pk=delivery.pk).exists()
    assert not SideAttachment.objects.exists()
    again = Attachment.objects.get()
    draft = draft_of(browser_of(alice), ticket, "side-mail")
    assert (again.uploaded_by, again.key, again.comment) == (alice, upload.key, None)
    assert f'data-cid="upload-{again.pk}"' in draft["html"]
    assert draft["uploads"][0]["id"] == again.pk
    assert draft["fields"]["subject"] == "Parcel 12"
    assert [pair[0] for pair in draft["fields"]["to"]] == ["carrie@carrier.example"]
    types = [event.type for audit in ticket.audits.all() for event in audit.events.all()]
    assert types[-2:] == ["CollabThreadCreated", "CollabThreadReplyTakenBack"]
    assert side.uuid.hex not in json.dumps(draft)
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    assert "took back a message in the side conversation" in page


def test_a_later_message_goes_before_what_was_begun_since(browser_of, ticket, alice, side, window):
    browser, path = browser_of(alice), f"{side.uuid}/messages/"
    answer = post(browser, ticket, path, html="<p>One</p>", to=["boss@carrier.example"])
    body = json.dumps({"html": "<p>Two</p>", "version": 0})
    place = f"side-{side.uuid.hex}"
    url = f"/tickets/{ticket.pk}/composer/draft/{place}/"
    assert browser.put(url, body, content_type="application/json").status_code == 200
    assert browser.post(undo_url(answer), headers=FRAGMENT).status_code == 200
    assert draft_of(browser, ticket, place)["html"] == "<p>One</p><p>Two</p>"
    side.refresh_from_db()
    assert (side.messages.count(), side.preview) == (1, "Where is it?")
    page = browser.get(f"/tickets/{ticket.pk}/side/{side.uuid}/", headers=FRAGMENT)
    assert "One" in page.content.decode()


def test_what_has_left_stays_where_it_is(browser_of, ticket, alice, carol, bob, side, window):
    url = undo_url(
        post(browser_of(alice), ticket, f"{side.uuid}/messages/", body="On", to=["a@b.example"])
    )
    assert browser_of(carol).post(url, headers=FRAGMENT).status_code == 403
    with clock.frozen(clock.now() + window):
        assert browser_of(bob).post(url, headers=FRAGMENT).status_code == 409
    Delivery.objects.filter(side_message__body="On").update(state="sending")
    assert browser_of(alice).post(url, headers=FRAGMENT).status_code == 409
    assert side.messages.count() == 2
    first, last = side.messages.order_by("id").values_list("pk", flat=True)
    theirs = url.replace(f"/{last}/undo/", f"/{first}/undo/")
    assert browser_of(alice).post(theirs, headers=FRAGMENT).status_code == 409


def test_what_a_program_writes_goes_at_once(ticket, alice, side, window):
    reply_in_side_conversation(
        actor=as_actor(alice, channel="api"), uuid=side.uuid, message=SideDraft("At once")
    )
    assert side.messages.last().send_at is None


def test_each_form_has_a_draft_of_its_own_until_it_is_sent(browser_of, ticket, alice, bob, side):
    browser = browser_of(alice)
    for place in ("side-mail", "side-ticket", f"side-{side.uuid.hex}", "followup"):
        url = f"/tickets/{ticket.pk}/composer/draft/{place}/"
        body = json.dumps({"html": f"<p>{place}</p>", "version": 0, "fields": {"to": []}})
        assert browser.put(url, body, content_type="application/json").status_code == 200
        assert draft_of(browser, ticket, place)["html"] == f"<p>{place}</p>"
        assert draft_of(browser_of(bob), ticket, place) is None
    page = browser.get(f"/tickets/{ticket.pk}/side/{side.uuid}/", headers=FRAGMENT)
    assert f"side-{side.uuid.hex}&lt;" in page.content.decode().replace("\\u003C", "&lt;")
    post(browser, ticket, f"{side.uuid}/messages/", body="On")
    post(browser, ticket, **MAIL, body="New")
    post(browser, ticket, kind="child_ticket", subject="Do it", body="Please")
    assert [draft.place for draft in ReplyDraft.objects.all()] == ["followup"]


def test_there_are_no_other_places(browser_of, ticket, make_ticket, alice, side):
    other = make_ticket()
    for place in ("side", "side-x", "x" * 60, f"side-{'0' * 32}"):
        url = f"/tickets/{ticket.pk}/composer/draft/{place}/"
        assert browser_of(alice).get(url).status_code == 404
    url = f"/tickets/{other.pk}/composer/draft/side-{side.uuid.hex}/"
    body = json.dumps({"html": "x", "version": 0})
    answer = browser_of(alice).put(url, body, content_type="application/json")
    assert answer.status_code == 404
    assert not ReplyDraft.objects.exists()


def codes(browser, ticket, **form) -> list[str]:
    answer = post(browser, ticket, "check/", **form)
    assert answer.status_code == 200
    return [part.partition('"')[0] for part in answer.content.decode().split('data-code="')[1:]]


def test_the_message_is_looked_over_as_a_reply_is(browser_of, ticket, alice, carol):
    browser = browser_of(alice)
    form = {"kind": "email", "to": ["carrie@carrier.example", carol.email]}
    assert codes(browser, ticket, **form, body="I attach the label.") == [
        "customer_in_side_conversation", "missing_attachment",
    ]  # fmt: skip
    form["to"] = ["carrie@carrier.example"]
    assert codes(browser, ticket, **form, body="Hello, where is it?") == []
    card = "The card is 4111 1111 1111 1111."
    assert codes(browser, ticket, **form, body=card) == ["card_number"]
    child = {"kind": "child_ticket", "body": f"I attach it. {card}"}
    assert codes(browser, ticket, **child) == ["card_number"]
