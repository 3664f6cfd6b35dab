"""Spare parts, claims on labels, assembly and wishes."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="hotel-bulk-kettles",
        channel="email",
        subject=("Offerta per 64 bollitori Pila, consegna entro aprile"),
        requester="matteo",
        messages=(
            said(
                "matteo",
                0,
                "Buongiorno,\n\n"
                "per la riapertura dell'Hotel Aurora ci servono 64 bollitori Pila (bianchi, "
                "cavo corto) con consegna entro il 15 aprile. Potete farci un'offerta con "
                "sconto quantità?\n\n"
                "Cordiali saluti\n"
                "Matteo Ferrari, Direzione",
            ),
            said(
                "priya",
                210,
                "Buongiorno signor Ferrari,\n\n"
                "in allegato l'offerta: 64 pezzi con il 12 % di sconto, consegna nella "
                "settimana 14. Il cavo corto (45 cm) è disponibile solo in bianco, quindi "
                "perfetto per voi.\n\n"
                "Preferisce una consegna unica oppure due?\n\n"
                "Priya Nair",
                "offerta-aurora.pdf",
            ),
        ),
        group="Support",
        assignee="priya",
        status="pending",
        priority="normal",
        type="question",
        tags=("sales", "b2b"),
        language="it",
        product=("Pila kettle"),
    ),
    Story(
        key="spare-lid",
        channel="email",
        subject=("Couvercle de rechange pour la théière Saule"),
        requester="monique",
        messages=(
            said(
                "monique",
                0,
                "Bonjour,\n\n"
                "J'ai cassé le couvercle de ma théière Saule, cadeau de mon mari qui n'est "
                "plus là. Est-il possible d'acheter le couvercle seul ? J'y tiens beaucoup.\n\n"
                "Merci d'avance,\n"
                "Monique Garnier",
            ),
            noted(
                "tom",
                150,
                "Not a spare part officially. I have two from samples. Sending one, no charge.",
            ),
            said(
                "lead",
                18,
                "Bonjour Madame Garnier,\n\n"
                "Le couvercle ne se vend pas seul, mais notre collègue des produits en a "
                "trouvé un dans ses échantillons. Il part aujourd'hui, sans frais, bien "
                "emballé.\n\n"
                "Bien à vous,\n"
                "Lena Brandt",
            ),
            said(
                "monique",
                2900,
                "Il est arrivé ce matin. J'ai pleuré un peu. Merci.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("spare-parts",),
        language="fr",
        rating="good",
        rating_comment=("Quelle gentillesse !"),
        product=("Saule teapot"),
    ),
    Story(
        key="emoji-only",
        channel="email",
        subject=("🛋️❓📦➡️🏠📅❓"),
        requester="priscilla",
        messages=(
            said(
                "priscilla",
                0,
                "🙏",
            ),
            said(
                "bob",
                33,
                "Hi Priscilla! 🛋️ = 📦 ➡️ 🏠 on Thursday between 12:00 and 16:00. (In words: "
                "your sofa comes on Thursday afternoon.)\n\n"
                "Bob",
            ),
            said(
                "priscilla",
                8,
                "😂❤️",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "delivery"),
        language="en",
        rating="good",
    ),
    Story(
        key="recycled-claim",
        channel="email",
        subject=("« 100 % recyclé » : qui le certifie ?"),
        requester="noemie",
        messages=(
            said(
                "noemie",
                0,
                "Bonjour, la page du tapis Aster annonce « 100 % recyclé ». Par qui est-ce "
                "certifié ? Je suis journaliste, mais je demande d'abord comme cliente :)\n"
                "Noémie Vandenberghe",
            ),
            noted(
                "tom",
                400,
                "GRS certificate covers the pile only. Backing is 30 % new. The page is "
                "wrong! @Lena @Amira",
            ),
            noted(
                "admin",
                65,
                'Page corrected to "pile 100 % recycled". Please answer her openly, with '
                "the certificate.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="open",
        priority="low",
        type="question",
        tags=("question", "sustainability"),
        language="fr-BE",
        product=("Aster rug"),
    ),
    Story(
        key="assembly-video",
        channel="facebook",
        subject=("Facebook: is there a VIDEO for the Fjell wardrobe"),
        requester="steve",
        messages=(
            said(
                "steve",
                0,
                "Is there a VIDEO for the Fjell wardrobe?? Page 14 of the booklet is a war crime",
            ),
            noted(
                "tom",
                20,
                "Yes, on the product page under Assembly. Page 14 is being redrawn.",
            ),
            said(
                "lead",
                8,
                'Hi Steve! There is: product page, tab "Assembly", 9 minutes, page 14 is '
                "at 5:30. We're redrawing that page, you are not alone. ^LB",
            ),
            said(
                "steve",
                95,
                "Lifesaver. Doors even close",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "assembly", "social"),
        language="en",
        product=("Fjell wardrobe"),
    ),
    Story(
        key="nothing-but-photo",
        channel="whatsapp",
        subject=("WhatsApp: [photo]"),
        requester="tariq",
        messages=(
            said(
                "tariq",
                0,
                "this",
                "photo.jpg",
            ),
            said(
                "lead",
                14,
                "Hi Tariq! That looks like the shower screen of a Corvo. Do you want to know "
                "how to clean it, or do you need a new one?",
            ),
            said(
                "tariq",
                3,
                "new",
            ),
            said(
                "lead",
                5,
                "It's CV-SS58, €11, in stock. Here is the page: https://shop.example.com/p/cv-ss58",
            ),
            said(
                "tariq",
                2,
                "👍",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "spare-parts"),
        language="en",
        product=("Corvo espresso machine"),
    ),
    Story(
        key="product-request",
        channel="web",
        subject=("Left-handed potato peeler, any plans?"),
        requester="fiona",
        messages=(
            said(
                "fiona",
                0,
                "Two of us in this house are left-handed and we peel like savages. Any plans "
                "for a left-handed Skarp peeler? We'd buy four.",
            ),
        ),
        group="Products",
        assignee=None,
        status="new",
        priority="low",
        type="question",
        tags=("wish",),
        language="en",
    ),
)
