"""What leaves the composer: clean html, a faithful text, pictures in place."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.http import QueryDict

from channels_in.email.compose import compose
from tests.factories import as_actor
from tests.security.hostile_html import HOSTILE
from tickets.actions import keep_upload
from tickets.models import Delivery, Ticket
from web.composer.bodies import written_in

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def ticket(make_ticket) -> Ticket:
    return make_ticket()


def submit(browser, ticket, **data: object):
    return browser.post(f"/tickets/{ticket.pk}/comments/", data, headers=FRAGMENT)


def test_rich_text_is_kept_as_html_with_a_text_that_says_the_same(browser_of, ticket, alice):
    html = ("<p>Hi <b>Carol</b>,<br>see <a href='https://x.example/a'>this</a>:</p>"
            "<ul><li>one</li><li>two</li></ul><blockquote><p>yours</p></blockquote>"
            "<pre>x = 1</pre><p><br></p>")  # fmt: skip
    assert (
        submit(browser_of(alice), ticket, html=html, body="other", kind="public").status_code == 200
    )
    comment = ticket.comments.last()
    assert comment.body == (
        "Hi Carol,\nsee this <https://x.example/a>:\n\n- one\n- two\n\n> yours\n\nx = 1"
    )
    assert comment.html == (
        "<p>Hi <b>Carol</b>,<br>see <a href=\"https://x.example/a\" target=\"_blank\" "
        "rel=\"noopener noreferrer nofollow\">this</a>:</p><ul><li>one</li><li>two</li></ul>"
        "<blockquote><p>yours</p></blockquote><pre>x = 1</pre>"
    )  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_nothing_that_acts_gets_into_a_comment_by_the_editor(html):
    form = QueryDict(mutable=True)
    form.update({"html": f"<p>text</p>{html}", "kind": "internal"})
    stored = written_in(form, ()).html
    signs = r"<script|<style|<iframe|<svg|<form|<[^>]+\s(?:on\w+|style|class|id)=|href=.javascript"
    assert re.findall(signs, stored, re.IGNORECASE) == []


def test_an_empty_editor_is_no_comment(browser_of, ticket, alice):
    answer = submit(browser_of(alice), ticket, html="<div><br></div>", body="", kind="public")
    assert answer.status_code == 422
    assert ticket.comments.count() == 1


def test_a_mention_is_kept_in_a_note_and_never_in_a_reply(browser_of, ticket, alice, bob):
    html = f'<p><span data-mention="{bob.pk}" data-x="1">@Bob Baker</span> look</p>'
    browser = browser_of(alice)
    submit(browser, ticket, html=html, kind="internal")
    assert f'<span data-mention="{bob.pk}">@Bob Baker</span>' in ticket.comments.last().html
    submit(browser, ticket, html=html, kind="public")
    assert ticket.comments.last().html == "<p><span>@Bob Baker</span> look</p>"


def test_a_picture_in_the_text_goes_in_place(browser_of, ticket, alice, bob):
    mine = keep_upload(actor=as_actor(alice), file=ContentFile(PIXEL), filename="shot.png")
    theirs = keep_upload(actor=as_actor(bob), file=ContentFile(PIXEL), filename="other.png")
    html = (f'<p>Look: <img src="cid:upload-{mine.pk}" alt="shot.png"></p>'
            f'<p><img src="cid:upload-{theirs.pk}"></p>')  # fmt: skip
    submit(browser_of(alice), ticket, html=html, upload=mine.pk, kind="public")
    comment = ticket.comments.last()
    mine.refresh_from_db()
    name = f"upload-{mine.pk}@example.com"
    assert (mine.comment_id, mine.is_inline, mine.content_id) == (comment.pk, True, name)
    assert f'data-cid="{name}"' in comment.html
    mail = compose(Delivery.objects.get(comment=comment)).message()
    picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == f"<{name}>"
    shown = next(part for part in mail.walk() if part.get_content_type() == "text/html")
    assert f'src="cid:{name}"' in shown.get_payload(decode=True).decode()


def test_a_waiting_picture_is_shown_to_who_put_it_there_alone(browser_of, alice, bob):
    file = keep_upload(actor=as_actor(alice), file=ContentFile(PIXEL), filename="shot.png")
    answer = browser_of(alice).get(f"/uploads/{file.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert browser_of(bob).get(f"/uploads/{file.pk}/").status_code == 404
