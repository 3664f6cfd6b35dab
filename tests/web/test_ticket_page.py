from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.html import sanitize
from tests.factories import as_actor
from tickets.actions import keep_upload, link_tickets, mark_failed, update_ticket
from tickets.drafts import CommentDraft, NewFile, TicketChanges
from tickets.models import Delivery, DeliveryState, Participant

pytestmark = pytest.mark.django_db


def page_of(browser, ticket) -> str:
    return browser.get(f"/tickets/{ticket.pk}/").content.decode()


def say(ticket, person, body: str, **draft: object) -> None:
    comment = CommentDraft(author_id=person.pk, body=body, **draft)
    update_ticket(actor=as_actor(person), ticket_id=ticket.pk, comment=comment)


def test_customer_agent_and_note_are_told_apart_by_a_label(browser_of, make_ticket, alice):
    ticket = make_ticket()
    say(ticket, alice, "We look into it.")
    say(ticket, alice, "Is it lost?", is_public=False)
    page = page_of(browser_of(alice), ticket)
    assert page.count('class="msg customer"') == 1
    assert page.count('class="msg agent"') == 1
    assert page.count('class="msg note"') == 1
    assert "public reply to Carol Customer" in page
    assert "internal note" in page


def test_everything_people_wrote_is_shown_as_text(browser_of, make_ticket, alice, carol):
    evil = '"><img src=x onerror=alert(1)>'
    carol.name = evil
    carol.save()
    file = NewFile("ab/cd/ef", "<svg onload=alert(1)>.txt", "text/plain", 3, "0" * 64)
    ticket = make_ticket(subject=evil, body=evil, tags=("<i>t</i>",), comment={"files": (file,)})
    page = page_of(browser_of(alice), ticket)
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert "<i>t" not in page
    assert "&lt;svg onload=alert(1)&gt;.txt" in page


def test_the_new_text_is_read_first_and_the_whole_message_is_folded(browser_of, make_ticket, alice):
    ticket = make_ticket(body="Thanks!\n\n> You wrote this", comment={"reply_text": "Thanks!"})
    page = page_of(browser_of(alice), ticket)
    visible, folded = page.split("<details", 2)[1].split("<summary")[0], page.split("quoted", 1)[1]
    assert "Thanks!" in page.split('<details class="quoted"')[0]
    assert "You wrote this" in folded
    assert "You wrote this" not in visible


def test_remote_images_are_blocked_and_counted(browser_of, make_ticket, alice):
    html = sanitize('<p style="color:red">Hi<img src="https://tracker.example/1.gif"></p>')
    page = page_of(browser_of(alice), make_ticket(comment={"html": html}))
    assert "1 remote image blocked" in page
    assert ' src="https://tracker.example' not in page
    assert "style=" not in page


def test_an_inline_image_stands_in_its_place(browser_of, make_ticket, alice):
    html = sanitize('<p>See <img src="cid:one@mail"></p>')
    file = NewFile("ab/cd/ef", "one.png", "image/png", 3, "0" * 64, "one@mail", True)
    ticket = make_ticket(comment={"html": html, "files": (file,)})
    attachment = ticket.comments.get().attachments.get()
    page = page_of(browser_of(alice), ticket)
    assert f'<img src="/files/{attachment.pk}/one.png"' in page
    assert page.count("one.png") == 1


@pytest.mark.parametrize("name", ["", "a/b.txt", "..", "x?y#z.txt", "файл \u202egpj.exe"])
def test_no_file_name_breaks_the_page(browser_of, make_ticket, alice, name):
    file = NewFile("ab/cd/ef", name, "text/plain", 3, "0" * 64)
    browser = browser_of(alice)
    assert browser.get(f"/tickets/{make_ticket(comment={'files': (file,)}).pk}/").status_code == 200


def test_events_are_lines_with_names(browser_of, make_ticket, alice, support):
    ticket = make_ticket()
    changes = TicketChanges(assignee_id=alice.pk, status="pending", tags=("vip",))
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=changes)
    page = page_of(browser_of(alice), ticket)
    assert "assigned to Alice Archer" in page
    assert "New → Pending" in page
    assert "added tag vip" in page
    assert "group Support" in page


def test_a_message_that_did_not_arrive_can_be_sent_again(browser_of, make_ticket, alice):
    ticket = make_ticket()
    say(ticket, alice, "We look into it.")
    delivery = Delivery.objects.get(kind="comment")
    mark_failed(delivery=delivery, error="550 <b>no</b> such user", is_permanent=True)
    browser = browser_of(alice)
    page = page_of(browser, ticket)
    assert "Not delivered" in page
    assert "550 &lt;b&gt;no&lt;/b&gt; such user" in page
    assert browser.post(f"/deliveries/{delivery.pk}/retry/").status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.QUEUED


def test_somebody_who_turned_up_is_flagged_and_can_be_accepted(
    browser_of, make_ticket, alice, mallory
):
    from tickets.actions import add_unverified_participant

    ticket = make_ticket()
    add_unverified_participant(ticket=ticket, user=mallory)
    browser = browser_of(alice)
    assert "wrote here but is not on the ticket" in page_of(browser, ticket)
    browser.post(f"/tickets/{ticket.pk}/participants/", {"user": str(mallory.pk)})
    assert Participant.objects.get(ticket=ticket).is_accepted


def test_a_closed_ticket_offers_a_follow_up_instead_of_a_composer(browser_of, make_ticket, alice):
    ticket = make_ticket(subject="Lamp", status="closed")
    browser = browser_of(alice)
    page = page_of(browser, ticket)
    assert "<textarea" not in page
    assert f"/tickets/new/?followup={ticket.pk}" in page
    assert 'value="Lamp"' in browser.get(f"/tickets/new/?followup={ticket.pk}").content.decode()


def test_linked_tickets_and_the_customers_history_are_shown(browser_of, make_ticket, alice):
    first, second = make_ticket(subject="First matter"), make_ticket(subject="Second matter")
    link_tickets(actor=as_actor(alice), source_id=first.pk, target_id=second.pk)
    page = page_of(browser_of(alice), first)
    assert page.count("Second matter") >= 2
    assert "Nordwind" in page


def test_the_way_to_the_next_ticket_of_the_view(browser_of, make_ticket, alice, views):
    older, middle, newer = (make_ticket(subject=name) for name in ("a", "b", "c"))
    view = views["unassigned"].pk
    page = browser_of(alice).get(f"/tickets/{middle.pk}/neighbours/?view={view}").content.decode()
    assert f'href="/tickets/{newer.pk}/?view={view}"' in page.split("data-next")[0]
    assert f'href="/tickets/{older.pk}/?view={view}"' in page.split("data-next")[1]


def queries(browser, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_a_long_conversation_costs_as_many_queries_as_a_short_one(
    browser_of, make_ticket, alice, bob, carol, monkeypatch
):
    # However slow the machine: hours of business are not read anew between two pages.
    monkeypatch.setattr("tickets.conditions.business._FRESH_SECONDS", 3600)
    ticket = make_ticket()
    browser = browser_of(alice)

    def talk(times: int) -> None:
        for n in range(times):
            say(ticket, (alice, bob, carol)[n % 3], f"line {n}")
            status = ("pending", "open")[n % 2]
            update_ticket(
                actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(status=status)
            )

    talk(5)
    short = queries(browser, f"/tickets/{ticket.pk}/")
    talk(45)
    # One more at most: whom the customer's last message went to stands before the window.
    assert queries(browser, f"/tickets/{ticket.pk}/") <= short + 1
    assert short <= 28  # two are for what the reader has been told, one for fields of people


def test_the_parts_hold_no_frame(browser_of, make_ticket, alice):
    ticket = make_ticket()
    parts = browser_of(alice).get(f"/tickets/{ticket.pk}/parts/").content.decode()
    assert "<html" not in parts
    assert f'data-version="{ticket.version}"' in parts


def test_an_upload_of_somebody_else_is_not_taken_along(browser_of, make_ticket, alice, bob):
    from django.core.files.base import ContentFile

    ticket = make_ticket()
    upload = keep_upload(
        actor=as_actor(bob), file=ContentFile(b"secret", name="s.txt"), filename="s.txt"
    )
    answer = browser_of(alice).post(
        f"/tickets/{ticket.pk}/comments/",
        {"body": "x", "upload": str(upload.pk)},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "attach it again" in answer.content.decode()
    assert ticket.comments.count() == 1
