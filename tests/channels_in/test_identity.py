"""Whose word a mail is, and what it may do (attacks 1–8)."""

from __future__ import annotations

import pytest

from accounts.models import User
from channels_in import funnel
from channels_in.email.addresses import reply_address
from channels_in.models import AwaitedMessage, ChannelAccount, Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.receive import RawMessage, receive
from tests.channels_in.conftest import CAROL, Arrive, make_mail
from tests.factories import as_actor
from tickets.actions import accept_participant, solve_ticket
from tickets.models import Comment, Delivery, DeliveryKind, Status, Ticket
from tickets.selectors.conversations import visible_comments

pytestmark = pytest.mark.django_db

PROVEN = "mx.example.com; dmarc=pass header.from=example.com"


@pytest.fixture(autouse=True)
def _trusted_server(settings) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = ["mx.example.com"]


def token_of(ticket: Ticket, person: User) -> str:
    return reply_address(ticket.pk, person.pk, "support@example.com")


def mail_from(agent: User) -> str:
    return f"{agent.name} <{agent.email}>"


# A stranger


def test_a_strangers_message_is_read_by_agents_only_until_they_are_accepted(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    carol = ticket.requester
    item = arrive(sender="friend@elsewhere.example", to=token_of(ticket, carol), text="I can help")

    hidden = visible_comments(ticket, as_actor(carol)).filter(pk=item.comment_id).exists()
    accept_participant(actor=as_actor(alice), ticket_id=ticket.pk, user_id=item.comment.author_id)
    item.comment.refresh_from_db()
    ticket.refresh_from_db()

    assert not hidden
    assert item.comment.is_public
    assert item.comment.flags == []
    assert visible_comments(ticket, as_actor(carol)).filter(pk=item.comment_id).exists()
    assert ticket.audits.filter(events__type="CommentPrivacyChange").exists()


def test_a_strangers_message_reopens_the_ticket(arrive: Arrive, ticket: Ticket) -> None:
    arrive(sender="friend@elsewhere.example", to=token_of(ticket, ticket.requester))

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


def test_a08_a_sign_in_code_sent_to_somebodys_reply_address_is_for_agents_only(
    arrive: Arrive, alice: User
) -> None:
    """2024: register elsewhere with a help desk's address, read the code in the customer portal."""
    forged = arrive(
        sender="Apple <appleid@id.apple.example>", cc="mallory@evil.example", subject="Help",
        text="Please help me with my order",
    ).ticket  # fmt: skip
    mallory = forged.participants.get(user__email="mallory@evil.example").user

    item = arrive(
        sender="Apple <appleid@id.apple.example>", to=token_of(forged, mallory),
        subject="Verify your Apple ID e-mail address", text="Your verification code is 123456",
    )  # fmt: skip

    assert item.ticket_id == forged.pk
    assert not item.comment.is_public
    assert not visible_comments(forged, as_actor(mallory)).filter(pk=item.comment_id).exists()


def test_a08_nobody_is_put_in_copy_of_a_sign_in_mail(arrive: Arrive) -> None:
    item = arrive(
        sender="Slack <feedback@slack.example>", cc="mallory@evil.example",
        subject="Slack confirmation code: ABC-123", text="Here is your confirmation code",
    )  # fmt: skip

    assert not item.ticket.participants.exists()


def test_a_refuted_sender_who_holds_no_token_is_flagged_and_withheld(
    arrive: Arrive, ticket: Ticket
) -> None:
    item = arrive(
        sender=CAROL, in_reply_to="<first@nordwind.example>", text="Send it elsewhere",
        authentication_results="mx.example.com; dmarc=fail (p=none) header.from=nordwind.example",
    )  # fmt: skip

    assert item.comment.flags == ["failed_authentication"]
    assert not item.comment.is_public
    assert item.comment.metadata["sender"]["standing"] == "fail"


# Agents


def test_a_proven_agent_answers_the_customer_by_mail(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    item = arrive(
        sender=mail_from(alice), to=token_of(ticket, alice), authentication_results=PROVEN,
        text="#solved\n#tags refund\n\nIt is on its way.\n\n> internal: she shouted",
    )  # fmt: skip

    ticket.refresh_from_db()
    assert item.comment.is_public
    assert item.comment.is_from_agent
    assert item.comment.flags == ["agent_by_mail"]
    assert item.comment.body == "It is on its way."
    assert "internal" not in item.comment.html
    assert ticket.status == Status.SOLVED
    assert "refund" in ticket.tags
    delivery = Delivery.objects.get(comment=item.comment)
    assert delivery.recipient == ticket.requester


def test_a_proven_agents_note_is_internal(arrive: Arrive, ticket: Ticket, alice: User) -> None:
    item = arrive(
        sender=mail_from(alice), to=token_of(ticket, alice), authentication_results=PROVEN,
        text="#note\nHe called twice.",
    )  # fmt: skip

    assert not item.comment.is_public
    assert not Delivery.objects.filter(comment=item.comment).exists()


def test_a_light_agents_mail_is_an_internal_note(
    arrive: Arrive, ticket: Ticket, lightly: User
) -> None:
    item = arrive(
        sender=mail_from(lightly), to=token_of(ticket, lightly), authentication_results=PROVEN,
        text="I know her.",
    )  # fmt: skip

    assert not item.comment.is_public


def test_what_an_agent_forwards_into_a_ticket_never_goes_to_the_customer(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    item = arrive(
        sender=mail_from(alice), to=token_of(ticket, alice), authentication_results=PROVEN,
        subject="FW: our supplier", text="Look\n\n---------- Forwarded message ---------\n"
        "From: Supplier <s@supplier.example>\nDate: today\nSubject: price\n\nsecret price",
    )  # fmt: skip

    assert not item.comment.is_public


@pytest.mark.parametrize(
    "results",
    ["mx.example.com; dmarc=fail (p=none) header.from=example.com", "evil.example; dmarc=pass", ""],
    ids=["refuted", "a stranger's word", "nothing"],
)
def test_a05_a_forged_agents_commands_are_inert(
    arrive: Arrive, ticket: Ticket, alice: User, results: str
) -> None:
    headers = {"authentication_results": results} if results else {}

    item = arrive(
        sender=mail_from(alice), to=token_of(ticket, alice), text="#solved\nAll done", **headers
    )

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert not item.comment.is_from_agent
    assert "is_staff_address" in item.comment.flags
    assert not item.comment.is_public
    assert item.comment.body.startswith("#solved")
    assert not Delivery.objects.filter(comment=item.comment).exists()


def test_a06_an_agents_mail_whose_answers_go_elsewhere_has_no_rights(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    item = arrive(
        sender=mail_from(alice), to=token_of(ticket, alice), authentication_results=PROVEN,
        reply_to="mallory@evil.example", text="#solved\nDone",
    )  # fmt: skip

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert not item.comment.is_from_agent
    assert "reply_to_differs" in item.comment.flags


def test_a06_a_customer_whose_reply_to_is_an_agent_stays_a_customer(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    item = arrive(
        sender=CAROL, to=token_of(ticket, ticket.requester), reply_to=alice.email,
        text="#solved\nPlease",
    )  # fmt: skip

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert item.comment.author == ticket.requester
    assert item.comment.flags == ["reply_to_differs"]


def test_a07_an_agent_does_nothing_by_mail_on_a_ticket_they_may_not_see(
    arrive: Arrive, ticket: Ticket, bob: User
) -> None:
    User.objects.filter(pk=bob.pk).update(ticket_access="groups")

    item = arrive(
        sender=mail_from(bob), to=token_of(ticket, bob), authentication_results=PROVEN,
        text="#solved\nDone",
    )  # fmt: skip

    ticket.refresh_from_db()
    assert (item.fate, item.reason) == (Fate.SUSPENDED, Reason.AGENT_REFUSED)
    assert ticket.status == Status.PENDING
    assert ticket.comments.count() == 2


def test_an_unknown_assignee_keeps_the_mail_for_people(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    item = arrive(
        sender=mail_from(alice), to=token_of(ticket, alice), authentication_results=PROVEN,
        text="#assignee nobody\nTake it",
    )  # fmt: skip

    assert (item.fate, item.reason) == (Fate.SUSPENDED, Reason.AGENT_REFUSED)
    assert "nobody" in item.detail


# Speaking for others

FORWARD = """Please take care of her.

---------- Forwarded message ---------
From: Erika Extern <erika@extern.example>
Date: Fri, Nov 20, 2026 at 10:00 AM
Subject: Broken lamp
To: <alice@example.com>

The lamp is broken.
"""


def test_a_forward_opens_the_ticket_for_the_original_sender(arrive: Arrive, alice: User) -> None:
    ticket = arrive(sender=mail_from(alice), subject="FW: Broken lamp", text=FORWARD).ticket

    first, note = ticket.comments.order_by("id")
    assert ticket.requester.email == "erika@extern.example"
    assert ticket.requester.name == "Erika Extern"
    assert ticket.submitter == alice
    assert ticket.subject == "Broken lamp"
    assert (first.author, first.body, first.is_public) == (
        ticket.requester, "The lamp is broken.", True,
    )  # fmt: skip
    assert "forwarded_by_agent" in first.flags
    assert first.metadata["forwarded_by"] == alice.name
    assert (note.author, note.body, note.is_public) == (alice, "Please take care of her.", False)
    acknowledgement = Delivery.objects.get(ticket=ticket)
    assert acknowledgement.address == "erika@extern.example"


def test_a_customers_forward_is_the_customers_own_ticket(arrive: Arrive) -> None:
    ticket = arrive(sender=CAROL, subject="FW: Broken lamp", text=FORWARD).ticket

    assert ticket.requester.email == "carol.customer@nordwind.example"
    assert "The lamp is broken." in ticket.comments.get().reply_text


def test_a_refuted_agent_forwards_nothing(arrive: Arrive, alice: User) -> None:
    item = arrive(
        sender=mail_from(alice), subject="FW: Broken lamp", text=FORWARD,
        authentication_results="mx.example.com; dmarc=fail (p=none) header.from=example.com",
    )  # fmt: skip

    assert item.ticket.requester == alice
    assert "failed_authentication" in item.comment.flags


def test_a_form_that_writes_from_no_reply_speaks_for_its_reply_to(arrive: Arrive) -> None:
    item = arrive(
        sender="Shop <noreply@shop.example>", reply_to="Erika Extern <erika@extern.example>",
        subject="Contact form",
    )  # fmt: skip

    assert item.ticket.requester.email == "erika@extern.example"
    assert item.comment.flags == ["reply_to_differs"]
    assert Delivery.objects.filter(kind=DeliveryKind.ACKNOWLEDGEMENT).count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"reply_to": "mallory@evil.example"},
        {"reply_to": "list@lists.example", "list_id": "<list.lists.example>"},
        {"reply_to": "a@x.example, b@x.example", "sender": "noreply@shop.example"},
        {"reply_to": "support@example.com", "sender": "noreply@shop.example"},
    ],
    ids=["a person", "a list", "two", "ourselves"],
)
def test_any_other_reply_to_changes_nobody(arrive: Arrive, headers: dict[str, str]) -> None:
    sender = headers.setdefault("sender", CAROL)

    item = arrive(**headers)

    assert item.ticket.requester.email in sender


# Order of arrival


def test_a_reply_that_comes_before_its_parent_shares_its_ticket(arrive: Arrive) -> None:
    reply = arrive(
        sender="dave@nordwind.example", message_id="b@nordwind.example", cc=CAROL,
        in_reply_to="<a@nordwind.example>", references="<a@nordwind.example>",
    )  # fmt: skip
    parent = arrive(sender=CAROL, message_id="a@nordwind.example")

    assert parent.ticket_id == reply.ticket_id
    assert parent.comment.flags == []
    assert not AwaitedMessage.objects.exists()


def test_two_replies_to_a_mail_that_never_came_share_a_ticket(arrive: Arrive) -> None:
    first = arrive(sender=CAROL, in_reply_to="<lost@nordwind.example>")
    second = arrive(sender=CAROL, in_reply_to="<lost@nordwind.example>", text="And also this")

    assert second.ticket_id == first.ticket_id


def test_a_thread_that_comes_backwards_in_one_batch_is_one_ticket(
    account: ChannelAccount,
) -> None:
    ids = ["a@n.example", "b@n.example", "c@n.example"]
    mails = [
        make_mail(
            message_id=ids[n], text=f"Message {n}",
            **({"in_reply_to": f"<{ids[n - 1]}>", "references": f"<{ids[n - 1]}>"} if n else {}),
        )
        for n in range(3)
    ]  # fmt: skip
    receive([RawMessage(account, raw) for raw in reversed(mails)])

    funnel.process_due()

    assert Ticket.objects.count() == 1
    assert Comment.objects.count() == 3
    assert set(InboundItem.objects.values_list("fate", flat=True)) == {Fate.COMMENT}


# Thanks


@pytest.mark.parametrize(("text", "status"), [("Thanks, Alice!", "solved"), ("Not yet!", "open")])
def test_thanks_leave_a_solved_ticket_solved(
    arrive: Arrive, ticket: Ticket, alice: User, text: str, status: str
) -> None:
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)

    item = arrive(sender=CAROL, to=token_of(ticket, ticket.requester), text=text)

    ticket.refresh_from_db()
    assert ticket.status == status
    assert item.comment.is_public
    assert ("courtesy" in item.comment.flags) == (status == "solved")


# Addresses


def test_a11_an_international_domain_is_one_person_in_both_spellings(arrive: Arrive) -> None:
    first = arrive(sender="Jörg <joerg@xn--bcher-kva.example>").ticket
    raw = make_mail(sender="").replace(b"To:", "From: Jörg <Joerg@Bücher.example>\r\nTo:".encode())

    second = arrive(raw).ticket

    assert second.requester == first.requester


def test_the_recipients_of_a_mail_are_kept_for_reply_all(arrive: Arrive) -> None:
    item = arrive(sender=CAROL, cc="Dave <dave@nordwind.example>")

    assert item.comment.metadata["recipients"] == {
        "to": ["support@example.com"], "cc": ["dave@nordwind.example"],
    }  # fmt: skip
