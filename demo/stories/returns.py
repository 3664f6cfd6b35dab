"""Returns, exchanges, damages and warranty."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="carol-lamp-exchange",
        channel="web",
        subject=("Exchange table lamp for the brass version"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello, the Halden lamp in white is too bright for my hall. May I exchange "
                "it for the brass one? It's unused and in its box.",
            ),
            said(
                "bob",
                62,
                "Hi Carol,\n\n"
                "Gladly. The label is attached; once the courier scans it we send the brass "
                "one, so you aren't left in the dark. The brass is £4 more, and we'll let "
                "that go.\n\n"
                "Bob",
                "return-label.pdf",
            ),
            said(
                "carol",
                1900,
                "Scanned and sent. And thank you for the £4!",
            ),
        ),
        group="Support",
        assignee="bob",
        status="closed",
        priority="normal",
        type="question",
        tags=("returns", "exchange"),
        language="en",
        rating="good",
        rating_comment=("Friendly as ever"),
        order_number=("BC-2026-108872"),
        product=("Halden table lamp"),
    ),
    Story(
        key="carol-lamp-followup",
        channel="email",
        subject=("Re: Exchange table lamp for the brass version"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello Bob,\n\n"
                "The brass lamp is beautiful. Only, my bank statement shows the £4 after "
                "all. It's not worth much trouble, but you did say.\n\n"
                "Carol",
            ),
            said(
                "bob",
                90,
                "Hi Carol,\n\n"
                "I did say, and it slipped through. £4.00 is on its way back and I've added "
                "a £5 voucher for your patience.\n\n"
                "Bob",
            ),
            said(
                "carol",
                30,
                "You are kind. Thank you.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("returns", "exchange"),
        language="en",
        product=("Halden table lamp"),
        follow_up_of=("carol-lamp-exchange"),
    ),
    Story(
        key="shoes-wrong-size-de",
        channel="web",
        subject=("Rückgabe: falsche Größe geliefert"),
        requester="jonas",
        messages=(
            said(
                "jonas",
                0,
                "Guten Tag,\n\n"
                "leider wurden die Pantoffeln in Größe 39 statt 43 geliefert, siehe Foto vom "
                "Etikett. Auf dem Karton steht 43, innen ist 39. Ich hätte gerne die "
                "richtige Größe, kein Geld zurück.\n\n"
                "Viele Grüße\n"
                "Jonas Weiß",
                "etikett.jpg",
            ),
            said(
                "alice",
                55,
                "Guten Tag Herr Weiß,\n\n"
                "entschuldigen Sie bitte die Verwechslung. Größe 43 gibt es noch in Grau und "
                "in Grün. Welche Farbe darf ich Ihnen schicken? Das Retourenlabel für die "
                "39er liegt bei, es eilt nicht.\n\n"
                "Freundliche Grüße\n"
                "Alice Moreau",
                "retourenlabel.pdf",
            ),
        ),
        group="Support",
        assignee="alice",
        status="pending",
        priority="normal",
        type="question",
        tags=("returns", "wrong-item"),
        language="de",
        order_number=("BC-2026-116204"),
        product=("Filzpantoffeln Lund, Gr. 43"),
    ),
    Story(
        key="cracked-hob",
        channel="email",
        subject=("Induction hob cracked on day 3"),
        requester="fiona",
        messages=(
            said(
                "fiona",
                0,
                "Dear BrightCart,\n\n"
                "Three days after it was fitted, the hob has cracked from corner to corner. "
                "Nothing was dropped on it, there was only a pan of milk. Two photos "
                "attached.\n\n"
                "We have a two-year-old and I don't dare to use it at all.\n\n"
                "Fiona MacLeod",
                "crack.jpg",
                "crack-close.jpg",
            ),
            said(
                "bob",
                48,
                "Hi Fiona,\n\n"
                "Please do keep it off at the fuse. A crack like that from heat alone is a "
                "warranty case in my eyes, but the maker has the last word and wants to see "
                "your photos. I've sent them with the serial number and asked for an answer "
                "in two working days.\n\n"
                "Meanwhile a two-ring portable hob is on its way to you, on loan, free.\n\n"
                "Bob",
            ),
            noted(
                "tom",
                130,
                "Maker: batch K23 had a tension problem at the corner. Her serial is K23. "
                "They will accept; formal OK comes on paper.",
            ),
            said(
                "fiona",
                1600,
                "The portable one arrived, thank you, that helps a lot.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="hold",
        priority="high",
        type="incident",
        tags=("warranty", "damage"),
        language="en",
        order_number=("BC-2026-112240"),
        product=("Kviik induction hob"),
    ),
    Story(
        key="missed-window",
        channel="email",
        subject=("31 days. You're really going to be like that?"),
        requester="steve",
        messages=(
            said(
                "steve",
                0,
                'The return portal says "outside the 30 day window". I\'m ONE day over '
                "because I was in hospital. Come on",
            ),
            said(
                "bob",
                95,
                "Hi Steve,\n\n"
                "I hope you're better. One day because of hospital is no problem at all: "
                "I've opened the return by hand, the label is in your account.\n\n"
                "Since the box has been opened, the refund is minus 10 %, as it would have "
                "been on day 30 too.\n\n"
                "Bob",
            ),
            said(
                "steve",
                40,
                "So minus 38 quid. Wow. Fine.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("returns", "policy"),
        language="en",
        rating="bad",
        rating_comment=("Rules are rules I guess. Still took my money."),
        order_number=("BC-2026-105563"),
    ),
    Story(
        key="mattress-smell",
        channel="email",
        subject=("mattress smells of chemicals after a week"),
        requester="chloe",
        messages=(
            said(
                "chloe",
                0,
                "hi so i aired it for a week like the leaflet says with the window open and "
                "my room is freezing and it STILL smells like a swimming pool. is it toxic?? "
                "can i send it back even though i slept on it",
            ),
            said(
                "bob",
                130,
                "Hi Chloe,\n\n"
                "It isn't toxic, it's the foam releasing what it was made with, but a week "
                "is longer than it should take. And yes: you have 100 nights, slept on or "
                "not.\n\n"
                "Shall we collect it, or would you like a fresh one from another batch?",
            ),
            said(
                "chloe",
                1400,
                "collect please. do i have to get it back in the vacuum bag bc that is "
                "physically impossible",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="question",
        tags=("returns", "mattress"),
        language="en",
        order_number=("BC-2026-114990"),
        product=("Dunna mattress 140"),
    ),
)
