"""Names that forms refuse, newsletters, minors and lost second factors."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="name-apostrophe",
        channel="email",
        subject=("Your site does not accept my name"),
        requester="pieter",
        messages=(
            said(
                "pieter",
                0,
                "Hello,\n\n"
                'My surname is ’t Hart. Your form says "please enter a valid surname". It '
                "has been valid since about 1650.\n\n"
                "Pieter ’t Hart",
                "error.png",
            ),
            said(
                "bob",
                85,
                "Hi Pieter,\n\n"
                "The form was wrong, not you. I've put your name in by hand and the web team "
                "is teaching the form about apostrophes.\n\n"
                "Bob",
            ),
            said(
                "pieter",
                35,
                "Thank you. The family is relieved.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="incident",
        tags=("account", "name"),
        language="en",
        rating="good",
    ),
    Story(
        key="script-name",
        channel="web",
        subject=("Name on parcel label is printed as code?"),
        requester="bobby",
        messages=(
            said(
                "bobby",
                0,
                'Hi! My parcel came addressed to "&lt;b&gt;Bobby&lt;/b&gt; Tables". It did '
                "arrive. My name really is <b>Bobby</b> Tables, mum has a sense of humour. "
                '<script>alert("hello mum")</script>',
            ),
            said(
                "bob",
                49,
                "Hi <b>Bobby</b>,\n\n"
                "I've passed it on: names are text, on screens and on labels. I hope the "
                "rest of your family is well, too.\n\n"
                "Bob",
            ),
            said(
                "bobby",
                15,
                "Little sister Drop is fine, thanks.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("account", "name", "label"),
        language="en",
        rating="good",
    ),
    Story(
        key="unsubscribe-newsletter",
        channel="email",
        subject=("Désabonnement – 4e demande"),
        requester="jean",
        messages=(
            said(
                "jean",
                0,
                "Je me suis désabonné QUATRE fois de votre lettre. Ce matin, une cinquième. "
                "Est-ce une plaisanterie ?\n\n"
                "J.-B. Lefèvre",
            ),
            said(
                "alice",
                52,
                "Bonjour Monsieur Lefèvre,\n\n"
                "Votre adresse figurait dans deux listes, et le lien ne vous retirait que de "
                "la première. Je vous ai retiré des deux et j'ai bloqué tout envoi "
                "publicitaire à votre adresse. Toutes mes excuses.\n\n"
                "Alice Moreau",
            ),
            said(
                "jean",
                300,
                "Nous verrons.",
            ),
        ),
        group="Support",
        assignee="alice",
        status="solved",
        priority="low",
        type="task",
        tags=("newsletter", "privacy", "angry"),
        language="fr",
        rating="bad",
        rating_comment=("Quatre demandes pour un simple désabonnement."),
    ),
    Story(
        key="minor-account",
        channel="email",
        subject=("Син замовив ноутбук з мого акаунта"),
        requester="olena",
        messages=(
            said(
                "olena",
                0,
                "Добрий день! Мій син (9 років) замовив ноутбук з мого телефону. Чи можна "
                "скасувати, якщо посилка вже в дорозі?",
            ),
            said(
                "bob",
                70,
                "Добрий день, пані Олено!\n\n"
                "Так. Якщо посилка вже в дорозі, просто відмовтеся від неї при отриманні, і "
                "ми повернемо гроші, щойно вона буде у нас. Чи маємо ми також увімкнути "
                "PIN-код для покупок у застосунку?",
            ),
        ),
        group="Support",
        assignee="bob",
        status="pending",
        priority="normal",
        type="question",
        tags=("account", "returns"),
        language="uk",
        order_number=("BC-2026-119102"),
        product=("Volta 14 laptop"),
    ),
    Story(
        key="two-factor-lost",
        channel="phone",
        subject=("Voicemail 1:12: locked out, phone in the Thames"),
        requester="gareth",
        messages=(
            said(
                "gareth",
                0,
                "Voicemail transcript (1:12):\n\n"
                '"Hello, Gareth Pugh, Kestrel Property. My phone is at the bottom of the '
                "Thames, long story, and your site wants a code from it. I've got forty "
                'heaters to order today. You can get me at the office, 7946 0221. Cheers."',
            ),
            noted(
                "bob",
                16,
                "Called back at the number on file. Verified with last order and company VAT "
                "number. Removed the old device.",
            ),
            said(
                "bob",
                3,
                "Hi Gareth, as agreed on the phone: the old device is removed. At the next "
                "sign-in you'll be asked to add a new one. Please print the recovery codes "
                "this time and keep them away from rivers.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="high",
        type="incident",
        tags=("login", "two-factor"),
        language="en",
        rating="good",
    ),
)
