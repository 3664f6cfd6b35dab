"""Raw mails (RFC 5322): some that belong in the suspended queue, and a few plain good ones."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class RawMail:
    """A mail as it comes from the wire; `reason` is empty when it should become a ticket."""

    key: str
    reason: str
    raw: bytes


def _mail(key: str, reason: str, text: str) -> RawMail:
    lines = dedent(text).strip("\n").split("\n")
    return RawMail(key, reason, ("\r\n".join(lines) + "\r\n").encode())


BLOCKED_SENDER = "offers@address-broker.example"
FRONT_SERVER = "mx.example.com"  # writes Authentication-Results in the demo

SUSPENDED: tuple[RawMail, ...] = (
    _mail(
        "forged",
        "The sender is forged",
        """
        Authentication-Results: mx.example.com;
         dkim=none; spf=softfail smtp.mailfrom=post@cheap-host.example;
         dmarc=fail (p=REJECT dis=NONE) header.from=north-bank.example
        Received: from cheap-host.example (cheap-host.example [203.0.113.77])
         by mx.example.com with ESMTP; Wed, 18 Nov 2026 08:41:10 +0000
        From: North Bank Security <security@north-bank.example>
        To: support@example.com
        Subject: Urgent: confirm the new account for your payouts
        Date: Wed, 18 Nov 2026 08:41:02 +0000
        Message-ID: <confirm-5512@cheap-host.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Dear partner,

        your payouts are on hold. Send us the login of your shop within 24 hours and we
        release them to the new account.

        North Bank Security Department
        """,
    ),
    _mail(
        "blocked",
        "A sender rule blocks this address",
        f"""
        From: Business Data Offers <{BLOCKED_SENDER}>
        To: support@example.com
        Subject: 4.2 million fresh e-mail addresses, this week only
        Date: Tue, 17 Nov 2026 22:15:00 +0000
        Message-ID: <offer-week-47@address-broker.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Hello again! Since you did not answer our last eleven mails, here is our best price.
        """,
    ),
    _mail(
        "out-of-office",
        "Out of office reply",
        """
        From: Heinz-Dieter Weber <hd.weber@weber-bau.example>
        To: BrightCart Support <support@example.com>
        Subject: Automatische Antwort: Lieferung an falsche Baustelle!!
        Date: Fri, 13 Nov 2026 16:02:11 +0100
        Message-ID: <ooo-7741@mail.weber-bau.example>
        In-Reply-To: <ticket-lieferung@example.com>
        Auto-Submitted: auto-replied
        X-Auto-Response-Suppress: All
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Ich bin bis Montag auf der Baustelle in Cottbus und lese keine Mails.
        In dringenden Fällen: anrufen. Laut sprechen.
        """,
    ),
    _mail(
        "auto-reply",
        "Automatically generated",
        """
        From: Kestrel Property Management <noreply@kestrel.example>
        To: support@example.com
        Subject: We have received your message [ref KPM-20931]
        Date: Sun, 15 Nov 2026 09:40:02 +0000
        Message-ID: <20931.auto@kestrel.example>
        Auto-Submitted: auto-generated
        Precedence: auto_reply
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        Thank you for contacting Kestrel Property Management. Your message has been
        received and a member of our team will answer within two working days.
        Please do not reply to this message.
        """,
    ),
    _mail(
        "bounce",
        "Delivery failure notice",
        """
        From: Mail Delivery System <MAILER-DAEMON@mx.poczta.example>
        To: support@example.com
        Subject: Undelivered Mail Returned to Sender
        Date: Mon, 16 Nov 2026 11:20:45 +0100
        Message-ID: <20261116102045.B0UNCE@mx.poczta.example>
        Auto-Submitted: auto-replied
        Return-Path: <>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b0unce"

        --b0unce
        Content-Type: text/plain; charset=us-ascii

        Your message could not be delivered to <kasia.old@poczta.example>:
        the mailbox is full.

        --b0unce
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.poczta.example
        Final-Recipient: rfc822; kasia.old@poczta.example
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

        --b0unce
        Content-Type: text/rfc822-headers

        From: BrightCart Support <support@example.com>
        To: kasia.old@poczta.example
        Subject: Your order has been shipped
        Message-ID: <shipped-118220@example.com>

        --b0unce--
        """,
    ),
    _mail(
        "spam",
        "Spam",
        """
        From: "SEO Expert Jessica" <jessica@rank-first.example>
        To: support@example.com
        Subject: RE: RE: your website is NOT on page #1 of Google!!!
        Date: Tue, 17 Nov 2026 03:12:59 +0000
        Message-ID: <winner.88123@rank-first.example>
        X-Spam-Flag: YES
        X-Spam-Score: 14.7
        X-Spam-Status: Yes, score=14.7 required=5.0
        MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8

        <p>Dear <b>Owner</b>,</p><p>We found <font color="red">37 ERRORS</font> on your
        website. Get <a href="http://rank-first.example/?id=88123">10,000 visitors a day</a>
        GUARANTEED.</p><img src="http://rank-first.example/p.gif" width="1" height="1">
        """,
    ),
    _mail(
        "mailing-list",
        "Mailing list or bulk mail",
        """
        From: European Retail Weekly <news@retail-weekly.example>
        To: Retail Weekly readers <readers@lists.retail-weekly.example>
        Subject: [Retail Weekly] Returns: what parcels cost in 2026
        Date: Wed, 18 Nov 2026 06:00:00 +0100
        Message-ID: <issue-461@lists.retail-weekly.example>
        Precedence: bulk
        List-Id: Retail Weekly <readers.lists.retail-weekly.example>
        List-Unsubscribe: <https://retail-weekly.example/unsubscribe>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        This week: why one parcel in five comes back, three shops that changed it,
        and an interview about chairs.
        """,
    ),
    _mail(
        "own-loop",
        "Sent from our own address",
        """
        From: BrightCart Support <support@example.com>
        To: support@example.com
        Subject: Re: Re: Re: [Ticket received] Re: Where is my parcel
        Date: Wed, 18 Nov 2026 10:15:30 +0000
        Message-ID: <loop-4@forwarder.example>
        X-Loop: support@example.com
        Received: from forwarder.example by mx.example.com; Wed, 18 Nov 2026 10:15:31 +0000
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        Thank you for your message. We have received it and will answer soon.

        > Thank you for your message. We have received it and will answer soon.
        >> Thank you for your message. We have received it and will answer soon.
        """,
    ),
)

GOOD: tuple[RawMail, ...] = (
    _mail(
        "good-plain",
        "",
        """
        From: Hannah Schofield <hannah.schofield@mail.example>
        To: support@example.com
        Subject: Do the Oda chairs come in green?
        Date: Wed, 18 Nov 2026 12:01:17 +0000
        Message-ID: <oda-green-1@mail.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Hi,

        the shop page only shows the Oda chair in oak and black. I'm sure I saw a green one
        in your window in Leeds. Did I dream it?

        Hannah
        """,
    ),
    _mail(
        "good-german",
        "",
        """
        From: =?utf-8?q?Jonas_Wei=C3=9F?= <jonas.weiss@postfach.example>
        To: BrightCart Support <support@example.com>
        Subject: =?utf-8?q?Gr=C3=BCne_Pantoffeln?=
        Date: Wed, 18 Nov 2026 13:22:40 +0100
        Message-ID: <pantoffeln-2@postfach.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Guten Tag,

        gibt es die Filzpantoffeln Lund auch in Größe 47? Mein Bruder hat große Füße
        und bald Geburtstag.

        Viele Grüße
        Jonas Weiß
        """,
    ),
    _mail(
        "good-html-cc",
        "",
        """
        From: Imogen Clarke-Whitfield <imogen@lumen-interiors.example>
        To: support@example.com
        Cc: Raj Malhotra <raj@lumen-interiors.example>
        Subject: Samples for the theatre project
        Date: Wed, 18 Nov 2026 14:05:03 +0000
        Message-ID: <samples-3@lumen-interiors.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="alt-3"

        --alt-3
        Content-Type: text/plain; charset=utf-8

        Hi Lena, could we have samples of Moss, Sand and Night blue by Friday? Raj in cc.

        --alt-3
        Content-Type: text/html; charset=utf-8

        <p>Hi Lena,</p><p>could we have samples of <b>Moss</b>, <b>Sand</b> and
        <b>Night blue</b> by Friday? Raj in cc.</p>

        --alt-3--
        """,
    ),
)
