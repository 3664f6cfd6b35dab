"""Html replies in the shapes of many clients: NEW must be shown, OLD must not."""

# ruff: noqa: E501 (tables of whole mails)
from __future__ import annotations

import pytest

from channels_in.email.parse import parse

HEAD = (
    "From: Carol <carol@example.com>\r\nTo: desk@example.net\r\nSubject: Re: Lamp\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
)
WROTE = "On Fri, 20 Nov 2026 at 10:04, Ann Desk &lt;desk@example.net&gt; wrote:"
ENGLISH = "<b>From:</b> Ann Desk &lt;desk@example.net&gt;<br><b>Sent:</b> Friday, November 20, 2026 10:04 AM<br><b>To:</b> Carol &lt;carol@example.com&gt;<br><b>Subject:</b> Lamp<br>"

CLIENTS = {
    "gmail forwarded style divider inside reply": f'<div dir="ltr">NEW</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{WROTE}<br></div><blockquote class="gmail_quote">OLD<br><div class="gmail_quote"><div class="gmail_attr">x wrote:</div><blockquote class="gmail_quote">OLD OLD</blockquote></div></blockquote></div>',
    "gmail android, signature between": f'<div dir="auto">NEW<br><br><div data-smartmail="gmail_signature">OLD SIG</div></div><br><div class="gmail_quote"><div dir="ltr">{WROTE}<br></div><blockquote class="gmail_quote">OLD</blockquote></div>',
    "gmail iOS": f'<div><br></div><div>NEW</div><div><br><div class="gmail_quote"><div dir="ltr">{WROTE}<br></div><blockquote class="gmail_quote">OLD</blockquote></div></div>',
    "outlook 365, spans": '<div class="WordSection1"><p class="MsoNormal"><span>NEW</span></p><p class="MsoNormal"><span>&nbsp;</span></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Ann<br><b>Gesendet:</b> Freitag</p></div></div><p>OLD</p></div>',
    "outlook for mac 2019": '<div><p class="MsoNormal">NEW</p></div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal" style="margin-bottom:12.0pt"><b><span style="font-size:12.0pt;color:black">From: </span></b><span>Ann<br><b>Date: </b>Friday</span></p></div><p>OLD</p>',
    "outlook with other spacing in the style": '<div><p>NEW</p><div style="border: none; border-top: solid #E1E1E1 1.0pt; padding: 3.0pt 0cm 0cm 0cm;"><p><b>Zz:</b> y</p></div><p>OLD</p></div>',
    "outlook border by sides": '<div><p>NEW</p><div style="border-right: none; border-bottom: none; border-left: none; border-image: initial; border-top: 1pt solid rgb(225, 225, 225); padding: 3pt 0cm 0cm;"><p><b>Zz:</b> y</p></div><p>OLD</p></div>',
    "new outlook, rgb border": '<div>NEW</div><div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message"><div style="text-align: left; padding: 3pt 0in 0in; border-width: 1pt medium medium; border-style: solid none none; border-color: rgb(181, 196, 223) currentcolor currentcolor;"><b>From: </b>Ann</div>OLD</div></div>',
    "outlook web 2013": f'<div>NEW</div><hr tabindex="-1" style="display:inline-block; width:98%"><div id="divRplyFwdMsg" dir="ltr">{ENGLISH}</div><div>OLD</div>',
    "outlook android": f'<div dir="auto">NEW</div><div id="ms-outlook-mobile-signature">OLD SIG</div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg">{ENGLISH}</div>OLD',
    "outlook classic, plain header paragraphs": "<p class=MsoNormal>NEW</p><p class=MsoNormal><b>From:</b> Ann Desk [mailto:desk@example.net] <br><b>Sent:</b> Friday<br><b>To:</b> Carol<br><b>Subject:</b> Lamp</p><p>OLD</p>",
    "outlook header as table": "<p>NEW</p><table><tr><td><b>Von:</b></td><td>Ann &lt;desk@example.net&gt;</td></tr><tr><td><b>Gesendet:</b></td><td>20.11.2026</td></tr><tr><td><b>An:</b></td><td>Carol</td></tr><tr><td><b>Betreff:</b></td><td>Lampe</td></tr></table><p>OLD</p>",
    "apple mail": f'<html><body style="overflow-wrap: break-word;">NEW<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>{WROTE}</div><br class="Apple-interchange-newline"><div>OLD</div></blockquote></div><br></body></html>',
    "apple mail with signature": f'<body>NEW<br id="lineBreakAtBeginningOfMessage"><br><div>-- <br>OLD SIG</div><div><br><blockquote type="cite"><div>{WROTE}</div>OLD</blockquote></div></body>',
    "ios german": '<body dir="auto">NEW<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 20.11.2026 um 10:04 schrieb Ann Desk &lt;desk@example.net&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">OLD</div></blockquote></body>',
    "thunderbird 115": f'<body><p>NEW</p><div class="moz-cite-prefix">{WROTE}<br></div><blockquote type="cite" cite="mid:1@x"><p>OLD</p></blockquote><p></p><pre class="moz-signature" cols="72">-- \nOLD SIG</pre></body>',
    "thunderbird answer below": f'<body><div class="moz-cite-prefix">{WROTE}<br></div><blockquote type="cite"><p>OLD</p></blockquote><p>NEW</p></body>',
    "yahoo new": f'<html><body><div class="ydpa1yahoo-style-wrap" style="font-family:Arial"><div dir="ltr">NEW</div><div><br></div></div><div id="ydpb2yahoo_quoted_9" class="ydpb2yahoo_quoted"><div>{WROTE}</div><div>OLD</div></div></body></html>',
    "yahoo android": f'<div>NEW</div><div id="ymail_android_signature"><a href="https://mail.onelink.me/x">Sent from Yahoo Mail on Android</a></div><br><blockquote style="margin: 0 0 20px 0;"><div>{WROTE}</div><div>OLD</div></blockquote>',
    "aol": "<div>NEW</div><div>-----Original Message-----<br>From: Ann<br>To: Carol<br>Sent: Fri<br>Subject: Lamp<br>OLD</div>",
    "proton": f'<div style="font-family: Arial;">NEW</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me/">Proton Mail</a> secure email.</div></div><div class="protonmail_quote">{WROTE}<br><blockquote class="protonmail_quote" type="cite">OLD</blockquote></div>',
    "gmx": '<html><head></head><body><div style="font-family: Verdana;"><div>NEW</div><div>&nbsp;<div name="quote" style="margin:10px 5px"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Freitag, 20. November 2026 um 10:04 Uhr<br><b>Von:</b>&nbsp;"Ann"<br></div><div name="quoted-content">OLD</div></div></div></div></body></html>',
    "web.de app": '<div>NEW</div><div class="mail_android_quote" style="line-height: 1; padding: 0.3em">Am 20.11.26, 10:04 schrieb Ann Desk &lt;desk@example.net&gt;:<blockquote class="gmail_quote">OLD</blockquote></div>',
    "zoho": '<div>NEW</div><div class="zmail_extra" style="margin:0"><div id="Zm-_Id_-Sgn1">---- On Fri, 20 Nov 2026 10:04:33 +0100 <b>Ann &lt;desk@example.net&gt;</b> wrote ----<br></div><blockquote>OLD</blockquote></div>',
    "fastmail": '<div>NEW</div><div>On Fri, 20 Nov 2026, at 10:04 AM, Ann Desk wrote:<br></div><blockquote type="cite" id="qt"><div>OLD</div></blockquote>',
    "superhuman": '<div><div>NEW</div><div class="gmail_signature">OLD SIG</div></div><br><div class="gmail_quote"><div class="gmail_attr">On Fri, Nov 20, 2026 at 10:04 AM, Ann <span>&lt;<a>desk@example.net</a>&gt;</span> wrote:<br></div><blockquote class="gmail_quote">OLD</blockquote></div>',
    "spark": '<div name="messageBodySection"><div dir="auto">NEW</div></div><div name="messageSignatureSection"><br>OLD SIG</div><div name="messageReplySection">On 20 Nov 2026 at 10:04 +0100, Ann &lt;desk@example.net&gt;, wrote:<br><blockquote type="cite" class="spark_quote">OLD</blockquote></div>',
    "mailbird": '<div id="__MailbirdStyleContent"><div>NEW</div><div class="mb_sig">OLD SIG</div></div><blockquote class="history_container" type="cite"><p>On 11/20/2026 10:04:33 AM, Ann &lt;desk@example.net&gt; wrote:</p>OLD</blockquote>',
    "em client": '<div>NEW</div><div id="signature_old"><br>OLD SIG</div><div>------ Original Message ------</div><div>From "Ann" &lt;desk@example.net&gt;</div><div>To "Carol"</div><div>Date 11/20/2026</div><div>Subject Lamp</div><div id="x1"><blockquote cite="x" type="cite">OLD</blockquote></div>',
    "blackberry": '<div>NEW</div><table width="100%"><tr><td><div style="border-style: solid none none; border-top-color: rgb(181, 196, 223); border-top-width: 1pt; padding: 3pt 0in 0in;"><div><b>From: </b>Ann</div><div><b>Sent: </b>Friday</div><div><b>To: </b>Carol</div><div><b>Subject: </b>Lamp</div></div></td></tr></table><div>OLD</div>',
    "samsung": '<div dir="auto">NEW</div><div id="composer_signature" dir="auto"><div style="font-size:12px">Sent from my Galaxy</div></div><div><br></div><div style="font-size:100%;color:#000000"><!-- originalMessage --><div>-------- Original message --------</div><div>From: Ann &lt;desk@example.net&gt;</div><div>Date: 20/11/2026 10:04 (GMT+00:00)</div><div>To: Carol</div><div>Subject: Lamp</div></div>OLD',
    "huawei": '<div>NEW</div><br/><div id="hwsignature">OLD SIG</div><div style="line-height:1.5"><br/>-------- Original Message --------<br/>Subject: Lamp<br/>From: Ann<br/>To: Carol<br/>CC: <br/><br/></div><blockquote>OLD</blockquote>',
    "notes": '<font face="sans-serif" size=2>NEW</font><br><br><br><font size=1 color=#5f5f5f>From: &nbsp; &nbsp; &nbsp; &nbsp;</font><font size=1>"Ann Desk" &lt;desk@example.net&gt;</font><br><font size=1 color=#5f5f5f>To: &nbsp; &nbsp;</font><font size=1>Carol</font><br><font size=1>Date: &nbsp;20.11.2026 10:04</font><br><font size=1>Subject: &nbsp;Lamp</font><br><hr noshade><br>OLD',
    "notes, dashed": '<font>NEW</font><br><br><font color="#990099">-----Ann Desk &lt;desk@example.net&gt; wrote: -----</font><div style="padding-left:5px;">To: Carol<br>From: Ann<br>OLD</div>',
    "roundcube": f'<p>NEW</p><p id="reply-intro">{WROTE}</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div id="replybody1">OLD</div></blockquote>',
    "k-9": f'<html><head></head><body>NEW<br><br><div class="gmail_quote">{WROTE}<blockquote class="gmail_quote">OLD</blockquote></div></body></html>',
    "mail.ru": '<HTML><BODY><div>NEW</div><div>&nbsp;</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Пятница, 20 ноября 2026, 10:04 +03:00 от Ann Desk &lt;desk@example.net&gt;:<br>OLD</blockquote></BODY></HTML>',
    "yandex": '<div>NEW</div><div>20.11.2026, 10:04, "Ann Desk" &lt;desk@example.net&gt;:</div><blockquote><div>OLD</div></blockquote>',
    "qq": '<div>NEW</div><div><includetail><div>&nbsp;</div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"Ann"</div></div>OLD</includetail></div>',
    "163": '<div style="line-height:1.7">NEW</div><br><p>At 2026-11-20 10:04:33, "Ann Desk" &lt;desk@example.net&gt; wrote:</p> <blockquote id="isReplyContent" style="PADDING-LEFT: 1ex">OLD</blockquote>',
    "foxmail": '<div><span></span>NEW</div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div><span>OLD SIG</span></div><blockquote style="margin-Top: 0px;"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div><b>From:</b>&nbsp;Ann</div></div>OLD</blockquote>',
    "naver": '<div>NEW</div><p>&nbsp;</p><div style="border-left:1px solid"><p>-----Original Message-----<br><b>From:</b> "Ann"&lt;desk@example.net&gt;<br><b>To:</b> Carol<br><b>Cc:</b><br><b>Sent:</b> 2026-11-20<br><b>Subject:</b> Lamp</p>OLD</div>',
    "front": '<div>NEW</div><br><div class="front-signature">OLD SIG</div><blockquote type="cite" class="front-blockquote"><div>On November 20, 2026 at 10:04 AM GMT+1 Ann wrote:</div>OLD</blockquote>',
    "missive": '<div>NEW</div><div class="missive_quote"><div>On Fri, Nov 20, 2026 at 10:04 AM, Ann Desk &lt;<a href="mailto:desk@example.net">desk@example.net</a>&gt; wrote:</div><blockquote>OLD</blockquote></div>',
    "tutanota": '<div dir="auto">NEW</div><div dir="auto">-- <br></div><div>OLD SIG</div><div>20 Nov 2026, 10:04 by desk@example.net:<br></div><blockquote class="tutanota_quote">OLD</blockquote>',
    "zimbra": '<html><body><div>NEW</div><div data-marker="__SIG_POST__">OLD SIG</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Ann"<br></div><div data-marker="__QUOTED_TEXT__">OLD</div></body></html>',
    "br only mobile": "NEW<br><br>Sent from my Phone<br><br>On Fri, 20 Nov 2026, 10:04 Ann Desk, &lt;desk@example.net&gt; wrote:<br>OLD",
    "open-xchange": '<p>NEW</p><blockquote type="cite"><div>Ann Desk &lt;desk@example.net&gt; hat am 20.11.2026 10:04 CET geschrieben:</div><div>OLD</div></blockquote>',
    "hey": f'<div class="trix-content"><div>NEW</div></div><blockquote>{WROTE}<br>OLD</blockquote>',
    "sogo": '<html><p>NEW</p><br>On Friday, November 20, 2026 10:04 CET, Ann Desk &lt;desk@example.net&gt; wrote:<br>&nbsp;<blockquote type="cite" cite="x">OLD</blockquote></html>',
    "groupwise": "<div>NEW</div><div><br>&gt;&gt;&gt; Ann Desk &lt;desk@example.net&gt; 20/11/2026 10:04 &gt;&gt;&gt;<br></div><table><tr><td>OLD</td></tr></table>",
    "signature table": f'<div>NEW</div><br><div class="gmail_signature"><table><tr><td>OLD SIG</td></tr></table></div><div class="gmail_quote">{WROTE}<blockquote class="gmail_quote">OLD</blockquote></div>',
    "disclaimer behind the history": f'<div>NEW</div><div class="gmail_quote"><div class="gmail_attr">{WROTE}</div><blockquote class="gmail_quote">OLD</blockquote></div><br><p>OLD: This e-mail is confidential and intended solely for the addressee. If you have received it in error, please delete it.</p>',
    "unknown client": f"<div>NEW</div><div>{WROTE}</div><div style='margin-left:20px'>OLD</div>",
    "blockquote without type": f"<p>NEW</p><blockquote><p>{WROTE}</p><p>OLD</p></blockquote>",
}


@pytest.mark.parametrize("name", CLIENTS)
def test_the_reply_is_apart_from_history_and_signature(name: str) -> None:
    html = CLIENTS[name].replace("NEW", "All is well now.").replace("OLD", "old words")
    message = parse((HEAD + html + "\r\n").encode())
    assert message.reply_text.strip() == "All is well now."
    assert "old words" in message.quoted_text


KEPT = {
    "own quotation": "<p>The manual says:</p><blockquote>press twice</blockquote><p>I did.</p>",
    "bordered box": '<p>See</p><div style="border-top:solid red 2pt">a box</div>',
    "rule": "<p>one</p><hr><p>two</p>",
    "table with from and to": "<table><tr><td>From:</td><td>Berlin</td></tr><tr><td>To:</td><td>Hamburg</td></tr></table><p>Thanks</p>",
    "bold words": "<p><b>Von:</b> mir<br>liebe Grüße</p>",
    "numbered": "<ol><li>yes</li><li>no</li></ol>",
}


@pytest.mark.parametrize("name", KEPT)
def test_html_that_quotes_nobody_is_shown_whole(name: str) -> None:
    message = parse((HEAD + KEPT[name] + "\r\n").encode())
    assert not message.quoted_text.strip()


@pytest.mark.parametrize(
    "html",
    [
        "<div dir='auto'></div><br><div class='gmail_quote'>W<blockquote class='gmail_quote'>OLD</blockquote></div>",
        "<br><br><blockquote type='cite'>OLD</blockquote>",
    ],
)
def test_a_mail_of_nothing_but_history_shows_it(html: str) -> None:
    assert "OLD" in parse((HEAD + html).encode()).reply_text


def test_a_forward_with_a_comment_is_whole() -> None:
    html = (
        '<div dir="ltr">Please look.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        "---------- Forwarded message ---------<br>Von: <b>Bob</b> &lt;bob@example.org&gt;<br>"
        "Date: Fr.<br>Subject: Lamp<br>To: carol@example.com<br></div>the lamp is broken</div>"
    )
    message = parse((HEAD.replace("Re: Lamp", "Fwd: Lamp") + html).encode())
    assert message.is_forward
    assert message.forwarded_from is not None
    assert message.forwarded_from.email == "bob@example.org"
    assert "the lamp is broken" in message.reply_text
