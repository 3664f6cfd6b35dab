"""Nothing is answered unread, or twice: what others wrote meanwhile stops a submit."""

from __future__ import annotations

import pytest

from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.errors import WrittenMeanwhile
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def ticket(make_ticket, alice) -> Ticket:
    return make_ticket(assignee_id=alice.pk)


def write(person, ticket, body: str, **more: object) -> None:
    draft = CommentDraft(author_id=person.pk, body=body, **more)  # type: ignore[arg-type]
    update_ticket(actor=as_actor(person), ticket_id=ticket.pk, comment=draft)


def submit(browser, ticket, **data: object):
    return browser.post(f"/tickets/{ticket.pk}/comments/", data, headers=FRAGMENT)


def test_a_reply_to_what_was_not_read_is_stopped_and_shows_it(browser_of, ticket, alice, bob):
    seen = ticket.comments.last().pk
    write(bob, ticket, "I have <answered> this already.", is_public=False)
    answer = submit(browser_of(alice), ticket, body="My answer", kind="public", seen=seen,
                    status="solved")  # fmt: skip
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "I have &lt;answered&gt; this already." in shown
    assert "Send anyway" in shown
    newest = ticket.comments.last().pk
    assert f'data-latest="{newest}"' in shown
    ticket.refresh_from_db()
    assert (ticket.comments.count(), ticket.status) == (2, "open")
    again = submit(browser_of(alice), ticket, body="My answer", kind="public", seen=newest)
    assert again.status_code == 200


def test_ones_own_words_and_a_bare_status_stop_nothing(browser_of, ticket, alice, bob):
    seen = ticket.comments.last().pk
    browser = browser_of(alice)
    assert submit(browser, ticket, body="One", kind="internal", seen=seen).status_code == 200
    assert submit(browser, ticket, body="Two", kind="internal", seen=seen).status_code == 200
    write(bob, ticket, "Hm.", is_public=False)
    assert submit(browser, ticket, status="pending", seen=seen).status_code == 200


def test_the_guard_stands_behind_the_lock(ticket, alice, bob):
    seen = ticket.comments.last().pk
    write(bob, ticket, "First.")
    with pytest.raises(WrittenMeanwhile):
        write(alice, ticket, "Second.", seen_comment_id=seen)
    assert [comment.body for comment in ticket.comments.order_by("id")][1:] == ["First."]


def test_the_page_asks_what_is_new(browser_of, ticket, alice, bob):
    seen = ticket.comments.last().pk
    url = f"/tickets/{ticket.pk}/composer/meanwhile/?seen={seen}"
    assert "hidden" in browser_of(alice).get(url).content.decode()
    write(bob, ticket, "News.", is_public=False)
    shown = browser_of(alice).get(url).content.decode()
    assert "News." in shown
    assert "Got it" in shown
    assert "Send anyway" not in shown


def test_a_reply_goes_to_the_address_that_was_chosen(browser_of, ticket, alice):
    from accounts.models import Identity
    from core import clock

    Identity.objects.create(
        user=ticket.requester, kind="email", value="home@carol.example", created_at=clock.now()
    )
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    assert 'value="email:home@carol.example"' in page
    submit(browser_of(alice), ticket, body="Hi", kind="public", way="email:home@carol.example")
    delivery = Delivery.objects.get(comment=ticket.comments.last())
    assert delivery.address == "home@carol.example"
    stray = submit(browser_of(alice), ticket, body="Hi", kind="public", way="email:x@evil.example")
    assert stray.status_code == 422
