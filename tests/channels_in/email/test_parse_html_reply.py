"""The visible reply of html mail, by the marks of the clients."""

from __future__ import annotations

import time

import pytest

from channels_in.email.parse import parse

HEAD = (
    b"From: Carol <carol@example.com>\r\nTo: support@example.org\r\nSubject: Re: Help\r\n"
    b"In-Reply-To: <t.1@example.org>\r\nMIME-Version: 1.0\r\n"
)
WROTE = "On Mon, Nov 3, 2025 at 9:00 AM Support &lt;support@example.org&gt; wrote:"
OUTLOOK_HEADER = (
    "<b>From:</b> Support &lt;s@example.org&gt;<br><b>Sent:</b> Monday, 3 November 2025<br>"
    "<b>To:</b> Carol<br><b>Subject:</b> Help"
)

CLIENTS = {
    "gmail": """
<div dir="ltr">NEW</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">
WROTE<br></div><blockquote class="gmail_quote" style="margin:0"><div>OLD</div></blockquote>
</div>""",
    "gmail with an unknown language": """
<div dir="ltr">NEW</div><br><div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">Zzz qqq Support:<br></div><blockquote class="gmail_quote">
OLD</blockquote></div>""",
    "gmail signature": """
<div dir="ltr">NEW<br clear="all"><div><br></div><span class="gmail_signature_prefix">
-- </span><br><div dir="ltr" class="gmail_signature">OLD</div></div>
<div class="gmail_quote">WROTE<br><blockquote class="gmail_quote">OLD</blockquote></div>""",
    "old gmail": """
<div>NEW</div><div class="gmail_extra"><br><br><div class="gmail_quote">WROTE<br>
<blockquote class="gmail_quote">OLD</blockquote></div><br></div>""",
    "outlook web": """
<div>NEW</div><div id="appendonsend"></div><hr style="width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr">OUTLOOK_HEADER</div><div>OLD</div>""",
    "outlook web, unknown language": """
<div>NEW</div><div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg"><b>Zz:</b>
 x<br><b>Yy:</b> y</div><div>OLD</div>""",
    "outlook 2016": """
<div class="WordSection1"><p class="MsoNormal">NEW<o:p></o:p></p><div>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
<p class="MsoNormal"><b>Zz:</b> x</p></div></div><p>OLD</p></div>""",
    "outlook 2007": """
<div><p class="MsoNormal">NEW</p>
<div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>
Zz:</b> x</p></div><p>OLD</p></div>""",
    "outlook express": """
<div>NEW</div><blockquote style='border-left:#000 2px solid'><div>
----- Original Message -----</div><div>OUTLOOK_HEADER</div><div>OLD</div></blockquote>""",
    "outlook for mac": """
<div>NEW</div>
<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in">
OUTLOOK_HEADER</div><div>OLD</div>""",
    "new outlook mobile": """
<div>NEW</div><div id="ms-outlook-mobile-signature">OLD</div>
<div id="mail-editor-reference-message-container"><div>Zz: x</div><div>OLD</div></div>""",
    "windows mail": """
<div>NEW</div><div style='border-top-color: rgb(229, 229, 229); border-top-width: 1px;'>
OUTLOOK_HEADER</div><div>OLD</div>""",
    "hotmail": """
<div dir="ltr">NEW<br><br><hr id="stopSpelling">Date: Mon, 3 Nov 2025<br>Subject: x<br>
OLD</div>""",
    "apple mail": """
<html><body>NEW<br><div><br><blockquote type='cite'><div>WROTE</div><br><div>OLD</div>
</blockquote></div></body></html>""",
    "apple mail, attribution outside": """
<body>NEW<div><br></div><div><div>WROTE</div><br><blockquote type='cite'><div>OLD</div>
</blockquote></div></body>""",
    "iphone": """
<body dir="auto">NEW<br><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br>
<blockquote type="cite">WROTE<br><br></blockquote></div><blockquote type="cite">
OLD</blockquote></body>""",
    "thunderbird": """
<body><p>NEW</p><div class="moz-signature">-- <br>OLD</div><div class="moz-cite-prefix">
WROTE<br></div><blockquote type="cite" cite="mid:x">OLD</blockquote></body>""",
    "thunderbird, answer below": """
<body><div class="moz-cite-prefix">WROTE<br></div><blockquote type="cite" cite="mid:x"><p>
OLD</p></blockquote><p>NEW</p></body>""",
    "yahoo": """
<div class="ydp123yahoo-style-wrap"><div>NEW</div></div>
<div id="ydp456yahoo_quoted_78" class="ydp456yahoo_quoted"><div>WROTE</div><div>OLD</div>
</div>""",
    "old yahoo": """
<div>NEW</div><div class="yahoo_quoted">OUTLOOK_HEADER<div>OLD</div></div>""",
    "protonmail": """
<div>NEW</div><div class="protonmail_signature_block">OLD</div>
<div class="protonmail_quote">WROTE<br><blockquote class="protonmail_quote" type="cite">
OLD</blockquote></div>""",
    "tutanota": """
<div>NEW</div>WROTE<blockquote class="tutanota_quote">OLD</blockquote>""",
    "gmx": """
<div>NEW</div><div name="quote" style="margin:10px"><div><b>Gesendet:</b> Montag</div>
OLD</div>""",
    "zoho": """
<div>NEW</div><div class="zmail_extra">---- WROTE ----<blockquote>OLD</blockquote></div>""",
    "zimbra": """
<div>NEW</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">
OUTLOOK_HEADER</div><div data-marker="__QUOTED_TEXT__">OLD</div>""",
    "mail.ru": """
<p>NEW</p><br>Понедельник, 3 ноября 2025, 9:00 +03:00 от Support &lt;s@example.org&gt;:<br>
<blockquote style='border-left:1px solid #0857A6'>OLD</blockquote>""",
    "yandex": """
<div>NEW</div><div>03.11.2025, 09:00, "Support" &lt;s@example.org&gt;:</div><blockquote>
OLD</blockquote>""",
    "qq": """
<div>NEW</div><div style="font-size: 12px;"><div>
------------------&nbsp;原始邮件&nbsp;------------------</div><div>发件人: x</div></div><div>
OLD</div>""",
    "163": """
<div>NEW</div><div id="isReplyContent"><p>Zz:</p><blockquote>OLD</blockquote></div>""",
    "spark": """
<div name="messageBodySection">NEW</div><div name="messageReplySection">Zz<blockquote>
OLD</blockquote></div>""",
    "airmail": """
<div>NEW</div><div class="bloop_sign">OLD</div><p class="airmail_on">Zz</p>
<blockquote type="cite" class="clean_bq">OLD</blockquote>""",
    "our own mark": """
<p>NEW</p><div data-reply-mark="1">##- Bitte oberhalb antworten -##</div><p>OLD</p>""",
}


def _read(client: str) -> str:
    return CLIENTS[client].replace("OUTLOOK_HEADER", OUTLOOK_HEADER).replace("WROTE", WROTE)


def _mail(html: str, text: str = "") -> bytes:
    part = b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    if not text:
        return HEAD + part
    plain = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()
    return (
        HEAD
        + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
        + plain
        + b"\r\n--b\r\n"
        + part
        + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize("client", CLIENTS)
def test_the_history_that_a_client_marks_is_cut(client: str) -> None:
    html = (
        _read(client).replace("NEW", "It works now.<br><br>Thanks").replace("OLD", "Try it again")
    )
    message = parse(_mail(html))
    assert message.reply_text == "It works now.\n\nThanks"
    assert "Try it again" in message.quoted_text
    assert "Try it again" in message.text
    assert message.html == html


@pytest.mark.parametrize("client", CLIENTS)
def test_the_marks_count_also_beside_a_text_part(client: str) -> None:
    html = _read(client).replace("NEW", "It works now.").replace("OLD", "Try it again")
    message = parse(_mail(html, "It works now.\n\nZzz qqq Support:\n\nTry it again"))
    assert message.reply_text == "It works now."


def test_answers_between_gmail_quotes_stay_in_their_context() -> None:
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">{WROTE}</div>'
        '<blockquote class="gmail_quote">first?</blockquote><div>yes</div>'
        '<blockquote class="gmail_quote">second?</blockquote><div>no</div></div>'
    )
    assert parse(_mail(html)).reply_text == "> first?\n\nyes\n\n> second?\n\nno"


def test_a_gmail_forward_is_not_cut() -> None:
    html = (
        '<div>please see</div><div class="gmail_quote"><div class="gmail_attr">'
        "---------- Forwarded message ---------<br>From: <b>Dave</b> &lt;dave@example.com&gt;<br>"
        "Date: Mon, 3 Nov 2025<br>Subject: x<br>To: Carol</div><div>the text of Dave</div></div>"
    )
    message = parse(_mail(html))
    assert "the text of Dave" in message.reply_text
    assert message.quoted_text == ""
    assert message.forwarded_from is not None
    assert message.forwarded_from.email == "dave@example.com"


def test_an_outlook_forward_is_not_cut() -> None:
    html = f'<div>please see</div><div id="divRplyFwdMsg">{OUTLOOK_HEADER}</div><div>text</div>'
    message = parse(_mail(html).replace(b"Subject: Re: Help", b"Subject: WG: Help"))
    assert message.reply_text.endswith("text")
    assert message.forwarded_from is not None
    assert message.forwarded_from.email == "s@example.org"


def test_private_marks_of_a_stranger_have_no_effect() -> None:
    message = parse(
        _mail("<div>one</div><div>\ue000</div><blockquote>two</blockquote><div>\ue001three</div>")
    )
    assert message.reply_text == "one\n\n> two\n\nthree"


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>" * 450 + "x" * 4_000_000,
        "<div class=gmail_quote><blockquote> </blockquote>" * 900 + "<p> </p>" * 300_000,
        "<hr tabindex=-1 style='width:98%'>" * 140_000,
        "<p>x</p>" + "<div class=gmail_signature>x</div>" * 140_000,
    ],
    ids=["long text in quotes", "quotes in quotes", "separators", "signatures"],
)
def test_marks_by_the_hundred_thousand_are_read_in_linear_time(html: str) -> None:
    """The first was found by tests/fuzz: each of 450 quotes read the same megabytes again."""
    started = time.process_time()
    parse(b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + html.encode())
    assert time.process_time() - started < 5  # two at most, alone
