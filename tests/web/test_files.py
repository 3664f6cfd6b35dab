"""Attachments: who gets them, and what a browser may do with them (attacks 17–19, 26)."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import as_actor
from tickets.actions import keep_upload, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Attachment

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def attach(make_ticket, alice):
    """`attach(b"…", "name.txt")`: an attachment on a ticket of carol's, by alice."""

    def make(content: bytes, name: str, *, is_public: bool = True) -> Attachment:
        actor = as_actor(alice)
        upload = keep_upload(actor=actor, file=ContentFile(content, name="x"), filename=name)
        comment = CommentDraft(
            author_id=alice.pk, body="see", is_public=is_public, upload_ids=(upload.pk,)
        )
        update_ticket(actor=actor, ticket_id=make_ticket().pk, comment=comment)
        upload.refresh_from_db()
        return upload

    return make


def get(browser, file: Attachment):
    return browser.get(f"/files/{file.pk}/{file.filename}")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<script>alert(1)</script>", "page.html"),
        (b"<svg onload=alert(1)>", "picture.svg"),
        (b"<?xml version='1.0'?>", "feed.xml"),
        (b"%PDF-1.4 /JS", "doc.pdf"),
        (b"<html>", "lie.png"),
        (b"GIF", "short.gif"),
    ],
)
def test_whatever_is_not_a_picture_is_saved_and_never_opened(
    browser_of, alice, attach, content, name
):
    answer = get(browser_of(alice), attach(content, name))
    assert answer.getvalue() == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_picture_may_be_shown_in_place(browser_of, alice, attach):
    answer = get(browser_of(alice), attach(PNG, "shot.png"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_name_in_any_script_survives_and_injects_nothing(browser_of, alice, attach):
    answer = get(browser_of(alice), attach(b"x", 'Größe "1"\r\nSet-Cookie: a=b.txt'))
    header = answer["Content-Disposition"]
    assert "filename*=utf-8''Gr%C3%B6%C3%9Fe" in header
    assert "\n" not in header
    assert "Set-Cookie" not in answer.headers


def test_only_those_who_may_see_the_comment_get_its_file(
    browser_of, attach, carol, mallory, confined_bob
):
    public, internal = attach(b"x", "a.txt"), attach(b"y", "b.txt", is_public=False)
    assert get(browser_of(carol), public).status_code == 200
    assert get(browser_of(carol), internal).status_code == 404
    assert get(browser_of(mallory), public).status_code == 404
    assert get(browser_of(confined_bob), public).status_code == 404
    assert get(browser_of(None), public).status_code == 302


def test_a_waiting_upload_is_its_owners_alone(browser_of, alice, bob):
    browser = browser_of(alice)
    kept = browser.post("/uploads/", {"file": SimpleUploadedFile("a.txt", b"hello")}).json()
    assert (kept["name"], kept["size"]) == ("a.txt", 5)
    file = Attachment.objects.get(pk=kept["id"])
    assert get(browser, file).status_code == 200
    assert get(browser_of(bob), file).status_code == 404
    assert browser_of(bob).delete(f"/uploads/{file.pk}/").status_code == 204
    assert Attachment.objects.filter(pk=file.pk).exists()
    assert browser.delete(f"/uploads/{file.pk}/").status_code == 204
    assert not Attachment.objects.filter(pk=file.pk).exists()


def test_a_file_that_is_too_large_is_refused_with_a_sentence(browser_of, alice, settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    answer = browser_of(alice).post("/uploads/", {"file": SimpleUploadedFile("a.txt", b"0" * 11)})
    assert answer.status_code == 413
    assert "larger than" in answer.json()["error"]
    assert not Attachment.objects.exists()


def test_a_file_whose_bytes_are_gone_is_404(browser_of, alice, attach):
    from core.storage import blobs

    file = attach(b"x", "a.txt")
    blobs.discard(file.key)
    assert get(browser_of(alice), file).status_code == 404
