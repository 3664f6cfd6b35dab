"""The composer's To and Cc: set against the customer's last message, decided by the server."""

from __future__ import annotations

import pytest

from accounts.models import Identity, User
from core import clock
from tests.factories import as_actor, make_user
from tickets.actions import add_unverified_participant, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Delivery, Participant, Ticket
from tickets.selectors.conversations import people_of
from web.agent.recipients import recipients_of

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


def mail(ticket, author, *, to=("support@example.com",), cc=()) -> None:
    update_ticket(
        actor=as_actor(author, channel="email"), ticket_id=ticket.pk,
        comment=CommentDraft(
            author_id=author.pk, body="And?", channel="email",
            metadata={"recipients": {"to": list(to), "cc": list(cc)}},
        ),
    )  # fmt: skip


def seen(ticket, alice):
    ticket = Ticket.objects.with_people().get(pk=ticket.pk)
    return recipients_of(ticket, alice.pk, people_of(ticket, as_actor(alice)))


def submit(browser, ticket, *, cc, were="dave@nordwind.example", **data):
    data = {"body": "Here.", "kind": "public", "cc": list(cc), "cc_were": were, **data}
    return browser.post(f"/tickets/{ticket.pk}/comments/", data, headers=FRAGMENT)


def ccs(ticket) -> list[str]:
    rows = Participant.objects.filter(ticket=ticket, role="cc", is_accepted=True)
    return list(rows.order_by("user__email").values_list("user__email", flat=True))


def sent_to(ticket) -> set[str]:
    replies = Delivery.objects.filter(ticket=ticket, kind="comment")
    return set(replies.values_list("address", flat=True))


def test_without_a_message_that_names_anybody_nothing_is_said(ticket, alice, carol):
    shown = seen(ticket, alice)
    assert [person.email for person in shown.to] == [carol.email]
    assert [(chip.address, chip.note) for chip in shown.ccs] == [("dave@nordwind.example", "")]


def test_who_was_left_out_is_said_and_still_gets_the_reply(browser_of, ticket, alice, carol):
    mail(ticket, carol)
    assert [chip.address for chip in seen(ticket, alice).dropped] == ["dave@nordwind.example"]
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Left out by Carol in the last message:" in page
    submit(browser_of(alice), ticket, cc=["dave@nordwind.example"])
    assert sent_to(ticket) == {carol.email, "dave@nordwind.example"}


def test_reply_all_drops_nobody_and_our_own_addresses_are_nobody(ticket, alice, carol, dave):
    mail(ticket, carol, to=["Support+abc@example.com", "DAVE@nordwind.example"])
    shown = seen(ticket, alice)
    assert (shown.dropped, shown.named) == ([], [])
    mail(ticket, dave, to=["support@example.com"], cc=[carol.email])
    assert seen(ticket, alice).dropped == []  # a writer does not leave out themselves


def test_who_was_named_newly_is_offered_and_strangers_to_the_company_are_marked(
    ticket, alice, carol
):
    mail(ticket, carol, cc=["dave@nordwind.example", "eve@else.example", "fay@nordwind.example"])
    named = {chip.address: chip.is_external for chip in seen(ticket, alice).named}
    assert named == {"eve@else.example": True, "fay@nordwind.example": False}


def test_a_message_that_is_not_verified_decides_nothing(ticket, alice, carol, mallory):
    update_ticket(
        actor=as_actor(carol, channel="email"), ticket_id=ticket.pk,
        comment=CommentDraft(
            author_id=carol.pk, body="x", channel="email",
            metadata={"flags": ["unverified_sender"], "recipients": {"to": [], "cc": ["m@x.org"]}},
        ),
    )  # fmt: skip
    shown = seen(ticket, alice)
    assert (shown.named, shown.dropped) == ([], [])


def test_an_address_whose_mail_came_back_is_marked(ticket, alice, dave):
    Identity.objects.filter(user=dave).update(undeliverable_at=clock.now())
    (chip,) = seen(ticket, alice).ccs
    assert (chip.is_undeliverable, chip.note) == (True, "mail came back")


def test_an_agent_adds_and_removes_by_address(browser_of, ticket, alice, carol):
    answer = submit(browser_of(alice), ticket, cc=["Eve@Else.example"], cc_typed="fay@else.example")
    assert answer.status_code == 200
    assert ccs(ticket) == ["eve@else.example", "fay@else.example"]
    assert sent_to(ticket) == {carol.email, "eve@else.example", "fay@else.example"}
    ticket.refresh_from_db()
    assert ticket.version == 2  # one submit


def test_what_a_colleague_added_meanwhile_stays(browser_of, ticket, alice, bob):
    submit(browser_of(bob), ticket, cc=["dave@nordwind.example", "eve@else.example"])
    submit(browser_of(alice), ticket, cc=["dave@nordwind.example", "fay@else.example"])
    assert ccs(ticket) == ["dave@nordwind.example", "eve@else.example", "fay@else.example"]


def test_a_form_without_the_list_and_a_note_change_nobody(browser_of, ticket, alice):
    browser = browser_of(alice)
    browser.post(f"/tickets/{ticket.pk}/comments/", {"body": "x", "kind": "public"})
    submit(browser, ticket, cc=[], kind="internal")
    assert ccs(ticket) == ["dave@nordwind.example"]


@pytest.mark.parametrize(
    ("cc", "words"),
    [
        (["not an address"], "is not an e-mail address"),
        (["support@example.com"], "our own address"),
        (["support+x@example.com"], "our own address"),
        ([f"p{n}@else.example" for n in range(49)], "At most 48 people"),
    ],
)
def test_a_wrong_list_is_refused_with_a_sentence_and_nothing_is_saved(
    browser_of, ticket, alice, cc, words
):
    people = User.objects.count()
    answer = submit(browser_of(alice), ticket, cc=cc)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (ccs(ticket), ticket.comments.count()) == (["dave@nordwind.example"], 1)
    assert User.objects.count() == people


def test_an_unverified_person_stands_apart_gets_nothing_and_is_taken_in_by_hand(
    browser_of, ticket, alice, carol
):
    sam = make_user("Sam Stranger", domain="else.example")
    add_unverified_participant(ticket=ticket, user=sam)
    shown = seen(ticket, alice)
    assert (shown.unverified, [chip.address for chip in shown.ccs]) == (
        [sam], ["dave@nordwind.example"],
    )  # fmt: skip
    submit(browser_of(alice), ticket, cc=["eve@else.example"])
    assert sam.email not in sent_to(ticket)
    assert Participant.objects.filter(user=sam, is_accepted=False).exists()
    submit(browser_of(alice), ticket, were="eve@else.example",
           cc=["eve@else.example", sam.email])  # fmt: skip
    assert sam.email in sent_to(ticket)


def test_followers_are_no_recipients(make_ticket, alice, bob, carol):
    ticket = make_ticket(assignee_id=alice.pk, follower_ids=(bob.pk,))
    shown = seen(ticket, alice)
    assert ([person.email for person in shown.to], shown.ccs) == ([carol.email], [])


def test_a_new_ticket_has_a_cc_line(browser_of, alice):
    data = {"requester": "new@else.example", "subject": "Hello", "body": "Hi", "kind": "public"}
    browser = browser_of(alice)
    refused = browser.post("/tickets/new/", {**data, "cc": ["nonsense", "eve@else.example"]})
    assert refused.status_code == 422
    assert 'value="eve@else.example"' in refused.content.decode()
    browser.post(
        "/tickets/new/", {**data, "cc": ["eve@else.example"], "cc_typed": "f@else.example"}
    )
    assert ccs(Ticket.objects.get()) == ["eve@else.example", "f@else.example"]


def test_people_are_suggested_by_what_is_typed(browser_of, alice, carol):
    found = browser_of(alice).get("/tickets/new/people/", {"cc_typed": "carol"}).content.decode()
    assert carol.email in found
