"""More incidents of the evening when the checkout was down."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="outage-de",
        channel="email",
        subject=("Bezahlen nicht möglich – Fehler 502"),
        requester="sabine",
        messages=(
            said(
                "sabine",
                0,
                "Guten Abend, ich versuche seit einer halben Stunde zu bezahlen, es kommt "
                "immer „502“. Der Warenkorb hat ein Angebot, das um Mitternacht endet!\n"
                "S. Krüger",
            ),
            said(
                "alice",
                24,
                "Guten Abend Frau Krüger,\n\n"
                "die Zahlungsseite war bis 18:44 gestört, jetzt läuft sie wieder. Das "
                "Angebot haben wir für alle bis morgen Abend verlängert.\n\n"
                "Alice Moreau",
            ),
        ),
        group="Support",
        assignee="alice",
        status="solved",
        priority="normal",
        type="incident",
        tags=("outage", "checkout"),
        language="de",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-fb",
        channel="facebook",
        subject=("Facebook: anyone else unable to pay?"),
        requester="amelia",
        messages=(
            said(
                "amelia",
                0,
                "Anyone else unable to pay? I've been staring at a white page for 20 minutes "
                "with a cart full of Christmas.",
            ),
            said(
                "bob",
                12,
                "Hi Amelia, it's our payment page, not you. We're repairing it and will "
                "comment here when it's back. ^BO",
            ),
            said(
                "bob",
                55,
                "And it's back! Your Christmas is still in the cart. ^BO",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="incident",
        tags=("outage", "social"),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-app",
        channel="api",
        subject=('App: "Something went wrong (PAY-502)"'),
        requester="callum",
        messages=(
            said(
                "callum",
                0,
                "Sent from the app (Android 15, app 6.4.1).\n\n"
                'PAY-502 when I press pay. First "My orders" now this, not your week is it',
            ),
            said(
                "bob",
                40,
                'Hi Callum, it really isn\'t. Payments are back since 18:44; "My orders" is '
                "still with the app team and I'll write in that ticket.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="incident",
        tags=("outage", "app"),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-phone",
        channel="phone",
        subject=("Voicemail 0:33: the paying does not work"),
        requester="ruth",
        messages=(
            said(
                "ruth",
                0,
                "Voicemail transcript (0:33):\n\n"
                "\"Yes hello, Ruth Adeyemi. The paying doesn't work, the page is all white. "
                "I'd like the lamp for my niece. Please ring me, and slowly.\"",
            ),
            noted(
                "bob",
                58,
                "Rang her after the repair, we ordered the lamp together. 11 min.",
            ),
            said(
                "bob",
                2,
                "Dear Mrs Adeyemi, as we saw together on the phone, the lamp is ordered and "
                "comes on Friday. Bob",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="incident",
        tags=("outage",),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-fr",
        channel="web",
        subject=("Page de paiement blanche"),
        requester="camille",
        messages=(
            said(
                "camille",
                0,
                "Bonsoir, la page de paiement reste blanche sur mon iPad et sur l'ordinateur "
                "de mon ami. Mon panier va-t-il disparaître ?",
            ),
            said(
                "alice",
                17,
                "Bonsoir Camille,\n\n"
                "Non, votre panier est conservé. C'est une panne de notre côté ; je vous "
                "écris dès que le paiement fonctionne de nouveau.",
            ),
            said(
                "alice",
                50,
                "C'est réparé depuis 18 h 44. Merci de votre patience !",
            ),
        ),
        group="Support",
        assignee="alice",
        status="solved",
        priority="normal",
        type="incident",
        tags=("outage", "checkout"),
        language="fr",
        rating="good",
        rating_comment=("Réponse très rapide"),
        problem=("outage-problem"),
    ),
    Story(
        key="outage-monitoring",
        channel="api",
        subject=("[monitor] brightcart punch-out checkout: HTTP 502 (3 of 3 probes)"),
        requester="bjorn",
        messages=(
            said(
                "bjorn",
                0,
                "Automatic message from the procurement monitor of Nordkaffe AB.\n\n"
                "target: punch-out checkout\n"
                "state: DOWN since 17:41\n"
                "probes: 3 of 3 failed (HTTP 502)\n"
                "contact: bjorn@nordkaffe.example",
                "probe.txt",
            ),
            said(
                "lead",
                21,
                "Hej Björn, we see it too and it's being repaired. Your punch-out session "
                "will continue where it stopped.",
            ),
            said(
                "bjorn",
                49,
                "target: punch-out checkout\nstate: UP since 18:45",
            ),
        ),
        group="Support",
        assignee="lead",
        status="solved",
        priority="high",
        type="incident",
        tags=("outage", "b2b", "api"),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-angry",
        channel="email",
        subject=("Again."),
        requester="peter",
        messages=(
            said(
                "peter",
                0,
                "First my coffee machine, now your checkout. Is anyone at the wheel?\n\nP. Vance",
            ),
            said(
                "lead",
                26,
                "Dear Mr Vance,\n\n"
                "Yes, and tonight they are busy. Payments are back since 18:44. I put free "
                "delivery on your account for the order you could not place.\n\n"
                "Lena Brandt",
            ),
            said(
                "peter",
                60,
                "I will take the free delivery.",
            ),
        ),
        group="Support",
        assignee="lead",
        status="solved",
        priority="high",
        type="incident",
        tags=("outage", "angry"),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-receipt",
        channel="email",
        subject=("Paid during the outage, no confirmation, money gone"),
        requester="joao_uk",
        messages=(
            said(
                "joao_uk",
                0,
                "Hi, I paid £58.20 right when your site went down. No order in my account, "
                "but the money is reserved at my bank. Screenshot attached.\n\n"
                "João",
                "bank.png",
            ),
            said(
                "alice",
                41,
                "Hello João,\n\n"
                "I can see the reservation, and no order belongs to it. I have asked the "
                "bank to release it; reservations without an order drop after a few days by "
                "themselves, but I would rather not make you wait.",
            ),
            said(
                "joao_uk",
                2500,
                "Hi Alice, it still says reserved today. Is there a reference I could give "
                "to my bank?",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="normal",
        type="incident",
        tags=("outage", "billing", "payment-check"),
        language="en",
        refund_amount=("58.20"),
        problem=("outage-problem"),
    ),
)
