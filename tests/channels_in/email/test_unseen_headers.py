"""Headers as programs get them wrong: encoded words, raw bytes, addresses, dates, ids."""

# ruff: noqa: E501 (tables of whole headers)
from __future__ import annotations

from datetime import UTC, datetime

import pytest

from channels_in.email.parse import parse
from channels_in.messages import IncomingMessage


def head(*lines: bytes) -> IncomingMessage:
    return parse(b"\r\n".join(lines) + b"\r\n\r\nHello\r\n")


SUBJECTS = {
    "q": (b"=?iso-8859-1?q?Caf=E9_und_=C4pfel?=", "Café und Äpfel"),
    "lower and upper": (b"=?UTF-8?b?w4RwZmVs?=", "Äpfel"),
    "split inside a character": (b"=?utf-8?B?w4RwZmVsw?= =?utf-8?B?7wgZ3V0?=", None),
    "split inside a character q": (b"=?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
    "no space between words": (b"=?utf-8?Q?Gr=C3=BC?==?utf-8?Q?=C3=9Fe?=", "Grüße"),
    "space kept between word and text": (b"Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus Bonn", "Re: Grüße aus Bonn"),
    "raw space in q": (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe aus Bonn?=", "Grüße aus Bonn"),
    "missing end": (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe", "Grüße"),
    "missing last question mark's sign": (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe?", "Grüße"),
    "unknown charset": (b"=?x-unknown?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    "language": (b"=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    "bad hex": (b"=?utf-8?Q?100=_sicher?=", "100= sicher"),
    "base64 without padding": (b"=?utf-8?B?w4RwZmVsIGhpZXI?=", "Äpfel hier"),
    "folded by a tab": (b"=?utf-8?Q?one?=\r\n\t=?utf-8?Q?_two?=", "one two"),
    "two charsets": (b"=?koi8-r?B?8NLJ18XU?= =?utf-8?B?w5w=?=", "ПриветÜ"),
    "iso-2022-jp": (b"=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=", "テスト"),
    "gb2312": (b"=?gb2312?B?suLK1A==?=", "测试"),
    "big5": (b"=?big5?B?tPq41Q==?=", "測試"),
    "euc-kr": (b"=?euc-kr?B?xde9usau?=", "테스트"),
    "utf-7": (b"=?utf-7?Q?Gr+APwA3w-e?=", "Grüße"),
    "windows-1251": (b"=?windows-1251?B?z/Do4uXy?=", "Привет"),
    "quoted": (b'"=?utf-8?Q?Gr=C3=BC=C3=9Fe?="', '"Grüße"'),
    "raw utf-8": ("Grüße aus Köln".encode(), "Grüße aus Köln"),
    "raw cp1252": ("Grüße aus Köln – „heute“".encode("cp1252"), "Grüße aus Köln – „heute“"),
    "raw koi8-r": ("Привет из Москвы, заказ не пришёл".encode("koi8-r"), "Привет из Москвы, заказ не пришёл"),
    "raw cp1251": ("Привет из Москвы, заказ не пришёл".encode("cp1251"), "Привет из Москвы, заказ не пришёл"),
    "raw shift_jis": ("ご注文についてのお問い合わせ".encode("cp932"), "ご注文についてのお問い合わせ"),
    "raw gb18030": ("关于您的订单的问题".encode("gb18030"), "关于您的订单的问题"),
    "raw euc-kr": ("주문하신 상품에 대한 문의입니다".encode("euc-kr"), "주문하신 상품에 대한 문의입니다"),
    "raw big5": ("關於您的訂單問題請您回覆".encode("big5"), "關於您的訂單問題請您回覆"),
    "raw euc-jp": ("ご注文についてのお問い合わせ".encode("euc-jp"), "ご注文についてのお問い合わせ"),
    "html entity stays": (b"Tom &amp; Ann", "Tom &amp; Ann"),
    "null and bell": (b"Lamp\x00 \x07broken", "Lamp broken"),
    "looks encoded": (b"is =? an operator?", "is =? an operator?"),
}  # fmt: skip


@pytest.mark.parametrize("name", [n for n in SUBJECTS if SUBJECTS[n][1] is not None])
def test_a_subject_is_read(name: str) -> None:
    raw, subject = SUBJECTS[name]
    assert head(b"Subject: " + raw).subject == subject


def test_raw_bytes_are_read_by_the_charset_of_the_body() -> None:
    raw = "Привет".encode("koi8-r")
    message = head(b"Subject: " + raw, b"Content-Type: text/plain; charset=koi8-r")
    assert message.subject == "Привет"


SENDERS = {
    "plain": (b"carol@example.com", "", "carol@example.com"),
    "comment": (b"carol@example.com (Carol Klee)", "Carol Klee", "carol@example.com"),
    "unquoted comma": (b"Klee, Carol <carol@example.com>", "Klee, Carol", "carol@example.com"),
    "unquoted dot": (b"Carol K. Klee <carol@example.com>", "Carol K. Klee", "carol@example.com"),
    "quotes inside": (b'"Carol \\"C\\" Klee" <carol@example.com>', 'Carol "C" Klee', "carol@example.com"),
    "apostrophes": (b"'Carol Klee' <carol@example.com>", "Carol Klee", "carol@example.com"),
    "address as a name": (b'"carol@example.com" <carol@example.com>', "", "carol@example.com"),
    "another address as a name": (b'"ann@example.org" <carol@example.com>', "ann@example.org", "carol@example.com"),
    "unquoted address as a name": (b"ann@example.org <carol@example.com>", "ann@example.org", "carol@example.com"),
    "via": (b'"Carol via Lamps" <lamps@example.com>', "Carol via Lamps", "lamps@example.com"),
    "route": (b"<@a.example,@b.example:carol@example.com>", "", "carol@example.com"),
    "quoted local part": (b'"carol klee"@example.com', "", '"carol klee"@example.com'),
    "quoted local in brackets": (b'Carol <"carol..k"@example.com>', "Carol", '"carol..k"@example.com'),
    "spaces in brackets": (b"Carol < carol@example.com >", "Carol", "carol@example.com"),
    "missing bracket": (b"Carol <carol@example.com", "Carol", "carol@example.com"),
    "double brackets": (b"Carol <<carol@example.com>>", "Carol", "carol@example.com"),
    "mailto": (b"Carol <mailto:carol@example.com>", "Carol", "carol@example.com"),
    "brackets of another kind": (b"Carol [carol@example.com]", "Carol", "carol@example.com"),
    "no space": (b"Carol<carol@example.com>", "Carol", "carol@example.com"),
    "name behind": (b"<carol@example.com> Carol Klee", "Carol Klee", "carol@example.com"),
    "group": (b"Lamps: carol@example.com, ann@example.com;", "", "carol@example.com"),
    "idn": ("Carol <carol@bücher.example>".encode(), "Carol", "carol@bücher.example"),
    "eai": ("Жанна <жанна@пример.example>".encode(), "Жанна", "жанна@пример.example"),
    "encoded word": (b"=?utf-8?Q?M=C3=BCller=2C_Carol?= <carol@example.com>", "Müller, Carol", "carol@example.com"),
    "encoded word in quotes": (b'"=?utf-8?B?TcO8bGxlcg==?=" <carol@example.com>', "Müller", "carol@example.com"),
    "encoded word glued": (b"=?utf-8?B?TcO8bGxlcg==?=<carol@example.com>", "Müller", "carol@example.com"),
    "forged inside an encoded word": (b"=?utf-8?Q?boss=40example=2Eorg_=3Cboss=40example=2Eorg=3E?= <carol@example.com>", "boss@example.org <boss@example.org>", "carol@example.com"),
    "raw latin": ("Müller <carol@example.com>".encode("latin-1"), "Müller", "carol@example.com"),
    "nested comments": (b"carol@example.com (Carol (of Lamps))", "Carol (of Lamps)", "carol@example.com"),
    "comment inside": (b"carol(home)@example.com", "home", "carol@example.com"),
    "colon in name": (b"Support: Carol <carol@example.com>", "Carol", "carol@example.com"),
    "semicolons": (b"Klee; Carol <carol@example.com>", "Klee; Carol", "carol@example.com"),
    "trailing dot": (b"carol@example.com.", "", "carol@example.com"),
    "upper case": (b"Carol <CAROL@Example.COM>", "Carol", "CAROL@Example.COM"),
    "plus and slash": (b"c/k+x=y@example.com", "", "c/k+x=y@example.com"),
    "ip literal": (b"carol@[192.0.2.7]", "", "carol@[192.0.2.7]"),
    "x400 name": (b"/G=Carol/S=Klee/O=Lamps/ <carol@example.com>", "/G=Carol/S=Klee/O=Lamps/", "carol@example.com"),
    "folded": (b"Carol\r\n Klee\r\n <carol@example.com>", "Carol Klee", "carol@example.com"),
}  # fmt: skip


@pytest.mark.parametrize("name", SENDERS)
def test_a_sender_is_read(name: str) -> None:
    raw, shown, email = SENDERS[name]
    sender = head(b"From: " + raw, b"Subject: x").sender
    assert sender is not None
    assert (sender.name, sender.email) == (shown, email)


LISTS = {
    "undisclosed": (b"undisclosed-recipients:;", []),
    "undisclosed with a space": (b"Undisclosed recipients: ;", []),
    "semicolons": (b"ann@example.org; Bob <bob@example.org>;carol@example.org", ["ann@example.org", "bob@example.org", "carol@example.org"]),
    "names with commas": (b"Klee, Ann <ann@example.org>, Roe, Bob <bob@example.org>", ["ann@example.org", "bob@example.org"]),
    "group and others": (b"Team: ann@example.org, bob@example.org;, carol@example.org", ["ann@example.org", "bob@example.org", "carol@example.org"]),
    "empty items": (b"ann@example.org,, ,bob@example.org,", ["ann@example.org", "bob@example.org"]),
    "spaces only": (b"ann@example.org bob@example.org", ["ann@example.org", "bob@example.org"]),
    "twice": (b"ann@example.org, ANN@example.org", ["ann@example.org"]),
    "names only": (b"Ann; Bob", []),
    "comma in a comment": (b"ann@example.org (Ann, boss), bob@example.org", ["ann@example.org", "bob@example.org"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_recipients_are_read(name: str) -> None:
    raw, emails = LISTS[name]
    assert [a.email for a in head(b"From: c@example.com", b"To: " + raw).to] == emails


DATES = {
    "full": b"Fri, 20 Nov 2026 10:04:33 +0000",
    "no weekday": b"20 Nov 2026 10:04:33 +0000",
    "wrong weekday": b"Mon, 20 Nov 2026 10:04:33 +0000",
    "comment": b"Fri, 20 Nov 2026 10:04:33 +0000 (Coordinated Universal Time)",
    "gmt": b"Fri, 20 Nov 2026 10:04:33 GMT",
    "est": b"Fri, 20 Nov 2026 05:04:33 EST",
    "two digits": b"Fri, 20 Nov 26 10:04:33 +0000",
    "rfc 850": b"Friday, 20-Nov-26 10:04:33 GMT",
    "asctime": b"Fri Nov 20 10:04:33 2026",
    "colon in zone": b"Fri, 20 Nov 2026 11:04:33 +01:00",
    "no comma": b"Fri 20 Nov 2026 10:04:33 +0000",
    "gmt and offset": b"Fri, 20 Nov 2026 11:04:33 GMT+0100",
    "iso": b"2026-11-20T10:04:33Z",
    "iso with offset": b"2026-11-20T11:04:33+01:00",
    "iso with a space": b"2026-11-20 10:04:33 +0000",
    "iso with fractions": b"2026-11-20T10:04:33.123Z",
    "german months": b"Fr, 20 Nov 2026 10:04:33 +0000",
    "german weekday in full": b"Freitag, 20. November 2026 10:04:33 +0000",
    "spanish": b"vie, 20 nov 2026 10:04:33 +0000",
    "french": b"ven., 20 nov. 2026 10:04:33 +0000",
    "long month": b"Friday, November 20, 2026 10:04:33 +0000",
    "am": b"Fri, 20 Nov 2026 10:04:33 AM +0000",
    "dots": b"Fri, 20 Nov 2026 10.04.33 +0000",
    "double space and tab": b"Fri,  20\tNov 2026 10:04:33 +0000",
    "encoded": b"=?us-ascii?Q?Fri,_20_Nov_2026_10:04:33_+0000?=",
}


@pytest.mark.parametrize("name", DATES)
def test_a_date_is_read(name: str) -> None:
    when = head(b"Date: " + DATES[name]).date
    assert when == datetime(2026, 11, 20, 10, 4, 33, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [b"", b"yesterday", b"Fri, 99 Nov 2026 10:04:33 +0000", b"0", b"20/11", b"Fri, 20 Foo 2026"],
)
def test_nonsense_is_no_date(raw: bytes) -> None:
    assert head(b"Date: " + raw).date is None


def test_seconds_may_be_missing() -> None:
    when = head(b"Date: Fri, 20 Nov 2026 10:04 +0000").date
    assert when == datetime(2026, 11, 20, 10, 4, tzinfo=UTC)


IDS = {
    "plain": (b"<a.1@example.com>", "a.1@example.com"),
    "folded": (b"\r\n <a.1@example.com>", "a.1@example.com"),
    "without brackets": (b"a.1@example.com", "a.1@example.com"),
    "spaces inside": (b"< a.1@example.com >", "a.1@example.com"),
    "fold inside": (b"<a.1@exam\r\n ple.com>", "a.1@example.com"),
    "comment": (b"<a.1@example.com> (added by relay)", "a.1@example.com"),
    "two at signs": (b"<a@1@example.com>", "a@1@example.com"),
    "no at sign": (b"<20261120100433>", "20261120100433"),
    "missing bracket": (b"<a.1@example.com", "a.1@example.com"),
    "nested brackets": (b"<<a.1@example.com>>", "a.1@example.com"),
    "exchange": (b"<[abc-1@example.com]>", "[abc-1@example.com]"),
    "quoted": (b'"<a.1@example.com>"', "a.1@example.com"),
    "encoded": (b"=?utf-8?Q?=3Ca.1=40example.com=3E?=", "a.1@example.com"),
}


@pytest.mark.parametrize("name", IDS)
def test_a_message_id_is_read(name: str) -> None:
    raw, found = IDS[name]
    message = head(b"From: c@example.com", b"Message-ID: " + raw, b"In-Reply-To: " + raw)
    assert message.message_id == found
    assert message.in_reply_to == (found,)


THREADS = {
    "prose": (b'Your message of "Fri, 20 Nov 2026" <a.1@example.com>', ("a.1@example.com",)),
    "prose with an address": (b"Message from Ann <ann@example.org> of Fri <a.1@example.com>", ("ann@example.org", "a.1@example.com")),
    "only prose": (b"Your message of Fri, 20 Nov 2026 10:04:33", ()),
    "commas": (b"<a@x.example>, <b@x.example>,<c@x.example>", ("a@x.example", "b@x.example", "c@x.example")),
    "no spaces": (b"<a@x.example><b@x.example>", ("a@x.example", "b@x.example")),
    "bare ones": (b"a@x.example b@x.example", ("a@x.example", "b@x.example")),
    "repeated": (b"<a@x.example> <b@x.example> <a@x.example>", ("a@x.example", "b@x.example")),
}  # fmt: skip


@pytest.mark.parametrize("name", THREADS)
def test_ids_of_the_thread_are_read(name: str) -> None:
    raw, found = THREADS[name]
    assert head(b"From: c@example.com", b"References: " + raw).references == found
