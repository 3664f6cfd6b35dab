"""Requests of visitors: what becomes of them, and what they may not do."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from channels_in.actions import recover_item
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from tests.factories import as_actor
from tests.web.request_forms.conftest import Visitor
from tickets.actions import FieldDraft, save_ticket_field
from tickets.models import Comment, Delivery, Ticket, TicketField
from tickets.policies import visible_tickets

pytestmark = pytest.mark.django_db


def field(title: str) -> str:
    return f"field_{TicketField.objects.get(title=title).pk}"


def test_a_request_is_stored_before_thanks_are_said_and_becomes_a_ticket(
    visitor, contact, support, process
):
    file = SimpleUploadedFile("invoice.txt", b"the invoice", "text/plain")
    answer = visitor.send(
        **{field("Topic"): "Return", field("Order"): "BC-12345", "attachments": file}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/request/contact/thanks/")
    assert InboundItem.objects.get().fate == Fate.PENDING
    (item,) = process()
    ticket = Ticket.objects.get()
    assert (item.fate, item.ticket) == (Fate.COMMENT, ticket)
    assert (ticket.channel, ticket.group, ticket.form) == ("web", support, contact.ticket_form)
    assert ticket.requester.email == "nora@elsewhere.example"
    assert list(ticket.custom_fields.values()) == ["Return", "BC-12345"]
    comment = ticket.comments.get()
    assert comment.body == "Does it come in blue?"
    assert comment.flags == ["typed_address"]
    assert not comment.is_from_agent
    assert comment.attachments.get().filename == "invoice.txt"
    told = Delivery.objects.get(ticket=ticket)
    assert (told.address, told.channel) == ("nora@elsewhere.example", "email")


def test_the_confirmation_page_says_what_happens_next(visitor):
    page = visitor.browser.get("/request/contact/thanks/").content.decode()
    assert "What happens next" in page
    assert "reply to that e-mail" in page


def test_two_clicks_make_one_ticket_and_another_text_asks_first(visitor, process):
    page = visitor.open()
    assert visitor.send(page)["Location"] == visitor.send(page)["Location"]
    other = visitor.send(page, body="And in green?")
    assert other.status_code == 409
    assert "And in green?" in other.content.decode()
    assert len(process()) == 1
    assert Ticket.objects.count() == 1


def test_errors_stand_beside_their_fields_and_what_was_written_stays(visitor):
    answer = visitor.send(email="nora", **{field("Topic"): "Return", field("Order"): "12345"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="email-error"' in page
    assert f'id="{field("Order")}-error"' in page
    assert 'value="12345"' in page
    assert "Does it come in blue?" in page
    assert not InboundItem.objects.exists()


def test_a_conditional_field_is_required_only_where_it_is_asked(visitor, process):
    assert visitor.send(**{field("Topic"): "Return"}).status_code == 422
    assert visitor.send(**{field("Topic"): "Question", field("Order"): "odd"}).status_code == 302
    process()
    assert list(Ticket.objects.get().custom_fields.values()) == ["Question"]


def test_a_value_that_no_longer_fits_is_written_below_the_text(visitor, process, admin):
    topic, order = TicketField.objects.order_by("id")[:2]
    visitor.send(**{field("Topic"): "Return", field("Order"): "BC-12345"})
    save_ticket_field(
        actor=as_actor(admin), field_id=topic.pk,
        draft=FieldDraft("Topic", options=("Question",), is_visible_to_customers=True),
    )  # fmt: skip
    (item,) = process()
    ticket = Ticket.objects.get()
    assert item.fate == Fate.COMMENT
    assert ticket.custom_fields == {str(order.pk): "BC-12345"}
    assert ticket.comments.get().body.endswith("\n\nTopic: Return")


def test_fields_that_customers_do_not_see_are_not_taken(visitor, process):
    visitor.send(**{field("Cause"): "mine", "form": "999", "status": "solved", "group": "1"})
    process()
    assert (Ticket.objects.get().custom_fields, Ticket.objects.get().status) == ({}, "new")


@pytest.mark.parametrize(
    ("values", "after", "reason"),
    [
        ({"website": "http://spam.example"}, 20, Reason.FORM_TRAP),
        ({}, 1, Reason.FORM_TOO_FAST),
        ({"proof": ""}, 20, Reason.FORM_UNPROVED),
        ({"proof": "1"}, 20, Reason.FORM_UNPROVED),
        ({"body": "http://a.example " * 9}, 20, Reason.FORM_LINKS),
        ({"email": settings.SUPPORT_ADDRESS}, 20, Reason.OWN_ADDRESS),
    ],
)
def test_what_looks_like_spam_waits_with_its_reason_and_can_be_recovered(
    visitor, process, admin, values, after, reason
):
    assert visitor.send(after=after, **values).status_code == 302
    (item,) = process()
    assert (item.fate, item.reason) == (Fate.SUSPENDED, reason)
    assert not Ticket.objects.exists()
    assert not Delivery.objects.exists()
    recover_item(actor=as_actor(admin), item_id=item.pk)
    assert Ticket.objects.get().comments.get().body.startswith(values.get("body", "Does")[:10])


def test_without_scripts_the_page_says_that_a_person_looks_first(visitor):
    answer = visitor.send(proof="")
    page = visitor.browser.get(answer["Location"]).content.decode()
    assert "A person looks at your request first" in page


@pytest.mark.parametrize("slip", ["", "forged", "x" * 900])
def test_a_post_that_no_page_of_ours_has_made_is_refused_with_its_words_kept(visitor, slip):
    answer = visitor.send({"slip": slip, "proof": "1"})
    assert answer.status_code == 403
    assert "Does it come in blue?" in answer.content.decode()
    assert not InboundItem.objects.exists()


def test_a_slip_holds_for_its_form_and_some_days(visitor):
    assert visitor.send(after=4 * 24 * 3600).status_code == 403
    assert visitor.send(after=24 * 3600).status_code == 302


def test_a_typed_address_shows_nothing_of_its_owner_and_changes_nothing(
    visitor, process, carol, nordwind, make_ticket
):
    own = make_ticket(requester=carol, subject="Mine")
    before = {name: getattr(carol, name) for name in ("name", "email", "organization_id")}
    known = visitor.send(name="Mallory", email=carol.email)
    unknown = Visitor(network="198.51.100.1").send(email="new@elsewhere.example")
    assert known["Location"] == unknown["Location"]
    process()
    carol.refresh_from_db()
    assert {name: getattr(carol, name) for name in before} == before
    own.refresh_from_db()
    assert own.comments.count() == 1
    ticket = Ticket.objects.get(subject="Hello", requester=carol)
    assert ticket.via_source["from"]["name"] == "Mallory"
    assert "typed_address" in ticket.comments.get().flags
    told = Delivery.objects.get(ticket=ticket)
    assert "Hello" not in (told.subject or "")


def test_nobody_speaks_as_staff_by_typing_their_address(visitor, process, alice):
    visitor.send(email=alice.email, body="#solved #assignee me. Send me all passwords.")
    process()
    comment = Comment.objects.get(author=alice)
    assert not comment.is_from_agent
    assert set(comment.flags) == {"typed_address", "is_staff_address"}
    assert comment.ticket.status == "new"
    assert comment.ticket.assignee is None


def test_the_page_uses_no_session(contact, process, carol, browser_of):
    browser = browser_of(carol)
    visitor = Visitor()
    visitor.browser = browser
    visitor.send(email="x@elsewhere.example")
    process()
    assert User.objects.filter(email="x@elsewhere.example").exists()
    assert not visible_tickets(as_actor(carol)).exists()


def test_an_address_gets_few_tickets_an_hour_and_a_network_is_held_then_refused(
    contact, process, settings
):
    settings.REQUEST_FORM_ADDRESS_HOUR, settings.REQUEST_FORM_NETWORK_HOUR = 2, 3
    for n in range(3):
        Visitor(network=f"198.51.{n}.1").send(email="victim@elsewhere.example", body=f"No {n}")
    fates = [item.fate for item in process()]
    assert fates == [Fate.COMMENT, Fate.COMMENT, Fate.SUSPENDED]
    assert Delivery.objects.filter(address="victim@elsewhere.example").count() == 2
    flood = Visitor(network="203.0.113.9")
    answers = [flood.send(email=f"p{n}@elsewhere.example").status_code for n in range(31)]
    assert answers == [302] * 30 + [429]
    held = [item for item in process() if item.reason == Reason.FLOOD]
    assert len(held) == 1 + 27
    other = Visitor(network="192.0.2.1").send(email="other@elsewhere.example")
    assert other.status_code == 302


def test_too_much_is_refused_before_it_is_read(visitor, settings):
    settings.REQUEST_FORM_MAX_BYTES = 2_000
    file = SimpleUploadedFile("big.bin", b"x" * 5_000)
    answer = visitor.send(attachments=file)
    assert answer.status_code == 413
    assert not InboundItem.objects.exists()


def test_more_files_than_ten_and_files_of_a_form_without_them(visitor, contact, process):
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]
    assert visitor.send(attachments=files).status_code == 422
    contact.takes_files = False
    contact.save()
    assert visitor.send(attachments=files[:1]).status_code == 302
    process()
    assert not Comment.objects.get().attachments.exists()


def test_hostile_names_of_files_types_and_people_stay_words(visitor, process):
    file = SimpleUploadedFile("../..\u202egpj.exe", b"MZ", "text/html; x=\r\nX-Evil: 1")
    visitor.send(name="Eve\r\nBcc: all@example.com", subject="A\nB", attachments=file)
    process()
    ticket = Ticket.objects.get()
    assert ticket.subject == "A B"
    assert ticket.requester.name == "Eve Bcc: all@example.com"
    name = ticket.comments.get().attachments.get().filename
    assert "/" not in name
    assert "\u202e" not in name


def test_only_the_forms_sites_may_frame_it_and_the_hosted_page_nobody(visitor, contact):
    hosted = visitor.browser.get("/request/contact/")
    framed = visitor.browser.get("/request/contact/embed/")
    assert "frame-ancestors 'none'" in hosted["Content-Security-Policy"]
    assert hosted["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self' https://shop.example" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    contact.sites = []
    contact.save()
    none = visitor.browser.get("/request/contact/embed/")["Content-Security-Policy"]
    assert "frame-ancestors 'self';" in f"{none};"


def test_a_form_that_is_off_or_unknown_is_not_there(contact, visitor):
    contact.account.is_active = False
    contact.account.save()
    assert Client().get("/request/")["Location"] == "/requests/new/"
    for path in ("/request/contact/", "/request/contact/embed/", "/request/other/"):
        assert Client().get(path).status_code == 404


def test_a_subject_comes_along_from_the_help_centre(contact):
    page = Client().get("/request/?subject=Torn%20%22lamp", follow=True)
    assert page.redirect_chain == [("/request/contact/?subject=Torn+%22lamp", 302)]
    assert 'value="Torn &quot;lamp"' in page.content.decode()


def test_a_page_costs_few_queries_however_many_fields_there_are(
    visitor, admin, ticket_form, django_assert_max_num_queries
):
    for n in range(5):
        save_ticket_field(actor=as_actor(admin), draft=FieldDraft(f"More {n}"))
    with django_assert_max_num_queries(4):
        visitor.browser.get("/request/contact/")


def test_the_script_and_the_colour_are_small_and_public(contact):
    script = Client().get("/request/embed.js")
    assert script["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(script.content) < 4_000
    contact.account.brand_color = "#ffdd00"
    contact.account.save()
    css = Client().get("/request/contact/accent.css").content.decode()
    assert "--brand: light-dark(#ffdd00, #ffdd00)" in css
    assert "--on-brand: light-dark(#16171a, #16171a)" in css
