"""Parts, files and encodings in the shapes that mail systems really send."""

# ruff: noqa: E501 (tables of whole mails)
from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from channels_in.email.parse import parse
from channels_in.messages import IncomingMessage

TOP = b"From: c@example.com\r\nTo: desk@example.net\r\nSubject: Lamp\r\nMIME-Version: 1.0\r\n"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 40)


def part(kind: str, body: str | bytes, *lines: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"Content-Type: {kind}", *lines))
    return head.encode() + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def multi(kind: str, *parts: bytes, boundary: str = "b1", extra: str = "") -> bytes:
    mark = b"--" + boundary.encode()
    joined = b"".join(mark + b"\r\n" + item + b"\r\n" for item in parts)
    return part(f'multipart/{kind}; boundary="{boundary}"{extra}', joined + mark + b"--\r\n")


def read(body: bytes) -> IncomingMessage:
    return parse(TOP + body)


def names(message: IncomingMessage) -> list[str]:
    return [item.filename for item in message.attachments]


TEXT = part("text/plain; charset=utf-8", "Hello plain")
HTML = part("text/html; charset=utf-8", '<p>Hello html</p><img src="cid:i1@x">')
IMAGE = part(
    "image/png; name=lamp.png",
    PNG,
    "Content-Transfer-Encoding: base64",
    "Content-ID: <i1@x>",
    "Content-Disposition: inline; filename=lamp.png",
)
FILE = part(
    'application/pdf; name="bill.pdf"',
    b"JVBERi0x",
    "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="bill.pdf"',
)


def test_related_inside_alternative() -> None:
    message = read(multi("alternative", TEXT, multi("related", HTML, IMAGE, boundary="b2")))
    assert message.text == "Hello plain"
    assert "Hello html" in message.html
    assert [(a.filename, a.is_inline) for a in message.attachments] == [("lamp.png", True)]


def test_alternative_inside_related_inside_mixed() -> None:
    inner = multi("related", multi("alternative", TEXT, HTML, boundary="b3"), IMAGE, boundary="b2")
    message = read(multi("mixed", inner, FILE))
    assert message.text == "Hello plain"
    assert names(message) == ["lamp.png", "bill.pdf"]
    assert [a.is_inline for a in message.attachments] == [True, False]


def test_texts_between_pictures_are_joined() -> None:
    second = part("text/plain", "and below")
    message = read(multi("mixed", TEXT, IMAGE, second))
    assert message.text == "Hello plain\n\nand below"
    assert names(message) == ["lamp.png"]


def test_a_double_of_the_macintosh_is_a_file_and_no_noise() -> None:
    fork = part(
        "application/applefile; name=lamp.png", b"AAUWBwAC", "Content-Transfer-Encoding: base64"
    )
    message = read(multi("mixed", TEXT, multi("appledouble", fork, IMAGE, boundary="b2")))
    assert names(message)[-1] == "lamp.png"
    assert any(a.content_type == "image/png" for a in message.attachments)


def test_an_enclosed_mail_is_one_file_named_after_its_subject() -> None:
    inner = b"From: x@example.org\r\nSubject: Old lamp\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n\r\ninner\r\n--z--\r\n"
    message = read(multi("mixed", TEXT, part("message/rfc822", inner)))
    assert names(message) == ["Old lamp.eml"]
    assert message.text == "Hello plain"


def test_a_digest_keeps_its_mails() -> None:
    mails = [
        b"\r\nFrom: x@example.org\r\nSubject: One\r\n\r\nfirst",
        b"\r\nFrom: y@example.org\r\nSubject: Two\r\n\r\nsecond",
    ]
    assert names(read(multi("digest", *mails))) == ["One.eml", "Two.eml"]


@pytest.mark.parametrize(
    "kind",
    [
        'message/external-body; access-type=URL; URL="https://example.org/x"',
        "message/partial; id=1; number=1; total=2",
        "application/x-unknown",
        "chemical/x-pdb",
        "x-foo/x-bar",
        "model/stl",
        "font/woff2",
    ],
)
def test_rare_types_become_files(kind: str) -> None:
    message = read(multi("mixed", TEXT, part(kind, "abc")))
    assert message.text == "Hello plain"
    assert len(message.attachments) == 1
    assert message.attachments[0].filename


SECURE = {
    "pgp": (multi("signed", TEXT, part("application/pgp-signature; name=signature.asc", "-----BEGIN PGP SIGNATURE-----"), extra='; micalg=pgp-sha256; protocol="application/pgp-signature"'), "Hello plain", [], True, False),
    "s/mime": (multi("signed", TEXT, part("application/pkcs7-signature; name=smime.p7s", "MIIB", "Content-Transfer-Encoding: base64")), "Hello plain", [], True, False),
    "signature as octets": (multi("signed", TEXT, part("application/octet-stream; name=smime.p7s", "MIIB", "Content-Transfer-Encoding: base64")), "Hello plain", [], True, False),
    "pgp encrypted": (multi("encrypted", part("application/pgp-encrypted", "Version: 1"), part('application/octet-stream; name="encrypted.asc"', "-----BEGIN PGP MESSAGE-----")), "", ["attachment-1.asc", "encrypted.asc"], False, True),
    "enveloped": (part("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MIIB", "Content-Transfer-Encoding: base64"), "", ["smime.p7m"], False, True),
    "enveloped without a name": (part("application/x-pkcs7-mime; smime-type=enveloped-data", "MIIB", "Content-Transfer-Encoding: base64"), "", ["smime.p7m"], False, True),
    "enveloped as octets": (part("application/octet-stream; name=smime.p7m", "MIIB", "Content-Transfer-Encoding: base64"), "", ["smime.p7m"], False, True),
    "opaque signed": (part("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "MIIB", "Content-Transfer-Encoding: base64"), "", ["smime.p7m"], True, False),
    "pgp inline": (part("text/plain", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----"), None, [], False, True),
}  # fmt: skip


def signed(content: bytes, *, name: str = "smime.p7m") -> bytes:
    """A part with `content` inside an opaque signature."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Carol")])
    builder = x509.CertificateBuilder(whose, whose, key.public_key(), 1, NOW, NOW)
    certificate = builder.sign(key, hashes.SHA256())
    signature = pkcs7.PKCS7SignatureBuilder().set_data(content)
    signature = signature.add_signer(certificate, key, hashes.SHA256())
    der = signature.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    raw = base64.encodebytes(der).decode()
    kind = f"application/pkcs7-mime; smime-type=signed-data; name={name}"
    return part(kind, raw, "Content-Transfer-Encoding: base64")


def test_a_mail_inside_its_signature_is_read() -> None:
    message = read(signed(multi("mixed", multi("alternative", TEXT, HTML, boundary="b2"), FILE)))
    assert (message.text, message.is_signed, message.is_encrypted) == ("Hello plain", True, False)
    assert names(message) == ["bill.pdf"]


def test_a_mail_inside_its_signature_is_read_below_a_disclaimer() -> None:
    message = read(multi("mixed", signed(TEXT), part("text/plain", "From outside")))
    assert message.text.split() == ["Hello", "plain", "From", "outside"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<?xml version='1.0'?><Invoice/>", "invoice.xml.p7m"),
        (b"\x00\x01", "smime.p7m"),
        (TEXT, "contract.p7m"),
    ],
)
def test_a_file_that_was_signed_stays_a_file(content: bytes, name: str) -> None:
    message = read(multi("mixed", TEXT, signed(content, name=name)))
    assert (message.text, names(message)) == ("Hello plain", [name])


def in_pieces(*pieces: bytes) -> bytes:
    """The same in the form of Outlook and OpenSSL: sizes left open, the content in pieces."""
    head = bytes.fromhex(
        "308006092a864886f70d010702a0803080020101310030800609 2a864886f70d010701a0802480"
    )
    octets = b"".join(b"\x04\x82" + len(piece).to_bytes(2) + piece for piece in pieces)
    raw = base64.encodebytes(head + octets + bytes(20)).decode()
    return part(
        "application/x-pkcs7-mime; name=smime.p7m", raw, "Content-Transfer-Encoding: base64"
    )


def test_a_signed_mail_in_pieces_is_put_together() -> None:
    message = read(in_pieces(TEXT[:20], TEXT[20:]))
    assert (message.text, message.is_signed) == ("Hello plain", True)


@pytest.mark.parametrize("piece", [b"", b"x"])
def test_a_signature_of_a_million_pieces_stays_a_file(piece: bytes) -> None:
    assert names(read(in_pieces(TEXT, *[piece] * 1_000_000))) == ["smime.p7m"]


@pytest.mark.parametrize("raw", [b"\x30\x80" * 100_000, b"\x30", b"\x30\xff" + b"\xff" * 200, b""])
def test_what_is_no_signature_stays_a_file(raw: bytes) -> None:
    body = part(
        "application/pkcs7-mime; name=smime.p7m",
        base64.encodebytes(raw).decode(),
        "Content-Transfer-Encoding: base64",
    )
    assert len(read(body).attachments) == 1


def test_a_signature_is_opened_so_deep_and_no_deeper() -> None:
    inner = TEXT
    for _ in range(30):
        inner = multi("mixed", signed(inner))
    assert len(names(read(inner))) == 1


@pytest.mark.parametrize("name", SECURE)
def test_signed_and_encrypted_mail_is_known(name: str) -> None:
    body, text, files, is_signed, is_encrypted = SECURE[name]
    message = read(body)
    assert (message.is_signed, message.is_encrypted) == (is_signed, is_encrypted)
    assert names(message) == files
    assert text is None or message.text == text


EVENT = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u1\r\nSUMMARY:Lamp\\, red\r\nDTSTART:20261120T100400Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    "body",
    [
        multi("alternative", TEXT, part("text/calendar; method=REQUEST; charset=utf-8", EVENT)),
        multi(
            "mixed",
            TEXT,
            part(
                "text/calendar; name=invite.ics",
                EVENT,
                "Content-Disposition: attachment; filename=invite.ics",
            ),
        ),
        multi(
            "mixed",
            TEXT,
            part(
                "application/ics; name=invite.ics",
                EVENT,
                "Content-Disposition: attachment; filename=invite.ics",
            ),
        ),
        part("text/calendar; method=REQUEST", EVENT),
    ],
)
def test_an_invitation_is_read_wherever_it_is(body: bytes) -> None:
    message = read(body)
    assert message.calendar is not None
    assert (message.calendar.method, message.calendar.summary) == ("REQUEST", "Lamp, red")


NAMES = {
    "only in the type": ('application/pdf; name="a b.pdf"', "a b.pdf"),
    "2231": ("application/pdf; name*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
    "2231 pieces in disorder": ("application/pdf; name*1*=%9Fe.pdf; name*0*=utf-8''Gr%C3%BC%C3", "Grüße.pdf"),
    "2231 mixed pieces": ("application/pdf; name*0*=utf-8''Gr%C3%BC; name*1=sse.pdf", "Grüsse.pdf"),
    "2231 plain pieces": ('application/pdf; name*0="very"; name*1="long.pdf"', "verylong.pdf"),
    "2231 latin": ("application/pdf; name*=iso-8859-1'de'Gr%FC%DFe.pdf", "Grüße.pdf"),
    "2231 without a charset": ("application/pdf; name*=''Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
    "2231 in quotes": ("application/pdf; name*=\"utf-8''Gr%C3%BC%C3%9Fe.pdf\"", "Grüße.pdf"),
    "2047": ('application/pdf; name="=?utf-8?Q?Gr=C3=BC=C3=9Fe=2Epdf?="', "Grüße.pdf"),
    "2047 unquoted": ("application/pdf; name==?utf-8?B?R3LDvMOfZS5wZGY=?=", "Grüße.pdf"),
    "2047 in two": ('application/pdf; name="=?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe.pdf?="', "Grüße.pdf"),
    "raw utf-8": ('application/pdf; name="Grüße.pdf"', "Grüße.pdf"),
    "percent": ('application/pdf; name="Gr%C3%BC%C3%9Fe.pdf"', "Gr%C3%BC%C3%9Fe.pdf"),
    "unquoted with spaces": ("application/pdf; name=my red lamp.pdf", "my red lamp.pdf"),
    "single quotes": ("application/pdf; name='lamp.pdf'", "lamp.pdf"),
    "path": ('application/pdf; name="C:\\\\Users\\\\carol\\\\lamp.pdf"', "lamp.pdf"),
    "unix path": ('application/pdf; name="../../etc/lamp.pdf"', "lamp.pdf"),
    "semicolon in quotes": ('application/pdf; name="a;b.pdf"', "a;b.pdf"),
    "escaped quote": ('application/pdf; name="a\\"b.pdf"', "ab.pdf"),
    "twice": ('application/pdf; name="one.pdf"; name="two.pdf"', "one.pdf"),
    "upper case key": ('application/pdf; NAME="lamp.pdf"', "lamp.pdf"),
    "spaces around the equals sign": ('application/pdf; name = "lamp.pdf"', "lamp.pdf"),
    "missing semicolon": ('application/pdf name="lamp.pdf"', "lamp.pdf"),
    "direction override": ('application/pdf; name="lamp\u202efdp.exe"', "lampfdp.exe"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_read(name: str) -> None:
    kind, shown = NAMES[name]
    message = read(multi("mixed", TEXT, part(kind, "abc", "Content-Transfer-Encoding: 7bit")))
    assert names(message) == [shown]


def test_the_disposition_wins_over_the_type() -> None:
    item = part(
        "application/pdf; name=wrong.pdf",
        "abc",
        "Content-Disposition: attachment; filename=right.pdf",
    )
    assert names(read(multi("mixed", TEXT, item))) == ["right.pdf"]


def test_a_picture_by_content_location_is_inline() -> None:
    html = part("text/html", '<img src="https://example.org/lamp.png">')
    image = part(
        "image/png",
        PNG,
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://example.org/lamp.png",
    )
    message = read(multi("related", html, image))
    assert names(message) == ["lamp.png"]


CONTENT = "Grüße, the lamp is broken. Please call me back."
BODIES = {
    "base64 noise": ("base64", base64.b64encode(CONTENT.encode())[:20] + b"\r\n!!! \r\n" + base64.b64encode(CONTENT.encode())[20:], CONTENT),
    "base64 without padding": ("base64", base64.b64encode(CONTENT.encode()).rstrip(b"="), CONTENT),
    "base64 with a footer": ("base64", base64.b64encode((CONTENT + "  ").encode()) + b"\r\n\r\n", CONTENT),
    "qp soft breaks with spaces": ("quoted-printable", b"Gr=C3=BC=C3=9Fe, the lamp=  \r\n is broken. Please =\r\ncall me back.", CONTENT),
    "qp lower case hex": ("quoted-printable", b"Gr=c3=bc=c3=9fe, the lamp is broken. Please call me back.", CONTENT),
    "qp with stray equals": ("quoted-printable", b"a =b = c =zz", "a =b = c =zz"),
    "qp raw bytes": ("quoted-printable", CONTENT.encode(), CONTENT),
    "8bit": ("8bit", CONTENT.encode(), CONTENT),
    "binary": ("binary", CONTENT.encode(), CONTENT),
    "unknown": ("x-plain", CONTENT.encode(), CONTENT),
    "upper case with comment": ("QUOTED-PRINTABLE (x)", b"Gr=C3=BC=C3=9Fe, the lamp is broken. Please call me back.", CONTENT),
    "declared base64, is text": ("base64", b"Hello there, this is plain text.", "Hello there, this is plain text."),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_decoded(name: str) -> None:
    encoding, body, text = BODIES[name]
    message = read(
        part("text/plain; charset=utf-8", body, f"Content-Transfer-Encoding: {encoding}")
    )
    assert message.text.strip() == text


CHARSETS = {
    "lies latin": ("iso-8859-1", CONTENT.encode(), CONTENT),
    "lies ascii": ("us-ascii", CONTENT.encode("cp1252"), CONTENT),
    "lies utf-8": ("utf-8", CONTENT.encode("cp1252"), CONTENT),
    "bom": ("utf-8", b"\xef\xbb\xbf" + CONTENT.encode(), CONTENT),
    "utf-16 with a bom": ("utf-16", CONTENT.encode("utf-16"), CONTENT),
    "utf-16le": ("utf-16le", CONTENT.encode("utf-16le"), CONTENT),
    "utf-16 undeclared with a bom": ("", CONTENT.encode("utf-16"), CONTENT),
    "utf-16 declared as utf-8": ("utf-8", b"\xff\xfe" + CONTENT.encode("utf-16le"), CONTENT),
    "utf-7": ("utf-7", CONTENT.encode("utf-7"), CONTENT),
    "quoted label": ("'utf-8'", CONTENT.encode(), CONTENT),
    "label with prefix": ("charset=utf-8", CONTENT.encode(), CONTENT),
    "cp1252 punctuation as latin": ("iso-8859-1", "„Lampe“ – 5 €".encode("cp1252"), "„Lampe“ – 5 €"),
    "latin-9": ("iso-8859-15", "5 €".encode("iso-8859-15"), "5 €"),
    "unknown label": ("x-mac-foo", CONTENT.encode("cp1252"), CONTENT),
    "gb2312 holds gbk": ("gb2312", "镕基 测试".encode("gbk"), "镕基 测试"),
    "iso-2022-jp with circled digits": ("iso-2022-jp", "①テスト".encode("iso2022_jp_ext", "ignore") or b"", "テスト"),
    "iso-2022-kr": ("iso-2022-kr", "시험".encode("iso2022_kr"), "시험"),
    "hz": ("hz-gb-2312", "测试".encode("hz"), "测试"),
    "koi8-u": ("koi8-u", "Їжак".encode("koi8-u"), "Їжак"),
    "mac roman": ("macintosh", "Grüße".encode("mac_roman"), "Grüße"),
    "ibm850": ("ibm850", "Grüße".encode("cp850"), "Grüße"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARSETS)
def test_a_body_is_read_by_its_charset_or_better(name: str) -> None:
    charset, raw, text = CHARSETS[name]
    kind = f'text/plain; charset="{charset}"' if charset else "text/plain"
    body = base64.encodebytes(raw)
    message = read(part(kind, body, "Content-Transfer-Encoding: base64"))
    assert message.text.strip() == text


def test_a_meta_charset_helps_when_the_header_names_none_that_fits() -> None:
    html = '<html><head><meta charset="windows-1251"></head><body>Привет, лампа сломалась</body></html>'
    for kind in ("text/html", "text/html; charset=us-ascii", "text/html; charset=windows-1251"):
        message = read(part(kind, html.encode("cp1251"), "Content-Transfer-Encoding: 8bit"))
        assert "Привет, лампа" in message.text


def test_the_header_wins_over_a_meta_charset_that_a_gateway_forgot() -> None:
    html = '<html><head><meta charset="windows-1251"></head><body>Grüße</body></html>'
    message = read(part("text/html; charset=utf-8", html, "Content-Transfer-Encoding: 8bit"))
    assert "Grüße" in message.text


def test_flowed_text_is_joined_and_quotes_stay() -> None:
    message = read(
        part(
            "text/plain; format=flowed; delsp=yes", "Hello the \r\nre all\r\n> old \r\n> words\r\n"
        )
    )
    assert message.text.startswith("Hello there all\n> oldwords")


def test_uuencoded_files_are_taken_out_and_yenc_stays_text() -> None:
    uu = "See file\r\n\r\nbegin 644 lamp.txt\r\n#0V%T\r\n`\r\nend\r\n"
    message = read(part("text/plain", uu))
    assert message.text.strip() == "See file"
    assert [(a.filename, a.content) for a in message.attachments] == [("lamp.txt", b"Cat")]
    assert (
        "=ybegin"
        in read(part("text/plain", "=ybegin line=128 size=3 name=x\r\nabc\r\n=yend\r\n")).text
    )


SHAPES = {
    "missing final boundary": TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello plain\r\n",
    "bare line feeds": (TOP + multi("mixed", TEXT)).replace(b"\r\n", b"\n"),
    "bare carriage returns": (TOP + multi("mixed", TEXT)).replace(b"\r\n", b"\r"),
    "boundary of signs": TOP + multi("mixed", TEXT, boundary="=_?'()+,-./:=xY"),
    "boundary with spaces": TOP + multi("mixed", TEXT, boundary="a b c"),
    "boundary unquoted with equals": TOP + part("multipart/mixed; boundary=----=_Part_1=x", b"------=_Part_1=x\r\nContent-Type: text/plain\r\n\r\nHello plain\r\n------=_Part_1=x--\r\n"),
    "spaces behind the delimiter": TOP + part("multipart/mixed; boundary=b", b"--b  \r\nContent-Type: text/plain\r\n\r\nHello plain\r\n--b--  \r\n"),
    "preamble and epilogue": TOP + part("multipart/mixed; boundary=b", b"This is MIME.\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello plain\r\n--b--\r\nbye\r\n"),
    "preamble only": TOP + part("multipart/mixed; boundary=b", b"Hello plain\r\n"),
    "no blank line before the body of a part": TOP + part("multipart/mixed; boundary=b", b"--b\r\n\r\nHello plain\r\n--b--\r\n"),
    "inner boundary begins like the outer": TOP + part("multipart/mixed; boundary=b", b"--b\r\nContent-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\nContent-Type: text/plain\r\n\r\nHello plain\r\n--bb--\r\n--b--\r\n"),
    "empty parts around": TOP + multi("mixed", part("text/plain", ""), TEXT, part("text/plain", "")),
    "empty plain beside html": TOP + multi("alternative", part("text/plain", " "), part("text/html", "<p>Hello plain</p>")),
    "type in capitals": TOP + b"CONTENT-TYPE: TEXT/PLAIN; CHARSET=UTF-8\r\n\r\nHello plain\r\n",
    "type is text": TOP + b"Content-Type: text\r\n\r\nHello plain\r\n",
    "enriched": TOP + part("text/enriched", "<bold>Hello</bold> plain"),
    "html without a type": TOP + part("text/html", "<html><body>Hello&nbsp;plain</body></html>"),
    "html in a text part": TOP + part("text/html", "Hello plain"),
    "mbox line on top": b"From c@example.com Fri Nov 20 10:04:33 2026\r\n" + TOP + b"\r\nHello plain\r\n",
    "bom on top": b"\xef\xbb\xbf" + TOP + b"\r\nHello plain\r\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_text_is_found(name: str) -> None:
    message = parse(SHAPES[name])
    assert message.text.strip().replace("\xa0", " ") == "Hello plain"
    assert message.subject == "Lamp"


def test_a_huge_picture_inside_the_html_does_not_push_out_the_text() -> None:
    image = base64.b64encode(b"x" * 3_000_000).decode()
    message = read(
        part("text/html", f'<p>Hello</p><img src="data:image/png;base64,{image}"><p>below</p>')
    )
    assert message.text.split() == ["Hello", "below"]


def test_a_mail_of_one_file_has_no_text() -> None:
    message = read(FILE)
    assert message.text == ""
    assert names(message) == ["bill.pdf"]


def test_a_business_card_is_a_file() -> None:
    card = part("text/vcard; charset=utf-8", "BEGIN:VCARD\r\nFN:Carol\r\nEND:VCARD\r\n")
    message = read(multi("mixed", TEXT, card))
    assert message.text == "Hello plain"
    assert names(message)[0].endswith(".vcf")
