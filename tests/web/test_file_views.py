"""Files looked at in place, and all of them as one archive (attacks 17, 18)."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from core.previews import making
from tests.factories import as_actor
from tickets.actions import keep_upload, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Attachment, Rendition
from web.agent.archives import zipped

pytestmark = pytest.mark.django_db


def picture(width: int = 2_000, height: int = 1_000, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(400, 500)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def attach(make_ticket, alice):
    """`attach((b"…", "name.txt"), …)`: files of one message on a ticket of carol's, by alice."""

    def make(*contents: tuple[bytes, str], is_public: bool = True) -> list[Attachment]:
        actor = as_actor(alice)
        uploads = [
            keep_upload(actor=actor, file=ContentFile(content, name="x"), filename=name)
            for content, name in contents
        ]
        ids = tuple(upload.pk for upload in uploads)
        draft = CommentDraft(author_id=alice.pk, body="see", is_public=is_public, upload_ids=ids)
        update_ticket(actor=actor, ticket_id=make_ticket().pk, comment=draft)
        for upload in uploads:
            upload.refresh_from_db()
        return uploads

    return make


def assert_harmless(answer) -> None:
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_large_picture_is_made_small_once(browser_of, alice, attach):
    (file,) = attach((picture(), "photo.png"))
    browser = browser_of(alice)
    answers = [browser.get(f"/files/{file.pk}/picture/0/") for _ in range(2)]
    for answer in answers:
        assert answer["Content-Type"] == "image/webp"
        assert_harmless(answer)
    with Image.open(io.BytesIO(answers[0].content)) as small:
        assert small.size == (1_280, 640)
    assert Rendition.objects.get(attachment=file).key != file.key


def test_pages_of_a_pdf_are_pictures_and_its_scripts_are_nowhere(browser_of, alice, attach):
    (file,) = attach((pdf(), "doc.pdf"))
    browser = browser_of(alice)
    view = browser.get(f"/files/{file.pk}/view/").content.decode()
    assert view.count("page-picture") == 2
    assert "Page 2 of 2" in view
    answer = browser.get(f"/files/{file.pk}/picture/1/")
    assert answer["Content-Type"] == "image/webp"
    assert browser.get(f"/files/{file.pk}/picture/7/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.4 broken", "a.pdf"), (b"\x89PNG\r\n\x1a\nbroken", "a.png"),
     (picture(30_000, 3_000), "bomb.png")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said_and_not_tried_again(
    browser_of, alice, attach, monkeypatch, content, name
):
    (file,) = attach((content, name))
    browser = browser_of(alice)
    assert browser.get(f"/files/{file.pk}/picture/0/").status_code == 404
    assert Rendition.objects.get(attachment=file).key == ""
    monkeypatch.setattr(making, "_made", lambda *_: pytest.fail("tried again"))
    assert browser.get(f"/files/{file.pk}/picture/0/").status_code == 404
    assert browser.get(f"/files/{file.pk}/view/").status_code == 200


def test_text_and_tables_are_printed_as_text(browser_of, alice, attach):
    evil = b'name;note\n"<script>alert(1)</script>";\xe4\n'
    table, text = attach((evil, "a.csv"), (evil * 400, "b.log"))
    browser = browser_of(alice)
    shown = browser.get(f"/files/{table.pk}/view/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</td>" in shown
    assert '<th scope="col" dir="auto">note</th>' in shown
    log = browser.get(f"/files/{text.pk}/view/").content.decode()
    assert "<script" not in log
    assert "Only the beginning is shown" in log


def test_sound_is_played_in_parts_and_only_as_sound(browser_of, alice, attach):
    (file,) = attach((b"ID3" + bytes(range(100)), "voice.mp3"))
    browser = browser_of(alice)
    path = f"/files/{file.pk}/play/"
    whole = browser.get(path)
    assert (whole.status_code, len(whole.getvalue())) == (200, 103)
    assert whole["Content-Type"] == "audio/mpeg"
    assert_harmless(whole)
    part = browser.get(path, headers={"Range": "bytes=3-7"})
    assert (part.status_code, part.getvalue()) == (206, bytes(range(5)))
    assert part["Content-Range"] == "bytes 3-7/103"
    assert browser.get(path, headers={"Range": "bytes=-2"}).getvalue() == bytes([98, 99])
    assert browser.get(path, headers={"Range": "bytes=900-"}).status_code == 416


@pytest.mark.parametrize("name", ["page.html", "run.exe", "picture.svg", "data.bin"])
def test_programs_and_the_unknown_have_no_view(browser_of, alice, attach, name):
    (file,) = attach((b"<script>alert(1)</script>", name))
    for what in ("view/", "play/", "picture/0/"):
        assert browser_of(alice).get(f"/files/{file.pk}/{what}").status_code == 404


def names_in(answer) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()


def test_all_files_come_as_one_archive_under_harmless_names(browser_of, alice, attach):
    files = attach(
        (b"one", "../../etc/passwd"), (b"two", "A.txt"), (b"three", "a.TXT"), (b"", "empty")
    )
    answer = browser_of(alice).get(f"/comments/{files[0].comment_id}/files.zip")
    assert answer["Content-Disposition"].startswith("attachment")
    assert_harmless(answer)
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert archive.namelist() == ["etc_passwd", "A.txt", "a (2).TXT", "empty"]
    assert archive.read("a (2).TXT") == b"three"
    assert archive.testzip() is None
    whole = browser_of(alice).get(f"/tickets/{files[0].comment.ticket_id}/files.zip")
    assert len(names_in(whole)) == 4


def test_an_archive_is_made_piece_by_piece_and_says_what_is_gone(attach):
    from core.storage import blobs

    files = attach((b"x" * 600_000, "large.bin"), (b"y", "gone.txt"))
    blobs.discard(files[1].key)
    pieces = list(zipped(files))
    assert max(map(len, pieces)) < 300_000
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.namelist() == ["large.bin", "missing files.txt"]


def test_an_archive_that_would_be_too_large_is_refused(browser_of, alice, attach, monkeypatch):
    (file,) = attach((b"12345", "a.txt"))
    monkeypatch.setattr("web.agent.archives.MOST_BYTES", 4)
    answer = browser_of(alice).get(f"/comments/{file.comment_id}/files.zip")
    assert answer.status_code == 413


def test_nobody_looks_at_files_of_messages_they_may_not_read(
    browser_of, attach, carol, confined_bob
):
    (file,) = attach((picture(10, 10), "a.png"), is_public=False)
    ticket = file.comment.ticket_id
    paths = [f"/files/{file.pk}/view/", f"/files/{file.pk}/picture/0/",
             f"/comments/{file.comment_id}/files.zip", f"/tickets/{ticket}/files.zip"]  # fmt: skip
    for path in paths:
        assert browser_of(confined_bob).get(path).status_code == 404, path
        assert browser_of(carol).get(path).status_code in (302, 403), path
        assert browser_of(None).get(path).status_code == 302, path
