"""The suspended queue: who sees it, what it says, what becomes of a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from channels_in.accounts import default_account, forget_accounts
from channels_in.actions import expire_suspended
from channels_in.models import Fate, InboundItem, SenderRule
from channels_in.selectors import suspended_count
from core import clock
from core.storage import blobs
from tickets.models import Ticket


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def suspend(db: None) -> Callable[..., InboundItem]:
    """`suspend(subject="…", reason="spam")`: a message in the queue, each older than the last."""
    forget_accounts()
    made: list[InboundItem] = []

    def make(
        subject: str = "Lost and found",
        sender: str = "someone@shop.example",
        reason: str = "spam",
        body: str = "Is this yours?",
        **more: object,
    ) -> InboundItem:
        number = len(made)
        raw = (
            f"From: {sender}\r\nTo: support@example.com\r\nSubject: {subject}\r\n"
            f"Message-ID: <{number}@shop.example>\r\n\r\n{body}\r\n"
        ).encode()
        item = InboundItem.objects.create(
            **{
                "account": default_account(), "external_id": f"id{number}", "raw": raw,
                "size": len(raw), "received_at": clock.now() - timedelta(hours=number),
                "fate": Fate.SUSPENDED, "reason": reason, "sender": sender, "subject": subject,
                "preview": body[:300], "next_attempt_at": clock.now(),
                "envelope": {"from": sender, "to": ["support@example.com"]},
            }
            | more
        )  # fmt: skip
        made.append(item)
        return item

    yield make
    forget_accounts()


ROLES = [("alice", 200), ("lead", 200), ("admin", 200), ("lightly", 403), ("carol", 302)]


@pytest.mark.parametrize(("who", "status"), ROLES)
def test_only_agents_open_the_queue(
    suspend, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    item = suspend()
    client = client_of(request.getfixturevalue(who))
    assert client.get("/suspended/").status_code == status
    assert client.get(f"/suspended/{item.pk}/").status_code == status


@pytest.mark.parametrize("who", ["lightly", "carol"])
@pytest.mark.parametrize("what", ["recoveries", "deletions"])
def test_others_decide_nothing(
    suspend, who: str, what: str, request: pytest.FixtureRequest
) -> None:
    item = suspend()
    client = client_of(request.getfixturevalue(who))
    assert client.post(f"/suspended/{what}/", {"item": item.pk}).status_code == 403
    item.refresh_from_db()
    assert item.fate == Fate.SUSPENDED


def test_visitors_are_asked_to_sign_in(suspend) -> None:
    item = suspend()
    for path in ("/suspended/", f"/suspended/{item.pk}/"):
        assert Client().get(path)["Location"].startswith("/sign-in/")
    assert Client().post("/suspended/deletions/", {"item": item.pk}).status_code == 302
    item.refresh_from_db()
    assert item.fate == Fate.SUSPENDED


def test_links_decide_nothing(suspend, alice: User) -> None:
    item = suspend()
    assert client_of(alice).get(f"/suspended/deletions/?item={item.pk}").status_code == 405


def test_each_message_says_why_it_is_here(suspend, alice: User) -> None:
    suspend(subject="You have won", reason="spam", body="A million")
    html = client_of(alice).get("/suspended/").content.decode()
    for words in ("You have won", "A million", "someone@shop.example"):
        assert words in html
    assert "Marked as spam by the mail server in front of us" in html


def test_an_empty_queue_says_what_it_is_for(alice: User) -> None:
    assert "No message is suspended" in client_of(alice).get("/suspended/").content.decode()


def test_only_suspended_messages_are_in_the_queue(suspend, alice: User, lightly: User, as_actor):
    suspend()
    done = suspend(subject="Already done", fate=Fate.COMMENT)
    assert "Already done" not in client_of(alice).get("/suspended/").content.decode()
    assert client_of(alice).get(f"/suspended/{done.pk}/").status_code == 404
    assert suspended_count(as_actor(alice)) == 1
    assert suspended_count(as_actor(lightly)) == 0


def test_the_queue_comes_in_pages(suspend, alice: User) -> None:
    for number in range(60):
        suspend(subject=f"Message {number:02}")
    client = client_of(alice)
    first = client.get("/suspended/").content.decode()
    assert "Message 49" in first
    assert "Message 50" not in first
    cursor = first.partition("?cursor=")[2].partition('"')[0]
    assert "Message 50" in client.get(f"/suspended/?cursor={cursor}").content.decode()
    assert client.get("/suspended/?cursor=nonsense").status_code == 400


def test_nothing_of_a_message_is_rendered(suspend, alice: User) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    item = suspend(subject=evil, sender="<b>bold</b>@x.example", body=evil, detail=evil)
    client = client_of(alice)
    for path in ("/suspended/", f"/suspended/{item.pk}/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_a_message_that_is_no_text_at_all_can_be_looked_at(suspend, alice: User) -> None:
    item = suspend(raw=bytes(range(256)) * 2000, reason="unreadable")
    response = client_of(alice).get(f"/suspended/{item.pk}/")
    assert response.status_code == 200
    assert "The rest is left out here" in response.content.decode()


def test_a_recovered_message_becomes_a_ticket(suspend, alice: User) -> None:
    item = suspend(subject="Invoice 42", body="Please send it again.")
    response = client_of(alice).post("/suspended/recoveries/", {"item": item.pk}, follow=True)
    assert "1 message was recovered." in response.content.decode()
    item.refresh_from_db()
    ticket = Ticket.objects.get()
    assert (item.fate, item.ticket) == (Fate.COMMENT, ticket)
    assert (ticket.subject, ticket.requester.email) == ("Invoice 42", "someone@shop.example")


def test_a_message_without_a_sender_stays_and_says_why(suspend, alice: User) -> None:
    item = suspend(sender="", reason="no_sender")
    response = client_of(alice).post("/suspended/recoveries/", {"item": item.pk}, follow=True)
    assert "does not say who sent it" in response.content.decode()
    item.refresh_from_db()
    assert item.fate == Fate.SUSPENDED
    assert not Ticket.objects.exists()


def test_several_messages_are_deleted_at_once_and_their_bytes_kept(suspend, alice: User) -> None:
    items = [suspend(), suspend(), suspend()]
    chosen = [items[0].pk, items[2].pk]
    response = client_of(alice).post("/suspended/deletions/", {"item": chosen}, follow=True)
    assert "2 messages were deleted." in response.content.decode()
    fates = InboundItem.objects.order_by("pk").values_list("fate", flat=True)
    assert list(fates) == [Fate.DELETED, Fate.SUSPENDED, Fate.DELETED]
    assert InboundItem.objects.get(pk=items[0].pk).raw


def test_a_message_somebody_else_dealt_with_is_named_once(suspend, alice: User) -> None:
    gone = suspend(fate=Fate.DELETED)
    response = client_of(alice).post("/suspended/recoveries/", {"item": [gone.pk, 999_999]},
                                     follow=True)  # fmt: skip
    assert response.content.decode().count("somebody else has dealt with it") == 1


@pytest.mark.parametrize("item", [[], ["x"], ["-1"], ["9" * 40]])
def test_choosing_nothing_is_said(alice: User, item: list[str]) -> None:
    response = client_of(alice).post("/suspended/deletions/", {"item": item}, follow=True)
    assert "Choose at least one message." in response.content.decode()


def test_the_queue_shows_one_reason_when_asked_and_how_many_each_has(suspend, alice: User) -> None:
    suspend(subject="You have won", reason="spam")
    suspend(subject="Too many", reason="flood")
    suspend(subject="And more", reason="flood")
    html = client_of(alice).get("/suspended/?reason=flood").content.decode()
    assert "Too many" in html
    assert "You have won" not in html
    assert 'Floods</bdi><span class="num">2</span>' in html


@pytest.mark.parametrize("q", ["CAROL", "nordwind", "carol@nordwind.example", "%00carol"])
def test_the_queue_is_searched_by_sender(suspend, alice: User, q: str) -> None:
    suspend(subject="Hers", sender="carol@nordwind.example")
    suspend(subject="Not hers")
    html = client_of(alice).get(f"/suspended/?q={q}").content.decode()
    assert ("Hers" in html, "Not hers" in html) == (True, False)


def test_a_search_without_result_says_so(suspend, alice: User) -> None:
    suspend()
    assert "No message fits" in client_of(alice).get("/suspended/?q=nobody").content.decode()


def test_a_message_says_how_long_it_stays(suspend, alice: User) -> None:
    item = suspend(received_at=clock.now() - timedelta(days=11, hours=1))
    client = client_of(alice)
    assert "2 days left" in client.get("/suspended/").content.decode()
    assert "deleted in 2 days" in client.get(f"/suspended/{item.pk}/").content.decode()


def test_recovering_with_trust_lets_the_sender_through_from_now_on(suspend, alice: User) -> None:
    item = suspend(subject="Invoice 42", reason="flood")
    client_of(alice).post("/suspended/recoveries/", {"item": item.pk, "trust": "1"})
    rule = SenderRule.objects.get()
    assert (rule.pattern, rule.decision, rule.created_by) == (
        "someone@shop.example",
        "allow",
        alice,
    )
    assert Ticket.objects.count() == 1


def test_recovering_without_trust_makes_no_rule(suspend, alice: User) -> None:
    client_of(alice).post("/suspended/recoveries/", {"item": suspend().pk})
    assert not SenderRule.objects.exists()


def test_blocking_deletes_the_messages_and_keeps_the_filter(suspend, alice: User) -> None:
    items = [suspend(), suspend(sender="other@shop.example")]
    response = client_of(alice).post(
        "/suspended/blocks/", {"item": [item.pk for item in items], "reason": "spam", "q": "shop"}
    )
    assert response["Location"] == "/suspended/?reason=spam&q=shop"
    assert set(InboundItem.objects.values_list("fate", flat=True)) == {Fate.DELETED}
    assert set(SenderRule.objects.values_list("pattern", "decision")) == {
        ("someone@shop.example", "block"), ("other@shop.example", "block"),
    }  # fmt: skip


def test_a_message_without_a_sender_blocks_nobody(suspend, alice: User) -> None:
    item = suspend(sender="", reason="no_sender")
    response = client_of(alice).post("/suspended/blocks/", {"item": item.pk}, follow=True)
    assert "nobody can be blocked" in response.content.decode()
    item.refresh_from_db()
    assert item.fate == Fate.SUSPENDED


@pytest.mark.parametrize("who", ["lightly", "carol"])
def test_others_block_nobody(suspend, who: str, request: pytest.FixtureRequest) -> None:
    item = suspend()
    client = client_of(request.getfixturevalue(who))
    assert client.post("/suspended/blocks/", {"item": item.pk}).status_code == 403
    assert not SenderRule.objects.exists()


def test_old_messages_expire_with_their_bytes(suspend, alice: User) -> None:
    old = suspend(received_at=clock.now() - timedelta(days=14, minutes=1), preview="Secret words")
    young = suspend(received_at=clock.now() - timedelta(days=13))
    assert (expire_suspended(), expire_suspended()) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.fate, old.reason, old.detail) == (Fate.DELETED, "expired", "spam")
    assert (bytes(old.raw), old.preview, old.processed_at is None) == (b"", "", False)
    assert (young.fate, bool(young.raw)) == (Fate.SUSPENDED, True)


@pytest.mark.django_db(transaction=True)
def test_the_stored_bytes_of_a_large_message_expire_as_well(suspend) -> None:
    key = blobs.keep(b"x" * 1000)
    suspend(received_at=clock.now() - timedelta(days=20), raw=None, raw_key=key)
    expire_suspended()
    with pytest.raises(FileNotFoundError):
        blobs.read(key)
