"""Looking over a reply: what the composer is told, to whom, at which cost."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Audit, Comment

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


def look(browser, ticket, **form):
    return browser.post(f"/tickets/{ticket.pk}/reply-check/", form, headers=FRAGMENT)


def codes(answer) -> list[str]:
    assert answer.status_code == 200
    parts = answer.content.decode().split('data-code="')[1:]
    return [part.partition('"')[0] for part in parts]


def test_nothing_is_said_when_all_is_well(browser_of, ticket, alice):
    answer = look(browser_of(alice), ticket, body="Hello Carol,\nit left today.", kind="public")
    assert answer.status_code == 200
    assert answer.content.strip() == b""


def test_each_doubt_comes_with_its_place_and_what_can_be_done(browser_of, ticket, alice):
    text = "Hello Mark,\nI attach the invoice."
    answer = look(browser_of(alice), ticket, body=text, kind="public")
    assert codes(answer) == ["wrong_name", "missing_attachment"]
    page = answer.content.decode()
    assert 'data-excerpt="Mark"' in page
    assert 'data-remedy="replace" data-value="Carol"' in page
    assert 'data-remedy="attach"' in page
    assert page.count("Send anyway") == 1


def test_rich_text_is_read_as_text(browser_of, ticket, alice):
    html = "<p>Hello <b>Mark</b>,</p><p>it left today.</p>"
    assert codes(look(browser_of(alice), ticket, html=html, kind="public")) == ["wrong_name"]


def test_an_attached_file_settles_it(browser_of, ticket, alice):
    form = {"body": "Hello Carol,\nI attach the invoice.", "kind": "public", "upload": "7"}
    assert codes(look(browser_of(alice), ticket, **form)) == []


def test_notes_are_looked_through_for_secrets_alone(browser_of, ticket, alice):
    text = "The customer is angry, I attach it. Card 4111 1111 1111 1111"
    answer = look(browser_of(alice), ticket, body=text, kind="internal")
    assert codes(answer) == ["card_number"]
    assert "Add anyway" in answer.content.decode()


def test_recipients_are_set_against_those_of_the_customers_message(browser_of, make_ticket, alice):
    said = {"recipients": {"to": ["support@example.com"], "cc": ["lee@nordwind.example"]}}
    ticket = make_ticket(comment={"metadata": said}, recipient="support@example.com")
    form = {"body": "It left today.", "kind": "public", "cc_were": "", "cc": "eve@partner.example"}
    answer = look(browser_of(alice), ticket, **form)
    assert codes(answer) == ["dropped_recipient", "external_recipient"]
    assert 'data-remedy="add_cc" data-value="lee@nordwind.example"' in answer.content.decode()
    fine = {**form, "cc": ["lee@nordwind.example", "frank@nordwind.example", "bob@example.com"]}
    assert codes(look(browser_of(alice), ticket, **fine)) == []


def test_a_strangers_list_of_recipients_counts_for_nothing(browser_of, make_ticket, alice):
    said = {"recipients": {"cc": ["eve@elsewhere.example"]}, "flags": ["unverified_sender"]}
    ticket = make_ticket(comment={"metadata": said})
    form = {"body": "It left today.", "kind": "public", "cc_were": ""}
    assert codes(look(browser_of(alice), ticket, **form)) == []


def test_the_question_of_the_last_message_is_looked_for(browser_of, ticket, alice, carol):
    asked = CommentDraft(
        author_id=carol.pk, body="Which bulbs fit into the ceiling lamp?\n> Do you have tulips?",
        reply_text="Which bulbs fit into the ceiling lamp?",
    )  # fmt: skip
    update_ticket(actor=as_actor(carol, channel="email"), ticket_id=ticket.pk, comment=asked)
    answer = look(browser_of(alice), ticket, body="Your money is back.", kind="public")
    assert codes(answer) == ["unanswered_question"]
    assert "Which bulbs fit" in answer.content.decode()


def test_own_words_hosts_and_accounts_come_from_the_settings(browser_of, ticket, alice, settings):
    settings.REPLY_CHECK_INTERNAL_WORDS = ["Project Falcon"]
    settings.REPLY_CHECK_INTERNAL_HOSTS = ["wiki.example.org"]
    settings.REPLY_CHECK_OWN_ACCOUNTS = ["DE89 3704 0044 0532 0130 00"]
    text = "Project Falcon pays to DE89370400440532013000, see https://wiki.example.org/pay"
    answer = look(browser_of(alice), ticket, body=text, kind="public")
    assert codes(answer) == ["internal_words", "internal_link"]


def test_what_is_written_stays_text(browser_of, ticket, alice):
    text = "Hello [NAME <img src=x onerror=alert(1)>],\nit left."
    assert "<img" not in look(browser_of(alice), ticket, body=text).content.decode()


def test_it_is_asked_by_those_who_see_the_ticket(browser_of, ticket, confined_bob, carol):
    assert look(browser_of(confined_bob), ticket, body="x").status_code == 404
    assert look(browser_of(carol), ticket, body="x").status_code == 403
    assert look(browser_of(None), ticket, body="x").status_code == 401


def test_looking_keeps_nothing(browser_of, ticket, alice):
    before = Comment.objects.count(), Audit.objects.count(), ticket.participants.count()
    look(browser_of(alice), ticket, body="Hi", cc="new@elsewhere.example", cc_were="")
    assert (Comment.objects.count(), Audit.objects.count(), ticket.participants.count()) == before


def test_the_cost_does_not_grow_with_people_and_messages(
    browser_of, ticket, alice, carol, django_assert_num_queries, make_ticket
):
    browser = browser_of(alice)
    form = {"body": "Hello Mark, I attach it.", "cc_were": "", "cc": ["a@b.example"]}
    look(browser, ticket, **form)
    with CaptureQueriesContext(connection) as before:
        look(browser, ticket, **form)
    assert len(before) < 12
    for place in range(5):
        again = CommentDraft(author_id=carol.pk, body=f"And {place}?")
        update_ticket(actor=as_actor(carol, channel="email"), ticket_id=ticket.pk, comment=again)
    many = [f"person{place}@place{place}.example" for place in range(40)]
    with django_assert_num_queries(len(before)):
        look(browser, ticket, **{**form, "cc": many})


def test_it_answers_within_thirty_milliseconds_of_work(browser_of, ticket, alice, carol):
    asked = CommentDraft(author_id=carol.pk, body="Where is the lamp? " * 500)
    update_ticket(actor=as_actor(carol, channel="email"), ticket_id=ticket.pk, comment=asked)
    browser = browser_of(alice)
    form = {"body": "Hello Carol,\n" + "It left our house this morning, and all is well. " * 60}
    look(browser, ticket, **form)
    times = []
    for _ in range(5):
        begun = time.process_time()
        look(browser, ticket, **form)
        times.append(time.process_time() - begun)
    assert min(times) < 0.03


def submit(browser, ticket, **form):
    return browser.post(f"/tickets/{ticket.pk}/comments/", form, headers=FRAGMENT)


def test_what_was_sent_anyway_stands_in_the_audit(browser_of, ticket, alice):
    submit(browser_of(alice), ticket, body="I attach it.", sent_anyway="missing_attachment,<b>,x")
    audit = ticket.audits.order_by("-id").first()
    assert audit.metadata["system"]["sent_anyway"] == ["missing_attachment"]
    submit(browser_of(alice), ticket, body="It left.", sent_anyway="")
    assert "sent_anyway" not in ticket.audits.order_by("-id").first().metadata["system"]
