"""Public posts, messaging, chat and the telephone; and a pair that was merged."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="voicemail-ruth",
        channel="phone",
        subject=("Voicemail 0:41 from +44 20 7946 0018"),
        requester="ruth",
        messages=(
            said(
                "ruth",
                0,
                "Voicemail transcript (0:41):\n\n"
                "\"Hi, it is Ruth Adeyemi. The lamp for my niece came, thank you, it's "
                "lovely. My own one, the older one, hums a little when it's on, and I "
                "wondered if it's still under warranty, I think I bought it two winters ago. "
                'No hurry. Please ring after three. Bye bye."',
            ),
        ),
        group="Support",
        assignee=None,
        status="new",
        priority="low",
        type="question",
        tags=("warranty", "voicemail"),
        language="en",
    ),
    Story(
        key="x-delay-thread",
        channel="x",
        subject=('@brightcart day 9 of "out for delivery"'),
        requester="callum",
        messages=(
            said(
                "callum",
                0,
                '@brightcart day 9 of "out for delivery". I have grown a beard. The beard '
                "has a name",
            ),
            said(
                "priya",
                21,
                "@callumf_ What's the beard called? And could you send us your order number "
                "in a direct message? ^PN",
            ),
            said(
                "callum",
                6,
                "@brightcart Gerald. DM sent",
            ),
            said(
                "priya",
                34,
                "@callumf_ Found it: it was driving around in the wrong van. Tomorrow by "
                "12:00, tell Gerald. ^PN",
            ),
            said(
                "callum",
                1400,
                "@brightcart arrived 11:40. Gerald has been shaved. RIP",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="incident",
        tags=("delivery", "social"),
        language="en",
    ),
    Story(
        key="x-angry-price",
        channel="x",
        subject=('@brightcart so the "50% off" lamp cost LESS last week??'),
        requester="liam",
        messages=(
            said(
                "liam",
                0,
                '@brightcart so the "50% off" lamp cost LESS last week?? 59 → "118 -50% = '
                '59.50". Screenshot attached. 2k likes and counting',
                "price-history.png",
            ),
            noted(
                "bob",
                15,
                "He's right, I see the price history. @Lena @Amira this needs a decision "
                "before an answer.",
            ),
            noted(
                "lead",
                25,
                "Correcting the page now. Answer: yes it's wrong, corrected, everyone who "
                "bought gets the difference + apology. Public.",
            ),
            said(
                "bob",
                10,
                "@liamg_88 You're right, and it shouldn't have happened. The page is "
                "corrected and everybody who bought this week gets money back. Details to "
                "follow today. ^BO",
            ),
            said(
                "liam",
                160,
                '@brightcart "details to follow today" ok it\'s 6pm',
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="high",
        type="incident",
        tags=("price", "social", "angry"),
        language="en",
    ),
    Story(
        key="fb-marketplace-scam",
        channel="facebook",
        subject=('Facebook: is "BrightCart Clearance" really you?'),
        requester="priscilla",
        messages=(
            said(
                "priscilla",
                0,
                'Is the page "BrightCart Clearance" really you?? It sells sofas for 19.99',
                "fake-page.png",
            ),
            said(
                "bob",
                9,
                "Hi Priscilla, no, that's a scam! Please don't pay anything. We've reported "
                "the page. If you've given card details, please ring your bank right away. "
                "^BO",
            ),
            said(
                "priscilla",
                12,
                "Phew I was THIS close. Warned my mum's group too",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="high",
        type="question",
        tags=("scam", "social", "security"),
        language="en",
        rating="good",
    ),
    Story(
        key="fb-wrong-language",
        channel="facebook",
        subject=("Facebook : livrez-vous le samedi ?"),
        requester="aicha",
        messages=(
            said(
                "aicha",
                0,
                "Bonjour, livrez-vous le samedi à Marseille ?",
            ),
            said(
                "priya",
                40,
                "Bonjour Aïcha, oui, de 9 h à 13 h, sans supplément. ^PN",
            ),
            said(
                "aicha",
                10,
                "Top merci 🌞",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="low",
        type="question",
        tags=("delivery", "social"),
        language="fr",
    ),
)
