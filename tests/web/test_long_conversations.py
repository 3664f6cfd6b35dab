"""A thousand messages: a page shows a window of them, and reads no more than that."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.factories import SETUP, as_actor
from tickets.actions import install_stock_views, mark_read, redact_comment, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Audit, AuditEvent, Comment, EventType, ReadMark, View
from tickets.selectors.read_marks import news_among, unread_among

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def long(make_ticket, alice, carol):
    """A ticket with 1,000 messages, a note every tenth, and as many changes of its status."""
    with clock.frozen(clock.now() - timedelta(days=1)):
        ticket = make_ticket(body="message 0")
    start = ticket.created_at
    comments = Comment.objects.bulk_create(
        Comment(
            ticket=ticket, author=(alice, carol)[n % 2], is_from_agent=n % 2 == 0,
            is_public=n % 10 != 0, body=f"message {n}", reply_text=f"message {n}", channel="email",
            created_at=start + timedelta(minutes=n),
        )
        for n in range(1, 1_000)
    )  # fmt: skip
    audits = Audit.objects.bulk_create(
        Audit(ticket=ticket, author=alice, channel="web", created_at=each.created_at)
        for each in comments
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(audit=audit, type=EventType.CHANGE, field_name="status",
                   previous_value="open", value="pending")
        for audit in audits
    )  # fmt: skip
    return ticket


def numbers(html: str) -> list[int]:
    return [int(n) for n in re.findall(r"<p>message (\d+)</p>", html)]


def get(browser, ticket, query: str = "") -> str:
    return browser.get(f"/tickets/{ticket.pk}/{query}").content.decode()


def comment_of(ticket, n: int) -> Comment:
    return ticket.comments.get(body=f"message {n}")


def test_a_long_conversation_opens_at_its_end_with_a_window_of_messages(browser_of, alice, long):
    page = get(browser_of(alice), long)
    assert numbers(page) == list(range(960, 1_000))
    assert 'data-more="before"' in page
    assert 'data-more="after"' not in page


def test_it_opens_at_the_first_message_that_was_not_read(browser_of, alice, long):
    mark_read(actor=as_actor(alice), comment_id=comment_of(long, 499).pk)
    page = get(browser_of(alice), long)
    assert numbers(page) == list(range(493, 533))
    # 500 is the reader's own: the first new message is 501.
    assert page.split('id="unread"')[1].split("<p>message ")[1].startswith("501<")
    assert 'data-more="after"' in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?comment={}", range(480, 520)), ("conversation/?before={}", range(460, 500)),
     ("conversation/?after={}", range(501, 541)), ("?at=first", range(40)),
     ("conversation/?at=end", range(960, 1_000)), ("?comment=999999999", range(960, 1_000))],
)  # fmt: skip
def test_any_part_can_be_asked_for(browser_of, alice, long, query, shown):
    path = f"/tickets/{long.pk}/{query.format(comment_of(long, 500).pk)}"
    page = browser_of(alice).get(path, headers=HTMX).content.decode()
    assert numbers(page) == list(shown)


def test_windows_follow_one_another_without_a_gap(browser_of, alice, long):
    browser, seen, first = browser_of(alice), [], comment_of(long, 100).pk
    for _ in range(4):
        path = f"/tickets/{long.pk}/conversation/?before={first}"
        html = browser.get(path, headers=HTMX).content.decode()
        seen = [*numbers(html), *seen]
        first = int(re.search(r'data-first="(\d*)"', html)[1] or 0)
        if 'data-more="before"' not in html:
            break
    assert seen == list(range(100))


def test_notes_alone_and_messages_without_events(browser_of, alice, long):
    browser = browser_of(alice)
    path = f"/tickets/{long.pk}/conversation/?only="
    notes = browser.get(f"{path}notes", headers=HTMX).content.decode()
    assert numbers(notes) == list(range(600, 1_000, 10))
    public = browser.get(f"{path}public", headers=HTMX).content.decode()
    assert all(n % 10 for n in numbers(public))
    messages = browser.get(f"{path}messages", headers=HTMX).content.decode()
    assert (len(numbers(messages)), messages.count('class="event"')) == (40, 0)
    browser.cookies["conversation"] = "notes"
    assert numbers(get(browser, long)) == list(range(600, 1_000, 10))
    assert numbers(get(browser, long, f"?comment={comment_of(long, 501).pk}"))[21] == 502


def test_an_open_page_is_given_what_it_has_not_yet(browser_of, alice, lead, long):
    def parts(since: str, version: int = 1) -> str:
        return get(browser_of(alice), long, f"parts/?version={version}&since={since}")

    page = get(browser_of(alice), long)
    orders = dict(re.findall(r'id="comment-(\d+)" data-order="(\d+)"', page))
    end = orders[str(comment_of(long, 999).pk)]
    update_ticket(
        actor=as_actor(alice), ticket_id=long.pk, changes=TicketChanges(status="pending"),
        comment=CommentDraft(author_id=alice.pk, body="message 1000"),
    )  # fmt: skip
    long.refresh_from_db()
    news = parts(end)
    assert numbers(news) == [999, 1_000]
    assert 'class="event"' in news.split(">message 1000<")[1]
    redact_comment(actor=as_actor(lead), comment_id=comment_of(long, 3).pk, is_whole=True)
    changed = parts(end, long.version).split("data-changed")[1]
    assert f'id="comment-{long.comments.order_by("created_at")[3].pk}"' in changed
    # More than a window, or no instant: the end, as it is.
    for since in ("20200101000000000000", "", "tomorrow", "9" * 20):
        assert numbers(parts(since)) == list(range(961, 1_001)), since


def cost(browser, path: str) -> tuple[int, int]:
    """Queries, and how many rows of the conversation were read for them."""
    read = []
    watched = (Comment, Audit, AuditEvent)

    def made(sender, instance, **_):
        if sender in watched:
            read.append(instance)

    browser.get(path, headers=HTMX)
    post_init.connect(made)
    try:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path, headers=HTMX).status_code == 200
    finally:
        post_init.disconnect(made)
    return len(captured), len(read)


def test_a_thousand_messages_cost_no_more_than_the_window(browser_of, alice, make_ticket, long):
    browser = browser_of(alice)
    short_queries, _ = cost(browser, f"/tickets/{make_ticket().pk}/")
    queries, rows = cost(browser, f"/tickets/{long.pk}/")
    # Deliveries, and the last message of the customer that names recipients.
    assert queries <= short_queries + 2
    assert rows <= 41 + 2 * 41
    middle = comment_of(long, 500).pk
    for path in (f"?comment={middle}", "parts/?version=1", f"conversation/?before={middle}"):
        queries, rows = cost(browser, f"/tickets/{long.pk}/{path}")
        # Those, the place in the conversation, and by what the customer wrote last.
        assert queries <= short_queries + 7, path
        assert rows <= 2 * 41 + 2 * 61, path


def test_only_events_are_many_and_their_number_is_bounded(browser_of, alice, make_ticket):
    ticket = make_ticket()
    audits = Audit.objects.bulk_create(
        Audit(ticket=ticket, author=alice, channel="web", created_at=clock.now())
        for _ in range(400)
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(audit=audit, type=EventType.CHANGE, field_name="priority", value="high")
        for audit in audits
    )
    page = get(browser_of(alice), ticket)
    assert page.count('class="event"') == 150
    assert "the oldest changes are left out" in page


def read(browser, ticket, comment, **more) -> int:
    path = f"/tickets/{ticket.pk}/read/"
    return browser.post(path, {"comment": comment.pk, **more}).status_code


def test_the_page_in_front_marks_what_was_read_and_never_moves_back(browser_of, alice, long):
    browser = browser_of(alice)
    assert read(browser, long, comment_of(long, 700)) == 204
    assert read(browser, long, comment_of(long, 300)) == 204
    mark = ReadMark.objects.get(user=alice, ticket=long)
    assert mark.comment.body == "message 700"
    with CaptureQueriesContext(connection) as captured:
        mark_read(actor=as_actor(alice), comment_id=comment_of(long, 800).pk)
    assert sum("INSERT" in query["sql"] for query in captured) == 1


def test_a_message_can_be_made_unread_from_there_on(browser_of, alice, long):
    browser = browser_of(alice)
    read(browser, long, comment_of(long, 999))
    assert 'id="unread"' not in get(browser, long)
    read(browser, long, comment_of(long, 981), unread="1")
    assert get(browser, long).split('id="unread"')[1].split("<p>message ")[1].startswith("981<")


def test_lists_ask_once_which_tickets_have_something_new(alice, bob, make_ticket):
    tickets = [make_ticket() for _ in range(3)]
    ids = {ticket.pk for ticket in tickets}
    actor = as_actor(alice)
    for ticket in tickets[:2]:
        mark_read(actor=actor, comment_id=ticket.comments.get().pk)
    note = CommentDraft(author_id=bob.pk, body="new", is_public=False)
    update_ticket(actor=as_actor(bob), ticket_id=tickets[0].pk, comment=note)
    with CaptureQueriesContext(connection) as captured:
        assert unread_among(actor, ids) == {tickets[0].pk, tickets[2].pk}
    assert len(captured) == 1
    assert unread_among(as_actor(bob), ids) == ids


def test_nobody_marks_what_they_may_not_see(browser_of, carol, confined_bob, long):
    comment = comment_of(long, 1)
    assert read(browser_of(confined_bob), long, comment) == 404
    assert read(browser_of(carol), long, comment) == 403
    assert not ReadMark.objects.exists()


def test_earlier_messages_that_changed_come_with_the_parts(browser_of, alice, long):
    comment = comment_of(long, 200)
    long.refresh_from_db()
    version = long.version
    update_ticket(actor=as_actor(alice), ticket_id=long.pk, changes=TicketChanges(priority="low"))
    AuditEvent.objects.create(
        audit=long.audits.order_by("-id").first(), type=EventType.COMMENT_PRIVACY, comment=comment
    )
    path = f"/tickets/{long.pk}/parts/?version={version}"
    changed = browser_of(alice).get(path).content.decode().split("data-changed")[1]
    assert numbers(changed) == [200]


def test_lists_mark_what_is_new_for_the_reader(browser_of, alice, bob, make_ticket):
    install_stock_views(actor=SETUP)
    mine, looked_at, foreign = (make_ticket(assignee_id=pk) for pk in (alice.pk, None, None))
    ids = {mine.pk, looked_at.pk, foreign.pk}
    actor = as_actor(alice)
    assert news_among(actor, ids) == {mine.pk}
    mark_read(actor=actor, comment_id=looked_at.comments.get().pk)
    answer(bob, looked_at)
    with CaptureQueriesContext(connection) as captured:
        assert news_among(actor, ids) == {mine.pk, looked_at.pk}
    assert len(captured) == 1
    answer(alice, mine)
    assert news_among(actor, ids) == {looked_at.pk}
    view = View.objects.get(key="all-unsolved")
    for path in (
        f"/views/{view.pk}/",
        f"/views/{view.pk}/changes/?ids={looked_at.pk},{foreign.pk}",
    ):
        page = browser_of(alice).get(path).content.decode()
        rows = page.split('<tr id="row-')[1:]
        marked = [row.split('"')[0] for row in rows if "Something new for you" in row]
        assert len(rows) >= 2
        assert marked == [str(looked_at.pk)]


def answer(person, ticket) -> None:
    note = CommentDraft(author_id=person.pk, body="new", is_public=False)
    update_ticket(actor=as_actor(person), ticket_id=ticket.pk, comment=note)
