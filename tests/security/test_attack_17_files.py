"""Attacks 17 to 20: files of strangers through the real funnel, and what a browser gets of them."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from channels_in.models import InboundItem
from tests.channels_in.conftest import account, arrive  # noqa: F401
from tests.security.test_attack_25_pages import ROUTES, browser_of, content_of
from tickets.files import is_dangerous
from tickets.models import Attachment

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(document.domain)</script>"
POLYGLOT = b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(document.domain)//;"
FILES = {
    "html": ("text/html", "page.html", SCRIPT),
    "html in capitals": ("TEXT/HTML", "PAGE.HTML", SCRIPT),
    "svg": ("image/svg+xml", "logo.svg", b"<svg xmlns='x' onload=alert(1)>"),
    "xml with a style sheet": (
        "application/xml", "feed.xml", b"<?xml-stylesheet href='x.xsl' type='text/xsl'?><x/>",
    ),
    "xhtml": ("application/xhtml+xml", "page.xhtml", SCRIPT),
    "pdf with a script": ("application/pdf", "bill.pdf", b"%PDF-1.4 /OpenAction << /S /JavaScript"),
    "page that says it is a picture": ("image/png", "cat.png", SCRIPT),
    "page that says it is a text": ("text/plain", "note.txt", SCRIPT),
    "script that says it is a picture": ("image/gif", "cat.js", b"alert(1)"),
    "script": ("text/javascript", "app.js", b"alert(1)"),
    "style": ("text/css", "app.css", b"body{display:none}"),
    "type with a line break": ("image/png\r\n\tX: y", "x.png", SCRIPT),
    "type that is none": ("<script>", "x", SCRIPT),
    "flash": ("application/x-shockwave-flash", "a.swf", b"CWS"),
    "mhtml": ("message/rfc822", "page.mhtml", b"Content-Type: text/html\r\n\r\n" + SCRIPT),
    "server side": ("application/x-php", ".htaccess", b"AddType application/x-httpd-php .txt"),
}  # fmt: skip
NAMES = {
    "zero width": "inv\u200boice.\u200dexe",
    "right to left": "invoice_\u202egpj.exe",
    "full width": "invoice.ｅｘｅ",
    "parent folders": "../../../../etc/passwd",
    "windows folders": "..\\..\\windows\\system32\\calc.exe",
    "absolute": "/etc/cron.d/x",
    "drive": "C:\\boot.ini",
    "server settings": ".htaccess",
    "trailing dots": "virus.exe. . .",
    "other stream": "a.txt::$DATA",
    "300 bytes": "ä" * 150 + ".pdf",
    "nul": "a.exe\0.png",
    "device": "CON.txt",
    "device with a dot": "nul.",
    "header": 'a"; filename="b.html"\r\nContent-Type: text/html\r\n\r\n<script>',
    "markup": "<img src=x onerror=alert(1)>.png",
    "only dots": "...",
    "nothing": "",
    "percent": "%2e%2e%2f%2e%2e%2fx",
    "dangerous ending": "picture.png.scr",
}


def mail_with(content_type: str, name: str, content: bytes) -> bytes:
    shown = "".join(f"%{byte:02X}" for byte in name.encode())
    return (
        b"From: carol@nordwind.example\r\nTo: support@example.com\r\nSubject: File\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n'
        + f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n".encode()
        + f"Content-Disposition: attachment; filename*=utf-8''{shown}\r\n\r\n".encode()
        + base64.encodebytes(content) + b"--b--\r\n"
    )  # fmt: skip


def file_of(item: InboundItem) -> Attachment:
    assert item.comment, item.reason
    return item.comment.attachments.get()


def require_harmless(answer, *, is_picture: bool = False) -> None:
    """What must hold for the bytes of every stranger."""
    assert answer.status_code == 200
    expected = ("image/gif", "inline") if is_picture else ("application/octet-stream", "attachment")
    assert answer["Content-Type"] == expected[0]
    assert answer["Content-Disposition"].split(";")[0] == expected[1]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    for name, value in answer.headers.items():
        assert not set(value) & set("\r\n"), name


def readers(item: InboundItem, alice: User) -> list[User]:
    return [alice, User.objects.get(identities__value="carol@nordwind.example")]


@pytest.mark.parametrize("kind", FILES)
def test_a_file_by_mail_is_saved_and_never_opened(arrive, alice, kind):  # noqa: F811
    content_type, name, content = FILES[kind]
    item = arrive(mail_with(content_type, name, content))
    file = file_of(item)
    for reader in readers(item, alice):
        answer = browser_of(reader).get(f"/files/{file.pk}/{name}")
        require_harmless(answer)
        assert b"".join(answer.streaming_content) == content


@pytest.mark.parametrize("kind", FILES)
def test_an_uploaded_file_is_saved_and_never_opened(alice, kind):
    content_type, name, content = FILES[kind]
    browser = browser_of(alice)
    given = SimpleUploadedFile(name, content, content_type=content_type.split("\r")[0])
    kept = browser.post("/uploads/", {"file": given}).json()
    require_harmless(browser.get(f"/files/{kept['id']}/whatever.html"))


def test_a_picture_that_is_a_script_too_is_a_picture_alone(arrive, alice):  # noqa: F811
    file = file_of(arrive(mail_with("text/javascript", "cat.gif", POLYGLOT)))
    answer = browser_of(alice).get(f"/files/{file.pk}/app.js")
    require_harmless(answer, is_picture=True)  # no browser runs image/gif with nosniff


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_never_a_path_nor_a_header(arrive, alice, kind):  # noqa: F811
    name = NAMES[kind]
    file = file_of(arrive(mail_with("application/octet-stream", name, b"x")))
    assert file.filename == file.filename.strip(" .") != ""
    assert not set(file.filename) & set('/\\:*?"<>|\r\n\0\u200b\u200d\u202e')
    assert len(file.filename.encode()) <= 200
    assert file.filename.split(".")[0].upper() not in ("CON", "NUL", "AUX", "PRN")
    first, second, key = file.key.split("/")
    assert (len(key), int(key, 16) > 0, key[:2], key[2:4]) == (32, True, first, second)
    answer = browser_of(alice).get(f"/files/{file.pk}/x")
    require_harmless(answer)
    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer["Content-Disposition"]
    if kind in ("zero width", "right to left", "full width", "trailing dots", "dangerous ending"):
        assert is_dangerous(file.filename)


def test_a_file_lies_under_a_random_key_outside_of_everything_that_is_served(arrive):  # noqa: F811
    files = [file_of(arrive(mail_with(*FILES[kind]))) for kind in ("html", "script")]
    folder = Path(settings.MEDIA_ROOT).resolve()
    for served in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert not folder.is_relative_to(Path(served).resolve())
        assert not Path(served).resolve().is_relative_to(folder)
    for file in files:
        path = folder / file.key
        assert path.read_bytes()
        assert not os.access(path, os.X_OK)
        assert path.suffix == ""
        assert path.stat().st_mode & 0o022 == 0, "nobody else writes it"


def test_no_address_leads_to_a_key(arrive, alice):  # noqa: F811
    file = file_of(arrive(mail_with(*FILES["html"])))
    browser = browser_of(alice)
    name = file.key.rsplit("/", 1)[-1]
    for path in (
        f"/static/{file.key}", f"/static/../files/{file.key}", f"/static/%2e%2e/files/{file.key}",
        f"/media/{file.key}", f"/files/{file.key}", f"/files/{name}", f"/files/0/{file.key}",
        f"/files/{file.pk}/../../{file.key}/x", f"/uploads/{file.key}", f"/{file.key}",
        f"/var/files/{file.key}", f"/static//{settings.MEDIA_ROOT}/{file.key}",
    ):  # fmt: skip
        answer = browser.get(path)
        if answer.status_code == 200:  # the id in the address decides, whatever follows it
            require_harmless(answer)
            assert path.startswith(f"/files/{file.pk}/")
        else:
            assert SCRIPT.decode() not in content_of(answer)


def test_pages_do_not_tell_keys(arrive, alice):  # noqa: F811
    item = arrive(mail_with(*FILES["html"]))
    key = file_of(item).key.rsplit("/", 1)[-1]
    for reader, path in zip(readers(item, alice), ("tickets", "requests"), strict=True):
        shown = content_of(browser_of(reader).get(f"/{path}/{item.ticket_id}/"))
        assert "page.html" in shown
        assert key not in shown


def test_nothing_makes_a_document_of_what_strangers_wrote():
    """Attack 20: the one page to print is HTML for the reader's own browser, without pictures.

    tests/web/operations holds that it fetches nothing.
    """
    found = [route for route in ROUTES if "pdf" in route or "print" in route]
    assert found == ["tickets/<int:number>/print/"]
