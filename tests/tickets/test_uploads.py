"""Files on their way to a comment (attacks 17–19, 26)."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from core.storage import blobs
from tests.factories import as_actor
from tickets.actions import discard_upload, keep_upload, update_ticket
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.files import clean_filename, is_dangerous, sniff_content_type
from tickets.models import Attachment


def upload(person, content=b"hello", filename="note.txt"):
    return keep_upload(actor=as_actor(person), file=ContentFile(content), filename=filename)


def reply(person, ticket, *uploads):
    draft = CommentDraft(author_id=person.pk, body="see", upload_ids=tuple(u.pk for u in uploads))
    return update_ticket(actor=as_actor(person), ticket_id=ticket.pk, comment=draft)


def test_an_upload_waits_and_goes_with_the_comment(make_ticket, alice):
    ticket, file = make_ticket(), upload(alice)
    assert file.comment is None
    reply(alice, ticket, file)
    file.refresh_from_db()
    assert file.comment.ticket == ticket
    assert blobs.read(file.key) == b"hello"
    assert "note" not in file.key


def test_an_upload_serves_nobody_else_and_only_once(make_ticket, alice, bob):
    ticket, file = make_ticket(), upload(alice)
    with pytest.raises(InvalidChange):
        reply(bob, ticket, file)
    reply(alice, ticket, file)
    with pytest.raises(InvalidChange):
        reply(alice, ticket, file)
    assert ticket.comments.count() == 2


def test_only_the_owner_takes_a_waiting_upload_back(alice, bob):
    file = upload(alice)
    discard_upload(actor=as_actor(bob), upload_id=file.pk)
    assert Attachment.objects.filter(pk=file.pk).exists()
    discard_upload(actor=as_actor(alice), upload_id=file.pk)
    assert not Attachment.objects.exists()
    with pytest.raises(FileNotFoundError):
        blobs.read(file.key)


def test_a_file_that_is_too_large_is_refused_and_not_kept(alice, settings):
    settings.ATTACHMENT_MAX_BYTES = 4
    with pytest.raises(InvalidChange):
        upload(alice, b"hello")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\temp\\x.exe", "C_temp_x.exe"),
        (".htaccess", "htaccess"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        ("trailing.php. ", "trailing.php"),
        ("nul\x00.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("LPT9.pdf", "_LPT9.pdf"),
        ("console.txt", "console.txt"),
        ("a\uff0eexe", "a.exe"),
        ("\u2025/\u2025/etc", "etc"),
        ("…", "file"),
        ("", "file"),
        ("...", "file"),
        ("e\u0301.txt", "é.txt"),
        ("请求.pdf", "请求.pdf"),
    ],
)
def test_names_are_made_harmless(name, clean):
    assert clean_filename(name) == clean


def test_long_names_keep_their_ending():
    name = clean_filename("a" * 300 + ".pdf")
    assert len(name) == 200
    assert name.endswith("a.pdf")
    assert len(clean_filename("ü" * 300 + ".pdf").encode()) <= 200


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.pdf.exe", "a.EXE", "a.exe. .", "a.ex\u200be", "a\u202efdp.scr", "a.pdf      .js",
     "a.\uff45xe", "x.docm", "x.lnk", "x.iso", "x.html", "x.svg", "report.xlsm"],
)  # fmt: skip
def test_what_runs_or_carries_what_runs_is_dangerous(name):
    assert is_dangerous(name)
    assert is_dangerous(clean_filename(name))


@pytest.mark.parametrize("name", ["a.pdf", "exe", "www.example.com.pdf", "a.docx", "x.tar.gz", ""])
def test_what_people_send_each_other_is_not(name):
    assert not is_dangerous(name)


@pytest.mark.parametrize(
    ("head", "name", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n..", "x.exe", "image/png"),
        (b"<html>", "x.png", "application/octet-stream"),
        (b"%PDF-1.7", "x.txt", "application/pdf"),
        (b"RIFF....WEBPVP8", "x", "image/webp"),
        (b"hello", "x.txt", "text/plain"),
        (b"PK\x03\x04", "x.docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04", "x.png", "application/zip"),
        (b"", "x", "application/octet-stream"),
    ],
)  # fmt: skip
def test_types_are_judged_by_the_first_bytes(head, name, content_type):
    assert sniff_content_type(head, name) == content_type
